package main

import (
	"context"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

var update = flag.Bool("update", false, "write docs/gegevens.md")

const registryFile = "../../docs/gegevens.md"

func TestTheRegistryIsWritten(t *testing.T) {
	if *update {
		must(t, os.WriteFile(registryFile, []byte(registry()), 0o600))
	}
	written, err := os.ReadFile(registryFile)
	must(t, err)
	if string(written) != registry() {
		t.Error("docs/gegevens.md is not what the rooms declare: run `make generate`")
	}
	for _, s := range holdings() {
		for _, field := range []string{s.Name, s.Holds, s.About, s.SeenBy, s.Kept, s.Erased} {
			if strings.TrimSpace(field) == "" {
				t.Errorf("%s does not declare everything: %+v", s.Name, s)
			}
		}
	}
}

// TestEveryTableIsDeclared: a table, or a column that holds content under seal,
// which nobody declared has no erasure rule (trust.md 2).
func TestEveryTableIsDeclared(t *testing.T) {
	declared := map[string]bool{}
	for _, s := range holdings() {
		if declared[s.Name] {
			t.Errorf("%s is declared twice", s.Name)
		}
		declared[s.Name] = true
	}
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		tables, err := db.Migrator().GetTables()
		must(t, err)
		for _, table := range tables {
			if strings.HasPrefix(table, "sqlite_") {
				continue
			}
			if !declared[table] {
				t.Errorf("table %s is not declared by any room", table)
			}
			columns, err := db.Migrator().ColumnTypes(table)
			must(t, err)
			for _, column := range columns {
				name := column.Name()
				if (strings.HasSuffix(name, "sealed")) && !declared[table+"."+name] {
					t.Errorf("column %s.%s holds content and is not declared", table, name)
				}
			}
		}
		for name := range declared {
			table, _, _ := strings.Cut(name, ".")
			if !strings.ContainsAny(name, " /:*") && !slices.Contains(tables, table) {
				t.Errorf("%s is declared and does not exist", name)
			}
		}
	})
}

// TestEveryPrefixIsDeclared runs the main job and looks at what the store holds.
func TestEveryPrefixIsDeclared(t *testing.T) {
	s := start(t, pair{"sqlite", databasetest.Migrated(t, "sqlite"), "dir:" + t.TempDir(), s3None})
	must(t, s.makeSample(context.Background()))
	objects := 0
	for object, err := range s.store.List(context.Background(), "") {
		must(t, err)
		objects++
		prefix, _, _ := strings.Cut(object.Key, "/")
		if !slices.ContainsFunc(holdings(), func(h policies.Stored) bool { return strings.Contains(h.Name, prefix+"/") }) {
			t.Errorf("objects under %s/ are not declared", prefix)
		}
	}
	if objects == 0 {
		t.Error("no objects: the test looked at nothing")
	}
}
