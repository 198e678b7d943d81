package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/bench/seed"
	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

// TestNothingReadsMoreThanItsPage: the plan of every query behind a list goes
// by an index that begins with the owner or the ids that are asked for.
func TestNothingReadsMoreThanItsPage(t *testing.T) {
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) {
			ctx := t.Context()
			r, err := joinRooms(ctx, databasetest.DSN(t, dialect), t.TempDir())
			must(t, err)
			t.Cleanup(func() { _ = r.close() })
			seeder, err := seed.New(ctx, r.db, r.holder)
			must(t, err)
			people, err := seeder.People(ctx, 3)
			must(t, err)
			for _, person := range people {
				must(t, seeder.Recordings(ctx, person.ID, 1500))
			}
			noor, err := r.as(ctx, people[0].Login)
			must(t, err)
			var list struct {
				page
				Next string
			}
			r.read(t, noor, "/api/v1/recordings", &list)
			for _, recording := range list.Items[:20] {
				must(t, seeder.Notes(ctx, recording.ID, people, 60))
			}
			if dialect == database.Postgres {
				must(t, r.db.Exec("VACUUM ANALYZE").Error)
			}
			plans := r.planned(t, func() {
				r.read(t, noor, "/api/v1/recordings", &page{})
				r.read(t, noor, "/api/v1/recordings?cursor="+list.Next, &page{})
				r.read(t, noor, "/api/v1/conversations", &page{})
				r.read(t, noor, "/api/v1/conversations?cursor="+list.Next, &page{})
				r.read(t, noor, "/api/v1/recordings/"+list.Items[0].ID.String()+"/annotations", &page{})
				owners := []uuid.UUID{people[0].ID, policies.DemoID("noor")}
				_, err := r.consent.Marks(ctx, owners)
				must(t, err)
				_, err = r.media.Marks(ctx, owners)
				must(t, err)
			})
			seen := 0
			for query, plan := range plans {
				if !touches(query) {
					continue
				}
				seen++
				// Either dialect's words for reading all of a table.
				if strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "SCAN") {
					t.Errorf("all of a table is read:\n%s\n%s", query, plan)
				}
				sorted := strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") || strings.Contains(plan, "Sort Key")
				if strings.Contains(query, "LIMIT") && strings.Contains(query, "DESC") && sorted {
					t.Errorf("a page is sorted out of all rows:\n%s\n%s", query, plan)
				}
				if strings.Contains(query, "SUM(version)") && !strings.Contains(plan, "COVERING INDEX") && !strings.Contains(plan, "Index Only Scan") {
					t.Errorf("the rows are read for a mark:\n%s\n%s", query, plan)
				}
			}
			if seen < 8 {
				t.Errorf("%d queries were looked at", seen)
			}
		})
	}
}

// growing are the tables that grow with the recordings.
var growing = []string{"recordings", "conversations", "participants", "consent_records", "consent_requests", "data_keys", "annotations", "uploads", "audit_entries"}

func touches(query string) bool {
	for _, table := range growing {
		if strings.Contains(query, table) {
			return true
		}
	}
	return false
}

// planned runs work and returns the plan of each query of it.
func (r *rooms) planned(t *testing.T, work func()) map[string]string {
	t.Helper()
	type query struct {
		sql    string
		values []any
	}
	var queries []query
	note := func(db *gorm.DB) {
		if db.DryRun { // a part of another query
			return
		}
		queries = append(queries, query{db.Statement.SQL.String(), append([]any(nil), db.Statement.Vars...)})
	}
	must(t, r.db.Callback().Query().After("gorm:query").Register("plan", note))
	must(t, r.db.Callback().Row().After("gorm:row").Register("plan", note))
	work()
	must(t, r.db.Callback().Query().Remove("plan"))
	must(t, r.db.Callback().Row().Remove("plan"))
	explain := "EXPLAIN "
	if r.db.Name() == database.SQLite {
		explain = "EXPLAIN QUERY PLAN "
	}
	conn, err := r.db.DB()
	must(t, err)
	tx, err := conn.BeginTx(context.Background(), nil)
	must(t, err)
	defer func() { _ = tx.Rollback() }()
	if r.db.Name() == database.Postgres {
		// What is small, or empty, it reads whole though there is an index.
		_, err := tx.ExecContext(context.Background(), "SET LOCAL enable_seqscan = off")
		must(t, err)
	}
	plans := map[string]string{}
	for _, q := range queries {
		rows, err := tx.QueryContext(context.Background(), explain+q.sql, q.values...)
		must(t, err)
		plans[q.sql] = planText(t, rows)
	}
	return plans
}

// planText is the last column of each row.
func planText(t *testing.T, rows *sql.Rows) string {
	t.Helper()
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	var text strings.Builder
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		must(t, rows.Scan(cells...))
		fmt.Fprintln(&text, *cells[len(cells)-1].(*any))
	}
	must(t, rows.Err())
	return text.String()
}
