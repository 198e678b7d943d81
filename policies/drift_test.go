package policies

import (
	"strings"
	"testing"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
)

func TestRowsAndSchemaAgree(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		databasetest.Drift(t, db, &personRow{}, &roleRow{}, &teamRow{}, &memberRow{}, &photoRow{}, &relationRow{}, &endingRow{}, &sessionRow{}, &signInRow{})
	})
}

func TestEveryTableOfThisRoomIsDeclaredInFull(t *testing.T) {
	declared := map[string]bool{}
	for _, stored := range Holdings {
		if declared[stored.Name] {
			t.Errorf("%s is declared twice", stored.Name)
		}
		declared[stored.Name] = true
		for _, sentence := range []string{stored.Holds, stored.About, stored.SeenBy, stored.Kept, stored.Erased} {
			if !strings.HasSuffix(sentence, ".") || len(sentence) < 8 {
				t.Errorf("%s: %q is no sentence", stored.Name, sentence)
			}
		}
	}
	tables := []string{"audit_chains", "audit_entries"}
	for _, row := range []interface{ TableName() string }{personRow{}, roleRow{}, teamRow{}, memberRow{}, photoRow{}, relationRow{}, endingRow{}, sessionRow{}, signInRow{}} {
		tables = append(tables, row.TableName())
	}
	for _, table := range tables {
		if !declared[table] {
			t.Errorf("%s is not declared", table)
		}
		delete(declared, table)
	}
	for name := range declared {
		t.Errorf("%s is declared but not kept", name)
	}
}
