package media

import (
	"errors"
	"os"
	"sync"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/media/envelope"
	"vakspiegel/media/keyring"
)

var _ consent.Vault = (*Keys)(nil)
var _ consent.Ledger = (*Closings)(nil)
var _ consent.Leases = LeaseExpiry{}
var _ Consent = (*consent.Service)(nil)

func TestATextOpensInItsPlaceOnly(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		a, b := w.asked().ID, w.asked().ID
		sealed := get(w.Keys.Seal(t.Context(), w.db, a, "label", "1", []byte("woorden")))
		if got := get(w.Keys.Open(t.Context(), w.db, a, "label", "1", sealed)); string(got) != "woorden" {
			t.Fatalf("%q", got)
		}
		for _, place := range []struct {
			subject  uuid.UUID
			kind, id string
		}{{b, "label", "1"}, {a, "link", "1"}, {a, "label", "2"}, {uuid.New(), "label", "1"}} {
			if got, err := w.Keys.Open(t.Context(), w.db, place.subject, place.kind, place.id, sealed); err == nil {
				t.Errorf("%+v opened %q", place, got)
			}
		}
	})
}

// Invariant 7, as a race: keys made, forgotten and turned at once.
func TestTurnsLoseNoKeyAndBringNoneBack(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		var running sync.WaitGroup
		var mu sync.Mutex
		kept, gone := map[uuid.UUID]bool{}, map[uuid.UUID]dataKeyRow{}
		for range 3 {
			running.Go(func() {
				for i := range 15 {
					id := uuid.New()
					err := w.db.Transaction(func(tx *gorm.DB) error { return w.Keys.CreateForRecording(ctx, tx, id) })
					if err != nil {
						t.Error(err)
						return
					}
					var row dataKeyRow
					err = w.db.Where("subject_id = ?", id).Take(&row).Error
					if i%2 == 0 {
						err = errors.Join(err, w.db.Transaction(func(tx *gorm.DB) error { return w.Keys.Forget(ctx, tx, id) }))
					}
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					if i%2 == 0 {
						gone[id] = row
					} else {
						kept[id] = true
					}
					mu.Unlock()
				}
			})
		}
		running.Go(func() {
			for range 15 {
				if err := w.Keys.Turn(ctx); err != nil {
					t.Error(err)
				}
			}
		})
		running.Wait()
		ok(t, w.Keys.Settle(ctx))
		for id := range kept {
			if _, err := w.Keys.key(ctx, w.db, id); err != nil {
				t.Fatalf("a key is lost: %v", err)
			}
		}
		for id, row := range gone {
			if _, err := w.Keys.ring.Unwrap(ctx, row.Epoch, id.String(), row.Wrapped); err == nil {
				t.Fatal("a forgotten key opens")
			}
			if w.count("data_keys", "subject_id = ?", id) != 0 {
				t.Fatal("a forgotten key came back")
			}
		}
		if n := w.count("key_epochs", "retired_at IS NULL"); n != 1 {
			t.Fatalf("%d current epochs", n)
		}
		current, living, lost, err := w.Keys.Epochs(ctx)
		if err != nil || lost != 0 || living != int64(len(kept)) || current < 15 {
			t.Fatalf("epoch %d, %d living, %d lost, %v", current, living, lost, err)
		}
	})
}

// A next step's key is wrapped anew like any other, and says nothing of when.
func TestTheKeyOfANextStepSurvivesATurnAndTellsNoTime(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := uuid.New()
		ok(t, w.db.Transaction(func(tx *gorm.DB) error { return w.Keys.CreateForNextStep(t.Context(), tx, id) }))
		sealed := get(w.Keys.Seal(t.Context(), w.db, id, "next_step", "1", []byte("drie tellen")))
		ok(t, w.Keys.Turn(t.Context()))
		if plain := get(w.Keys.Open(t.Context(), w.db, id, "next_step", "1", sealed)); string(plain) != "drie tellen" {
			t.Errorf("after a turn: %q", plain)
		}
		var row dataKeyRow
		ok(t, w.db.Where("subject_id = ?", id).Take(&row).Error)
		if row.CreatedAt.Unix() != 0 || row.SubjectKind != kindNextStep {
			t.Errorf("the key is %s of %v", row.SubjectKind, row.CreatedAt)
		}
		ok(t, w.db.Transaction(func(tx *gorm.DB) error { return w.Keys.Forget(t.Context(), tx, id) }))
		ok(t, w.Keys.Settle(t.Context()))
		if _, err := w.Keys.ring.Unwrap(t.Context(), row.Epoch, id.String(), row.Wrapped); err == nil {
			t.Error("the key of a deleted next step opens")
		}
	})
}

func TestMoreKeysThanOneBatchAreWrappedAnew(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		ids := make([]uuid.UUID, rewrapBatch*2+1)
		ok(t, w.db.Transaction(func(tx *gorm.DB) error {
			rows := make([]dataKeyRow, len(ids))
			wrap := w.copyKeysOf(tx)
			for i := range ids {
				ids[i] = uuid.New()
				rows[i] = wrap
				rows[i].SubjectID = ids[i]
				rows[i].Wrapped = get(w.Keys.ring.Wrap(t.Context(), wrap.Epoch, ids[i].String(), [32]byte{byte(i)}))
			}
			return tx.CreateInBatches(rows, 200).Error
		}))
		ok(t, w.Keys.Turn(t.Context()))
		for i, id := range ids {
			if key := get(w.Keys.key(t.Context(), w.db, id)); key[0] != byte(i) {
				t.Fatal("another key")
			}
		}
	})
}

// copyKeysOf is a row of the current epoch to make others like it.
func (w *world) copyKeysOf(tx *gorm.DB) dataKeyRow {
	epoch := get(w.Keys.highest(w.t.Context()))
	return dataKeyRow{SubjectKind: kindRecording, Epoch: epoch, CreatedAt: w.now()}
}

func TestTextsOfSeveralSubjectsAreOpenedTogetherOrNotAtAll(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		one, other := w.asked().ID, w.asked().ID
		sealed := map[uuid.UUID][]byte{}
		for _, id := range []uuid.UUID{one, other} {
			sealed[id] = get(w.Keys.Seal(t.Context(), w.db, id, "label", id.String(), []byte("over "+id.String())))
		}
		opened := get(w.Keys.OpenEach(t.Context(), w.db, "label", sealed))
		if len(opened) != 2 || string(opened[one]) != "over "+one.String() || string(opened[other]) != "over "+other.String() {
			t.Errorf("opened %q", opened)
		}
		_, err := w.Keys.OpenEach(t.Context(), w.db, "label", map[uuid.UUID][]byte{one: sealed[other], other: sealed[one]})
		wants(t, err, envelope.ErrDamaged)
		ok(t, w.Keys.Forget(t.Context(), w.db, other))
		_, err = w.Keys.OpenEach(t.Context(), w.db, "label", sealed)
		wants(t, err, ErrKeyGone)
	})
}

func TestStartRefusesAnOlderKeyMap(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		old := get(os.ReadFile(w.keyPath))
		w.given()
		ok(t, w.Keys.Turn(t.Context()))
		ok(t, os.WriteFile(w.keyPath, old, 0o600))
		wants(t, w.Keys.Start(t.Context()), keyring.ErrOlderThanDatabase)
	})
}

func TestADatabasePutBackFromBeforeATurnStaysClosedAndGoesOn(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.asked()
		old := w.copyKeys(c.ID)
		ok(t, w.Keys.Turn(t.Context()))
		ok(t, w.db.Exec("UPDATE data_keys SET epoch = ?, wrapped = ? WHERE subject_id = ?", old.Epoch, old.Wrapped, c.ID).Error)
		ok(t, w.db.Exec("DELETE FROM key_epochs WHERE epoch > ?", old.Epoch).Error)
		ok(t, w.db.Exec("UPDATE key_epochs SET retired_at = NULL, destroyed_at = NULL").Error)
		ok(t, w.Keys.Start(t.Context()))
		_, err := w.Keys.key(t.Context(), w.db, c.ID)
		wants(t, err, ErrKeyGone)
		fresh := w.asked()
		if _, err := w.Keys.key(t.Context(), w.db, fresh.ID); err != nil {
			t.Fatal(err)
		}
	})
}

// A no forgets a key without an erasure; the reconciler turns the epoch for it.
func TestANoDestroysTheConversationsKey(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.asked()
		old := w.copyKeys(c.ID)
		ok(t, w.consent.Refuse(t.Context(), c.Participants[0].ID))
		ok(t, w.EraseOwed(t.Context()))
		_, err := w.Keys.ring.Unwrap(t.Context(), old.Epoch, c.ID.String(), old.Wrapped)
		wants(t, err, keyring.ErrEpochGone)
	})
}
