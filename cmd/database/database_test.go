package database_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
)

func TestMigrateTwiceChangesNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		if err := database.Migrate(context.Background(), db); err != nil {
			t.Fatal(err)
		}
		pending, err := database.Pending(context.Background(), db)
		if err != nil || pending != 0 {
			t.Fatalf("pending = %d, %v; want 0", pending, err)
		}
	})
}

func TestBothDialectsHaveTheSameTablesAndColumns(t *testing.T) {
	shapes := map[string]string{}
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		tables, err := db.Migrator().GetTables()
		if err != nil {
			t.Fatal(err)
		}
		var shape []string
		for _, table := range tables {
			if strings.HasPrefix(table, "goose_") || strings.HasPrefix(table, "sqlite_") {
				continue
			}
			columns, err := db.Migrator().ColumnTypes(table)
			if err != nil {
				t.Fatal(err)
			}
			for _, column := range columns {
				nullable, _ := column.Nullable()
				key, _ := column.PrimaryKey()
				// SQLite reports a primary key as nullable; PostgreSQL never.
				if nullable && !key {
					shape = append(shape, table+"."+column.Name()+"?")
				} else {
					shape = append(shape, table+"."+column.Name())
				}
			}
		}
		slices.Sort(shape)
		shapes[db.Name()] = strings.Join(shape, "\n")
	})
	if shapes[database.SQLite] != shapes[database.Postgres] || shapes[database.SQLite] == "" {
		t.Errorf("schemas differ:\nsqlite:\n%s\n\npostgres:\n%s", shapes[database.SQLite], shapes[database.Postgres])
	}
}

func TestAppendOnlyTablesRefuseChange(t *testing.T) {
	tables := map[string]string{
		"consent_events": `INSERT INTO consent_events (id, record_id, conversation_id, seq, kind, at, by_whom, scopes, method, text_version, text_hash, language, purge_after)
			VALUES (@id, @id, @id, 1, 'given', @now, 'participant', '', '', '', '', '', @purge)`,
		"audit_entries": `INSERT INTO audit_entries (id, chain_id, seq, at, actor_kind, actor_id, action, object_kind, object_id, purpose, rule, result, prev_hash, hash, purge_after)
			VALUES (@id, 'c', 1, @now, '', '', '', '', '', '', '', '', @id, @id, @purge)`,
	}
	for table, insert := range tables {
		t.Run(table, func(t *testing.T) {
			databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
				args := map[string]any{"id": "019a0000-0000-7000-8000-000000000001", "now": time.Now().UTC(), "purge": time.Now().UTC().Add(time.Hour)}
				if db.Name() == database.Postgres {
					insert = strings.ReplaceAll(insert, "@id, @id, @purge", "''::bytea, ''::bytea, @purge")
				}
				must(t, db.Exec(insert, args).Error)
				refused(t, db.Exec("UPDATE "+table+" SET seq = 2").Error)
				refused(t, db.Exec("DELETE FROM "+table).Error)
				switch db.Name() {
				case database.Postgres:
					refused(t, db.Exec("TRUNCATE "+table).Error)
				case database.SQLite:
					refused(t, db.Exec(strings.Replace(insert, "INSERT", "INSERT OR REPLACE", 1), args).Error)
				}
				args["id"], args["purge"] = "019a0000-0000-7000-8000-000000000002", time.Now().UTC().Add(-time.Hour)
				must(t, db.Exec(strings.Replace(insert, " 1, ", " 2, ", 1), args).Error)
				must(t, db.Exec("DELETE FROM "+table+" WHERE seq = 2").Error)
			})
		})
	}
}

func TestTimesComeBackInUTC(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		at := time.Date(2026, 11, 3, 10, 15, 0, 123456000, time.FixedZone("CET", 3600))
		must(t, db.Exec(`INSERT INTO people (id, login, name, created_at) VALUES (?, 'x', 'X', ?)`, "019a0000-0000-7000-8000-000000000001", at).Error)
		var row struct{ CreatedAt time.Time }
		must(t, db.Table("people").Take(&row).Error)
		if !row.CreatedAt.Equal(at) {
			t.Errorf("time came back as %v, want %v", row.CreatedAt, at)
		}
		var earlier int64
		must(t, db.Table("people").Where("created_at <= CURRENT_TIMESTAMP").Count(&earlier).Error)
		want := int64(0)
		if at.Before(time.Now()) {
			want = 1
		}
		if earlier != want {
			t.Errorf("compared with the database's clock: %d rows, want %d", earlier, want)
		}
	})
}

func TestWrongDSNIsRefusedWithAWayOut(t *testing.T) {
	for _, dsn := range []string{"", "mysql://x", "sqlite:", "vakspiegel.db"} {
		if _, err := database.Open(context.Background(), dsn); !errors.Is(err, database.ErrDSN) {
			t.Errorf("Open(%q) = %v, want ErrDSN", dsn, err)
		}
	}
}

func TestAClosedOrUnreachableDatabaseIsUnavailable(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		must(t, database.Close(db))
		if err := database.Ping(context.Background(), db); !database.Unavailable(err) {
			t.Errorf("ping of a closed database: %v is not Unavailable", err)
		}
	})
	_, err := database.Open(context.Background(), "postgres://x@127.0.0.1:1/x?sslmode=disable")
	if !database.Unavailable(err) {
		t.Errorf("nobody listens: %v is not Unavailable", err)
	}
}

// A server that stands still or is gone in the middle of a transaction, as a machine
// that lost its power, keeps its locks for 10 s at most: others do not wait for it.
func TestALockOfWhoIsGoneIsLetGo(t *testing.T) {
	t.Parallel()
	dsn := databasetest.Migrated(t, database.Postgres)
	gone, other := databasetest.Open(t, dsn), databasetest.Open(t, dsn)
	id := "019a0000-0000-7000-8000-000000000001"
	must(t, other.Table("teams").Create(map[string]any{"id": id, "name": "Centrum"}).Error)
	rename := func(db *gorm.DB, name string) error {
		return db.Table("teams").Where("id = ?", id).Update("name", name).Error
	}
	tx := gone.Begin()
	must(t, rename(tx, "Oost"))
	ctx, cancel := context.WithTimeout(t.Context(), 15*time.Second) // of a request (api/routes.go)
	defer cancel()
	must(t, rename(other.WithContext(ctx), "West"))
	if err := tx.Commit().Error; !database.Unavailable(err) {
		t.Errorf("it goes on after all: %v", err)
	}
}

// Two transactions that wait for each other: PostgreSQL breaks one of them off, and
// whoever asked for it can ask again.
func TestWhatWasBrokenOffForAnotherCanBeTriedAgain(t *testing.T) {
	db := databasetest.New(t, database.Postgres)
	ids := []string{"019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002"}
	for _, id := range ids {
		must(t, db.Table("teams").Create(map[string]any{"id": id, "name": id}).Error)
	}
	rename := func(tx *gorm.DB, id string) error {
		return tx.Table("teams").Where("id = ?", id).Update("name", id+"!").Error
	}
	one, other := db.Begin(), db.Begin()
	defer one.Rollback()
	defer other.Rollback()
	must(t, errors.Join(rename(one, ids[0]), rename(other, ids[1])))
	waited := make(chan error)
	go func() { waited <- errors.Join(rename(one, ids[1]), one.Rollback().Error) }()
	failed := errors.Join(rename(other, ids[0]), other.Rollback().Error)
	if failed = errors.Join(failed, <-waited); !database.Unavailable(failed) {
		t.Errorf("%v is not Unavailable", failed)
	}
}

func TestDuplicateKeyIsTranslated(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		insert := func(id string) error {
			return db.Table("teams").Create(map[string]any{"id": id, "name": "Centrum"}).Error
		}
		must(t, insert("019a0000-0000-7000-8000-000000000001"))
		if err := insert("019a0000-0000-7000-8000-000000000002"); !errors.Is(err, gorm.ErrDuplicatedKey) {
			t.Errorf("second team of one name: %v, want ErrDuplicatedKey", err)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), "append-only") {
		t.Errorf("got %v, want an append-only refusal", err)
	}
}
