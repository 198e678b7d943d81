package databasetest

import (
	"slices"
	"testing"

	"gorm.io/gorm"
)

// Drift fails when a row's fields and its table's columns are not the same
// set: a column no row reads, or a field no column keeps.
func Drift(t *testing.T, db *gorm.DB, rows ...any) {
	t.Helper()
	for _, row := range rows {
		statement := &gorm.Statement{DB: db}
		if err := statement.Parse(row); err != nil {
			t.Fatal(err)
		}
		columns, err := db.Migrator().ColumnTypes(statement.Schema.Table)
		if err != nil {
			t.Fatal(err)
		}
		var have, want []string
		for _, column := range columns {
			have = append(have, column.Name())
		}
		want = append(want, statement.Schema.DBNames...)
		slices.Sort(have)
		slices.Sort(want)
		if len(have) == 0 || !slices.Equal(have, want) {
			t.Errorf("table %s has columns %v, the row has %v", statement.Schema.Table, have, want)
		}
	}
}
