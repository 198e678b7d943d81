package seed

import (
	"bytes"
	"maps"
	"strings"

	"gorm.io/gorm"

	"vakspiegel/media/keyring"
)

// most is how many values one statement carries: binding more takes SQLite's
// driver longer for each.
const most = 1000

// rows gathers rows of one table and inserts many with one statement.
type rows struct {
	into    string // the table
	columns []string
	values  []any
	after   *rows // rows that these refer to
	// statement is kept: all but the last batch are alike.
	statement string
}

func table(into string, after *rows, columns ...string) *rows {
	return &rows{into: into, after: after, columns: columns}
}

// add takes a row, in the order of the columns.
func (r *rows) add(tx *gorm.DB, values ...any) error {
	r.values = append(r.values, values...)
	if len(r.values)+len(r.columns) <= most {
		return nil
	}
	return r.flush(tx)
}

// flush inserts what was gathered.
func (r *rows) flush(tx *gorm.DB) error {
	if len(r.values) == 0 {
		return nil
	}
	if r.after != nil {
		if err := r.after.flush(tx); err != nil {
			return err
		}
	}
	n := len(r.values) / len(r.columns)
	if r.statement == "" || n != most/len(r.columns) {
		row := "(?" + strings.Repeat(", ?", len(r.columns)-1) + ")"
		r.statement = "INSERT INTO " + r.into + " (" + strings.Join(r.columns, ", ") + ") VALUES " + row + strings.Repeat(", "+row, n-1)
	}
	err := tx.Exec(r.statement, r.values...).Error
	r.values = r.values[:0]
	return err
}

func copied(m keyring.Map) keyring.Map {
	secrets := make(map[string][]byte, len(m.Secrets))
	for name, secret := range m.Secrets {
		secrets[name] = bytes.Clone(secret)
	}
	m.Epochs, m.Secrets = maps.Clone(m.Epochs), secrets
	return m
}
