package consent_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/consent"
)

const day = 24 * time.Hour

// longer is a conversation of a citizen with a PIN and a partner, with a
// recording that ends in 60 days; asked is when one asks for more.
func (r *room) longer(t testing.TB) (c consent.Conversation, citizen, partner consent.Sitting, asked time.Time) {
	t.Helper()
	c = r.ask(t, consent.Citizen, consent.Partner)
	cookie, _ := r.sitting(t, c.Participants[0].Token)
	answer := yes(consent.Coach)
	answer.Cookie = cookie
	must(t, r.Yes(ctx, c.Participants[0].ID, answer))
	must(t, r.ChoosePIN(ctx, r.sit(t, cookie), pin, ""))
	screen, err := r.OpenScreen(ctx, c.Participants[1].ID)
	must(t, err)
	must(t, r.Yes(ctx, c.Participants[1].ID, yes(consent.Coach)))
	r.shelf.ends = consent.Ends{Last: r.clock.Add(60 * day), Latest: r.clock.Add(180 * day)}
	found, err := r.Longer(ctx, c.ID)
	must(t, err)
	if len(found.Options) != 2 || !found.Options[1].Equal(r.clock.Add(120*day)) {
		t.Fatalf("the options are %v", found.Options)
	}
	return c, r.sit(t, cookie), r.sit(t, screen), found.Options[1]
}

// left is everything that the database says of consent, but for the number that
// tells screens to look again.
func (r *room) left(t testing.TB) string {
	t.Helper()
	var out strings.Builder
	for _, table := range []string{
		"conversations", "participants", "consent_records", "consent_events", "consent_extensions", "consent_extension_answers",
		"consent_pins", "pin_tries", "ledger_owed", "erasures", "audit_entries",
	} {
		var rows []map[string]any
		must(t, r.db.Table(table).Find(&rows).Error)
		var lines []string
		for _, row := range rows {
			if table == "conversations" {
				delete(row, "version")
			}
			lines = append(lines, fmt.Sprintln(table, row))
		}
		slices.Sort(lines)
		out.WriteString(strings.Join(lines, ""))
	}
	return out.String()
}

func TestEveryonesNewYesMovesTheEndAndIsInEveryRecord(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, citizen, partner, until := r.longer(t)
		before, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		r.clock = r.clock.Add(50 * day)
		citizen.Method = consent.OwnDevice
		must(t, r.AskLonger(ctx, r.owner, c.ID, until))
		wants(t, r.AskLonger(ctx, r.owner, c.ID, until), consent.ErrLongerAsked)
		answer := read
		answer.Language = "tr"
		must(t, r.LongerYes(ctx, citizen, pin, until, answer))
		must(t, r.LongerYes(ctx, citizen, pin, until, answer)) // changes nothing more
		if !r.shelf.moved.IsZero() || r.count(t, "consent_events") != 3 {
			t.Fatal("one yes of two moved the end")
		}
		must(t, r.LongerYes(ctx, partner, "", until, read)) // on a shared screen
		if !r.shelf.moved.Equal(until) {
			t.Errorf("the end moved to %v, want %v", r.shelf.moved, until)
		}
		after, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if !after[c.ID].Since.Equal(before[c.ID].Since) {
			t.Error("the cooling-off begins anew")
		}
		for _, id := range []uuid.UUID{citizen.ParticipantID, partner.ParticipantID} {
			h, err := r.History(ctx, id)
			must(t, err)
			last := h.Events[len(h.Events)-1]
			if last.Kind != "extended" || !last.Until.Equal(until) || !last.KeptUntil.Equal(until) || !last.KeptUntil.Equal(until) || (id == citizen.ParticipantID) != (last.Language == "tr") {
				t.Errorf("the last event is %+v", last)
			}
		}
		var extended int64
		must(t, r.db.Table("consent_events").Where("kind = 'extended'").Count(&extended).Error)
		if extended != 3 || r.count(t, "consent_extensions") != 0 || r.count(t, "consent_extension_answers") != 0 {
			t.Errorf("%d records are extended of 3, or the question is still there", extended)
		}
	})
}

func TestWithoutEveryonesYesNothingOfTheQuestionIsLeft(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for what, end := range map[string]func(c consent.Conversation, partner consent.Sitting) error{
			"a no by the link": func(_ consent.Conversation, p consent.Sitting) error { return r.LongerNo(ctx, p.ParticipantID) },
			"a no that was spoken": func(c consent.Conversation, p consent.Sitting) error {
				return r.RegisterLongerNo(ctx, r.owner, c.ID, p.ParticipantID)
			},
			"the question taken back": func(c consent.Conversation, _ consent.Sitting) error { return r.TakeLongerBack(ctx, r.owner, c.ID) },
			"no answer": func(consent.Conversation, consent.Sitting) error {
				r.clock = r.clock.Add(consent.LongerLapse)
				return r.Sweep(ctx)
			},
		} {
			c, citizen, partner, until := r.longer(t)
			before := r.left(t)
			must(t, r.AskLonger(ctx, r.owner, c.ID, until))
			must(t, r.LongerYes(ctx, citizen, pin, until, read))
			if r.left(t) == before {
				t.Fatal("a question changes nothing: the comparison proves nothing")
			}
			must(t, end(c, partner))
			if after := r.left(t); after != before {
				t.Errorf("%s leaves\n%s\nbefore it there was\n%s", what, after, before)
			}
			wants(t, r.LongerYes(ctx, partner, "", until, read), consent.ErrClosed)
			if !r.shelf.moved.IsZero() {
				t.Errorf("after %s the end moved", what)
			}
		}
	})
}

func TestWhatClosesAlsoEndsTheQuestion(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for what, closes := range map[string]func(consent.Conversation, uuid.UUID) error{
			"pause":    func(_ consent.Conversation, id uuid.UUID) error { _, err := r.Pause(ctx, id); return err },
			"narrow":   func(_ consent.Conversation, id uuid.UUID) error { _, err := r.Narrow(ctx, id, nil); return err },
			"withdraw": func(_ consent.Conversation, id uuid.UUID) error { _, err := r.Withdraw(ctx, id); return err },
			"someone more": func(c consent.Conversation, _ uuid.UUID) error {
				_, _, err := r.Add(ctx, r.owner, c.ID, consent.NewParticipant{Role: consent.Companion})
				return err
			},
			"a recording erased": func(c consent.Conversation, _ uuid.UUID) error {
				_, err := r.RequestErasure(ctx, r.db, uuid.New(), c.ID, r.owner)
				return err
			},
		} {
			c, citizen, partner, until := r.longer(t)
			must(t, r.AskLonger(ctx, r.owner, c.ID, until))
			must(t, r.LongerYes(ctx, citizen, pin, until, read))
			must(t, closes(c, partner.ParticipantID))
			if n := r.count(t, "consent_extensions") + r.count(t, "consent_extension_answers"); n != 0 {
				t.Errorf("%s leaves %d rows of the question", what, n)
			}
		}
	})
}

func TestLinkAndCodeAloneKeepNothingLonger(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, citizen, partner, until := r.longer(t)
		must(t, r.AskLonger(ctx, r.owner, c.ID, until))
		_, byLink := r.sitting(t, r.tokenOf(t, c.ID))
		wants(t, r.LongerYes(ctx, byLink, "", until, read), consent.ErrPINWrong)
		partner.Method = consent.OwnDevice
		wants(t, r.LongerYes(ctx, partner, pin, until, read), consent.ErrNoPIN)
		wants(t, r.LongerYes(ctx, citizen, pin, until.Add(day), read), consent.ErrClosed) // not what is asked
		wants(t, r.AskLonger(ctx, r.other, c.ID, until), consent.ErrNotFound)
		wants(t, r.RegisterLongerYes(ctx, r.other, c.ID, citizen.ParticipantID, until, read), consent.ErrNotFound)
		if r.count(t, "consent_extension_answers") != 0 {
			t.Error("something was kept")
		}
	})
}

func TestNobodyIsAskedForMoreThanThereMayBe(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, _, _, until := r.longer(t)
		wants(t, r.AskLonger(ctx, r.owner, c.ID, until.Add(time.Hour)), consent.ErrInvalid)
		r.shelf.ends.Latest = r.shelf.ends.Last.Add(40 * day)
		found, err := r.Longer(ctx, c.ID)
		must(t, err)
		if len(found.Options) != 2 || !found.Options[1].Equal(r.shelf.ends.Latest) {
			t.Errorf("options %v, want one step and the latest there is", found.Options)
		}
		for _, latest := range []time.Time{r.shelf.ends.Last, r.shelf.ends.Last.Add(time.Hour)} {
			r.shelf.ends.Latest = latest
			if found, err = r.Longer(ctx, c.ID); err != nil || len(found.Options) != 0 {
				t.Errorf("options %v, %v; want none", found.Options, err)
			}
		}
		r.shelf.ends = consent.Ends{}
		wants(t, r.AskLonger(ctx, r.owner, c.ID, until), consent.ErrInvalid)
	})
}

func TestARepresentativeAnswersForWhomTheyRepresentAndEitherSaysNo(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c, err := r.Open(ctx, consent.NewConversation{OwnerID: r.owner, HeldAt: r.clock, Others: []consent.NewParticipant{
			{Role: consent.Citizen}, {Role: consent.Representative, Capacity: consent.Mentor, Told: true},
		}})
		must(t, err)
		citizen, mentor := c.Participants[0].ID, c.Participants[1].ID
		must(t, r.Yes(ctx, mentor, yes()))
		r.shelf.ends = consent.Ends{Last: r.clock.Add(60 * day), Latest: r.clock.Add(180 * day)}
		until := r.clock.Add(90 * day)
		must(t, r.AskLonger(ctx, r.owner, c.ID, until))
		spoken := read
		spoken.Method = "spoken"
		wants(t, r.RegisterLongerYes(ctx, r.owner, c.ID, citizen, until, spoken), consent.ErrRepresented)
		must(t, r.LongerNo(ctx, citizen))
		must(t, r.AskLonger(ctx, r.owner, c.ID, until))
		must(t, r.RegisterLongerYes(ctx, r.owner, c.ID, mentor, until, spoken))
		if !r.shelf.moved.Equal(until) {
			t.Error("the representative's yes did not move the end")
		}
		h, err := r.History(ctx, citizen)
		must(t, err)
		if last := h.Events[len(h.Events)-1]; last.Kind != "extended" || last.Method != "represented" || last.ByWhom != "klantmanager" {
			t.Errorf("the last event of the represented is %+v", last)
		}
	})
}
