package review_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"vakspiegel/review"
)

func (r *room) draft(body string) review.Draft {
	return review.Draft{
		ID: uuid.Must(uuid.NewV7()), RecordingID: r.id,
		DraftWords: review.DraftWords{Start: "1:1", Kind: review.Question, Body: body, Tags: []string{"brief"}},
	}
}

// keep keeps a draft, at a version it should have.
func (r *room) keep(t testing.TB, draft review.Draft, version int64) {
	t.Helper()
	var before *int64
	if version > 1 {
		v := version - 1
		before = &v
	}
	got, err := r.KeepDraft(ctx, r.noor, draft, before)
	must(t, err)
	if got != version {
		t.Errorf("kept as version %d, want %d", got, version)
	}
}

func (r *room) drafted(t testing.TB) map[uuid.UUID]review.Draft {
	t.Helper()
	list, err := r.Drafts(ctx, r.noor, r.id)
	must(t, err)
	drafts := map[uuid.UUID]review.Draft{}
	for _, d := range list {
		drafts[d.ID] = d
	}
	return drafts
}

func TestWhatIsTypedIsKeptAsItStands(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		draft := r.draft("hal")
		r.keep(t, draft, 1)
		draft.Body, draft.Start, draft.Marker, draft.Kind = "half af, en fout", "zo meteen", "flow", review.Moment
		r.keep(t, draft, 2)
		got := r.drafted(t)[draft.ID]
		if !reflect.DeepEqual(got.DraftWords, draft.DraftWords) || got.Version != 2 {
			t.Errorf("kept %+v, want %+v", got, draft)
		}
		var rows []map[string]any
		must(t, r.db.Table("annotation_drafts").Find(&rows).Error)
		if dump := fmt.Sprintf("%s %v", rows, rows); strings.Contains(dump, "half") || strings.Contains(dump, "brief") {
			t.Error("the database holds words in plain")
		}
		if r.raised != 0 {
			t.Errorf("screens were told %d times of what is only being typed", r.raised)
		}
		must(t, r.DropDraft(ctx, r.noor, r.id, review.DraftRef{ID: draft.ID, Version: 2}))
		wants(t, r.DropDraft(ctx, r.noor, r.id, review.DraftRef{ID: draft.ID, Version: 2}), review.ErrNotFound)
		if len(r.drafted(t)) != 0 {
			t.Error("a draft that was thrown away is still there")
		}
	})
}

func TestOfTwoWindowsOnOneDraftTheSecondIsTold(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		draft := r.draft("eerst")
		r.keep(t, draft, 1)
		one := int64(1)
		var group sync.WaitGroup
		won := make(chan string, 6)
		for i := range 6 {
			group.Go(func() {
				mine := draft
				mine.Body = fmt.Sprintf("van venster %d", i)
				if _, err := r.KeepDraft(ctx, r.noor, mine, &one); err == nil {
					won <- mine.Body
				} else if !errors.Is(err, review.ErrChanged) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if len(won) != 1 || r.drafted(t)[draft.ID].Body != <-won {
			t.Errorf("%d windows won; kept is %+v", len(won)+1, r.drafted(t))
		}
		_, err := r.KeepDraft(ctx, r.noor, draft, nil)
		wants(t, err, review.ErrChanged)
		wants(t, r.DropDraft(ctx, r.noor, r.id, review.DraftRef{ID: draft.ID, Version: 1}), review.ErrChanged)
	})
}

func TestANoteThatIsSavedTakesItsDraftAlong(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		draft := r.draft("af")
		r.keep(t, draft, 1)
		ref := review.DraftRef{ID: draft.ID, Version: 1}
		created, err := r.CreateFrom(ctx, r.noor, r.id, note("af"), ref)
		must(t, err)
		if len(r.drafted(t)) != 0 {
			t.Error("the note is saved and its draft is still there")
		}
		// The answer got lost: it is asked again, with what was typed since.
		again, err := r.CreateFrom(ctx, r.noor, r.id, note("af, en meer"), ref)
		must(t, err)
		if again.ID != created.ID || again.Version != 2 || again.Body != "af, en meer" {
			t.Errorf("asked again: %+v", again)
		}
		r.hold(t, "af, en meer")
		_, err = r.CreateFrom(ctx, r.noor, r.id, note("te laat"), ref)
		wants(t, err, review.ErrChanged)

		change := r.draft("anders")
		change.AnnotationID, change.BaseVersion = &created.ID, &again.Version
		r.keep(t, change, 1)
		if kept := r.drafted(t)[change.ID]; kept.AnnotationID == nil || *kept.AnnotationID != created.ID || *kept.BaseVersion != 2 {
			t.Errorf("the draft of a change is %+v", kept)
		}
		body := "anders"
		_, err = r.UpdateFrom(ctx, r.noor, created.ID, 2, review.Change{Body: &body}, review.DraftRef{ID: change.ID, Version: 1})
		must(t, err)
		if len(r.drafted(t)) != 0 {
			t.Error("the change is saved and its draft is still there")
		}
	})
}

func TestADraftThatAnotherWindowWentOnWithStays(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		draft := r.draft("eerst")
		r.keep(t, draft, 1)
		draft.Body = "eerst, en meer"
		r.keep(t, draft, 2)
		_, err := r.CreateFrom(ctx, r.noor, r.id, note("eerst"), review.DraftRef{ID: draft.ID, Version: 1})
		must(t, err)
		if r.drafted(t)[draft.ID].Body != "eerst, en meer" {
			t.Error("what another window typed is lost")
		}
		same := r.draft("hetzelfde")
		r.keep(t, same, 1)
		r.keep(t, same, 2) // and the acknowledgement got lost
		_, err = r.CreateFrom(ctx, r.noor, r.id, note("hetzelfde"), review.DraftRef{ID: same.ID, Version: 1})
		must(t, err)
		if _, there := r.drafted(t)[same.ID]; there {
			t.Error("a draft with the very words of the note is still there")
		}
	})
}

func TestADraftOutlivesTheNoteItChanges(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		created, err := r.Create(ctx, r.noor, r.id, note("weg"))
		must(t, err)
		draft := r.draft("niet kwijt")
		draft.AnnotationID, draft.BaseVersion = &created.ID, &created.Version
		r.keep(t, draft, 1)
		must(t, r.Delete(ctx, r.noor, created.ID, 1))
		r.pass(review.Undo * 2)
		must(t, r.Purge(ctx))
		if kept := r.drafted(t)[draft.ID]; kept.Body != "niet kwijt" || kept.AnnotationID != nil {
			t.Errorf("the draft is %+v", kept)
		}
		draft.Body = "nog steeds niet"
		r.keep(t, draft, 2)
	})
}

func TestDraftsAreOfTheirWriterAlone(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		draft := r.draft("van noor")
		r.keep(t, draft, 1)
		tries := func() {
			t.Helper()
			one := int64(1)
			_, err := r.Drafts(ctx, r.sem, r.id)
			wants(t, err, review.ErrNotFound)
			_, err = r.KeepDraft(ctx, r.sem, draft, &one)
			wants(t, err, review.ErrNotFound)
			wants(t, r.DropDraft(ctx, r.sem, r.id, review.DraftRef{ID: draft.ID, Version: 1}), review.ErrNotFound)
			_, err = r.DraftKey(ctx, r.sem, r.id)
			wants(t, err, review.ErrNotFound)
		}
		tries()
		mine, err := r.DraftKey(ctx, r.noor, r.id)
		must(t, err)
		again, err := r.DraftKey(ctx, r.noor, r.id)
		must(t, err)
		if len(mine) != 32 || !bytes.Equal(mine, again) {
			t.Error("the key for what is not sent yet is not the same the next time")
		}
		r.closed = true
		_, err = r.DraftKey(ctx, r.noor, r.id)
		wants(t, err, review.ErrNotFound)
		if r.refused != 5 {
			t.Errorf("%d refusals were concluded, want 5", r.refused)
		}
	})
}

func TestADraftMayBeWrongButNotBoundless(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		draft := r.draft(strings.Repeat("é", review.MaxDraftBody+1))
		draft.Kind, draft.Marker, draft.Start = "verdict", "Nee!", strings.Repeat("1", 41)
		_, err := r.KeepDraft(ctx, r.noor, draft, nil)
		var invalid *review.Invalid
		if !errors.As(err, &invalid) || len(invalid.Faults) != 4 {
			t.Errorf("%+v", err)
		}
	})
}
