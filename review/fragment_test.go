package review_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"vakspiegel/review"
)

func passage(title string) review.Passage {
	return review.Passage{StartMs: 5000, EndMs: 9000, Title: title, Reason: "Hier werd het stil."}
}

func TestAFragmentComesBackAsItWasChosen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		want := review.Passage{StartMs: 5000, EndMs: 9000, Title: "Het <b>keerpunt</b>", Reason: "Ik wacht \u202e eindelijk."}
		chosen, err := r.Choose(ctx, r.noor, r.id, want)
		must(t, err)
		if chosen.Passage != want || chosen.Version != 1 || chosen.RecordingID != r.id {
			t.Errorf("chosen %+v, want %+v", chosen, want)
		}
		_, err = r.Choose(ctx, r.noor, r.id, review.Passage{StartMs: 1000, EndMs: 2000, Title: "Eerder"})
		must(t, err)
		list, err := r.Fragments(ctx, r.noor, r.id)
		must(t, err)
		if len(list) != 2 || list[0].Title != "Eerder" || !reflect.DeepEqual(list[1].Passage, want) {
			t.Errorf("the list: %+v", list)
		}
		var rows []map[string]any
		must(t, r.db.Table("fragments").Find(&rows).Error)
		if dump := fmt.Sprintf("%s %v", rows, rows); strings.Contains(dump, "keerpunt") || strings.Contains(dump, "eindelijk") {
			t.Error("the database holds words in plain")
		}
		if r.raised != 2 {
			t.Errorf("screens were told %d times, want 2", r.raised)
		}
	})
}

func TestEveryFaultOfAFragmentAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for name, c := range map[string]struct {
			passage review.Passage
			want    []string
		}{
			"999 ms":          {review.Passage{StartMs: 5000, EndMs: 5999, Title: "x"}, []string{"endMs too_short"}},
			"backwards":       {review.Passage{StartMs: 5000, EndMs: 4000, Title: "x"}, []string{"endMs before_start"}},
			"no title":        {review.Passage{StartMs: 0, EndMs: 1000, Title: " \t"}, []string{"title empty"}},
			"a long title":    {review.Passage{StartMs: 0, EndMs: 1000, Title: strings.Repeat("é", 81)}, []string{"title too_long"}},
			"a long reason":   {review.Passage{StartMs: 0, EndMs: 1000, Title: "x", Reason: strings.Repeat("é", 1001)}, []string{"reason too_long"}},
			"beyond the film": {review.Passage{StartMs: 59_500, EndMs: 60_500, Title: "x"}, []string{"endMs after_end"}},
			"all of it": {
				review.Passage{StartMs: 70_000, EndMs: 70_001, Title: "", Reason: string([]byte{0xff})},
				[]string{"startMs after_end", "endMs too_short", "endMs after_end", "title empty", "reason not_text"},
			},
		} {
			_, err := r.Choose(ctx, r.noor, r.id, c.passage)
			if got := faultsOf(err); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		if list, err := r.Fragments(ctx, r.noor, r.id); err != nil || len(list) != 0 {
			t.Errorf("something was stored: %v, %v", list, err)
		}
		_, err := r.Choose(ctx, r.noor, r.id, review.Passage{StartMs: 0, EndMs: 60_000, Title: strings.Repeat("é", 80), Reason: strings.Repeat("é", 1000)})
		must(t, err)
	})
}

func faultsOf(err error) (faults []string) {
	var invalid *review.Invalid
	if errors.As(err, &invalid) {
		for _, f := range invalid.Faults {
			faults = append(faults, f.Field+" "+f.Code)
		}
	}
	return faults
}

func TestTheFourthFragmentIsRefusedUntilOneIsTakenOut(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var last review.Fragment
		for i := range review.DefaultFragments {
			var err error
			last, err = r.Choose(ctx, r.noor, r.id, passage(fmt.Sprint(i)))
			must(t, err)
		}
		_, err := r.Choose(ctx, r.noor, r.id, passage("te veel"))
		wants(t, err, review.ErrEnough)
		title := "toch anders"
		_, err = r.ChangeFragment(ctx, r.noor, last.ID, 1, review.PassageChange{Title: &title})
		must(t, err)
		must(t, r.DropFragment(ctx, r.noor, last.ID, 2))
		_, err = r.Choose(ctx, r.noor, r.id, passage("nu wel"))
		must(t, err)
		r.MaxFragments = 4
		_, err = r.Choose(ctx, r.noor, r.id, passage("deze gemeente kiest vier"))
		must(t, err)
	})
}

// Invariant 11.
func TestManyTabsTogetherChooseNoMoreThanThree(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var group sync.WaitGroup
		var chosen atomic.Int64
		for i := range 8 {
			group.Go(func() {
				_, err := r.Choose(ctx, r.noor, r.id, passage(fmt.Sprint(i)))
				if err == nil {
					chosen.Add(1)
				} else if !errors.Is(err, review.ErrEnough) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		list, err := r.Fragments(ctx, r.noor, r.id)
		must(t, err)
		if chosen.Load() != 3 || len(list) != 3 {
			t.Errorf("%d were chosen, %d are there", chosen.Load(), len(list))
		}
	})
}

func TestTheSecondWhoChangesAFragmentIsTold(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		f, err := r.Choose(ctx, r.noor, r.id, passage("eerst"))
		must(t, err)
		end, title := int64(12_000), "toen"
		changed, err := r.ChangeFragment(ctx, r.noor, f.ID, 1, review.PassageChange{EndMs: &end, Title: &title})
		must(t, err)
		if changed.Title != "toen" || changed.EndMs != 12_000 || changed.Reason != f.Reason || changed.Version != 2 {
			t.Errorf("changed to %+v", changed)
		}
		_, err = r.ChangeFragment(ctx, r.noor, f.ID, 1, review.PassageChange{Title: &title})
		wants(t, err, review.ErrChanged)
		wants(t, r.DropFragment(ctx, r.noor, f.ID, 1), review.ErrChanged)
		must(t, r.DropFragment(ctx, r.noor, f.ID, 2))
		wants(t, r.DropFragment(ctx, r.noor, f.ID, 2), review.ErrNotFound)
	})
}

func TestNobodyButTheOwnerMeetsAFragment(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		f, err := r.Choose(ctx, r.noor, r.id, passage("van noor"))
		must(t, err)
		title := "gekaapt"
		refused := func() {
			t.Helper()
			for _, actor := range []func() error{
				func() error { _, err := r.Fragments(ctx, r.sem, r.id); return err },
				func() error { _, err := r.Choose(ctx, r.sem, r.id, passage("x")); return err },
				func() error {
					_, err := r.ChangeFragment(ctx, r.sem, f.ID, 1, review.PassageChange{Title: &title})
					return err
				},
				func() error { return r.DropFragment(ctx, r.sem, f.ID, 1) },
			} {
				wants(t, actor(), review.ErrNotFound)
			}
		}
		refused()
		var version int64
		must(t, r.db.Table("recordings").Select("version").Row().Scan(&version))
		if version != 2 || r.refused != 4 {
			t.Errorf("a refusal left something: version %d, %d concluded", version, r.refused)
		}
		r.closed = true
		_, err = r.Fragments(ctx, r.noor, r.id)
		wants(t, err, review.ErrNotFound)
		wants(t, r.DropFragment(ctx, r.noor, f.ID, 1), review.ErrNotFound)
	})
}

func TestNoFragmentLiesOutsideTheFilm(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.MaxFragments = 1 << 20
		rapid.Check(t, func(t *rapid.T) {
			place := rapid.Int64Range(-1000, 61_000)
			start, end, other := place.Draw(t, "start"), place.Draw(t, "end"), place.Draw(t, "other")
			f, err := r.Choose(ctx, r.noor, r.id, review.Passage{StartMs: start, EndMs: end, Title: "x"})
			fits := 0 <= start && start+1000 <= end && end <= 60_000
			if fits != (err == nil) {
				t.Fatalf("[%d, %d]: %v", start, end, err)
			}
			if err != nil {
				return
			}
			_, err = r.ChangeFragment(ctx, r.noor, f.ID, 1, review.PassageChange{StartMs: &other})
			if (0 <= other && other+1000 <= end) != (err == nil) {
				t.Fatalf("start %d of [%d, %d]: %v", other, start, end, err)
			}
		})
	})
}
