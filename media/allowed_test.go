package media

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/consent"
	"vakspiegel/policies"
)

// A search looks only where a single look-up would (trust.md 4): whatever became
// of each recording, Allowed lists exactly those that Allow allows.
func TestWhatIsListedIsWhatSingleLookUpsAllow(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		people := policies.NewPeople(w.db)
		actors := []policies.Actor{w.noor, w.sem, get(people.ByLogin(t.Context(), "ingrid")).Actor(), get(people.ByLogin(t.Context(), "henk")).Actor()}
		fates := map[string]func(consent.Conversation, uuid.UUID){
			"open":      func(consent.Conversation, uuid.UUID) {},
			"withdrawn": func(c consent.Conversation, _ uuid.UUID) { w.withdraw(c) },
			"paused": func(c consent.Conversation, _ uuid.UUID) {
				_, err := w.consent.Pause(w.t.Context(), c.Participants[0].ID)
				ok(w.t, err)
			},
			"over": func(_ consent.Conversation, id uuid.UUID) { w.age(id, 70*days) },
			"processing": func(_ consent.Conversation, id uuid.UUID) {
				ok(w.t, w.db.Model(&recordingRow{}).Where("id = ?", id).Updates(map[string]any{"state": Processing, "ready_at": nil}).Error)
			},
		}
		names := []string{"open", "withdrawn", "paused", "over", "processing"}
		var ids []uuid.UUID
		looked := make([][]string, len(actors)) // what single look-ups allow each of them, of these ids
		rapid.Check(t, func(t *rapid.T) {
			if len(ids) < 24 {
				c := w.given()
				id := w.upload(c, filmOf(4096, "x"))
				if len(ids) > 0 { // the first stays open
					fates[rapid.SampledFrom(names).Draw(t, "fate")](c, id)
				}
				ids = append(ids, id)
				for i, actor := range actors {
					looked[i] = w.lookedUp(actor, ids)
				}
			}
			limit := rapid.IntRange(1, 5).Draw(t, "limit")
			for i, actor := range actors {
				listed := w.listed(actor, limit)
				if !slices.Equal(listed, looked[i]) || actor.ID == w.noor.ID && len(listed) == 0 {
					t.Fatalf("%s: listed %v, single look-ups allow %v", actor.Name, listed, looked[i])
				}
			}
		})
	})
}

// listed are the recordings of all pages, sorted.
func (w *world) listed(actor policies.Actor, limit int) (ids []string) {
	for cursor := ""; ; {
		var page []Recording
		ok(w.t, w.db.Transaction(func(tx *gorm.DB) (err error) {
			page, cursor, err = w.Allowed(w.t.Context(), tx, actor, policies.AnnotationRead, cursor, limit)
			return err
		}))
		for _, recording := range page {
			ids = append(ids, recording.ID.String())
		}
		if cursor == "" {
			slices.Sort(ids)
			return ids
		}
	}
}

// lookedUp are those of ids that Allow allows, sorted.
func (w *world) lookedUp(actor policies.Actor, all []uuid.UUID) (ids []string) {
	for _, id := range all {
		err := w.db.Transaction(func(tx *gorm.DB) error {
			_, err := w.Allow(w.t.Context(), tx, actor, policies.AnnotationRead, id, actor.ID)
			return err
		})
		if err == nil {
			ids = append(ids, id.String())
		} else if !errors.Is(err, ErrNotFound) {
			w.t.Fatal(err)
		}
	}
	slices.Sort(ids)
	return ids
}
