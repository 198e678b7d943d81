package audit

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
)

var ctx = context.Background()

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ms(n int64) *int64 { return &n }

// look is an entry of somebody's looking, as the way of one look writes it.
func look(recording, result string) Entry {
	return Entry{
		At:        time.Now(),
		ActorKind: "person", ActorID: "noor", Action: "recording:watch", ObjectKind: "recording", ObjectID: recording,
		Purpose: "self_reflection", Rule: "policy:is:owner", Result: result, ChainID: recording, FromMs: ms(0), ToMs: ms(1500),
	}
}

func verified(t testing.TB, log *Log) Report {
	t.Helper()
	report, err := log.Verify(ctx)
	must(t, err)
	return report
}

func TestRowsAndSchemaAgree(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) { databasetest.Drift(t, db, &chainRow{}, &entryRow{}) })
}

func TestAnUntouchedLogHolds(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		log := New(db, 0)
		if report := verified(t, log); !report.OK() || report.Chains != 0 {
			t.Errorf("empty: %+v", report)
		}
		for i := range 5 {
			must(t, log.Append(ctx, nil, look("r1", Started)))
			must(t, log.Append(ctx, nil, Entry{ActorKind: "system", Action: "policy:load", Result: Done, ObjectID: fmt.Sprint(i)}))
		}
		if report := verified(t, log); !report.OK() || report.Chains != 2 || report.Entries != 10 {
			t.Errorf("%+v", report)
		}
	})
}

func TestAnEntryWithoutWhatItNeedsIsRefused(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		log := New(db, 0)
		for name, spoil := range map[string]func(*Entry){
			"no action":         func(e *Entry) { e.Action = "" },
			"no kind of actor":  func(e *Entry) { e.ActorKind = "" },
			"no result":         func(e *Entry) { e.Result = "" },
			"an unknown result": func(e *Entry) { e.Result = "Allowed" },
		} {
			entry := look("r1", Started)
			spoil(&entry)
			if err := log.Append(ctx, nil, entry); !errors.Is(err, ErrEntry) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if report := verified(t, log); report.Chains != 0 {
			t.Errorf("a refused entry left something: %+v", report)
		}
	})
}

// Invariant 2.
func TestTwentyWritersAtOnceLeaveNoGap(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		log := New(db, 0)
		var group sync.WaitGroup
		for i := range 20 {
			group.Go(func() {
				for n := range 10 {
					chain := []string{"r1", "r1", "r2"}[(i+n)%3]
					if err := log.Append(ctx, nil, look(chain, Allowed)); err != nil {
						t.Error(err)
					}
					if n == 5 {
						if report, err := log.Verify(ctx); err != nil || !report.OK() {
							t.Errorf("while others write: %+v, %v", report, err)
						}
					}
				}
			})
		}
		group.Wait()
		if report := verified(t, log); !report.OK() || report.Entries != 200 {
			t.Errorf("%+v", report)
		}
	})
}

// Invariant 4.
func TestAnEntryGoesWithItsTransaction(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		log, failure := New(db, 0), errors.New("the work failed")
		must(t, log.Append(ctx, nil, look("r1", Started)))
		err := db.Transaction(func(tx *gorm.DB) error {
			must(t, log.Append(ctx, tx, look("r1", Cut)))
			must(t, log.Append(ctx, tx, look("r2", Started)))
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatal(err)
		}
		must(t, db.Transaction(func(tx *gorm.DB) error { return log.Append(ctx, tx, look("r1", Ended)) }))
		if report := verified(t, log); !report.OK() || report.Entries != 2 || report.Chains != 1 {
			t.Errorf("%+v", report)
		}
	})
}

func TestViewsTellWhoLookedAndNothingElse(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		log := New(db, 0)
		started := look("r1", Started)
		started.At = time.Date(2026, 3, 1, 9, 0, 0, 123456789, time.FixedZone("", 3600))
		ended := look("r1", Ended)
		ended.At, ended.FromMs, ended.ToMs = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), nil, nil
		upload := look("r1", Started)
		upload.Action = "recording:create"
		for _, entry := range []Entry{started, upload, look("r1", Refused), look("r1", Allowed), look("r2", Started), ended} {
			must(t, log.Append(ctx, nil, entry))
		}
		views, err := log.Views(ctx, "r1")
		must(t, err)
		started.At = time.Date(2026, 3, 1, 8, 0, 0, 123456000, time.UTC)
		if want := []Entry{started, ended}; !reflect.DeepEqual(views, want) {
			t.Errorf("views are %+v, want %+v", views, want)
		}
	})
}

func TestPurgingTakesWhatIsOverFromTheFrontAndTheRestStillHolds(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		const day = 24 * time.Hour
		log := New(db, 30*day)
		add := func(chain string, ago time.Duration) {
			entry := look(chain, Started)
			entry.At = time.Now().Add(-ago)
			must(t, log.Append(ctx, nil, entry))
		}
		add("r1", 50*day)
		add("r1", 40*day)
		add("r1", 10*day)
		add("r1", 45*day) // behind one that is kept: it waits
		add("r2", 31*day)
		add("r3", 29*day)
		for i, want := range []int64{3, 0} {
			purged, err := log.Purge(ctx)
			must(t, err)
			if purged != want {
				t.Errorf("purge %d took %d entries, want %d", i+1, purged, want)
			}
			if report := verified(t, log); !report.OK() || report.Chains != 2 || report.Entries != 3 {
				t.Errorf("%+v", report)
			}
		}
		add("r1", 0)
		add("r2", 0)
		if report := verified(t, log); !report.OK() || report.Chains != 3 || report.Entries != 5 {
			t.Errorf("written on after purging: %+v", report)
		}
	})
}

func TestPurgingWhileOthersWriteBreaksNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		old, fresh := New(db, time.Nanosecond), New(db, 0)
		var group sync.WaitGroup
		for i := range 6 {
			group.Go(func() {
				for n := range 15 {
					log := []*Log{old, fresh}[(i+n)%2]
					entry := look(fmt.Sprint("r", n%2), Allowed)
					entry.At = time.Now().Add(-time.Hour)
					if err := log.Append(ctx, nil, entry); err != nil {
						t.Error(err)
					}
					if _, err := log.Purge(ctx); err != nil {
						t.Error(err)
					}
				}
			})
		}
		group.Wait()
		if report := verified(t, fresh); !report.OK() {
			t.Errorf("%+v", report)
		}
	})
}
