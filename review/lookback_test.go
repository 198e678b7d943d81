package review_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/policies"
	"vakspiegel/review"
)

func ptr[T any](v T) *T { return &v }

func TestALookBackIsWhereItWasLeft(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		none, err := r.LookBack(ctx, r.noor, r.id)
		must(t, err)
		if !reflect.DeepEqual(none, review.LookBack{}) {
			t.Errorf("nothing was kept yet: %+v", none)
		}
		memories := []review.Memory{{Text: "zij keek <b>weg</b> \u202e é", Part: review.PartMiddle}, {Text: "", Part: review.PartEnd}}
		_, err = r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{Memories: &memories, Step: ptr(review.StepMemory)})
		must(t, err)
		want := review.LookBack{
			PositionMs: 59_000, Memories: memories, MemoryIndex: 1, Begin: review.BeginWell, Phase: review.Recall, Step: review.StepFilm, NextStep: "drie tellen wachten",
		}
		kept, err := r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{
			PositionMs: ptr(int64(59_000)), MemoryIndex: ptr(1), Begin: ptr(review.BeginWell), Phase: ptr(review.Recall), Step: ptr(review.StepFilm), NextStep: ptr("drie tellen wachten"),
		})
		must(t, err)
		found, err := r.LookBack(ctx, r.noor, r.id)
		must(t, err)
		if !reflect.DeepEqual(kept, want) || !reflect.DeepEqual(found, want) {
			t.Errorf("kept %+v and found %+v, want %+v", kept, found, want)
		}
		var rows []map[string]any
		must(t, r.db.Table("look_backs").Find(&rows).Error)
		dump := fmt.Sprintf("%s %v", rows, rows)
		if len(rows) != 1 || strings.Contains(dump, "weg") || strings.Contains(dump, "59000") || strings.Contains(dump, "middle") {
			t.Error("the database holds a word or a second of it in plain")
		}
		if r.raised != 0 {
			t.Errorf("screens were told %d times of what is nobody else's", r.raised)
		}
	})
}

func TestAChoiceCanBeTakenBackAndAPositionStaysInTheFilm(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, err := r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{Begin: ptr(review.BeginTouched), Phase: ptr(review.Reflection)})
		must(t, err)
		kept, err := r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{Begin: ptr(review.Begin("")), PositionMs: ptr(int64(60_017))})
		must(t, err)
		if kept.Begin != "" || kept.Phase != review.Reflection || kept.PositionMs != 60_000 {
			t.Errorf("kept %+v", kept)
		}
		r.duration = nil
		kept, err = r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{PositionMs: ptr(int64(60_017))})
		must(t, err)
		if kept.PositionMs != 60_017 {
			t.Errorf("where the length is not known: %d", kept.PositionMs)
		}
	})
}

func TestEveryFaultOfALookBackAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, err := r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{
			PositionMs: ptr(int64(-1)), MemoryIndex: ptr(3), Begin: ptr(review.Begin("bad")), Phase: ptr(review.Phase("verdict")), Step: ptr(review.Step("score")),
			Memories: &[]review.Memory{
				{Text: strings.Repeat("é", 301), Part: review.PartEnd}, {Text: "\xff", Part: review.PartEnd}, {Part: "later"}, {Text: strings.Repeat("é", 300), Part: review.PartBegin},
			},
		})
		var invalid *review.Invalid
		if !errors.As(err, &invalid) {
			t.Fatalf("%v, want its faults", err)
		}
		var got []string
		for _, f := range invalid.Faults {
			got = append(got, f.Field+" "+f.Code)
		}
		want := []string{
			"positionMs negative", "memoryIndex range", "memories too_many", "memories[0].text too_long", "memories[1].text not_text",
			"memories[2].part unknown", "begin unknown", "phase unknown", "step unknown",
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		if none, err := r.LookBack(ctx, r.noor, r.id); err != nil || !reflect.DeepEqual(none, review.LookBack{}) {
			t.Errorf("something was stored: %+v, %v", none, err)
		}
	})
}

// TestTheLastWriteOfAFieldWins: of several devices that keep different things
// in any order, every field is what was last written to it, and no other.
func TestTheLastWriteOfAFieldWins(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		rapid.Check(t, func(t *rapid.T) {
			if err := r.db.Exec("DELETE FROM look_backs").Error; err != nil {
				t.Fatal(err)
			}
			var want review.LookBack
			for range rapid.IntRange(1, 8).Draw(t, "writes") {
				change := drawChange(t, &want)
				kept, err := r.KeepLookBack(ctx, r.noor, r.id, change)
				if err != nil || !reflect.DeepEqual(kept, want) {
					t.Fatalf("kept %+v, %v; want %+v", kept, err, want)
				}
			}
			if found, err := r.LookBack(ctx, r.noor, r.id); err != nil || !reflect.DeepEqual(found, want) {
				t.Fatalf("found %+v, %v; want %+v", found, err, want)
			}
		})
	})
}

// drawChange draws what one device keeps, and does the same to the model.
func drawChange(t *rapid.T, model *review.LookBack) (change review.LookBackChange) {
	some := rapid.Bool()
	if some.Draw(t, "position?") {
		model.PositionMs = rapid.Int64Range(0, 60_000).Draw(t, "position")
		change.PositionMs = ptr(model.PositionMs)
	}
	if some.Draw(t, "memories?") {
		texts := rapid.SliceOfN(rapid.StringN(0, 20, -1), 1, 3).Draw(t, "memories")
		memories := make([]review.Memory, len(texts))
		for i, text := range texts {
			memories[i] = review.Memory{Text: text, Part: rapid.SampledFrom([]review.Part{review.PartBegin, review.PartMiddle, review.PartEnd}).Draw(t, "part")}
		}
		model.Memories, change.Memories = memories, &memories
	}
	if some.Draw(t, "index?") {
		model.MemoryIndex = rapid.IntRange(0, 2).Draw(t, "index")
		change.MemoryIndex = ptr(model.MemoryIndex)
	}
	if some.Draw(t, "begin?") {
		model.Begin = rapid.SampledFrom([]review.Begin{"", review.BeginTouched, review.BeginWell}).Draw(t, "begin")
		change.Begin = ptr(model.Begin)
	}
	if some.Draw(t, "phase?") {
		model.Phase = rapid.SampledFrom([]review.Phase{"", review.Recall, review.Reflection}).Draw(t, "phase")
		change.Phase = ptr(model.Phase)
	}
	if some.Draw(t, "step?") {
		model.Step = rapid.SampledFrom([]review.Step{"", review.StepMemory, review.StepFilm, review.StepNextStep, review.StepDone}).Draw(t, "step")
		change.Step = ptr(model.Step)
	}
	return change
}

func TestDevicesThatKeepAtTheSameMomentLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		memories := []review.Memory{{Text: "het bleef stil", Part: review.PartBegin}}
		changes := []review.LookBackChange{
			{PositionMs: ptr(int64(7))}, {Memories: &memories}, {MemoryIndex: ptr(2)},
			{Begin: ptr(review.BeginTouched)}, {Phase: ptr(review.Reflection)}, {Step: ptr(review.StepDone)},
		}
		var group sync.WaitGroup
		for _, change := range changes {
			group.Go(func() {
				if _, err := r.KeepLookBack(ctx, r.noor, r.id, change); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		found, err := r.LookBack(ctx, r.noor, r.id)
		must(t, err)
		want := review.LookBack{
			PositionMs: 7, Memories: memories, MemoryIndex: 2, Begin: review.BeginTouched, Phase: review.Reflection, Step: review.StepDone,
		}
		if !reflect.DeepEqual(found, want) {
			t.Errorf("found %+v, want %+v", found, want)
		}
	})
}

func TestALookBackIsOfNobodyElseAndGoesWithTheRecording(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		step := review.LookBackChange{Step: ptr(review.StepFilm)}
		_, err := r.KeepLookBack(ctx, r.noor, r.id, step)
		must(t, err)
		tries := func(actor policies.Actor, id uuid.UUID) {
			t.Helper()
			_, err := r.LookBack(ctx, actor, id)
			wants(t, err, review.ErrNotFound)
			_, err = r.KeepLookBack(ctx, actor, id, step)
			wants(t, err, review.ErrNotFound)
		}
		tries(r.sem, r.id)
		tries(r.noor, uuid.Must(uuid.NewV7()))
		r.closed = true
		tries(r.noor, r.id)
		if r.refused != 6 {
			t.Errorf("%d refusals were concluded, want 6", r.refused)
		}
		must(t, r.db.Exec("DELETE FROM recordings WHERE id = ?", r.id).Error)
		if n := count(t, r.db, "look_backs"); n != 0 {
			t.Errorf("%d look-backs are left of an erased recording", n)
		}
	})
}

func TestAnOlderLookBackPutBackByHandDoesNotOpen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		keep := func(step review.Step) {
			_, err := r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{Step: &step})
			must(t, err)
		}
		keep(review.StepMemory)
		var old []byte
		must(t, r.db.Table("look_backs").Select("sealed").Row().Scan(&old))
		keep(review.StepFilm)
		must(t, r.db.Exec("UPDATE look_backs SET sealed = ?", old).Error)
		if found, err := r.LookBack(ctx, r.noor, r.id); err == nil {
			t.Errorf("an older version opened: %+v", found)
		}
		if found, err := r.KeepLookBack(ctx, r.noor, r.id, review.LookBackChange{Step: ptr(review.StepDone)}); err == nil {
			t.Errorf("an older version was written over: %+v", found)
		}
	})
}

func count(t *testing.T, db *gorm.DB, table string) (n int64) {
	t.Helper()
	must(t, db.Table(table).Count(&n).Error)
	return n
}
