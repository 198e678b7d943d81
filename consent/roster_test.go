package consent_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
)

// agreed opens a conversation in which the citizen said yes to coach and peers.
func (r *room) agreed(t testing.TB) consent.Conversation {
	t.Helper()
	c := r.ask(t, consent.Citizen)
	must(t, r.Yes(ctx, c.Participants[0].ID, yes(consent.Coach, consent.Peers)))
	return c
}

func (r *room) late(t testing.TB, c consent.Conversation, role consent.Role) uuid.UUID {
	t.Helper()
	id, outcome, err := r.Add(ctx, r.owner, c.ID, consent.NewParticipant{Role: role})
	must(t, err)
	if !outcome.Confirmed {
		t.Fatal("adding someone was not confirmed")
	}
	return id
}

func (r *room) facts(t testing.TB, id uuid.UUID) consent.Facts {
	t.Helper()
	facts, err := r.Facts(ctx, r.db, []uuid.UUID{id})
	must(t, err)
	return facts[id]
}

func (r *room) require(id uuid.UUID, began time.Time) error {
	return r.db.Transaction(func(tx *gorm.DB) error {
		_, err := r.Require(ctx, tx, id, began)
		return err
	})
}

func TestSomeoneWhoCameInLaterClosesUntilTheirYes(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.agreed(t)
		began := r.clock
		r.clock = r.clock.Add(10 * time.Minute)
		late := r.late(t, c, consent.Interpreter)
		if f := r.facts(t, c.ID); !f.Closed || !f.Waiting || f.Paused {
			t.Errorf("facts %+v; want closed because someone is waited for", f)
		}
		wants(t, r.require(c.ID, r.clock), consent.ErrWaiting)
		if r.leases.waits != 1 || len(r.ledger.all()) != 1 || r.ledger.all()[0].Kind != "added" {
			t.Errorf("%d waits, ledger %+v; want the closing in the ledger and one wait", r.leases.waits, r.ledger.all())
		}
		if n := r.count(t, "audit_entries"); n != 0 {
			t.Errorf("%d audit entries would outlive a no", n)
		}
		r.clock = r.clock.Add(time.Minute)
		must(t, r.Yes(ctx, late, yes(consent.Coach)))
		f := r.facts(t, c.ID)
		if f.Closed || f.Scopes.String() != "coach" || !f.Since.Equal(r.clock) {
			t.Errorf("facts %+v; want open for what all allow, since the last yes", f)
		}
		must(t, r.require(c.ID, began))
		got, err := r.Get(ctx, r.owner, c.ID)
		must(t, err)
		if !got.ConsentSince.Equal(began) || got.Waiting {
			t.Errorf("consent since %v, want %v: it does not move", got.ConsentSince, began)
		}
	})
}

func TestALateNoErasesEverythingAndLeavesNothingOfWhoSaidIt(t *testing.T) {
	endings := map[string]func(r *room, c consent.Conversation, late uuid.UUID) error{
		"no": func(r *room, _ consent.Conversation, late uuid.UUID) error { return r.Refuse(ctx, late) },
		"spoken no": func(r *room, c consent.Conversation, late uuid.UUID) error {
			return r.RegisterNo(ctx, r.owner, c.ID, late)
		},
		"cancelled": func(r *room, c consent.Conversation, _ uuid.UUID) error { return r.Cancel(ctx, r.owner, c.ID) },
		"no answer": func(r *room, _ consent.Conversation, _ uuid.UUID) error {
			r.clock = r.clock.Add(consent.LateLimit)
			return r.Sweep(ctx)
		},
	}
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, r *room) {
				c := r.agreed(t)
				late := r.late(t, c, consent.Partner)
				got, err := r.Get(ctx, r.owner, c.ID)
				must(t, err)
				_, err = r.OpenLink(ctx, got.Participants[1].Token)
				must(t, err)
				must(t, end(r, c, late))
				for table, column := range map[string]string{
					"participants": "id", "consent_requests": "participant_id", "consent_records": "id",
					"consent_events": "record_id", "link_sessions": "participant_id", "audit_entries": "actor_id",
				} {
					var n int64
					must(t, r.db.Table(table).Where(column+" = ?", late.String()).Count(&n).Error)
					if n != 0 {
						t.Errorf("%d rows of who said no in %s", n, table)
					}
				}
				var expired int64
				must(t, r.db.Table("consent_records").Where("state = 'expired'").Count(&expired).Error)
				if expired != 2 || r.count(t, "erasures") != 1 || !r.facts(t, c.ID).Closed {
					t.Errorf("%d records expired, %d erasures; want both records, one erasure", expired, r.count(t, "erasures"))
				}
				_, err = r.OpenLink(ctx, got.Participants[1].Token)
				wants(t, err, consent.ErrUnknownLink)
				wants(t, r.Yes(ctx, late, yes()), consent.ErrUnknownLink)
			})
		})
	}
}

func TestARestoredDatabaseAsksAgainWhoCameInLater(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.agreed(t)
		late := r.late(t, c, consent.Partner)
		added := r.ledger.all()[0]
		must(t, r.db.Exec("DELETE FROM participants WHERE id = ?", late.String()).Error) // as before they came in
		if r.facts(t, c.ID).Closed {
			t.Fatal("the restored database still knows them")
		}
		for range 2 {
			must(t, r.CloseFromLedger(ctx, added))
		}
		if f := r.facts(t, c.ID); !f.Closed || !f.Waiting {
			t.Errorf("facts %+v; want closed until they say yes again", f)
		}
		got, err := r.Get(ctx, r.owner, c.ID)
		must(t, err)
		if len(got.Participants) != 2 || got.Participants[1].Token == "" {
			t.Fatalf("participants %+v; want them back once, with a link of their own", got.Participants)
		}
		must(t, r.Yes(ctx, late, yes(consent.Coach)))
		must(t, r.CloseFromLedger(ctx, added))
		if r.facts(t, c.ID).Closed {
			t.Error("a replay closed what they allowed")
		}
	})
}

func TestARepresentativeDecidesAndEitherMayStopIt(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, err := r.Open(ctx, consent.NewConversation{OwnerID: r.owner, HeldAt: r.clock, Others: []consent.NewParticipant{
			{Role: consent.Representative, Capacity: consent.Mentor, Told: true}, {Role: consent.Citizen},
		}})
		must(t, err)
		representative, citizen := c.Participants[0], c.Participants[1]
		if *representative.Represents != citizen.ID || citizen.Token == "" {
			t.Fatalf("participants %+v; want the citizen represented, with a link of their own", c.Participants)
		}
		wants(t, r.Yes(ctx, citizen.ID, yes()), consent.ErrRepresented)
		must(t, r.Yes(ctx, representative.ID, yes(consent.Coach)))
		var record struct {
			Method, Scopes, Capacity string
			Told                     bool
		}
		for _, table := range []string{"consent_records", "consent_events"} {
			column := map[string]string{"consent_records": "id", "consent_events": "record_id"}[table]
			must(t, r.db.Table(table).Where(column+" = ?", citizen.ID.String()).Take(&record).Error)
			if record.Method != "represented" || record.Scopes != "coach" || record.Capacity != "mentor" || !record.Told {
				t.Errorf("%s: %+v; want the representative's yes with capacity and told", table, record)
			}
		}
		_, err = r.Pause(ctx, citizen.ID)
		must(t, err)
		must(t, r.Resume(ctx, citizen.ID))
		_, err = r.Withdraw(ctx, citizen.ID)
		must(t, err)
		if !r.facts(t, c.ID).Closed {
			t.Error("the represented person could not stop it")
		}
	})
}

func TestPartsThatDoNotFitARoleAreRefused(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Partner)
		person := uuid.New()
		for _, p := range []consent.NewParticipant{
			{Role: "manager"}, {Role: consent.Klantmanager}, {Role: consent.Colleague}, {Role: consent.Citizen, PersonID: &person},
			{Role: consent.Representative}, {Role: consent.Representative, Capacity: "friend", Told: true},
			{Role: consent.Representative, Capacity: consent.Curator},
			{Role: consent.Representative, Capacity: consent.Curator, Told: true}, // no citizen to decide for
			{Role: consent.Partner, Told: true}, {Role: consent.Companion, Telephone: true},
			{Role: consent.Colleague, PersonID: &r.owner},
		} {
			_, _, err := r.Add(ctx, r.owner, c.ID, p)
			wants(t, err, consent.ErrInvalid)
		}
		_, _, err := r.Add(ctx, r.other, c.ID, consent.NewParticipant{Role: consent.Citizen})
		wants(t, err, consent.ErrNotFound)
		if n := r.count(t, "participants"); n != 2 {
			t.Errorf("%d participants, want none of the refused ones", n)
		}
	})
}

func TestAColleagueSignsInAndPassesTheGuard(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.agreed(t)
		join := consent.NewParticipant{Role: consent.Colleague, PersonID: &r.other}
		r.guard.evaluates = true
		_, _, err := r.Add(ctx, r.owner, c.ID, join)
		wants(t, err, consent.ErrEvaluator)
		if n := r.count(t, "participants"); n != 2 || r.facts(t, c.ID).Closed {
			t.Errorf("%d participants: something of the refused evaluator was stored", n)
		}
		r.guard.evaluates = false
		id, _, err := r.Add(ctx, r.owner, c.ID, join)
		must(t, err)
		got, err := r.Get(ctx, r.owner, c.ID)
		must(t, err)
		if got.Participants[1].Token != "" || !got.Waiting {
			t.Errorf("%+v; want a colleague without a link, who is waited for", got.Participants[1])
		}
		wants(t, r.RegisterYes(ctx, r.owner, c.ID, id, yes()), consent.ErrInvalid)
		asked, err := r.Participation(ctx, r.other, id)
		must(t, err)
		if asked.State != consent.Requested || asked.Answered || !asked.Late || asked.OwnerID != r.owner {
			t.Errorf("asked %+v", asked)
		}
		must(t, r.Yes(ctx, id, yes(consent.Coach)))
		mine, err := r.Participations(ctx, r.other)
		must(t, err)
		if len(mine) != 1 || mine[0].State != consent.Given || mine[0].Scopes.String() != "coach" {
			t.Errorf("participations %+v; want the one that was given", mine)
		}
		_, err = r.Participation(ctx, r.owner, id)
		wants(t, err, consent.ErrNotFound)
		r.guard.evaluates = true // became one since
		mine, err = r.Participations(ctx, r.other)
		must(t, err)
		if len(mine) != 0 {
			t.Error("an evaluator sees that there is a conversation")
		}
	})
}

func TestSpokenConsentIsRegisteredByTheKlantmanager(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, err := r.Open(ctx, consent.NewConversation{OwnerID: r.owner, HeldAt: r.clock, Others: []consent.NewParticipant{
			{Role: consent.Citizen}, {Role: consent.Interpreter, Telephone: true},
		}})
		must(t, err)
		spoken := consent.Answer{Method: "spoken", TextVersion: "spoken-v1", TextHash: "abc", Language: "tr", Scopes: consent.Scopes{consent.Coach}}
		wants(t, r.RegisterYes(ctx, r.other, c.ID, c.Participants[0].ID, spoken), consent.ErrNotFound)
		must(t, r.RegisterYes(ctx, r.owner, c.ID, c.Participants[0].ID, spoken))
		telephone := consent.Answer{Method: "telephone", TextVersion: "spoken-v1", TextHash: "abc", Language: "nl"}
		must(t, r.RegisterYes(ctx, r.owner, c.ID, c.Participants[1].ID, telephone))
		if f := r.facts(t, c.ID); f.Closed || f.Scopes.String() != "coach" {
			t.Errorf("facts %+v; want what the citizen allows: a voice says yes or no", f)
		}
		var event struct{ ByWhom, Method, TextVersion, Language string }
		must(t, r.db.Table("consent_events").Where("record_id = ?", c.Participants[0].ID.String()).Take(&event).Error)
		if event.ByWhom != "klantmanager" || event.Method != "spoken" || event.TextVersion != "spoken-v1" || event.Language != "tr" {
			t.Errorf("event %+v", event)
		}
		wants(t, r.RegisterNo(ctx, r.owner, c.ID, c.Participants[0].ID), consent.ErrAnswered)
		c = r.ask(t, consent.Citizen)
		must(t, r.RegisterNo(ctx, r.owner, c.ID, c.Participants[0].ID))
		wants(t, r.RegisterNo(ctx, r.owner, c.ID, c.Participants[0].ID), consent.ErrNotFound)
	})
}

func TestWhatWasAskedAheadIsAskedAgainAtTheTable(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ahead := func() consent.Conversation {
			c, err := r.Open(context.Background(), consent.NewConversation{
				OwnerID: r.owner, HeldAt: r.clock.Add(consent.AskedAhead + time.Hour), Others: others(consent.Citizen),
			})
			must(t, err)
			must(t, r.Yes(ctx, c.Participants[0].ID, yes(consent.Coach)))
			return c
		}
		c := ahead()
		wants(t, r.require(c.ID, r.clock), consent.ErrUnconfirmed)
		late := r.late(t, c, consent.Partner)
		wants(t, r.StillHolds(ctx, r.owner, c.ID), consent.ErrWaiting)
		must(t, r.Yes(ctx, late, yes(consent.Coach)))
		wants(t, r.StillHolds(ctx, r.other, c.ID), consent.ErrNotFound)
		for range 2 {
			must(t, r.StillHolds(ctx, r.owner, c.ID))
		}
		must(t, r.require(c.ID, r.clock))
		var events []struct{ ByWhom string }
		must(t, r.db.Table("consent_events").Where("kind = 'confirmed'").Find(&events).Error)
		if len(events) != 1 || events[0].ByWhom != "klantmanager" {
			t.Errorf("events %+v; want one, by the klantmanager", events)
		}
		wants(t, r.Cancel(ctx, r.owner, c.ID), consent.ErrAnswered)
		c = ahead()
		must(t, r.Cancel(ctx, r.owner, c.ID))
		if !r.facts(t, c.ID).Closed {
			t.Error("what does not hold any more is still open")
		}
	})
}
