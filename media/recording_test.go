package media

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/policies"
)

func TestRowsAndTablesAgree(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		databasetest.Drift(t, db, &epochRow{}, &dataKeyRow{}, &recordingRow{}, &segmentRow{}, &cutRow{}, &uploadRow{}, &lockRow{})
	})
}

func TestHoldingsAreWholeAndNameEveryTable(t *testing.T) {
	names := map[string]bool{}
	for _, stored := range Holdings {
		if stored.Name == "" || stored.Holds == "" || stored.About == "" || stored.SeenBy == "" || stored.Kept == "" || stored.Erased == "" {
			t.Errorf("%+v lacks something", stored)
		}
		names[stored.Name] = true
	}
	for _, table := range []string{"key_epochs", "data_keys", "recordings", "segments", "uploads", "upload_locks", "objecten " + objectPrefix, "objecten ledger/"} {
		if !names[table] {
			t.Errorf("%s is not declared", table)
		}
	}
}

func TestAListPagesThroughEverythingOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		gone, stays := w.given(), w.given()
		want := map[uuid.UUID]bool{}
		for i := range 9 {
			c := stays
			if i%3 == 0 {
				c = gone
			}
			id := get(w.Begin(t.Context(), w.noor, newUpload(c, 5000)))
			want[id] = c.ID == stays.ID
		}
		w.withdraw(gone)
		for limit := 1; limit <= 7; limit++ {
			seen, cursor := map[uuid.UUID]bool{}, ""
			for {
				page, next, err := w.List(t.Context(), w.noor, cursor, limit)
				ok(t, err)
				if len(page) > limit {
					t.Fatalf("%d on a page of %d", len(page), limit)
				}
				for _, r := range page {
					if seen[r.ID] {
						t.Fatal("twice")
					}
					seen[r.ID] = true
				}
				if cursor = next; next == "" {
					break
				}
			}
			// A list shows exactly what Get does.
			for id, there := range want {
				_, err := w.Get(t.Context(), w.noor, id)
				if seen[id] != there || (err == nil) != there {
					t.Fatalf("limit %d: listed %v, got %v, want %v", limit, seen[id], err, there)
				}
			}
		}
		if page, _, err := w.List(t.Context(), w.sem, "", 10); err != nil || len(page) != 0 {
			t.Fatalf("a colleague's list: %v, %v", page, err)
		}
		for _, bad := range []string{"x", "!!", base64.RawURLEncoding.EncodeToString([]byte("2026-01-01T00:00:00Z nonsense"))} {
			_, _, err := w.List(t.Context(), w.noor, bad, 10)
			wants(t, err, ErrInvalid)
		}
	})
}

func TestWhoIsNoKlantmanagerAnyMoreMayEraseButNotLook(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		ok(t, w.db.Exec("DELETE FROM person_roles WHERE person_id = ?", w.noor.ID).Error)
		r := get(w.Get(t.Context(), w.noor, id)) // with the roles of an earlier sign-in
		if r.Can != (Can{Erase: true}) {
			t.Fatalf("%+v", r.Can)
		}
		_, err := w.watch(w.noor, id, 0, 1)
		wants(t, err, ErrNotFound)
		ok(t, w.Erase(t.Context(), w.noor, id))
	})
}

func TestASubjectHasTheFactsOfThisMoment(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		id := w.upload(c, sample())
		ok(t, w.db.Transaction(func(tx *gorm.DB) error {
			s := get(w.Subject(t.Context(), tx, w.noor, id))
			if s.Facts.OwnerID != w.noor.ID || s.Facts.Closed || !s.Actor.Has(policies.Klantmanager) || s.Facts.SharingOpen {
				t.Fatalf("%+v", s)
			}
			return nil
		}))
		past := time.Now().Add(-DefaultRetention / 2).UTC()
		ok(t, w.db.Exec("UPDATE conversations SET consent_since = ?, held_at = ? WHERE id = ?", past, past, c.ID).Error)
		if s := get(w.Subject(t.Context(), nil, w.noor, id)); s.Facts.SharingOpen {
			t.Fatal("the cooling-off does not count from the last yes")
		}
		ok(t, w.db.Exec("UPDATE consent_records SET given_at = ? WHERE conversation_id = ?", past, c.ID).Error)
		if s := get(w.Subject(t.Context(), nil, w.noor, id)); !s.Facts.SharingOpen {
			t.Fatal("the cooling-off does not end")
		}
		w.withdraw(c)
		if s := get(w.Subject(t.Context(), nil, w.noor, id)); !s.Facts.Closed {
			t.Fatal("open after a withdrawal")
		}
		_, err := w.Subject(t.Context(), nil, w.noor, uuid.New())
		wants(t, err, ErrNotFound)
	})
}

func TestTheRoomRefusesRetentionBeyondTheTerm(t *testing.T) {
	w := newWorld(t, databaseOf(t), blobtest.Dir(t))
	config := w.Config
	config.Retention = MaxRetention + 1
	if _, err := New(config); err == nil || !strings.Contains(err.Error(), "180") {
		t.Fatalf("%v", err)
	}
}

// Progress is told while it arrives.
func TestReceivedBytesAreShown(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := get(w.Begin(t.Context(), w.noor, newUpload(w.given(), 9000)))
		if r := get(w.Get(t.Context(), w.noor, id)); r.ReceivedBytes != 0 || r.ContentType != "application/octet-stream" || r.Can.Watch {
			t.Fatalf("%+v", r)
		}
		get(w.receive(t.Context(), id, 0, bytes.NewReader(filmOf(9000, "x")[:6000])))
		if r := get(w.Get(t.Context(), w.noor, id)); r.ReceivedBytes != 6000 || r.SizeBytes != 9000 || r.State != Uploading {
			t.Fatalf("%+v", r)
		}
	})
}

// TestSharingWaitsForASecondYesWhereTheMunicipalitySaysSo: it counts only after
// the cooling-off, and of everyone with a link.
func TestSharingWaitsForASecondYesWhereTheMunicipalitySaysSo(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		id := w.upload(c, sample())
		w.facts.secondYes = true
		opens := time.Now().Add(-time.Hour).UTC()
		past := opens.Add(-w.CoolingOff)
		ok(t, w.db.Exec("UPDATE conversations SET consent_since = ?, held_at = ? WHERE id = ?", past, past, c.ID).Error)
		ok(t, w.db.Exec("UPDATE consent_records SET given_at = ? WHERE conversation_id = ?", past, c.ID).Error)
		for _, again := range []struct {
			at   *time.Time
			open bool
		}{{nil, false}, {&past, false}, {&opens, true}} {
			ok(t, w.db.Exec("UPDATE consent_records SET second_yes_at = ? WHERE id = ?", again.at, c.Participants[0].ID).Error)
			s := get(w.Subject(t.Context(), nil, w.noor, id))
			if s.Facts.SharingOpen != again.open || s.Recording.SharingWaits == again.open {
				t.Errorf("a second yes at %v: open %v, waits %v; want open %v", again.at, s.Facts.SharingOpen, s.Recording.SharingWaits, again.open)
			}
		}
	})
}
