package media

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
	"vakspiegel/media/blob/blobtest"
)

// maxSteps ends a kill loop that would not: no story here has as many calls.
const maxSteps = 400

// killLoop tells a story again and again, killed one call later each time, until
// it ends before the kill comes.
func killLoop(t *testing.T, story func(t *testing.T, w *world, killAt int) (killed bool)) {
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) {
			stride := 1
			if dialect == database.Postgres {
				stride = 5 // the same code; a database costs more here
			}
			for n := 1; ; n += stride {
				w := newWorld(t, databasetest.New(t, dialect), blobtest.Dir(t))
				if !story(t, w, n) {
					if n < 10 {
						t.Fatalf("the story has %d calls: the faults do not reach it", n)
					}
					return
				}
				if n > maxSteps {
					t.Fatal("the story does not end")
				}
				ok(t, database.Close(w.db))
			}
		})
	}
}

// Invariant 2: kills at every call lose no acknowledged byte, count none twice
// and leave nothing behind.
func TestAnUploadSurvivesAKillAtEveryStep(t *testing.T) {
	film := filmOf(20_000, "acknowledged ")
	killLoop(t, func(t *testing.T, w *world, killAt int) bool {
		c := w.given()
		w.faults.killAt(killAt)
		acknowledged, id := send(w, c, film)
		killed := w.faults.revive()
		w.start()
		if !killed {
			return false
		}
		if id == uuid.Nil {
			acknowledged, id = send(w, c, film)
		}
		row, upload, err := w.Media.upload(t.Context(), id)
		ok(t, err)
		if upload.Received < acknowledged {
			t.Fatalf("killed at %d: %d bytes were acknowledged, %d are kept", killAt, acknowledged, upload.Received)
		}
		if upload.Received < upload.Length {
			_, err = w.receive(t.Context(), id, upload.Received, bytes.NewReader(film[upload.Received:]))
			ok(t, err)
		}
		if row.State != Ready {
			ok(t, w.Sweep(t.Context())) // the client is not told to ask again
		}
		got, err := w.watch(w.noor, id, 0, -1)
		ok(t, err)
		if !bytes.Equal(got, film) {
			t.Fatalf("killed at %d: the film is another", killAt)
		}
		assertNoOrphans(w, killAt)
		return true
	})
}

// send uploads in five pieces until something fails.
func send(w *world, c consent.Conversation, film []byte) (acknowledged int64, id uuid.UUID) {
	ctx := w.t.Context()
	id, err := w.Begin(ctx, w.noor, newUpload(c, int64(len(film))))
	if err != nil {
		return 0, uuid.Nil
	}
	for piece := range slices.Chunk(film, len(film)/5) {
		n, err := w.receive(ctx, id, acknowledged, bytes.NewReader(piece))
		acknowledged += n
		if err != nil {
			return acknowledged, id
		}
	}
	_ = w.complete(ctx, id)
	return acknowledged, id
}

// assertNoOrphans: after a day of sweeping the store holds what counts, no more.
func assertNoOrphans(w *world, killAt int) {
	w.t.Helper()
	w.skew += 2 * time.Hour
	ok(w.t, w.Sweep(w.t.Context()))
	ok(w.t, w.SweepOrphans(w.t.Context()))
	var known []string
	ok(w.t, w.db.Model(&segmentRow{}).Order("object_key").Pluck("object_key", &known).Error)
	if left := w.objects(objectPrefix); !slices.Equal(left, known) {
		w.t.Fatalf("killed at %d: the store holds %v, the database knows %v", killAt, left, known)
	}
	if n := w.count("segments", "state = ?", segmentPending); n != 0 {
		w.t.Fatalf("killed at %d: %d registrations are left", killAt, n)
	}
}

// Invariants 6 and 9: an erasure goes on after a kill at every call, and nothing
// is called erased, or its key destroyed, before it is.
func TestAnErasureSurvivesAKillAtEveryStep(t *testing.T) {
	film := filmOf(5_000, "to be erased ")
	killLoop(t, func(t *testing.T, w *world, killAt int) bool {
		c, kept := w.given(), w.given()
		id, other := w.upload(c, film), w.upload(kept, film)
		w.upload(c, film)
		old := w.copyKeys(id)
		w.withdraw(c)
		w.faults.killAt(killAt)
		_ = w.EraseOwed(t.Context())
		killed := w.faults.revive()
		w.start()
		assertHonest(w, c, id, old, killAt)
		if !killed {
			return false
		}
		w.skew += 2 * eraseHold // the killed one's claim runs out, and its lock
		ok(t, w.db.Where("1 = 1").Delete(&lockRow{}).Error)
		w.erase()
		if n := w.count("erasures", "erased_at IS NOT NULL AND objects = 2 AND bytes > 0"); n != 1 {
			t.Fatalf("killed at %d: it is not erased, or the proof is wrong", killAt)
		}
		assertHonest(w, c, id, old, killAt)
		if got, err := w.watch(w.noor, other, 0, -1); err != nil || !bytes.Equal(got, film) {
			t.Fatalf("killed at %d: the other recording is lost: %v", killAt, err)
		}
		return true
	})
}

// copyKeys is what a dump of the database would hold of a recording's key.
func (w *world) copyKeys(id uuid.UUID) dataKeyRow {
	w.t.Helper()
	var row dataKeyRow
	ok(w.t, w.db.Where("subject_id = ?", id).Take(&row).Error)
	return row
}

// assertHonest holds what the erasures table says against what is so.
func assertHonest(w *world, c consent.Conversation, id uuid.UUID, old dataKeyRow, killAt int) {
	w.t.Helper()
	_, err := w.Keys.ring.Unwrap(w.t.Context(), old.Epoch, id.String(), old.Wrapped)
	if w.count("erasures", "conversation_id = ? AND key_destroyed_at IS NOT NULL", c.ID) == 1 && err == nil {
		w.t.Fatalf("killed at %d: the key is called destroyed, and an old copy opens", killAt)
	}
	if w.count("erasures", "conversation_id = ? AND erased_at IS NOT NULL", c.ID) == 1 {
		if left := w.objects(prefixOf(id)); len(left) > 0 {
			w.t.Fatalf("killed at %d: it is called erased, and %v is left", killAt, left)
		}
		if n := w.count("recordings", "conversation_id = ?", c.ID); n > 0 {
			w.t.Fatalf("killed at %d: it is called erased, and a row is left", killAt)
		}
	}
}

// Invariant 7: a turn of the epoch that is killed anywhere loses no key that
// should stay and keeps none that should go.
func TestATurnSurvivesAKillAtEveryStep(t *testing.T) {
	killLoop(t, func(t *testing.T, w *world, killAt int) bool {
		ctx := t.Context()
		var kept []consent.Conversation
		for range 4 {
			kept = append(kept, w.given())
		}
		gone := w.asked()
		old := w.copyKeys(gone.ID)
		ok(t, w.consent.Refuse(ctx, gone.Participants[0].ID))
		w.faults.killAt(killAt)
		for range 3 { // several turns, so that the loop has places to kill
			if w.Keys.Turn(ctx) != nil {
				break
			}
		}
		killed := w.faults.revive()
		w.start()
		ok(t, w.Keys.Settle(ctx))
		for _, c := range kept {
			if _, err := w.Keys.key(ctx, w.db, c.ID); err != nil {
				t.Fatalf("killed at %d: a key is lost: %v", killAt, err)
			}
		}
		if _, err := w.Keys.ring.Unwrap(ctx, old.Epoch, gone.ID.String(), old.Wrapped); err == nil {
			t.Fatalf("killed at %d: a forgotten key opens from an old copy", killAt)
		}
		return killed
	})
}
