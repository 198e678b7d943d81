package review_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review"
)

var ctx = context.Background()

// recordings stands for media: one recording of noor, and a cipher that opens
// only what was sealed at the same place.
type recordings struct {
	owner    uuid.UUID
	id       uuid.UUID
	duration *int64
	mu       sync.Mutex
	closed   bool
	refused  int
	raised   int
}

var errRefused = fmt.Errorf("%w: refused", review.ErrNotFound)

func (r *recordings) Allow(_ context.Context, _ *gorm.DB, actor policies.Actor, action policies.Action, id, author uuid.UUID) (review.Subject, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	own := action == policies.AnnotationRead || action == policies.AnnotationCreate || author == actor.ID
	if r.closed || id != r.id || actor.ID != r.owner || !own {
		return review.Subject{}, errRefused
	}
	return review.Subject{OwnerID: r.owner, DurationMs: r.duration}, nil
}

func (r *recordings) Conclude(_ context.Context, err error) error {
	if errors.Is(err, errRefused) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.refused++
	}
	return err
}

func (r *recordings) Texts(context.Context, *gorm.DB, uuid.UUID) (review.Texts, error) {
	return heldKeys.hold(), nil
}

// Raise locks the recording's row, as that of media does.
func (r *recordings) Raise(ctx context.Context, tx *gorm.DB, id uuid.UUID) error {
	r.mu.Lock()
	r.raised++
	r.mu.Unlock()
	return tx.WithContext(ctx).Exec("UPDATE recordings SET version = version + 1 WHERE id = ?", id).Error
}

// texts stands for an open key.
type texts struct{ held *keysHeld }

// keysHeld counts the keys that are open: whoever opened one closes it.
type keysHeld struct{ atomic.Int64 }

var heldKeys keysHeld

func (k *keysHeld) hold() texts {
	k.Add(1)
	return texts{k}
}

func mask(kind, id string, in []byte) []byte {
	key := sha256.Sum256([]byte(kind + "/" + id))
	out := make([]byte, len(in))
	for i := range in {
		out[i] = in[i] ^ key[i%len(key)]
	}
	return out
}

func (t texts) Close() { t.held.Add(-1) }

func (texts) Derive(kind, id string) ([]byte, error) { return mask(kind, id, make([]byte, 32)), nil }

func (texts) Seal(kind, id string, plain []byte) ([]byte, error) { return mask(kind, id, plain), nil }
func (texts) Open(kind, id string, sealed []byte) ([]byte, error) {
	plain := mask(kind, id, sealed)
	if !json.Valid(plain) {
		return nil, errors.New("does not open here")
	}
	return plain, nil
}

type room struct {
	*review.Service
	*recordings
	steps *stepKeys
	db    *gorm.DB
	noor  policies.Actor
	sem   policies.Actor
	now   *time.Time // the room's clock
}

// pass lets time go by.
func (r *room) pass(d time.Duration) { *r.now = r.now.Add(d) }

// each runs a test in a fresh room with one recording of a minute.
func each(t *testing.T, test func(t *testing.T, r *room)) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		must(t, policies.SeedDemo(ctx, db))
		people := policies.NewPeople(db)
		noor, err := people.ByLogin(ctx, "noor")
		must(t, err)
		sem, err := people.ByLogin(ctx, "sem")
		must(t, err)
		minute := int64(60_000)
		media := &recordings{owner: noor.ID, id: uuid.Must(uuid.NewV7()), duration: &minute}
		film(t, db, media)
		steps := &stepKeys{keys: map[uuid.UUID]bool{}}
		now := time.Now().UTC()
		clock := func() time.Time { return now }
		service := review.New(review.Config{DB: db, Recordings: media, Shelf: media, NextStepKeys: steps, Audit: audit.New(db, 0), Clock: clock})
		test(t, &room{service, media, steps, db, noor.Actor(), sem.Actor(), &now})
		if n := heldKeys.Load(); n != 0 {
			t.Errorf("%d keys were left open", n)
		}
	})
}

// film makes the rows that a note hangs on.
func film(t *testing.T, db *gorm.DB, media *recordings) {
	t.Helper()
	now := time.Now().UTC()
	conversation := uuid.Must(uuid.NewV7())
	must(t, db.Table("conversations").Create(map[string]any{
		"id": conversation, "owner_id": media.owner, "held_at": now, "version": 1, "created_at": now,
	}).Error)
	must(t, db.Table("recordings").Create(map[string]any{
		"id": media.id, "conversation_id": conversation, "owner_id": media.owner, "state": "ready", "origin": "file",
		"content_type": "video/mp4", "size_bytes": 1, "started_at": now, "expires_at": now, "version": 1, "created_at": now, "failure": "",
	}).Error)
}

func note(body string) review.Note {
	return review.Note{StartMs: 5000, Kind: review.Observation, Body: body, Visibility: review.Self}
}

func TestANoteComesBackAsItWasWritten(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		end := int64(9000)
		want := review.Note{
			StartMs: 5000, EndMs: &end, Kind: review.Strength, Body: "<script>alert('x')</script> \u202e \x00 é", Tags: []string{"één", "b"}, Visibility: review.Self,
		}
		created, err := r.Create(ctx, r.noor, r.id, want)
		must(t, err)
		if !reflect.DeepEqual(created.Note, want) || created.Version != 1 || created.AuthorID != r.noor.ID {
			t.Errorf("created %+v, want %+v", created, want)
		}
		_, err = r.Create(ctx, r.noor, r.id, review.Note{StartMs: 1000, Kind: review.Moment, Visibility: review.Self})
		must(t, err)
		list, err := r.List(ctx, r.noor, r.id)
		must(t, err)
		if len(list) != 2 || list[0].StartMs != 1000 || !reflect.DeepEqual(list[1].Note, want) {
			t.Errorf("the list: %+v", list)
		}
		var rows []map[string]any
		must(t, r.db.Table("annotations").Find(&rows).Error)
		if dump := fmt.Sprintf("%s %v", rows, rows); strings.Contains(dump, "alert") || strings.Contains(dump, "één") {
			t.Error("the database holds words in plain")
		}
		if r.raised != 2 {
			t.Errorf("screens were told %d times, want 2", r.raised)
		}
	})
}

func TestEveryFaultOfANoteAtOnce(t *testing.T) {
	early := int64(10)
	each(t, func(t *testing.T, r *room) {
		for name, c := range map[string]struct {
			note review.Note
			want []string
		}{
			"a negative time":         {review.Note{StartMs: -1, Kind: review.Question, Body: "?", Visibility: review.Self}, []string{"startMs negative"}},
			"an end before the start": {review.Note{StartMs: 20, EndMs: &early, Kind: review.Question, Body: "?", Visibility: review.Self}, []string{"endMs before_start"}},
			"after the film":          {review.Note{StartMs: 60_001, Kind: review.Question, Body: "?", Visibility: review.Self}, []string{"startMs after_end"}},
			"100,000 characters":      {note(strings.Repeat("é", 100_000)), []string{"body too_long"}},
			"no words":                {note(" \n"), []string{"body empty"}},
			"all of it": {
				review.Note{StartMs: 70_000, EndMs: &early, Kind: "verdict", Body: string([]byte{0xff}), Tags: []string{"", strings.Repeat("x", 41)}, Visibility: "everyone"},
				[]string{"startMs after_end", "endMs before_start", "kind unknown", "visibility unknown", "body not_text", "tags[0] length", "tags[1] length"},
			},
		} {
			_, err := r.Create(ctx, r.noor, r.id, c.note)
			var invalid *review.Invalid
			if !errors.As(err, &invalid) {
				t.Errorf("%s: %v, want its faults", name, err)
				continue
			}
			var got []string
			for _, f := range invalid.Faults {
				got = append(got, f.Field+" "+f.Code)
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		if list, err := r.List(ctx, r.noor, r.id); err != nil || len(list) != 0 {
			t.Errorf("something was stored: %v, %v", list, err)
		}
		r.duration = nil
		_, err := r.Create(ctx, r.noor, r.id, review.Note{StartMs: 1 << 40, Kind: review.Question, Body: "?", Visibility: review.Self})
		must(t, err)
	})
}

func TestTheSecondOfTwoIsTold(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		created, err := r.Create(ctx, r.noor, r.id, note("eerst"))
		must(t, err)
		end, body := int64(7000), "toen"
		changed, err := r.Update(ctx, r.noor, created.ID, 1, review.Change{EndMs: &end, Body: &body})
		must(t, err)
		if changed.Body != "toen" || *changed.EndMs != 7000 || changed.Version != 2 || changed.StartMs != 5000 {
			t.Errorf("changed to %+v", changed)
		}
		_, err = r.Update(ctx, r.noor, created.ID, 1, review.Change{Body: &body})
		wants(t, err, review.ErrChanged)
		wants(t, r.Delete(ctx, r.noor, created.ID, 1), review.ErrChanged)
		point, err := r.Update(ctx, r.noor, created.ID, 2, review.Change{Point: true})
		must(t, err)
		if point.EndMs != nil || point.Body != "toen" {
			t.Errorf("a moment again: %+v", point)
		}
		must(t, r.Delete(ctx, r.noor, created.ID, 3))
		wants(t, r.Delete(ctx, r.noor, created.ID, 3), review.ErrNotFound)
	})
}

func TestManyTabsChangeOneVersionOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		created, err := r.Create(ctx, r.noor, r.id, note("eerst"))
		must(t, err)
		var group sync.WaitGroup
		won := make(chan string, 8)
		for i := range 8 {
			group.Go(func() {
				body := fmt.Sprintf("van tab %d", i)
				if _, err := r.Update(ctx, r.noor, created.ID, 1, review.Change{Body: &body}); err == nil {
					won <- body
				} else if !errors.Is(err, review.ErrChanged) {
					t.Error(err)
				}
			})
		}
		group.Wait()
		list, err := r.List(ctx, r.noor, r.id)
		must(t, err)
		if len(won) != 1 || list[0].Body != <-won || list[0].Version != 2 {
			t.Errorf("%d won; the note is %+v", len(won), list[0])
		}
	})
}

func TestOnlyTheAuthorAndOnlyWhileItIsOpen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		created, err := r.Create(ctx, r.noor, r.id, note("van noor"))
		must(t, err)
		tries := func(actor policies.Actor) {
			t.Helper()
			body := "gekaapt"
			_, err := r.List(ctx, actor, r.id)
			wants(t, err, review.ErrNotFound)
			_, err = r.Create(ctx, actor, r.id, note("x"))
			wants(t, err, review.ErrNotFound)
			_, err = r.Update(ctx, actor, created.ID, 1, review.Change{Body: &body})
			wants(t, err, review.ErrNotFound)
			wants(t, r.Delete(ctx, actor, created.ID, 1), review.ErrNotFound)
		}
		tries(r.sem)
		r.closed = true
		tries(r.noor)
		if r.refused != 8 {
			t.Errorf("%d refusals were concluded, want 8", r.refused)
		}
	})
}

func TestAnOlderVersionPutBackByHandDoesNotOpen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		created, err := r.Create(ctx, r.noor, r.id, note("oude woorden"))
		must(t, err)
		var old []byte
		must(t, r.db.Table("annotations").Select("sealed").Row().Scan(&old))
		body := "nieuwe woorden"
		_, err = r.Update(ctx, r.noor, created.ID, 1, review.Change{Body: &body})
		must(t, err)
		must(t, r.db.Table("annotations").Where("id = ?", created.ID).Update("sealed", old).Error)
		if list, err := r.List(ctx, r.noor, r.id); err == nil {
			t.Errorf("an older version opened: %+v", list)
		}
	})
}

// TestNoNoteLiesOutsideTheFilm: whatever is created and changed, what is kept
// lies within the film and in order.
func TestNoNoteLiesOutsideTheFilm(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		rapid.Check(t, func(t *rapid.T) {
			place := rapid.Int64Range(-1000, 61_000)
			start, end := place.Draw(t, "start"), place.Draw(t, "end")
			n := note("x")
			n.StartMs, n.EndMs = start, &end
			created, err := r.Create(ctx, r.noor, r.id, n)
			fits := 0 <= start && start <= end && end <= 60_000
			if fits != (err == nil) {
				t.Fatalf("[%d, %d]: %v", start, end, err)
			}
			if err != nil {
				return
			}
			other := place.Draw(t, "other")
			changed, err := r.Update(ctx, r.noor, created.ID, 1, review.Change{StartMs: &other})
			if (0 <= other && other <= end) != (err == nil) {
				t.Fatalf("start %d of [%d, %d]: %v", other, start, end, err)
			}
			if err == nil && (changed.StartMs != other || *changed.EndMs != end) {
				t.Fatalf("changed to %+v", changed)
			}
		})
	})
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}
