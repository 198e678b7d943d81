package consent_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/consent"
)

// sitting opens the participant's link in a browser of its own.
func (r *room) sitting(t testing.TB, token string) (cookie string, sitting consent.Sitting) {
	t.Helper()
	cookie, err := r.OpenLink(ctx, token)
	must(t, err)
	return cookie, r.sit(t, cookie)
}

func (r *room) sit(t testing.TB, cookie string) consent.Sitting {
	t.Helper()
	sitting, err := r.Sit(ctx, cookie)
	must(t, err)
	return sitting
}

const pin = "480271"

// withPIN is a conversation with a citizen who said yes and chose a PIN.
func (r *room) withPIN(t testing.TB, scopes ...consent.Scope) (conversation, citizen uuid.UUID, cookie string) {
	t.Helper()
	c := r.ask(t, consent.Citizen)
	cookie, _ = r.sitting(t, c.Participants[0].Token)
	answer := yes(scopes...)
	answer.Cookie = cookie
	must(t, r.Yes(ctx, c.Participants[0].ID, answer))
	must(t, r.ChoosePIN(ctx, r.sit(t, cookie), pin, ""))
	return c.ID, c.Participants[0].ID, cookie
}

func TestAPINIsChosenInTheSittingOfTheYesAndInNoLaterOne(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		token, id := c.Participants[0].Token, c.Participants[0].ID
		cookie, before := r.sitting(t, token)
		wants(t, r.ChoosePIN(ctx, before, pin, ""), consent.ErrNoPIN)
		answer := yes()
		answer.Cookie = cookie
		must(t, r.Yes(ctx, id, answer))
		_, later := r.sitting(t, token)
		wants(t, r.ChoosePIN(ctx, later, pin, ""), consent.ErrNoPIN)
		must(t, r.ChoosePIN(ctx, r.sit(t, cookie), "۴۸۰ ۲۷۱", ""))
		// Also in the sitting another one takes the present: who finds the page open chooses none.
		wants(t, r.ChoosePIN(ctx, r.sit(t, cookie), "914406", ""), consent.ErrPINWrong)
		_, later = r.sitting(t, token)
		must(t, r.ChoosePIN(ctx, later, "914406", pin))
		wants(t, r.ChoosePIN(ctx, later, "730128", pin), consent.ErrPINWrong)
	})
}

func TestANoTakesThePINAlong(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		cookie, _ := r.sitting(t, c.Participants[0].Token)
		answer := yes(consent.Coach)
		answer.Cookie = cookie
		must(t, r.Yes(ctx, c.Participants[0].ID, answer))
		must(t, r.ChoosePIN(ctx, r.sit(t, cookie), pin, ""))
		wants(t, r.ChoosePIN(ctx, r.sit(t, cookie), "914406", "111222"), consent.ErrPINWrong)
		must(t, r.WishLookback(ctx, r.sit(t, cookie), ""))
		must(t, r.Refuse(ctx, c.Participants[1].ID))
		for _, table := range []string{"consent_pins", "pin_tries", "link_sessions", "consent_requests", "consent_events", "audit_entries"} {
			if n := r.count(t, table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
	})
}

func TestFiveTriesAnHourAndARightOneGivesNoMore(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, id, _ := r.withPIN(t)
		_, other, _ := r.withPIN(t)
		widen := func(id uuid.UUID, typed string) error { return r.Widen(ctx, id, typed, yes(consent.Coach)) }
		for range 4 {
			wants(t, widen(id, "111222"), consent.ErrPINWrong)
		}
		must(t, widen(id, pin))
		wants(t, widen(id, "111222"), consent.ErrPINWrong)
		wants(t, widen(id, pin), consent.ErrPINWait)
		must(t, widen(other, pin))
		r.clock = r.clock.Add(59 * time.Minute)
		wants(t, widen(id, pin), consent.ErrPINWait)
		r.clock = r.clock.Add(2 * time.Minute)
		must(t, widen(id, pin))
	})
}

func TestOfTenThousandPINsFiveAreLookedAt(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, id, _ := r.withPIN(t)
		_, other, _ := r.withPIN(t)
		looked := 0
		for n := range 10_000 {
			typed := fmt.Sprintf("%06d", 111_112+n) // none is pin
			err := r.Widen(ctx, id, typed, yes(consent.Coach))
			switch {
			case errors.Is(err, consent.ErrPINWrong):
				looked++
			case !errors.Is(err, consent.ErrPINWait):
				t.Fatalf("try %d: %v", n, err)
			}
		}
		if looked != 5 {
			t.Errorf("%d of the tries were looked at", looked)
		}
		wants(t, r.Widen(ctx, id, pin, yes(consent.Coach)), consent.ErrPINWait)
		must(t, r.Widen(ctx, other, pin, yes(consent.Coach)))
	})
}

// Someone who has the link and all the time there is.
func TestAPINThatIsGuessedAtForDaysIsGone(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, id, _ := r.withPIN(t, consent.Coach)
		for n := range 30 {
			if n%5 == 0 && n > 0 {
				wants(t, r.Widen(ctx, id, pin, yes(consent.Peers)), consent.ErrPINWait)
				r.clock = r.clock.Add(time.Hour + time.Minute)
				must(t, r.Sweep(ctx))
			}
			wants(t, r.Widen(ctx, id, "111222", yes(consent.Peers)), consent.ErrPINWrong)
		}
		wants(t, r.Widen(ctx, id, pin, yes(consent.Peers)), consent.ErrNoPIN)
	})
}

func TestManyTriesAtOnceAreNoMoreThanFive(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, id, _ := r.withPIN(t)
		var group sync.WaitGroup
		wrong := make(chan error, 20)
		for range 20 {
			group.Go(func() { wrong <- r.Widen(ctx, id, "111222", yes(consent.Coach)) })
		}
		group.Wait()
		close(wrong)
		looked := 0
		for err := range wrong {
			if errors.Is(err, consent.ErrPINWrong) {
				looked++
			} else if !errors.Is(err, consent.ErrPINWait) {
				t.Error(err)
			}
		}
		if looked != 5 {
			t.Errorf("%d PINs were looked at, want 5", looked)
		}
	})
}

func TestWideningIsANewYesOfOnesOwn(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		conversation, id, _ := r.withPIN(t, consent.Coach)
		r.clock = r.clock.Add(80 * time.Hour)
		answer := yes(consent.Peers)
		answer.TextVersion, answer.TextHash, answer.Language = "v2", "def", "tr"
		wants(t, r.Widen(ctx, id, "111222", answer), consent.ErrPINWrong)
		must(t, r.Widen(ctx, id, pin, answer))
		must(t, r.Widen(ctx, id, pin, answer)) // changes nothing more
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{conversation})
		must(t, err)
		if f := facts[conversation]; f.Scopes.String() != "coach peers" || !f.Since.Equal(r.clock) {
			t.Errorf("scopes %q since %v; want coach peers since the new yes", f.Scopes, f.Since)
		}
		var events []struct{ Kind, Scopes, TextVersion, TextHash, Language string }
		must(t, r.db.Table("consent_events").Where("record_id = ?", id).Order("seq").Find(&events).Error)
		if len(events) != 2 || events[1].Kind != "widened" || events[1].Scopes != "coach peers" ||
			events[1].TextVersion+events[1].TextHash+events[1].Language != "v2deftr" {
			t.Errorf("events %+v", events)
		}
	})
}

func TestWhatCountsAfterAWideningIsStillWhatAllAllow(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen, consent.Partner)
		cookie, _ := r.sitting(t, c.Participants[0].Token)
		answer := yes()
		answer.Cookie = cookie
		must(t, r.Yes(ctx, c.Participants[0].ID, answer))
		must(t, r.ChoosePIN(ctx, r.sit(t, cookie), pin, ""))
		must(t, r.Yes(ctx, c.Participants[1].ID, yes(consent.Coach)))
		must(t, r.Widen(ctx, c.Participants[0].ID, pin, yes(consent.AllScopes()...)))
		facts, err := r.Facts(ctx, r.db, []uuid.UUID{c.ID})
		must(t, err)
		if got := facts[c.ID].Scopes.String(); got != "coach" {
			t.Errorf("scopes %q, want coach", got)
		}
		wants(t, r.Widen(ctx, c.Participants[1].ID, pin, yes(consent.Peers)), consent.ErrNoPIN)
	})
}

// TestANarrowingInTheLedgerIsNotReplayedOntoAWidening: the ledger is replayed at
// every start and on a timer.
func TestANarrowingInTheLedgerIsNotReplayedOntoAWidening(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		conversation, id, _ := r.withPIN(t, consent.Coach, consent.Peers)
		scopes := func() string {
			facts, err := r.Facts(ctx, r.db, []uuid.UUID{conversation})
			must(t, err)
			return facts[conversation].Scopes.String()
		}
		replay := func() {
			for _, closing := range r.ledger.all() {
				must(t, r.CloseFromLedger(ctx, closing))
			}
		}
		_, err := r.Narrow(ctx, id, consent.Scopes{consent.Coach})
		must(t, err)
		r.clock = r.clock.Add(time.Minute)
		must(t, r.Widen(ctx, id, pin, yes(consent.Peers)))
		replay()
		replay()
		if got := scopes(); got != "coach peers" {
			t.Errorf("after narrow, widen and a start: %q; the widening is lost", got)
		}
		// A restored database from before both knows neither event: the narrowing wins.
		restore := func() {
			must(t, r.db.Exec("UPDATE consent_records SET scopes = 'coach peers', version = 1 WHERE id = ?", id).Error)
			r.forgetEvents(t, id)
		}
		restore()
		replay()
		if got := scopes(); got != "coach" {
			t.Errorf("on a restored database: %q, want coach", got)
		}
		must(t, r.Widen(ctx, id, pin, yes(consent.Peers)))
		replay()
		if got := scopes(); got != "coach peers" {
			t.Errorf("widened again after the restore: %q", got)
		}
	})
}

func TestTheWishToLookBackIsNoScope(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		conversation, id, cookie := r.withPIN(t, consent.Coach)
		_, later := r.sitting(t, r.tokenOf(t, conversation))
		wants(t, r.WishLookback(ctx, later, "111222"), consent.ErrPINWrong)
		must(t, r.WishLookback(ctx, r.sit(t, cookie), ""))
		got, err := r.Get(ctx, r.owner, conversation)
		must(t, err)
		if !got.Lookback || got.Scopes.String() != "coach" || !r.sit(t, cookie).Lookback {
			t.Errorf("lookback %v, scopes %q", got.Lookback, got.Scopes)
		}
		_, err = r.DropLookback(ctx, id)
		must(t, err)
		must(t, r.WishLookback(ctx, later, pin))
		for _, closing := range r.ledger.all() {
			must(t, r.CloseFromLedger(ctx, closing))
		}
		if got, err = r.Get(ctx, r.owner, conversation); err != nil || !got.Lookback || got.Scopes.String() != "coach" {
			t.Errorf("wished again and replayed: %v, %q, %v", got.Lookback, got.Scopes, err)
		}
	})
}

func TestOnlyThoseItIsAboutWishToLookBack(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Interpreter)
		cookie, _ := r.sitting(t, c.Participants[0].Token)
		answer := yes()
		answer.Cookie = cookie
		must(t, r.Yes(ctx, c.Participants[0].ID, answer))
		wants(t, r.WishLookback(ctx, r.sit(t, cookie), ""), consent.ErrInvalid)
	})
}

func TestASecondYesCountsOnlyAfterTheCoolingOff(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		conversation, id, _ := r.withPIN(t, consent.Coach)
		again := func() bool {
			facts, err := r.Facts(ctx, r.db, []uuid.UUID{conversation})
			must(t, err)
			return facts[conversation].SaidYesAgain(r.CoolingOff)
		}
		wants(t, r.SecondYes(ctx, id, pin, read), consent.ErrTooSoon)
		r.clock = r.clock.Add(r.CoolingOff)
		wants(t, r.SecondYes(ctx, id, "111222", read), consent.ErrPINWrong)
		if again() {
			t.Error("a second yes before there was one")
		}
		must(t, r.SecondYes(ctx, id, pin, read))
		if !again() {
			t.Error("the second yes does not count")
		}
		must(t, r.Widen(ctx, id, pin, yes(consent.Peers)))
		if again() {
			t.Error("a yes to more did not begin the cooling-off anew")
		}
	})
}

func TestTrivialPINsAreRefused(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.ask(t, consent.Citizen)
		cookie, _ := r.sitting(t, c.Participants[0].Token)
		answer := yes()
		answer.Cookie = cookie
		must(t, r.Yes(ctx, c.Participants[0].ID, answer))
		for _, typed := range []string{"", "12345", "1234567", "000000", "777777", "123456", "654321", "890123", "210987", "121212", "123123", "１２３４５６", "abcdef"} {
			wants(t, r.ChoosePIN(ctx, r.sit(t, cookie), typed, ""), consent.ErrPINWeak)
		}
	})
}
