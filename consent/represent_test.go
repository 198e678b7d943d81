package consent_test

import (
	"testing"

	"github.com/google/uuid"

	"vakspiegel/consent"
)

// represented is a citizen with a representative, before either answers.
func (r *room) represented(t testing.TB) (c consent.Conversation, representative, citizen consent.Participant) {
	t.Helper()
	c, err := r.Open(ctx, consent.NewConversation{OwnerID: r.owner, HeldAt: r.clock, Others: []consent.NewParticipant{
		{Role: consent.Representative, Capacity: consent.Mentor, Told: true}, {Role: consent.Citizen},
	}})
	must(t, err)
	return c, c.Participants[0], c.Participants[1]
}

// sayYesWithPIN says yes with the link, and chooses pin.
func (r *room) sayYesWithPIN(t testing.TB, p consent.Participant, scopes ...consent.Scope) (cookie string) {
	t.Helper()
	cookie, _ = r.sitting(t, p.Token)
	answer := yes(scopes...)
	answer.Cookie = cookie
	must(t, r.Yes(ctx, p.ID, answer))
	must(t, r.ChoosePIN(ctx, r.sit(t, cookie), pin, ""))
	return cookie
}

func TestAnAnswerThatIsTakenBackLeavesNoPINNoWishAndNoSittingThatOpens(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		citizen := c.Participants[0]
		cookie := r.sayYesWithPIN(t, citizen, consent.Coach)
		must(t, r.WishLookback(ctx, r.sit(t, cookie), ""))
		_, _, err := r.Add(ctx, r.owner, c.ID, consent.NewParticipant{Role: consent.Representative, Capacity: consent.Mentor, Told: true})
		must(t, err)
		after := r.sit(t, cookie)
		if after.HasPIN || after.Lookback || after.Consenting || after.Answered {
			t.Errorf("of the answer that was taken back stays: %+v", after)
		}
		wants(t, r.Widen(ctx, citizen.ID, pin, yes(consent.Peers)), consent.ErrNoPIN)
	})
}

func TestWhoIsRepresentedDoesNotWiden(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		citizen := c.Participants[0]
		r.sayYesWithPIN(t, citizen)
		_, _, err := r.Add(ctx, r.owner, c.ID, consent.NewParticipant{Role: consent.Representative, Capacity: consent.Mentor, Told: true})
		must(t, err)
		wants(t, r.Widen(ctx, citizen.ID, pin, yes(consent.Coach)), consent.ErrRepresented)
	})
}

func TestARepresentativesWideningWidensWhatTheirYesMade(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, representative, citizen := r.represented(t)
		r.sayYesWithPIN(t, representative, consent.Coach)
		must(t, r.Widen(ctx, representative.ID, pin, yes(consent.Peers)))
		if scopes := r.facts(t, c.ID).Scopes.Names(); len(scopes) != 2 {
			t.Errorf("together they allow %v, want coach and peers", scopes)
		}
		var record struct{ Method, Scopes string }
		must(t, r.db.Table("consent_records").Where("id = ?", citizen.ID.String()).Take(&record).Error)
		if record.Method != "represented" || record.Scopes != "coach peers" {
			t.Errorf("the record of the represented is %+v", record)
		}
	})
}

func TestAYesOfTheirOwnIsNotWidenedByTheirRepresentative(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		citizen := c.Participants[0]
		r.sayYesWithPIN(t, citizen)
		id, _, err := r.Add(ctx, r.owner, c.ID, consent.NewParticipant{Role: consent.Representative, Capacity: consent.Mentor, Told: true})
		must(t, err)
		added := r.participant(t, c.ID, id)
		r.sayYesWithPIN(t, added, consent.Coach)
		must(t, r.Widen(ctx, id, pin, yes(consent.Peers)))
		if scopes := r.facts(t, c.ID).Scopes; len(scopes) != 0 {
			t.Errorf("a representative opened %v against the citizen's own yes", scopes)
		}
	})
}

func TestARepresentativesSecondYesCountsForWhomTheyRepresent(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, representative, _ := r.represented(t)
		r.sayYesWithPIN(t, representative, consent.Coach)
		r.clock = r.clock.Add(r.CoolingOff)
		if r.facts(t, c.ID).SaidYesAgain(r.CoolingOff) {
			t.Fatal("nobody said yes again yet")
		}
		must(t, r.SecondYes(ctx, representative.ID, pin, yes()))
		if !r.facts(t, c.ID).SaidYesAgain(r.CoolingOff) {
			t.Error("the room waits for someone who can have no PIN")
		}
	})
}

// participant is one of the conversation's, with what the klantmanager hands over.
func (r *room) participant(t testing.TB, conversation, id uuid.UUID) consent.Participant {
	t.Helper()
	c, err := r.Get(ctx, r.owner, conversation)
	must(t, err)
	for _, p := range c.Participants {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("no participant %s", id)
	return consent.Participant{}
}
