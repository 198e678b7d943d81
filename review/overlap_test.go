package review_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"vakspiegel/review"
)

// desk is what several windows of one person do with the notes of a recording,
// and what was acknowledged to them.
type desk struct {
	*room
	notes   map[uuid.UUID]review.Annotation // as last acknowledged; those deleted too, for they may come back
	deleted map[uuid.UUID]bool
	drafts  map[uuid.UUID]review.Draft
	stale   map[uuid.UUID]int64 // a version that some window still believes in
	words   int
}

func (d *desk) write() string { d.words++; return fmt.Sprintf("woorden %d", d.words) }

func pick[T any](t *rapid.T, from map[uuid.UUID]T) (uuid.UUID, bool) {
	if len(from) == 0 {
		return uuid.Nil, false
	}
	ids := make([]uuid.UUID, 0, len(from))
	for id := range from {
		ids = append(ids, id)
	}
	// Maps have no order; ids have.
	for i := range ids {
		for j := i + 1; j < len(ids); j++ {
			if ids[j].String() < ids[i].String() {
				ids[i], ids[j] = ids[j], ids[i]
			}
		}
	}
	return ids[rapid.IntRange(0, len(ids)-1).Draw(t, "which")], true
}

// seen is a version that a window read: the last, or an older one.
func (d *desk) seen(t *rapid.T, id uuid.UUID, last int64) int64 {
	if old, ok := d.stale[id]; ok && rapid.Bool().Draw(t, "stale") {
		return old
	}
	d.stale[id] = last
	return last
}

func (d *desk) create(t *rapid.T) {
	n := note(d.write())
	if id, ok := pick(t, d.notes); ok && rapid.Bool().Draw(t, "reply") && d.notes[id].ParentID == nil && !d.deleted[id] {
		n.ParentID = &id
	}
	made, err := d.Create(ctx, d.noor, d.id, n)
	if err != nil {
		t.Fatal(err)
	}
	d.notes[made.ID] = made
}

// there says whether a note can be seen: not deleted, nor what it replies to.
func (d *desk) there(id uuid.UUID) bool {
	parent := d.notes[id].ParentID
	return !d.deleted[id] && (parent == nil || !d.deleted[*parent])
}

func (d *desk) change(t *rapid.T) {
	id, ok := pick(t, d.notes)
	if !ok {
		return
	}
	before, body := d.notes[id], d.write()
	version := d.seen(t, id, before.Version)
	after, err := d.Update(ctx, d.noor, id, version, review.Change{Body: &body})
	switch {
	case !d.there(id):
		if !errors.Is(err, review.ErrNotFound) {
			t.Fatalf("a deleted note was changed: %v", err)
		}
	case version != before.Version:
		if !errors.Is(err, review.ErrChanged) {
			t.Fatalf("a window that read version %d wrote over %d: %v", version, before.Version, err)
		}
	case err != nil:
		t.Fatal(err)
	default:
		if after.Version <= before.Version {
			t.Fatalf("version %d after %d", after.Version, before.Version)
		}
		d.notes[id] = after
	}
}

func (d *desk) remove(t *rapid.T) {
	id, ok := pick(t, d.notes)
	if !ok || !d.there(id) {
		return
	}
	version := d.seen(t, id, d.notes[id].Version)
	err := d.Delete(ctx, d.noor, id, version)
	if version != d.notes[id].Version {
		if !errors.Is(err, review.ErrChanged) {
			t.Fatalf("a window that read version %d deleted %d: %v", version, d.notes[id].Version, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	d.deleted[id] = true
}

func (d *desk) restore(t *rapid.T) {
	id, ok := pick(t, d.deleted)
	if !ok {
		return
	}
	before := d.notes[id]
	if before.ParentID != nil && d.deleted[*before.ParentID] {
		return
	}
	after, err := d.Restore(ctx, d.noor, id)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(after.Note, before.Note) || after.Version <= before.Version {
		t.Fatalf("%+v came back as %+v", before, after)
	}
	d.notes[id] = after
	delete(d.deleted, id)
}

func (d *desk) draftOn(t *rapid.T) {
	draft := d.draft(d.write())
	var version *int64
	if id, ok := pick(t, d.drafts); ok && rapid.Bool().Draw(t, "go on") {
		draft.ID = id
		seen := d.seen(t, id, d.drafts[id].Version)
		version = &seen
	}
	kept, err := d.KeepDraft(ctx, d.noor, draft, version)
	before, known := d.drafts[draft.ID]
	if known && *version != before.Version {
		if !errors.Is(err, review.ErrChanged) {
			t.Fatalf("a window wrote over a draft it had not read: %v", err)
		}
		return
	}
	if err != nil || kept <= before.Version {
		t.Fatalf("version %d after %d: %v", kept, before.Version, err)
	}
	draft.Version = kept
	d.drafts[draft.ID] = draft
}

func (d *desk) save(t *rapid.T) {
	id, ok := pick(t, d.drafts)
	if !ok {
		return
	}
	draft := d.drafts[id]
	version := d.seen(t, id, draft.Version)
	body := draft.Body
	if version != draft.Version {
		body = d.write() // another window went on; this one has its own words
	}
	made, err := d.CreateFrom(ctx, d.noor, d.id, note(body), review.DraftRef{ID: id, Version: version})
	if errors.Is(err, review.ErrChanged) {
		return // it became a note before: the window goes on under another id
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, again := d.notes[made.ID]; again && made.Version != 2 {
		t.Fatalf("saved twice, it is %+v", made)
	}
	d.notes[made.ID] = made
	if version == draft.Version {
		delete(d.drafts, id)
	}
}

// nothingIsLost: every acknowledged word is there, unless its author deleted it.
func (d *desk) nothingIsLost(t *rapid.T) {
	list, err := d.List(ctx, d.noor, d.id)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[uuid.UUID]review.Annotation{}
	for _, a := range list {
		shown[a.ID] = a
	}
	for id, want := range d.notes {
		got, there := shown[id]
		if there != d.there(id) {
			t.Fatalf("%q is shown: %v, want %v", want.Body, there, d.there(id))
		}
		if there && (got.Body != want.Body || got.Version != want.Version) {
			t.Fatalf("acknowledged %+v, the list has %+v", want, got)
		}
	}
	drafts, err := d.Drafts(ctx, d.noor, d.id)
	if err != nil || len(drafts) != len(d.drafts) || len(list) > len(d.notes) {
		t.Fatalf("%d drafts of %d, %d notes of %d: %v", len(drafts), len(d.drafts), len(list), len(d.notes), err)
	}
	for _, got := range drafts {
		if want := d.drafts[got.ID]; got.Body != want.Body || got.Version != want.Version {
			t.Fatalf("typed %+v, kept %+v", want, got)
		}
	}
}

// TestNoAcknowledgedWordIsLost: whatever several windows do in whatever order.
func TestNoAcknowledgedWordIsLost(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		rapid.Check(t, func(t *rapid.T) {
			if err := r.db.Exec("DELETE FROM annotations").Error; err != nil {
				t.Fatal(err)
			}
			if err := r.db.Exec("DELETE FROM annotation_drafts").Error; err != nil {
				t.Fatal(err)
			}
			d := &desk{
				room: r, notes: map[uuid.UUID]review.Annotation{}, deleted: map[uuid.UUID]bool{},
				drafts: map[uuid.UUID]review.Draft{}, stale: map[uuid.UUID]int64{},
			}
			t.Repeat(map[string]func(*rapid.T){
				"create": d.create, "change": d.change, "delete": d.remove, "restore": d.restore,
				"type": d.draftOn, "save": d.save, "": d.nothingIsLost,
			})
		})
	})
}
