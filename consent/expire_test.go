package consent_test

import (
	"testing"
	"time"

	"vakspiegel/consent"
)

func TestAConversationThatNothingCameOfGoes(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		waiting := r.ask(t, consent.Citizen)
		given := r.ask(t, consent.Citizen, consent.Partner)
		for _, p := range given.Participants {
			must(t, r.Yes(ctx, p.ID, yes(consent.Coach)))
		}
		r.shelf.full = false
		r.clock = r.clock.Add(60*24*time.Hour - time.Minute)
		must(t, r.Sweep(ctx))
		if n := r.count(t, "conversations"); n != 2 {
			t.Fatalf("%d conversations left before the term is over, want 2", n)
		}
		r.clock = r.clock.Add(2 * time.Minute)
		r.shelf.full = true
		must(t, r.Sweep(ctx))
		if n := r.count(t, "conversations"); n != 2 {
			t.Fatal("a conversation with a recording went by itself")
		}
		r.shelf.full = false
		must(t, r.Sweep(ctx))
		must(t, r.Sweep(ctx))
		_, err := r.OpenLink(ctx, waiting.Participants[0].Token)
		wants(t, err, consent.ErrUnknownLink)
		s := sit(t, r, given.Participants[1].Token)
		if s.State != consent.Expired || s.Erasure == nil || r.count(t, "erasures") != 1 || len(r.vault.keys) != 1 {
			t.Errorf("the agreed one: %+v, %d erasures, %d keys", s, r.count(t, "erasures"), len(r.vault.keys))
		}
	})
}

func TestProofOfEveryoneGoesAfterItsTerm(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		for _, p := range c.Participants {
			must(t, r.Yes(ctx, p.ID, yes()))
		}
		past := time.Now().UTC().Add(-time.Hour)
		must(t, r.db.Table("consent_records").Where("1 = 1").Update("purge_after", past).Error)
		must(t, r.Sweep(ctx))
		if n := r.count(t, "consent_records"); n != 3 {
			t.Fatalf("%d records of a conversation that goes on, want 3", n)
		}
		_, err := r.Withdraw(ctx, c.Participants[0].ID)
		must(t, err)
		owed, err := r.Owed(ctx, 1, time.Minute)
		must(t, err)
		must(t, r.Finish(ctx, owed[0].ID, 0, 0, nothing))
		must(t, r.db.Table("consent_records").Where("1 = 1").Update("purge_after", past).Error)
		must(t, r.Sweep(ctx))
		if n := r.count(t, "consent_records"); n != 0 {
			t.Errorf("%d records are kept for ever: of those who did not withdraw themselves", n)
		}
	})
}

// On the real clock of each database: a process whose own is years wrong ends
// nothing earlier and keeps nothing longer.
func TestOnlyTheClockOfTheDatabaseEndsWhatIsOver(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.Date, r.shelf.full = consent.DatabaseTime, false
		for _, wrong := range []time.Duration{-3 * 365 * 24 * time.Hour, 3 * 365 * 24 * time.Hour} {
			r.clock = time.Now().Add(wrong)
			nothing, paused := r.askAt(t, time.Now(), consent.Citizen), r.askAt(t, time.Now(), consent.Citizen)
			id := paused.Participants[0].ID
			for _, c := range []consent.Conversation{nothing, paused} {
				must(t, r.Yes(ctx, c.Participants[0].ID, yes()))
			}
			_, err := r.Pause(ctx, id)
			must(t, err)
			must(t, r.Sweep(ctx))
			if n := r.count(t, "conversations"); n != 2 || r.count(t, "erasures") != 0 {
				t.Fatalf("wrong by %v: %d conversations are left, want 2", wrong, n)
			}
			s := sit(t, r, paused.Participants[0].Token)
			if left := time.Until(s.PausedUntil); left > consent.PauseLimit || left < consent.PauseLimit-time.Minute {
				t.Errorf("wrong by %v the pause lasts %v", wrong, left)
			}
			past := time.Now().Add(-61 * 24 * time.Hour).UTC()
			must(t, r.db.Table("conversations").Where("id = ?", nothing.ID).
				Updates(map[string]any{"held_at": past, "created_at": past, "consent_since": past}).Error)
			must(t, r.db.Table("consent_records").Where("id = ?", id).Update("changed_at", past).Error)
			must(t, r.Sweep(ctx))
			if n := r.count(t, "erasures"); n != 2 {
				t.Fatalf("wrong by %v: %d ended, want 2", wrong, n)
			}
			must(t, r.db.Exec("DELETE FROM erasures").Error)
			must(t, r.db.Exec("DELETE FROM conversations").Error)
		}
	})
}

// The statement says until when the proof is kept: that of everyone who was there.
func TestEveryonesProofOutlivesAnEndingAsTheStatementSays(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		for _, p := range c.Participants {
			must(t, r.Yes(ctx, p.ID, yes()))
		}
		r.clock = r.clock.Add(45 * 24 * time.Hour)
		if _, err := r.Withdraw(ctx, c.Participants[0].ID); err != nil {
			t.Fatal(err)
		}
		var sooner, records int64
		must(t, r.DB.Table("consent_records").Where("conversation_id = ?", c.ID).Count(&records).Error)
		must(t, r.DB.Table("consent_records").Where("conversation_id = ?", c.ID).
			Where("purge_after < (SELECT purge_after FROM erasures WHERE conversation_id = ?)", c.ID).Count(&sooner).Error)
		if records != 3 || sooner != 0 {
			t.Errorf("%d of %d records go before the proof of the erasure", sooner, records)
		}
	})
}
