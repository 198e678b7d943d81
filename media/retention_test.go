package media

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/consent"
)

const days = 24 * time.Hour

// age makes a recording older, with its term, as if time had gone by.
func (w *world) age(id uuid.UUID, by time.Duration) {
	w.t.Helper()
	var row recordingRow
	ok(w.t, w.db.Where("id = ?", id).Take(&row).Error)
	earlier := map[string]any{
		"started_at": row.StartedAt.Add(-by), "created_at": row.CreatedAt.Add(-by), "ready_at": row.ReadyAt.Add(-by),
		"expires_at": row.ExpiresAt.Add(-by),
	}
	if row.KeptAt != nil {
		earlier["kept_at"] = row.KeptAt.Add(-by)
	}
	ok(w.t, w.db.Model(&recordingRow{}).Where("id = ?", id).Updates(earlier).Error)
}

// A server whose clock is wrong neither keeps longer nor erases earlier.
func TestOnlyTheClockOfTheDatabaseEndsARecording(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		for _, skew := range []time.Duration{-400 * days, -time.Hour, time.Hour, 400 * days} {
			w.skew = skew
			c := w.given()
			id := w.upload(c, sample())
			term := time.Now().Add(DefaultRetention)
			if r := get(w.Get(t.Context(), w.noor, id)); r.ExpiresAt.After(term) || r.ExpiresAt.Before(term.Add(-time.Minute)) {
				t.Fatalf("skewed by %v it ends at %v, want %v", skew, r.ExpiresAt, term)
			}
			w.age(id, DefaultRetention-time.Minute)
			ok(t, w.Sweep(t.Context()))
			ok(t, w.consent.Sweep(t.Context()))
			get(w.watch(w.noor, id, 0, 10))
			w.age(id, time.Minute+2*time.Second)
			_, err := w.watch(w.noor, id, 0, 10)
			wants(t, err, ErrNotFound)
			ok(t, w.Sweep(t.Context()))
			if w.count("erasures", "conversation_id = ?", c.ID) != 1 {
				t.Fatalf("skewed by %v it is kept for longer", skew)
			}
		}
	})
}

func TestATermThatIsOverErasesExactlyLikeAWithdrawal(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		withdrawn, over := w.given(), w.given()
		w.upload(withdrawn, sample())
		id := w.upload(over, sample())
		w.withdraw(withdrawn)
		w.age(id, DefaultRetention+2*time.Second)
		ok(t, w.Sweep(t.Context()))
		w.erase()
		for _, c := range []consent.Conversation{withdrawn, over} {
			for table, want := range map[string]int64{"recordings": 0, "participants": 0, "consent_records": 2} {
				if n := w.count(table, "conversation_id = ?", c.ID); n != want {
					t.Errorf("%d rows in %s, want %d", n, table, want)
				}
			}
			whole := "conversation_id = ? AND recording_id IS NULL AND stopped_at IS NOT NULL AND key_destroyed_at IS NOT NULL AND erased_at IS NOT NULL AND objects = 1"
			if w.count("erasures", whole, c.ID) != 1 || w.count("conversations", "id = ?", c.ID) != 0 {
				t.Error("not every stage was gone through")
			}
		}
		if len(w.objects(objectPrefix)) != 0 || w.count("data_keys", "1 = 1") != 0 || w.count("ledger_owed", "1 = 1") != 0 {
			t.Error("bytes, keys or what the ledger is owed are left")
		}
		if n := w.count("consent_events", "conversation_id = ? AND kind = 'expired' AND by_whom = 'system'", over.ID); n != 2 {
			t.Errorf("%d events say that the term was over, want everyone's 2", n)
		}
		kinds := map[string]int{}
		ok(t, w.Closings.Replay(t.Context(), time.Time{}, func(c consent.Closing) error { kinds[c.Kind]++; return nil }))
		if kinds["withdrawn"] != 1 || kinds["expired"] != 1 {
			t.Errorf("the ledger has %v", kinds)
		}
		sitting := get(w.consent.Sit(t.Context(), get(w.consent.OpenLink(t.Context(), over.Participants[0].Token))))
		if sitting.State != consent.Expired || sitting.Erasure == nil || sitting.Erasure.ErasedAt == nil {
			t.Errorf("the citizen's statement: %+v", sitting)
		}
	})
}

func TestDoneLearningTakesTheConversationAlongWithItsOnlyRecording(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		two, one := w.given(), w.given()
		first, second := w.upload(two, sample()), w.upload(two, sample())
		ok(t, w.Erase(t.Context(), w.noor, first))
		get(w.watch(w.noor, second, 0, 10))
		broken := get(w.Begin(t.Context(), w.noor, newUpload(one, 9000)))
		get(w.receive(t.Context(), broken, 0, bytes.NewReader(filmOf(9000, "x")[:5000])))
		ok(t, w.Erase(t.Context(), w.noor, broken)) // the wrong file: another may follow
		only := w.upload(one, sample())
		ok(t, w.Erase(t.Context(), w.noor, only))
		wants(t, w.Erase(t.Context(), w.noor, only), ErrNotFound)
		wants(t, func() error { _, err := w.Begin(t.Context(), w.noor, newUpload(one, 9000)); return err }(), ErrNotFound)
		w.erase()
		if w.count("conversations", "id = ?", two.ID) != 1 || w.count("conversations", "id = ?", one.ID) != 0 {
			t.Error("the wrong conversation went")
		}
		if w.count("consent_records", "conversation_id = ? AND role = 'klantmanager' AND state = 'withdrawn'", one.ID) != 1 ||
			w.count("erasures", "conversation_id = ? AND recording_id IS NULL AND erased_at IS NOT NULL", one.ID) != 1 {
			t.Error("it did not end like a withdrawal")
		}
		ok(t, w.Erase(t.Context(), w.noor, second))
		w.erase()
		if w.count("conversations", "1 = 1") != 0 {
			t.Error("the last one did not take its conversation along")
		}
	})
}

// No "keep forever", no lock, no undo: the database itself refuses.
func TestNothingCanMakeARecordingLiveForLonger(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c, closed := w.given(), w.given()
		id, gone := w.upload(c, sample()), w.upload(closed, sample())
		w.age(gone, DefaultRetention+2*time.Second)
		ok(t, w.Sweep(t.Context()))
		var row recordingRow
		ok(t, w.db.Where("id = ?", id).Take(&row).Error)
		for what, refused := range map[string]*gorm.DB{
			"a later end without a yes of everyone": w.db.Model(&recordingRow{}).Where("id = ?", id).Update("expires_at", row.ExpiresAt.Add(time.Minute)),
			"a longer term":                         w.db.Model(&recordingRow{}).Where("id = ?", id).Update("expires_at", row.StartedAt.Add(MaxRetention+time.Minute)),
			"a term of 900 years":                   w.db.Model(&recordingRow{}).Where("id = ?", id).Update("expires_at", row.StartedAt.AddDate(900, 0, 0)),
			"a later beginning":                     w.db.Model(&recordingRow{}).Where("id = ?", id).Update("started_at", row.StartedAt.Add(time.Hour)),
			"a later making":                        w.db.Model(&recordingRow{}).Where("id = ?", id).Update("created_at", row.CreatedAt.Add(time.Hour)),
			"a reopened film":                       w.db.Model(&recordingRow{}).Where("id = ?", gone).Update("closed_at", nil),
			"a reopened meeting":                    w.db.Table("conversations").Where("id = ?", closed.ID).Update("closed_at", nil),
			"a yes for a no":                        w.db.Table("consent_records").Where("conversation_id = ? AND state = 'expired'", closed.ID).Update("state", "given"),
			"a copy from the future": w.db.Create(&recordingRow{
				ID: uuid.New(), ConversationID: c.ID, OwnerID: w.noor.ID, State: Ready, Origin: OriginFile, ContentType: "video/mp4",
				StartedAt: row.StartedAt.AddDate(1, 0, 0), CreatedAt: row.StartedAt.AddDate(1, 0, 0), ExpiresAt: row.StartedAt.AddDate(1, 1, 0), Version: 1,
			}),
		} {
			if refused.Error == nil {
				t.Errorf("%s is accepted", what)
			}
		}
	})
}

func TestItsKlantmanagerIsToldInTime(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		id := w.upload(c, sample())
		says := func(want Notice) {
			t.Helper()
			list := get(w.OfConversations(t.Context(), w.noor, []uuid.UUID{c.ID}))[c.ID]
			if r := get(w.Get(t.Context(), w.noor, id)); r.Notice != want || list[0].Notice != want {
				t.Errorf("%q and %q, want %q", r.Notice, list[0].Notice, want)
			}
		}
		says(NoNotice)
		w.age(id, DefaultAskAfter-time.Minute)
		says(NoNotice)
		w.age(id, 2*time.Minute)
		says(StillNeeded)
		get(w.watch(w.noor, id, 0, 10))
		says(NoNotice) // who looked need not be asked
		ok(t, w.Keep(t.Context(), w.noor, id))
		wants(t, w.Keep(t.Context(), w.sem, id), ErrNotFound)
		w.age(id, DefaultRetention-DefaultAskAfter-7*days-2*time.Minute)
		says(NoNotice)
		w.age(id, 2*time.Minute)
		says(ExpiresWeek)
		w.age(id, 6*days)
		says(ExpiresDay)
		before := get(w.Get(t.Context(), w.noor, id)).ExpiresAt
		ok(t, w.Keep(t.Context(), w.noor, id))
		if r := get(w.Get(t.Context(), w.noor, id)); !r.ExpiresAt.Equal(before) {
			t.Error("saying that it is still needed moves its end")
		}
		ok(t, w.db.Exec("DELETE FROM person_roles WHERE person_id = ?", w.noor.ID).Error)
		wants(t, w.Keep(t.Context(), w.noor, id), ErrNotFound)
		says(ExpiresDay)
	})
}

func TestStillNeededIsAskedAgainAfterAsLong(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		w.age(id, DefaultAskAfter+time.Minute)
		for range 2 {
			if r := get(w.Get(t.Context(), w.noor, id)); r.Notice != StillNeeded {
				t.Fatalf("%q", r.Notice)
			}
			ok(t, w.Keep(t.Context(), w.noor, id))
			if r := get(w.Get(t.Context(), w.noor, id)); r.Notice != NoNotice {
				t.Fatalf("asked again at once: %q", r.Notice)
			}
			w.age(id, DefaultAskAfter+time.Minute)
		}
	})
}

// Whatever a camera's clock and the setting say, nothing lives longer than it
// may, by either clock.
func TestNoTermIsLongerThanItMayBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.UnixMicro(rapid.Int64Range(1e15, 4e15).Draw(t, "now")).UTC()
		retention := time.Duration(rapid.Int64Range(int64(time.Hour), int64(MaxRetention)).Draw(t, "retention"))
		started := now.Add(time.Duration(rapid.Int64Range(int64(-400*days), int64(clockSkew)).Draw(t, "camera")))
		u := NewUpload{
			Length: 1, ConversationID: uuid.NewString(), Filename: "a.mp4", StartedAt: started.Format(time.RFC3339Nano),
		}
		b, err := u.check(now, DefaultMaxUpload, retention)
		if old := !started.After(now.Add(-retention)); err != nil {
			if !old {
				t.Fatalf("refused: %v", err)
			}
			return
		} else if old {
			t.Fatal("a film from before any term is accepted")
		}
		ends := expiry(now, b.startedAt, retention)
		if !ends.After(now) || ends.After(now.Add(retention)) || ends.After(started.Add(retention)) || ends.After(started.Add(MaxRetention)) {
			t.Fatalf("filmed %v, now %v, kept for %v: ends %v", started, now, retention, ends)
		}
	})
}

// Who said yes was told a number of days: a setting that is raised between the
// yes and the film makes it no longer.
func TestARecordingLivesNoLongerThanAnyoneWasTold(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		told := w.db.Exec("UPDATE consent_records SET retention_days = 10 WHERE conversation_id = ? AND role = 'citizen'", c.ID)
		ok(t, told.Error)
		id := w.upload(c, sample())
		if ends := get(w.Get(t.Context(), w.noor, id)).ExpiresAt; ends.After(time.Now().Add(10*days)) || ends.Before(time.Now().Add(9*days)) {
			t.Errorf("it ends %v", ends)
		}
		ok(t, w.db.Exec("UPDATE conversations SET consent_since = ?, held_at = ? WHERE id = ?", time.Now().Add(-20*days).UTC(), time.Now().Add(-20*days).UTC(), c.ID).Error)
		late := newUpload(c, 9000)
		late.StartedAt = time.Now().Add(-11 * days).UTC().Format(time.RFC3339)
		_, err := w.Begin(t.Context(), w.noor, late)
		wants(t, err, ErrInvalid)
	})
}
