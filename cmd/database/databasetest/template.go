package databasetest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vakspiegel/cmd/database"
)

// Migrated makes an empty migrated database of the dialect and returns its URL:
// for tests that start whole programs, or several of them on one. It is a copy
// of one that was migrated when the test process first asked: all migrations for
// every test took more time than most of the tests.
func Migrated(t testing.TB, dialect string) string {
	t.Helper()
	if dialect == database.Postgres {
		return copiedPostgres(t)
	}
	content, err := sqliteTemplate()
	if err != nil {
		t.Fatal(err)
	}
	dsn := sqliteIn(t.TempDir())
	if err := os.WriteFile(strings.TrimPrefix(dsn, "sqlite:"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return dsn
}

func copiedPostgres(t testing.TB) string {
	t.Helper()
	cluster, name := newName(t)
	if err := postgresTemplate(); err != nil {
		t.Fatal(err)
	}
	if err := cluster.Copy(context.Background(), template, name); err != nil {
		t.Fatal(err)
	}
	return cluster.DSN(name)
}

// template is the name of the migrated database of which PostgreSQL makes copies.
const template = "migrated"

var postgresTemplate = sync.OnceValue(func() error {
	cluster, err := startCluster()
	if err != nil {
		return err
	}
	if err := cluster.Create(context.Background(), template); err != nil {
		return err
	}
	return migrate(cluster.DSN(template))
})

// sqliteTemplate is the file of a migrated database; who closed it last emptied
// its write-ahead log into it.
var sqliteTemplate = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "vakspiegel-template-")
	if err != nil {
		return nil, err
	}
	err = migrate(sqliteIn(folder))
	content, readErr := os.ReadFile(filepath.Join(folder, "vakspiegel.db"))
	return content, errors.Join(err, readErr, os.RemoveAll(folder))
})

// migrate leaves nobody connected: a database with guests cannot be copied.
func migrate(dsn string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, dsn)
	if err != nil {
		return err
	}
	return errors.Join(database.Migrate(ctx, db), database.Close(db))
}
