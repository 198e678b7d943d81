package signal_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"vakspiegel/review/signal"
)

// Invariant 1: no column could tell where it came from, or when but for the month.
func TestNoColumnTellsWhereASignalCameFrom(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		columns, err := r.db.Migrator().ColumnTypes("signals")
		must(t, err)
		var names []string
		for _, column := range columns {
			names = append(names, column.Name())
		}
		slices.Sort(names)
		if want := []string{"id", "mixed", "month", "sealed", "state", "version"}; !slices.Equal(names, want) {
			t.Errorf("the columns are %v, want %v: does the new one tell where it came from?", names, want)
		}
		r.leave(t, "een kanarie in de brief")
		for _, table := range []string{"signals", "data_keys", "audit_entries"} {
			var rows []map[string]any
			must(t, r.db.Table(table).Find(&rows).Error)
			if text := fmt.Sprintf("%s %v", rows, rows); strings.Contains(text, "kanarie") {
				t.Errorf("%s holds the words in plain", table)
			}
		}
		if n := r.count(t, "audit_entries"); n != 0 {
			t.Errorf("the audit log has %d entries that a signal was left", n)
		}
		seconds, _ := r.list(t)[0].ID.Time().UnixTime()
		if time.Since(time.Unix(seconds, 0)).Abs() < 24*time.Hour {
			t.Error("the id tells when it was left")
		}
		var at time.Time
		must(t, r.db.Table("data_keys").Select("created_at").Row().Scan(&at))
		if at.Year() != 1970 {
			t.Errorf("the key is of %v", at)
		}
	})
}

// Invariant 1, as an administrator of the database would look: the mark of the
// transaction, and the order in which rows lie.
func TestNoOrderOfRowsTellsWhereASignalCameFrom(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for i := range 12 {
			r.leave(t, fmt.Sprint(i))
		}
		before := r.list(t)
		must(t, r.Mix(t.Context()))
		if after := r.list(t); !slices.Equal(after, before) {
			t.Errorf("mixing changed %+v into %+v", before, after)
		}
		if r.db.Name() == "sqlite" {
			for _, table := range []string{"signals", "data_keys"} {
				if r.db.Exec("SELECT rowid FROM "+table).Error == nil {
					t.Errorf("%s keeps the order in which rows came", table)
				}
			}
			return
		}
		for table, key := range map[string]string{"signals": "id", "data_keys": "subject_id"} {
			var marks int64
			must(t, r.db.Raw("SELECT count(DISTINCT xmin::text) FROM "+table).Scan(&marks).Error)
			var lie, sorted []string
			must(t, r.db.Raw("SELECT "+key+" FROM "+table+" ORDER BY ctid").Scan(&lie).Error)
			sorted = slices.Sorted(slices.Values(lie))
			if marks != 1 || !slices.Equal(lie, sorted) || len(lie) != 12 {
				t.Errorf("%s: %d marks of transactions; the rows lie as %v", table, marks, lie)
			}
		}
	})
}

// Mixing is done once for each that came; a keeper meets none of it.
func TestMixingWhileKeepersWriteLosesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.leave(t, "de eerste")
		id := r.list(t)[0].ID
		var running sync.WaitGroup
		running.Go(func() {
			for version := int64(1); version <= 20; version++ {
				if _, err := r.Change(t.Context(), r.omar, "rule", id, version, signal.Change{State: ptr(signal.PickedUp)}); err != nil {
					t.Errorf("version %d: %v", version, err)
					return
				}
			}
		})
		running.Go(func() {
			for range 10 {
				if err := r.db.Transaction(func(tx *gorm.DB) error { return r.Leave(t.Context(), tx, "nog een") }); err != nil {
					t.Error(err)
				}
				if err := r.Mix(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
		running.Wait()
		must(t, r.Mix(t.Context()))
		var waiting int64
		must(t, r.db.Table("signals").Where("NOT mixed").Count(&waiting).Error)
		if list := r.list(t); len(list) != 11 || waiting != 0 {
			t.Errorf("%d signals, %d not mixed", len(list), waiting)
		}
	})
}
