package consent_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
)

func TestOnePersonAloneClosesNothing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, record := r.given(t, consent.Coach)
		for _, n := range []consent.NewProposal{
			{RecordID: record, Kind: "paused", How: "telephone"}, {RecordID: record, Kind: "revoked", How: "letter"},
			{RecordID: record, Kind: "invalidated", Reason: "under_age"},
		} {
			p, err := r.Propose(ctx, petra, n)
			must(t, err)
			_, err = r.ConfirmProposal(ctx, petra, p.ID)
			wants(t, err, consent.ErrSamePerson)
			_, err = r.Propose(ctx, paul, n)
			wants(t, err, consent.ErrProposed)
		}
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if facts[c.ID].Closed || len(r.ledger.all()) != 0 {
			t.Errorf("one person closed it: %+v, ledger %v", facts[c.ID], r.ledger.all())
		}
	})
}

func TestWhatTheContractDoesNotNameIsNoProposal(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, record := r.given(t)
		for _, n := range []consent.NewProposal{
			{Kind: "paused"}, {Kind: "paused", How: "telephone", Reason: "not_free"}, {Kind: "invalidated"},
			{Kind: "invalidated", Reason: "hij was boos"}, {Kind: "invalidated", Reason: "not_free", How: "desk"},
			{Kind: "given", How: "desk"}, {Kind: "withdrawn", How: "desk"}, {Kind: "revoked", How: "fax"},
		} {
			n.RecordID = record
			_, err := r.Propose(ctx, petra, n)
			wants(t, err, consent.ErrInvalid)
		}
		_, err := r.Propose(ctx, petra, consent.NewProposal{RecordID: uuid.New(), Kind: "paused", How: "desk"})
		wants(t, err, consent.ErrNotFound)
		_, err = r.Propose(ctx, petra, consent.NewProposal{RecordID: record, Kind: "resumed", How: "desk"})
		wants(t, err, consent.ErrNotPossible)
	})
}

func TestTwoPeoplePauseAndTheParticipantsLinkLiftsIt(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, record := r.given(t)
		waits := r.leases.waits
		r.confirmed(t, consent.NewProposal{RecordID: record, Kind: "paused", How: "telephone"})
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if !facts[c.ID].Closed || !facts[c.ID].Paused || r.leases.waits != waits+1 {
			t.Errorf("facts %+v after %d waits for leases", facts[c.ID], r.leases.waits-waits)
		}
		closings := r.ledger.all()
		if len(closings) != 1 || closings[0].Kind != "paused" {
			t.Fatalf("the ledger has %+v", closings)
		}
		must(t, r.Resume(ctx, record))
		must(t, r.CloseFromLedger(ctx, closings[0]))
		if facts, err = r.Facts(ctx, r.db, []uuid.UUID{c.ID}); err != nil || facts[c.ID].Closed {
			t.Errorf("lifted, and after a replay of the ledger: %+v, %v", facts[c.ID], err)
		}
		line, err := r.RegisterTimeline(ctx, record)
		must(t, err)
		by := map[string]string{}
		for _, event := range line.Events {
			by[event.Kind] = event.ByWhom
		}
		if by["paused"] != "privacy_manager" || by["resumed"] != "participant" {
			t.Errorf("made by %v", by)
		}
	})
}

func TestTwoPeopleLiftOnlyAPauseThatTwoPeopleMade(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, record := r.given(t)
		_, err := r.Pause(ctx, record)
		must(t, err)
		lift := consent.NewProposal{RecordID: record, Kind: "resumed", How: "telephone"}
		_, err = r.Propose(ctx, petra, lift)
		wants(t, err, consent.ErrNotPossible)
		must(t, r.Resume(ctx, record))
		r.confirmed(t, consent.NewProposal{RecordID: record, Kind: "paused", How: "telephone"})
		r.confirmed(t, lift)
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if facts[c.ID].Closed {
			t.Errorf("after lifting: %+v", facts[c.ID])
		}
		// A pause on behalf ends like any other: after its limit all is erased.
		r.confirmed(t, consent.NewProposal{RecordID: record, Kind: "paused", How: "desk"})
		r.clock = r.clock.Add(consent.PauseLimit)
		must(t, r.Sweep(ctx))
		if r.count(t, "erasures") != 1 {
			t.Error("a pause on behalf stays for ever")
		}
	})
}

func TestEndingOnBehalfErasesLikeAWithdrawal(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for kind, n := range map[consent.State]consent.NewProposal{
			consent.Revoked:     {Kind: "revoked", How: "letter"},
			consent.Invalidated: {Kind: "invalidated", Reason: "not_informed"},
		} {
			c, record := r.given(t, consent.Coach)
			n.RecordID = record
			r.confirmed(t, n)
			line, err := r.RegisterTimeline(ctx, record)
			must(t, err)
			last := line.Events[len(line.Events)-1]
			if line.State != kind || last.Kind != string(kind) || last.ByWhom != "privacy_manager" || last.Reason != n.Reason {
				t.Errorf("%s: state %s, event %+v", kind, line.State, last)
			}
			if line.Erasure == nil || line.Erasure.StoppedAt == nil || line.LedgerOwed || line.CanEnd || line.CanPause {
				t.Errorf("%s: %+v", kind, line)
			}
			_, err = r.Propose(ctx, petra, n)
			wants(t, err, consent.ErrNotPossible)
			must(t, r.Finish(ctx, line.Erasure.ID, 3, 100, nothing))
			after, err := r.RegisterTimeline(ctx, record)
			must(t, err)
			if after.Erasure.ErasedAt == nil || after.Klantmanager != line.Klantmanager {
				t.Errorf("%s, when the data are gone: %+v; the proof stays", kind, after.RegisterRecord)
			}
			if r.db.Table("conversations").Where("id = ?", c.ID).Find(&struct{ ID string }{}).RowsAffected != 0 {
				t.Errorf("%s: the conversation is still there", kind)
			}
		}
	})
}

// P7: a restored database is closed again by every kind that ends.
func TestTheLedgerClosesAgainWhatWasEndedOnBehalf(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, kind := range []consent.State{consent.Revoked, consent.Invalidated} {
			c, record := r.given(t)
			closing := consent.Closing{ID: uuid.Must(uuid.NewV7()), Kind: string(kind), ConversationID: c.ID, RecordID: &record, At: r.clock}
			must(t, r.CloseFromLedger(ctx, closing))
			must(t, r.CloseFromLedger(ctx, closing))
			line, err := r.RegisterTimeline(ctx, record)
			must(t, err)
			if line.State != kind || line.Erasure == nil || line.Events[len(line.Events)-1].ByWhom != "privacy_manager" {
				t.Errorf("%s, replayed: %+v", kind, line)
			}
		}
	})
}

func TestAProposalLapsesOrIsTakenBack(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, record := r.given(t)
		n := consent.NewProposal{RecordID: record, Kind: "revoked", How: "desk"}
		late, err := r.Propose(ctx, petra, n)
		must(t, err)
		if waiting, err := r.WaitingProposals(ctx, nil); err != nil || len(waiting) != 1 || waiting[0].ID != late.ID {
			t.Errorf("waiting %+v, %v", waiting, err)
		}
		if waiting, err := r.WaitingProposals(ctx, []uuid.UUID{r.owner}); err != nil || len(waiting) != 0 {
			t.Errorf("of a hidden klantmanager: %+v, %v", waiting, err)
		}
		r.clock = r.clock.Add(consent.ProposalLapse)
		_, err = r.ConfirmProposal(ctx, paul, late.ID)
		wants(t, err, consent.ErrDecided)
		again, err := r.Propose(ctx, petra, n)
		must(t, err)
		must(t, r.TakeBackProposal(ctx, petra, again.ID))
		_, err = r.ConfirmProposal(ctx, paul, again.ID)
		wants(t, err, consent.ErrDecided)
		wants(t, r.TakeBackProposal(ctx, petra, again.ID), consent.ErrDecided)
		wants(t, r.TakeBackProposal(ctx, petra, uuid.New()), consent.ErrNotFound)
		if waiting, err := r.WaitingProposals(ctx, nil); err != nil || len(waiting) != 0 {
			t.Errorf("still waiting %+v, %v", waiting, err)
		}
		if line, err := r.RegisterTimeline(ctx, record); err != nil || line.State != consent.Given ||
			line.Proposals[0].State != "lapsed" || line.Proposals[1].State != "taken_back" {
			t.Errorf("%+v, %v", line.Proposals, err)
		}
	})
}

func TestOfManyWhoConfirmAtOnceOneDoes(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, record := r.given(t)
		p, err := r.Propose(ctx, petra, consent.NewProposal{RecordID: record, Kind: "revoked", How: "desk"})
		must(t, err)
		var group sync.WaitGroup
		results := make(chan error, 5)
		for range 5 {
			group.Go(func() {
				_, err := r.ConfirmProposal(ctx, paul, p.ID)
				results <- err
			})
		}
		group.Wait()
		close(results)
		done := 0
		for err := range results {
			if err == nil {
				done++
			} else if !errors.Is(err, consent.ErrDecided) {
				t.Error(err)
			}
		}
		if done != 1 || r.count(t, "erasures") != 1 {
			t.Errorf("%d confirmed, %d erasures; want one", done, r.count(t, "erasures"))
		}
	})
}

// Who acted, and who tried, is in the audit log by id.
func TestEveryStepOnBehalfIsAnEntryARefusalToo(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, record := r.given(t)
		p, err := r.Propose(ctx, petra, consent.NewProposal{RecordID: record, Kind: "revoked", How: "desk"})
		must(t, err)
		_, err = r.ConfirmProposal(ctx, petra, p.ID)
		wants(t, err, consent.ErrSamePerson)
		_, err = r.ConfirmProposal(ctx, paul, p.ID)
		must(t, err)
		var entries []struct{ ActorID, Action, Result string }
		must(t, r.db.Session(&gorm.Session{NewDB: true}).Table("audit_entries").Where("chain_id = ?", c.ID.String()).Order("seq").Find(&entries).Error)
		want := []struct{ ActorID, Action, Result string }{
			{petra.PersonID.String(), "register:propose_revoked", "done"},
			{petra.PersonID.String(), "register:confirm_revoked", "refused"},
			{paul.PersonID.String(), "register:confirm_revoked", "done"},
		}
		if len(entries) != len(want) {
			t.Fatalf("entries %+v", entries)
		}
		for i := range want {
			if entries[i] != want[i] {
				t.Errorf("entry %d is %+v, want %+v", i, entries[i], want[i])
			}
		}
	})
}

func TestAStoreThatIsDownDelaysTheConfirmationOnBehalfNotTheClosing(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, record := r.given(t)
		p, err := r.Propose(ctx, petra, consent.NewProposal{RecordID: record, Kind: "revoked", How: "desk"})
		must(t, err)
		r.ledger.setDown(true)
		outcome, err := r.ConfirmProposal(ctx, paul, p.ID)
		must(t, err)
		line, err := r.RegisterTimeline(ctx, record)
		must(t, err)
		if outcome.Confirmed || line.State != consent.Revoked || !line.LedgerOwed {
			t.Errorf("confirmed %v, state %s, owed %v", outcome.Confirmed, line.State, line.LedgerOwed)
		}
		r.ledger.setDown(false)
		r.clock = r.clock.Add(10 * time.Second)
		must(t, r.Reconcile(ctx))
		if line, err = r.RegisterTimeline(ctx, record); err != nil || line.LedgerOwed || line.Erasure.StoppedAt == nil {
			t.Errorf("after reconciling: %+v, %v", line, err)
		}
	})
}
