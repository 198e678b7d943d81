package review_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/review"
)

func reply(to uuid.UUID, body string) review.Note {
	n := note(body)
	n.ParentID = &to
	return n
}

func (r *room) bodies(t testing.TB) []string {
	t.Helper()
	list, err := r.List(ctx, r.noor, r.id)
	must(t, err)
	bodies := []string{}
	for _, a := range list {
		bodies = append(bodies, a.Body)
	}
	return bodies
}

func (r *room) hold(t testing.TB, want ...string) {
	t.Helper()
	if got := r.bodies(t); !reflect.DeepEqual(got, append([]string{}, want...)) {
		t.Errorf("the list says %q, want %q", got, want)
	}
}

func (r *room) rows(t testing.TB) int64 {
	t.Helper()
	var n int64
	must(t, r.db.Table("annotations").Count(&n).Error)
	return n
}

func TestAReplyHasThePlaceOfItsNote(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		first, err := r.Create(ctx, r.noor, r.id, note("eerst"))
		must(t, err)
		elsewhere := reply(first.ID, "reactie")
		elsewhere.StartMs = 50_000
		answer, err := r.Create(ctx, r.noor, r.id, elsewhere)
		must(t, err)
		if answer.StartMs != first.StartMs || *answer.ParentID != first.ID {
			t.Errorf("the reply is %+v", answer)
		}
		start, end := int64(7000), int64(9000)
		_, err = r.Update(ctx, r.noor, first.ID, 1, review.Change{StartMs: &start, EndMs: &end})
		must(t, err)
		list, err := r.List(ctx, r.noor, r.id)
		must(t, err)
		if len(list) != 2 || list[1].StartMs != 7000 || *list[1].EndMs != 9000 {
			t.Errorf("the note moved and its reply is %+v", list[1])
		}
		zero, body := int64(0), "anders"
		moved, err := r.Update(ctx, r.noor, answer.ID, 1, review.Change{StartMs: &zero, Point: true, Body: &body})
		must(t, err)
		if moved.StartMs != 7000 || *moved.EndMs != 9000 || moved.Body != "anders" {
			t.Errorf("a reply moved away from its note: %+v", moved)
		}
	})
}

func TestAReplyHangsOnANoteAndOnNothingElse(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		first, err := r.Create(ctx, r.noor, r.id, note("eerst"))
		must(t, err)
		answer, err := r.Create(ctx, r.noor, r.id, reply(first.ID, "reactie"))
		must(t, err)
		gone, err := r.Create(ctx, r.noor, r.id, note("verwijderd"))
		must(t, err)
		must(t, r.Delete(ctx, r.noor, gone.ID, 1))
		for name, to := range map[string]uuid.UUID{"a reply": answer.ID, "what was deleted": gone.ID, "nothing": uuid.Must(uuid.NewV7())} {
			_, err := r.Create(ctx, r.noor, r.id, reply(to, "reactie"))
			var invalid *review.Invalid
			if !errors.As(err, &invalid) || len(invalid.Faults) != 1 || invalid.Faults[0].Field != "parentId" {
				t.Errorf("a reply to %s: %v", name, err)
			}
		}
		r.hold(t, "eerst", "reactie")
	})
}

func TestWhatIsDeletedCanBePutBackForTenSeconds(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		before, err := r.Create(ctx, r.noor, r.id, note("terug"))
		must(t, err)
		must(t, r.Delete(ctx, r.noor, before.ID, 1))
		r.hold(t)
		body := "toch"
		_, err = r.Update(ctx, r.noor, before.ID, 2, review.Change{Body: &body})
		wants(t, err, review.ErrNotFound)
		wants(t, r.Delete(ctx, r.noor, before.ID, 2), review.ErrNotFound)
		_, err = r.Restore(ctx, r.sem, before.ID)
		wants(t, err, review.ErrNotFound)

		r.pass(review.Undo + time.Second) // still on its way
		must(t, r.Purge(ctx))
		after, err := r.Restore(ctx, r.noor, before.ID)
		must(t, err)
		if !reflect.DeepEqual(after.Note, before.Note) || after.Version != 3 || !after.UpdatedAt.Equal(before.UpdatedAt) {
			t.Errorf("it came back as %+v, was %+v", after, before)
		}
		again, err := r.Restore(ctx, r.noor, before.ID)
		must(t, err)
		if !reflect.DeepEqual(again, after) {
			t.Errorf("asked again it is %+v", again)
		}
		wants(t, r.Delete(ctx, r.noor, before.ID, 1), review.ErrChanged)
	})
}

func TestTooLateItIsGoneAndSoIsTheRow(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		first, err := r.Create(ctx, r.noor, r.id, note("eerst"))
		must(t, err)
		_, err = r.Create(ctx, r.noor, r.id, reply(first.ID, "reactie"))
		must(t, err)
		_, err = r.Create(ctx, r.noor, r.id, note("blijft"))
		must(t, err)
		must(t, r.Delete(ctx, r.noor, first.ID, 1))
		r.pass(review.Undo + 2*time.Second)
		_, err = r.Restore(ctx, r.noor, first.ID)
		wants(t, err, review.ErrNotFound)
		if n := r.rows(t); n != 3 {
			t.Errorf("%d rows before the housekeeper came, want 3", n)
		}
		must(t, r.Purge(ctx))
		if n := r.rows(t); n != 1 {
			t.Errorf("%d rows, want 1: a deleted note or its reply is still there", n)
		}
		r.hold(t, "blijft")
	})
}

func TestRepliesGoAndComeBackWithTheirNote(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		first, err := r.Create(ctx, r.noor, r.id, note("eerst"))
		must(t, err)
		kept, err := r.Create(ctx, r.noor, r.id, reply(first.ID, "blijft"))
		must(t, err)
		dropped, err := r.Create(ctx, r.noor, r.id, reply(first.ID, "weg"))
		must(t, err)
		must(t, r.Delete(ctx, r.noor, dropped.ID, 1))
		must(t, r.Delete(ctx, r.noor, first.ID, 1))
		r.hold(t)
		body := "anders"
		_, err = r.Update(ctx, r.noor, kept.ID, 1, review.Change{Body: &body})
		wants(t, err, review.ErrNotFound)
		_, err = r.Restore(ctx, r.noor, dropped.ID)
		wants(t, err, review.ErrNotFound) // its note is not there
		_, err = r.Restore(ctx, r.noor, first.ID)
		must(t, err)
		r.hold(t, "eerst", "blijft") // what was deleted by itself stays so
		_, err = r.Restore(ctx, r.noor, dropped.ID)
		must(t, err)
		r.hold(t, "eerst", "blijft", "weg")
	})
}

func TestAMarkerIsOfAMoment(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		mark := review.Note{StartMs: 75, Kind: review.Moment, Marker: "weerstand", Visibility: review.Self}
		created, err := r.Create(ctx, r.noor, r.id, mark)
		must(t, err)
		body := "Zij zucht."
		worded, err := r.Update(ctx, r.noor, created.ID, 1, review.Change{Body: &body})
		must(t, err)
		if worded.Marker != "weerstand" || worded.Body != body {
			t.Errorf("with words it is %+v", worded)
		}
		kind := review.Observation
		other, err := r.Update(ctx, r.noor, created.ID, 2, review.Change{Kind: &kind})
		must(t, err)
		if other.Marker != "" {
			t.Errorf("an observation has the marker %q", other.Marker)
		}
		for _, wrong := range []review.Note{
			{StartMs: 75, Kind: review.Question, Body: "?", Marker: "weerstand", Visibility: review.Self},
			{StartMs: 75, Kind: review.Moment, Marker: "Weerstand!", Visibility: review.Self},
		} {
			_, err := r.Create(ctx, r.noor, r.id, wrong)
			var invalid *review.Invalid
			if !errors.As(err, &invalid) || invalid.Faults[0].Field != "marker" {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
	})
}
