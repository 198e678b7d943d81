package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/plugin/dbresolver"
	modernc "modernc.org/sqlite"
)

// readers keeps the pool of reading connections where Close finds it.
type readers struct{ conn *sql.DB }

const (
	readersName = "vakspiegel:readers"
	maxReaders  = 8
)

func (readers) Name() string                { return readersName }
func (readers) Initialize(_ *gorm.DB) error { return nil }

func openSQLite(path string) (*gorm.DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	writer, err := sql.Open("sqlite", sqliteDSN(path, "immediate"))
	if err != nil {
		return nil, err
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", sqliteDSN(path, "deferred"))
	if err != nil {
		return nil, err
	}
	reader.SetMaxOpenConns(maxReaders)
	reader.SetMaxIdleConns(maxReaders)
	db, err := gorm.Open(dialector{sqlite.Dialector{Conn: writer}}, gormConfig())
	if err != nil {
		return nil, err
	}
	resolver := dbresolver.Register(dbresolver.Config{
		Replicas: []gorm.Dialector{dialector{sqlite.Dialector{Conn: reader}}},
	})
	return db, errors.Join(db.Use(resolver), db.Use(&readers{reader}))
}

// sqliteDSN carries the pragmas in the DSN so that every connection has them.
// Only modernc's form of them counts; another driver's is silently ignored.
func sqliteDSN(path, lock string) string {
	pragmas := []string{
		"foreign_keys(1)", "busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)",
		// What is deleted is overwritten: an erasure must not live on in free pages.
		"secure_delete(1)",
		// Else INSERT OR REPLACE slips past the append-only triggers.
		"recursive_triggers(1)",
	}
	if lock == "deferred" {
		pragmas = append(pragmas, "query_only(1)")
	}
	query := url.Values{"_pragma": pragmas, "_txlock": {lock}, "_time_format": {"sqlite"}, "_timezone": {"UTC"}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + query.Encode()
}

// Compact empties SQLite's write-ahead log, where deleted content stays until
// a checkpoint. PostgreSQL keeps its own history (heap, WAL); there nothing
// readable is in the database in the first place (media/envelope).
func Compact(ctx context.Context, db *gorm.DB) error {
	if db.Name() != SQLite {
		return nil
	}
	var busy, log, done int
	row := db.WithContext(ctx).Clauses(dbresolver.Write).Raw("PRAGMA wal_checkpoint(TRUNCATE)").Row()
	if err := row.Scan(&busy, &log, &done); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if busy != 0 {
		return fmt.Errorf("checkpoint: readers are still in the log, try again")
	}
	return nil
}

// dialector teaches gorm's SQLite dialector the error codes of the pure Go driver.
type dialector struct{ sqlite.Dialector }

func (d dialector) Translate(err error) error {
	var e *modernc.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() {
	case 1555, 2067: // SQLITE_CONSTRAINT_PRIMARYKEY, _UNIQUE
		return gorm.ErrDuplicatedKey
	case 787: // SQLITE_CONSTRAINT_FOREIGNKEY
		return gorm.ErrForeignKeyViolated
	case 275: // SQLITE_CONSTRAINT_CHECK
		return gorm.ErrCheckConstraintViolated
	}
	return err
}

// sqliteUnavailable reports a database that cannot work now: busy, full,
// unreadable, or its file gone.
func sqliteUnavailable(err error) bool {
	var e *modernc.Error
	if !errors.As(err, &e) {
		return strings.Contains(err.Error(), "sql: database is closed")
	}
	switch e.Code() & 0xff {
	case 5, 6, 8, 10, 11, 13, 14, 26: // BUSY LOCKED READONLY IOERR CORRUPT FULL CANTOPEN NOTADB
		return true
	}
	return false
}
