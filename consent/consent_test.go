package consent_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
)

var ctx = context.Background()

// each runs a test in a fresh room on both databases.
func each(t *testing.T, test func(t *testing.T, r *room)) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) { test(t, newRoom(t, db)) })
}

func TestNothingIsAllowedBeforeTheLastYes(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		require := func(began time.Time) error {
			return r.db.Transaction(func(tx *gorm.DB) error {
				_, err := r.Require(ctx, tx, c.ID, began)
				return err
			})
		}
		wants(t, require(r.clock), consent.ErrMissing)
		must(t, r.Yes(ctx, c.Participants[0].ID, yes(consent.Coach, consent.Peers)))
		wants(t, require(r.clock), consent.ErrMissing)
		if n := r.count(t, "consent_events"); n != 0 {
			t.Errorf("%d events before the last yes, want 0: a later no must leave nothing", n)
		}
		r.clock = r.clock.Add(time.Minute)
		must(t, r.Yes(ctx, c.Participants[1].ID, yes(consent.Coach)))
		wants(t, require(r.clock.Add(-time.Second)), consent.ErrMissing)
		must(t, require(r.clock))
		got, err := r.Get(ctx, r.owner, c.ID)
		must(t, err)
		if got.ConsentSince == nil || got.Scopes.String() != "coach" {
			t.Errorf("since %v, scopes %q; want what all allow: coach", got.ConsentSince, got.Scopes)
		}
		if n := r.count(t, "consent_events"); n != 3 {
			t.Errorf("%d events, want one per person in the room, the klantmanager too", n)
		}
	})
}

func TestANoLeavesNothing(t *testing.T) {
	tables := []string{
		"conversations", "participants", "consent_requests", "consent_records", "consent_events",
		"link_sessions", "erasures", "ledger_owed", "audit_entries",
	}
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		cookie, err := r.OpenLink(ctx, c.Participants[1].Token)
		must(t, err)
		must(t, r.Yes(ctx, c.Participants[0].ID, yes(consent.Coach)))
		must(t, r.Refuse(ctx, c.Participants[1].ID))
		for _, table := range tables {
			if n := r.count(t, table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
		if len(r.vault.keys) != 0 || len(r.ledger.all()) != 0 {
			t.Errorf("%d keys, %d ledger entries left", len(r.vault.keys), len(r.ledger.all()))
		}
		_, err = r.Get(ctx, r.owner, c.ID)
		wants(t, err, consent.ErrNotFound)
		_, err = r.Sit(ctx, cookie)
		wants(t, err, consent.ErrUnknownLink)
		_, err = r.OpenLink(ctx, c.Participants[0].Token)
		wants(t, err, consent.ErrUnknownLink)
	})
}

func TestCancelIsLikeANoAndOnlyBeforeConsent(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		wants(t, r.Cancel(ctx, r.other, c.ID), consent.ErrNotFound)
		must(t, r.Cancel(ctx, r.owner, c.ID))
		if n := r.count(t, "conversations"); n != 0 {
			t.Errorf("%d conversations left", n)
		}
		c = r.ask(t, consent.Citizen)
		must(t, r.Yes(ctx, c.Participants[0].ID, yes()))
		wants(t, r.Cancel(ctx, r.owner, c.ID), consent.ErrAnswered)
	})
}

func TestASecondAnswerChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		id := c.Participants[0].ID
		must(t, r.Yes(ctx, id, yes()))
		wants(t, r.Yes(ctx, id, yes(consent.Coach, consent.Peers)), consent.ErrAnswered)
		must(t, r.Yes(ctx, c.Participants[1].ID, yes(consent.Coach, consent.Peers)))
		wants(t, r.Yes(ctx, id, yes(consent.Coach)), consent.ErrAnswered)
		wants(t, r.Refuse(ctx, id), consent.ErrAnswered)
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if f := facts[c.ID]; f.Closed || len(f.Scopes) != 0 {
			t.Errorf("facts %+v; want open without scopes: the link never widens", f)
		}
	})
}

func TestNarrowOnlyEverCloses(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		id := c.Participants[0].ID
		must(t, r.Yes(ctx, id, yes(consent.Coach)))
		_, err := r.Narrow(ctx, id, consent.AllScopes())
		must(t, err)
		if got := scopes(t, r, c.ID); got != "coach" {
			t.Errorf("after narrowing to everything: %q, want coach as before", got)
		}
		outcome, err := r.Narrow(ctx, id, nil)
		must(t, err)
		if got := scopes(t, r, c.ID); got != "" || !outcome.Confirmed {
			t.Errorf("after narrowing to nothing: %q, confirmed %v", got, outcome.Confirmed)
		}
		entries := r.ledger.all()
		if len(entries) != 1 || entries[0].Kind != "narrowed" || r.leases.waits != 1 {
			t.Errorf("ledger %+v, %d waits; want one narrowing and one wait for the leases", entries, r.leases.waits)
		}
	})
}

func TestWithdrawClosesForEveryoneAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		for _, p := range c.Participants {
			must(t, r.Yes(ctx, p.ID, yes(consent.Coach)))
		}
		outcome, err := r.Withdraw(ctx, c.Participants[1].ID)
		must(t, err)
		if !outcome.Confirmed || outcome.Vanished {
			t.Errorf("outcome %+v, want confirmed", outcome)
		}
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if !facts[c.ID].Closed {
			t.Error("the conversation is still open")
		}
		_, err = r.Get(ctx, r.owner, c.ID)
		wants(t, err, consent.ErrNotFound)
		sitting := sit(t, r, c.Participants[0].Token)
		if sitting.Erasure == nil || sitting.Erasure.StoppedAt == nil {
			t.Errorf("the other participant sees %+v, want the stages", sitting.Erasure)
		}
		again, err := r.Withdraw(ctx, c.Participants[1].ID)
		must(t, err)
		if !again.Confirmed || len(r.ledger.all()) != 1 || r.count(t, "erasures") != 1 {
			t.Errorf("a second withdrawal: %+v, %d ledger entries, %d erasures", again, len(r.ledger.all()), r.count(t, "erasures"))
		}
	})
}

func TestAStoreThatIsDownDelaysTheConfirmationNotTheClosing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		must(t, r.Yes(ctx, c.Participants[0].ID, yes()))
		r.ledger.setDown(true)
		outcome, err := r.Withdraw(ctx, c.Participants[0].ID)
		must(t, err)
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if outcome.Confirmed || !facts[c.ID].Closed {
			t.Errorf("confirmed %v, closed %v; want closed and not confirmed", outcome.Confirmed, facts[c.ID].Closed)
		}
		wants(t, r.Reconcile(ctx), errDown)
		r.ledger.setDown(false)
		r.clock = r.clock.Add(time.Minute)
		must(t, r.Reconcile(ctx))
		if s := sit(t, r, c.Participants[0].Token); s.Erasure == nil || s.Erasure.StoppedAt == nil || len(r.ledger.all()) != 1 {
			t.Errorf("after the store came back: %+v", s.Erasure)
		}
	})
}

func TestManyAtOnceCloseOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		id := c.Participants[0].ID
		must(t, r.Yes(ctx, id, yes(consent.Coach)))
		var group sync.WaitGroup
		failures := make(chan error, 16)
		for i := range 16 {
			group.Go(func() {
				var err error
				if i%2 == 0 {
					_, err = r.Withdraw(ctx, id)
				} else {
					_, err = r.Narrow(ctx, id, nil)
				}
				if err != nil && !errors.Is(err, consent.ErrClosed) {
					failures <- err
				}
			})
		}
		group.Wait()
		close(failures)
		for err := range failures {
			t.Error(err)
		}
		var withdrawn int64
		must(t, r.db.Table("consent_events").Where("kind = 'withdrawn'").Count(&withdrawn).Error)
		if withdrawn != 1 || r.count(t, "erasures") != 1 {
			t.Errorf("%d withdrawals, %d erasures; want one of each", withdrawn, r.count(t, "erasures"))
		}
	})
}

func TestFinishLeavesOnlyTheProof(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		must(t, r.Yes(ctx, c.Participants[0].ID, yes()))
		_, err := r.Withdraw(ctx, c.Participants[0].ID)
		must(t, err)
		owed, err := r.Owed(ctx, 10, time.Minute)
		must(t, err)
		if again, err := r.Owed(ctx, 10, time.Minute); err != nil || len(again) != 0 || len(owed) != 1 {
			t.Fatalf("claimed %d, then %d (%v); want 1, then 0", len(owed), len(again), err)
		}
		must(t, r.KeyDestroyed(ctx, []uuid.UUID{owed[0].ID}))
		broken := errors.New("rows stay")
		wants(t, r.Finish(ctx, owed[0].ID, 1, 2, func(*gorm.DB) error { return broken }), broken)
		if n := r.count(t, "conversations"); n != 1 {
			t.Fatal("a failed erasure must not delete the conversation")
		}
		must(t, r.Finish(ctx, owed[0].ID, 3, 4096, func(*gorm.DB) error { return nil }))
		for _, table := range []string{"conversations", "participants", "consent_requests", "ledger_owed"} {
			if n := r.count(t, table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
		var secrets int64
		must(t, r.db.Table("consent_records").Where("secret_sealed IS NOT NULL").Count(&secrets).Error)
		if secrets != 0 || r.count(t, "consent_events") != 3 || len(r.vault.keys) != 0 {
			t.Errorf("%d secrets, %d events, %d keys", secrets, r.count(t, "consent_events"), len(r.vault.keys))
		}
		s := sit(t, r, c.Participants[0].Token)
		if s.Erasure == nil || s.Erasure.KeyDestroyedAt == nil || s.Erasure.ErasedAt == nil || s.Erasure.Objects != 3 || s.State != consent.Withdrawn {
			t.Errorf("the link shows %+v after erasing", s)
		}
		lines, _, err := r.List(ctx, r.owner, "", 10)
		must(t, err)
		if len(lines) != 1 || lines[0].Conversation != nil {
			t.Errorf("the list shows %+v, want one erased line", lines)
		}
	})
}

func TestLinksAndCodes(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		p := c.Participants[0]
		spaced := p.Code[:4] + " " + p.Code[4:8] + "-" + p.Code[8:]
		arabic := strings.Map(func(d rune) rune { return d - '0' + '٠' }, p.Code)
		for _, typed := range []string{p.Code, spaced, arabic} {
			if _, err := r.OpenCode(ctx, typed); err != nil {
				t.Errorf("OpenCode(%q): %v", typed, err)
			}
		}
		wrong := []byte(p.Code)
		wrong[3] = '0' + (wrong[3]-'0'+1)%10
		for _, token := range []string{"", "x", p.Token + "=", p.Token[1:], strings.Repeat("A", 43), p.Token + "\x00"} {
			_, err := r.OpenLink(ctx, token)
			wants(t, err, consent.ErrUnknownLink)
		}
		_, err := r.OpenCode(ctx, string(wrong))
		wants(t, err, consent.ErrUnknownLink)
		must(t, r.HandOver(ctx, r.owner, c.ID))
		got, err := r.Get(ctx, r.owner, c.ID)
		must(t, err)
		if got.Participants[0].Token != "" || got.Participants[0].Code != "" {
			t.Error("staff can still show the link after handing over")
		}
		if s := sit(t, r, p.Token); s.State != consent.Requested {
			t.Errorf("the link still opens for its owner: %+v", s)
		}
	})
}

func TestTokensAndLabelsAreNotInTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		must(t, r.Yes(ctx, c.Participants[0].ID, yes()))
		cookie, err := r.OpenLink(ctx, c.Participants[0].Token)
		must(t, err)
		for _, table := range []string{"conversations", "participants", "consent_requests", "consent_records", "consent_events", "link_sessions"} {
			var rows []map[string]any
			must(t, r.db.Table(table).Find(&rows).Error)
			dump := fmt.Sprintf("%v %s %q", rows, rows, rows)
			for _, secret := range []string{c.Participants[0].Token, c.Participants[0].Code, cookie, "eerste gesprek"} {
				if strings.Contains(dump, secret) {
					t.Errorf("%s holds a secret in plain", table)
				}
			}
		}
	})
}

func TestSittingEnds(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		cookie, err := r.OpenLink(ctx, c.Participants[0].Token)
		must(t, err)
		must(t, r.Leave(ctx, cookie))
		_, err = r.Sit(ctx, cookie)
		wants(t, err, consent.ErrUnknownLink)
		cookie, err = r.OpenLink(ctx, c.Participants[0].Token)
		must(t, err)
		r.clock = r.clock.Add(3 * time.Hour)
		_, err = r.Sit(ctx, cookie)
		wants(t, err, consent.ErrUnknownLink)
	})
}

func TestListPagesThroughEverythingOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		want := map[uuid.UUID]bool{}
		for i := range 7 {
			r.clock = r.clock.Add(time.Duration(i%3) * time.Minute)
			want[r.ask(t, consent.Citizen).ID] = true
		}
		seen, cursor := map[uuid.UUID]bool{}, ""
		for range 10 {
			lines, next, err := r.List(ctx, r.owner, cursor, 2)
			must(t, err)
			for _, line := range lines {
				if seen[line.ID] {
					t.Errorf("%s twice", line.ID)
				}
				seen[line.ID] = true
			}
			if cursor = next; next == "" {
				break
			}
		}
		if len(seen) != len(want) {
			t.Errorf("%d of %d conversations listed", len(seen), len(want))
		}
		if lines, _, err := r.List(ctx, r.other, "", 10); err != nil || len(lines) != 0 {
			t.Errorf("someone else's list: %d lines, %v", len(lines), err)
		}
		_, _, err := r.List(ctx, r.owner, "nonsense", 10)
		wants(t, err, consent.ErrInvalid)
	})
}

func TestReplayOfTheLedgerOnlyCloses(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		id := c.Participants[0].ID
		must(t, r.Yes(ctx, id, yes(consent.Coach, consent.Peers)))
		replay := func(kind string, left consent.Scopes) {
			t.Helper()
			must(t, r.CloseFromLedger(ctx, consent.Closing{
				ID: uuid.Must(uuid.NewV7()), Kind: kind, ConversationID: c.ID, RecordID: &id, Scopes: left, At: r.clock,
			}))
		}
		replay("narrowed", consent.Scopes{consent.Peers})
		replay("narrowed", consent.AllScopes())
		if got := scopes(t, r, c.ID); got != "peers" {
			t.Errorf("scopes %q, want peers", got)
		}
		replay("withdrawn", nil)
		replay("withdrawn", nil)
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if !facts[c.ID].Closed || r.count(t, "erasures") != 1 {
			t.Errorf("closed %v, %d erasures", facts[c.ID].Closed, r.count(t, "erasures"))
		}
		unknown := uuid.Must(uuid.NewV7())
		must(t, r.CloseFromLedger(ctx, consent.Closing{ID: unknown, Kind: "withdrawn", ConversationID: unknown, RecordID: &unknown, At: r.clock}))
	})
}

func scopes(t *testing.T, r *room, id uuid.UUID) string {
	t.Helper()
	facts, err := r.Facts(ctx, r.db, []uuid.UUID{id})
	must(t, err)
	return facts[id].Scopes.String()
}

func sit(t *testing.T, r *room, token string) consent.Sitting {
	t.Helper()
	cookie, err := r.OpenLink(ctx, token)
	must(t, err)
	sitting, err := r.Sit(ctx, cookie)
	must(t, err)
	return sitting
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestAPauseClosesForEveryoneAndOnlyItsMakerLiftsIt(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		citizen, partner := c.Participants[0].ID, c.Participants[1].ID
		for _, id := range []uuid.UUID{citizen, partner} {
			must(t, r.Yes(ctx, id, yes(consent.Coach)))
		}
		facts := func() consent.Facts {
			t.Helper()
			all, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
			must(t, err)
			return all[c.ID]
		}
		outcome, err := r.Pause(ctx, citizen)
		must(t, err)
		_, err = r.Pause(ctx, citizen)
		must(t, err)
		if f := facts(); !outcome.Confirmed || !f.Closed || !f.Paused || f.Waiting || len(r.ledger.all()) != 1 {
			t.Errorf("paused: %+v, facts %+v, %d ledger entries", outcome, f, len(r.ledger.all()))
		}
		must(t, r.Resume(ctx, partner)) // not theirs to lift
		if !facts().Closed {
			t.Fatal("another participant lifted the pause")
		}
		_, err = r.Pause(ctx, partner)
		must(t, err)
		must(t, r.Resume(ctx, citizen))
		if f := facts(); !f.Closed || !f.Paused {
			t.Errorf("one pause of two was lifted: %+v", f)
		}
		_, err = r.Narrow(ctx, partner, nil)
		must(t, err)
		must(t, r.Resume(ctx, partner))
		if f := facts(); f.Closed || f.Paused || len(f.Scopes) != 0 {
			t.Errorf("both were lifted: %+v; want open, with what was narrowed meanwhile gone", f)
		}
		_, err = r.Pause(ctx, citizen)
		must(t, err)
		_, err = r.Withdraw(ctx, partner)
		must(t, err)
		wants(t, r.Resume(ctx, citizen), consent.ErrClosed)
		if f := facts(); !f.Closed || f.Paused {
			t.Errorf("withdrawn while paused: %+v", f)
		}
	})
}

func TestAPauseEndsInErasure(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		id := c.Participants[0].ID
		must(t, r.Yes(ctx, id, yes(consent.Coach)))
		_, err := r.Pause(ctx, id)
		must(t, err)
		r.clock = r.clock.Add(consent.PauseLimit - time.Hour)
		_, err = r.Narrow(ctx, id, nil) // does not make it begin anew
		must(t, err)
		must(t, r.Sweep(ctx))
		if n := r.count(t, "erasures"); n != 0 {
			t.Fatal("erased before its time")
		}
		r.clock = r.clock.Add(2 * time.Hour)
		must(t, r.Sweep(ctx))
		must(t, r.Sweep(ctx))
		s := sit(t, r, c.Participants[0].Token)
		if s.State != consent.Expired || s.Erasure == nil || r.count(t, "erasures") != 1 {
			t.Errorf("after %v: %+v", consent.PauseLimit, s)
		}
	})
}

func TestAReplayedPauseThatIsKnownStaysLifted(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		id := c.Participants[0].ID
		must(t, r.Yes(ctx, id, yes()))
		_, err := r.Pause(ctx, id)
		must(t, err)
		must(t, r.Resume(ctx, id))
		known := r.ledger.all()[0]
		must(t, r.CloseFromLedger(ctx, known))
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if facts[c.ID].Closed {
			t.Error("a replay closed what its maker had lifted")
		}
		known.ID = uuid.Must(uuid.NewV7()) // one that a restored database does not know
		must(t, r.CloseFromLedger(ctx, known))
		facts, err = r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if !facts[c.ID].Paused {
			t.Error("a pause that was lost with the database was not replayed")
		}
	})
}
