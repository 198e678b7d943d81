// Package databasetest gives tests migrated, empty databases of both dialects.
// Every test of a store runs on both: databases that are only believed to
// agree do not.
//
// PostgreSQL is a throw-away server of its own per test process (package
// throwaway). A missing program fails the test: nothing is skipped.
package databasetest

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/throwaway"
)

// Each runs test as a subtest on an empty migrated database of each dialect.
func Each(t *testing.T, test func(t *testing.T, db *gorm.DB)) {
	t.Helper()
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) { test(t, New(t, dialect)) })
	}
}

// New returns an empty migrated database of the dialect, closed with the test.
func New(t testing.TB, dialect string) *gorm.DB {
	t.Helper()
	return opened(t, Migrated(t, dialect))
}

// DSN makes an empty database of the dialect, not migrated, and returns its
// URL: for tests of what comes before or with the migrations.
func DSN(t testing.TB, dialect string) string {
	t.Helper()
	if dialect == database.Postgres {
		cluster, name := newName(t)
		if err := cluster.Create(context.Background(), name); err != nil {
			t.Fatal(err)
		}
		return cluster.DSN(name)
	}
	return sqliteIn(t.TempDir())
}

func sqliteIn(folder string) string { return "sqlite:" + filepath.Join(folder, "vakspiegel.db") }

// Open opens and migrates the database at dsn and closes it with the test.
func Open(t testing.TB, dsn string) *gorm.DB {
	t.Helper()
	db := opened(t, dsn)
	if err := database.Migrate(context.Background(), db); err != nil {
		t.Fatal(err)
	}
	return db
}

func opened(t testing.TB, dsn string) *gorm.DB {
	t.Helper()
	db, err := database.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = database.Close(db) })
	return db
}

var (
	databases    atomic.Int64
	startCluster = sync.OnceValues(func() (*throwaway.Cluster, error) { return throwaway.Start(context.Background()) })
)

// newName is the name of a database that does not exist yet, and its server.
func newName(t testing.TB) (*throwaway.Cluster, string) {
	t.Helper()
	cluster, err := startCluster()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v (make tools installs what is missing)", err)
	}
	return cluster, fmt.Sprintf("test_%d", databases.Add(1))
}

// Folder is where the database at dsn keeps its files, heap and write-ahead log
// included: for tests that look for what must not be in them.
func Folder(t testing.TB, dsn string) string {
	t.Helper()
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		return filepath.Dir(path)
	}
	cluster, err := startCluster()
	if err != nil {
		t.Fatal(err)
	}
	return cluster.Dir()
}
