package review_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/review"
)

// stepKeys stands for media's keys of next steps.
type stepKeys struct {
	mu   sync.Mutex
	keys map[uuid.UUID]bool
}

func (k *stepKeys) Create(_ context.Context, _ *gorm.DB, id uuid.UUID) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keys[id] = true
	return nil
}

func (k *stepKeys) Texts(_ context.Context, _ *gorm.DB, id uuid.UUID) (review.Texts, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.keys[id] {
		return nil, review.ErrNotFound
	}
	return heldKeys.hold(), nil
}

func (k *stepKeys) Forget(_ context.Context, _ *gorm.DB, id uuid.UUID) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.keys, id)
	return nil
}

func TestANextStepIsKeptInOnesOwnWords(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		made, err := r.AddNextStep(ctx, r.noor, "eerst drie tellen stil zijn", "")
		must(t, err)
		second, err := r.AddNextStep(ctx, r.noor, "vragen wat iemand zelf wil", "2020-01-31")
		must(t, err)
		tried, err := r.ChangeNextStep(ctx, r.noor, made.ID, 1, review.NextStepChange{
			State: ptr(review.NextStepTried), Insight: ptr("het werd rustiger"), Date: ptr("2026-12-24"),
		})
		must(t, err)
		want := []review.NextStep{second, {
			ID: made.ID, Text: "eerst drie tellen stil zijn", State: review.NextStepTried, Date: "2026-12-24", Insight: "het werd rustiger", Version: 2,
		}}
		list, err := r.NextSteps(ctx, r.noor)
		must(t, err)
		if !reflect.DeepEqual(list, want) || tried != want[1] {
			t.Errorf("the list is %+v, want %+v", list, want)
		}
		noDate, err := r.ChangeNextStep(ctx, r.noor, second.ID, 1, review.NextStepChange{Date: ptr("")})
		must(t, err)
		if noDate.Date != "" || noDate.Text != second.Text {
			t.Errorf("without its date: %+v", noDate)
		}
		var rows []map[string]any
		must(t, r.db.Table("next_steps").Find(&rows).Error)
		for _, word := range []string{"stil", "zelf", "rustiger", "2026", "2020"} {
			if strings.Contains(fmt.Sprintf("%s %v", rows, rows), word) {
				t.Errorf("the database holds %q in plain", word)
			}
		}
		if r.raised != 0 {
			t.Error("a screen was told")
		}
	})
}

// Invariant 10: no column could tell where it came from, or when.
func TestNothingTellsWhenANextStepWasMade(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		columns, err := r.db.Migrator().ColumnTypes("next_steps")
		must(t, err)
		var names []string
		for _, column := range columns {
			names = append(names, column.Name())
		}
		slices.Sort(names)
		if want := []string{"id", "number", "person_id", "sealed", "state", "version"}; !slices.Equal(names, want) {
			t.Errorf("the columns are %v, want %v: does the new one tell where it came from?", names, want)
		}
		for range 5 {
			made, err := r.AddNextStep(ctx, r.noor, "x", "")
			must(t, err)
			seconds, _ := made.ID.Time().UnixTime()
			if made.ID.Version() != 7 || time.Since(time.Unix(seconds, 0)).Abs() < 24*time.Hour {
				t.Errorf("the id %s tells when it was made", made.ID)
			}
		}
	})
}

func TestEveryFaultOfANextStepAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		faults := func(err error) (got []string) {
			t.Helper()
			var invalid *review.Invalid
			if !errors.As(err, &invalid) {
				t.Fatalf("%v, want its faults", err)
			}
			for _, f := range invalid.Faults {
				got = append(got, f.Field+" "+f.Code)
			}
			return got
		}
		_, err := r.AddNextStep(ctx, r.noor, " \n", "31 februari")
		if got, want := faults(err), []string{"text empty", "date format"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		made, err := r.AddNextStep(ctx, r.noor, strings.Repeat("é", 300), "")
		must(t, err)
		_, err = r.ChangeNextStep(ctx, r.noor, made.ID, 1, review.NextStepChange{
			Text: ptr(strings.Repeat("é", 301)), Insight: ptr(strings.Repeat("é", 500) + "\xff"), State: ptr(review.NextStepState("overdue")), Date: ptr("2026-02-30"),
		})
		want := []string{"text too_long", "insight too_long", "insight not_text", "state unknown", "date format"}
		if got := faults(err); !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		if n := count(t, r.db, "next_steps"); n != 1 {
			t.Errorf("%d are stored", n)
		}
	})
}

func TestANextStepIsOfNobodyElse(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		made, err := r.AddNextStep(ctx, r.noor, "van noor", "")
		must(t, err)
		list, err := r.NextSteps(ctx, r.sem)
		must(t, err)
		if len(list) != 0 {
			t.Errorf("sem reads %+v", list)
		}
		_, err = r.ChangeNextStep(ctx, r.sem, made.ID, 1, review.NextStepChange{State: ptr(review.NextStepLetGo)})
		wants(t, err, review.ErrNotFound)
		wants(t, r.DeleteNextStep(ctx, r.sem, made.ID, 1), review.ErrNotFound)
		wants(t, r.DeleteNextStep(ctx, r.sem, made.ID, 7), review.ErrNotFound)
		_, err = r.ChangeNextStep(ctx, r.noor, made.ID, 2, review.NextStepChange{State: ptr(review.NextStepLetGo)})
		wants(t, err, review.ErrChanged)
		wants(t, r.DeleteNextStep(ctx, r.noor, made.ID, 2), review.ErrChanged)
		must(t, r.DeleteNextStep(ctx, r.noor, made.ID, 1))
		wants(t, r.DeleteNextStep(ctx, r.noor, made.ID, 1), review.ErrNotFound)
		if len(r.steps.keys) != 0 || count(t, r.db, "next_steps") != 0 {
			t.Error("something of a deleted next step is left")
		}
	})
}

func TestManyScreensChangeOneNextStepOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		made, err := r.AddNextStep(ctx, r.noor, "eerst", "")
		must(t, err)
		var group sync.WaitGroup
		won := make(chan string, 6)
		for i := range 6 {
			group.Go(func() {
				text := fmt.Sprintf("van scherm %d", i)
				if _, err := r.ChangeNextStep(ctx, r.noor, made.ID, 1, review.NextStepChange{Text: &text}); err == nil {
					won <- text
				} else if !errors.Is(err, review.ErrChanged) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		list, err := r.NextSteps(ctx, r.noor)
		must(t, err)
		if len(won) != 1 || list[0].Text != <-won || list[0].Version != 2 {
			t.Errorf("%d won; it is %+v", len(won), list)
		}
	})
}

// A database that was put back from before a turn of the epoch: what nobody
// can open any more is not shown, and does not keep the rest from being shown.
func TestANextStepWhoseKeyIsGoneIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		lost, err := r.AddNextStep(ctx, r.noor, "verloren", "")
		must(t, err)
		must(t, r.steps.Forget(ctx, nil, lost.ID))
		kept, err := r.AddNextStep(ctx, r.noor, "nieuw", "")
		must(t, err)
		list, err := r.NextSteps(ctx, r.noor)
		must(t, err)
		if !reflect.DeepEqual(list, []review.NextStep{kept}) {
			t.Errorf("the list is %+v", list)
		}
		_, err = r.ChangeNextStep(ctx, r.noor, lost.ID, 1, review.NextStepChange{State: ptr(review.NextStepTried)})
		wants(t, err, review.ErrNotFound)
	})
}

// TestNextStepsAreWhatWasLastWritten: whatever is added, changed and deleted in
// any order, with versions read or made up, the list is that of the model.
func TestNextStepsAreWhatWasLastWritten(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		rapid.Check(t, func(t *rapid.T) {
			if err := r.db.Exec("DELETE FROM next_steps").Error; err != nil {
				t.Fatal(err)
			}
			var model []review.NextStep // newest first
			for range rapid.IntRange(1, 8).Draw(t, "things done") {
				text := rapid.StringMatching(`[a-zé]{1,9}`).Draw(t, "text")
				if len(model) == 0 || rapid.Bool().Draw(t, "another?") {
					made, err := r.AddNextStep(ctx, r.noor, text, "")
					if err != nil {
						t.Fatal(err)
					}
					model = slices.Insert(model, 0, made)
					continue
				}
				i := rapid.IntRange(0, len(model)-1).Draw(t, "which")
				version := model[i].Version + rapid.SampledFrom([]int64{0, 0, 0, -1, 1}).Draw(t, "off by")
				model = changeOrDelete(t, r, model, i, version, text)
			}
			list, err := r.NextSteps(ctx, r.noor)
			if err != nil || !slices.Equal(list, model) {
				t.Fatalf("the list is %+v, %v; want %+v", list, err, model)
			}
		})
	})
}

func changeOrDelete(t *rapid.T, r *room, model []review.NextStep, i int, version int64, text string) []review.NextStep {
	step, stale := model[i], version != model[i].Version
	if rapid.Bool().Draw(t, "delete?") {
		err := r.DeleteNextStep(ctx, r.noor, step.ID, version)
		if errors.Is(err, review.ErrChanged) != stale || !stale && err != nil {
			t.Fatalf("deleting version %d of %d: %v", version, step.Version, err)
		}
		if stale {
			return model
		}
		return slices.Delete(model, i, i+1)
	}
	state := rapid.SampledFrom([]review.NextStepState{review.NextStepOpen, review.NextStepTried, review.NextStepLetGo}).Draw(t, "state")
	_, err := r.ChangeNextStep(ctx, r.noor, step.ID, version, review.NextStepChange{State: &state, Insight: &text})
	if errors.Is(err, review.ErrChanged) != stale || !stale && err != nil {
		t.Fatalf("changing version %d of %d: %v", version, step.Version, err)
	}
	if !stale {
		model[i].State, model[i].Insight, model[i].Version = state, text, version+1
	}
	return model
}
