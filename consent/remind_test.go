package consent_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"vakspiegel/consent"
)

// mailbox takes letters, or answers with an error.
type mailbox struct {
	mu      sync.Mutex
	letters []consent.Letter
	err     error
}

func (m *mailbox) Send(_ context.Context, letter consent.Letter) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil {
		m.letters = append(m.letters, letter)
	}
	return m.err
}

func writeLetter(consent.Reminder) (consent.Letter, error) {
	return consent.Letter{Subject: "Een bericht", Text: "…"}, nil
}

const home = "inwoner@voorbeeld.example"

func (r *room) remind(t testing.TB, m *mailbox) {
	t.Helper()
	if err := r.Remind(ctx, m, writeLetter); err != nil && m.err == nil {
		t.Fatal(err)
	}
}

func TestOneReminderGoesShortlyBeforeOthersMayLook(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, _, cookie := r.withPIN(t, consent.Coach)
		given := r.clock
		wants(t, r.KeepReminder(ctx, r.sit(t, cookie), "niets", "tr"), consent.ErrMailAddress)
		must(t, r.KeepReminder(ctx, r.sit(t, cookie), home, "tr"))
		var m mailbox
		for _, after := range []time.Duration{0, time.Hour, 59 * time.Hour} {
			r.clock = given.Add(after)
			r.remind(t, &m)
			if len(m.letters) != 0 {
				t.Fatalf("a reminder after %v", after)
			}
		}
		r.clock = given.Add(61 * time.Hour)
		// Several processes find it at the same time: one claims it.
		var group sync.WaitGroup
		start := make(chan struct{})
		for range 8 {
			group.Go(func() {
				<-start
				r.remind(t, &m)
			})
		}
		close(start)
		group.Wait()
		r.remind(t, &m)
		if len(m.letters) != 1 || m.letters[0].To != home || m.letters[0].Language != "tr" {
			t.Errorf("letters %+v, want one in Turkish", m.letters)
		}
		if n := r.count(t, "reminders"); n != 0 {
			t.Errorf("%d addresses left after sending", n)
		}
	})
}

func TestAReminderIsTriedAgainOnlyWhenItCertainlyDidNotGo(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for err, left := range map[error]int64{consent.ErrMailUnavailable: 1, consent.ErrMailUnsure: 0, consent.ErrMailAddress: 0} {
			_, id, cookie := r.withPIN(t, consent.Coach)
			must(t, r.KeepReminder(ctx, r.sit(t, cookie), home, "nl"))
			given := r.clock
			r.clock = given.Add(61 * time.Hour)
			m := mailbox{err: err}
			r.remind(t, &m)
			if n := r.count(t, "reminders"); n != left {
				t.Errorf("%v: %d addresses kept, want %d", err, n, left)
			}
			r.clock = given.Add(62 * time.Hour)
			m.err = nil
			r.remind(t, &m)
			if len(m.letters) != int(left) {
				t.Errorf("%v: %d letters at the second try, want %d", err, len(m.letters), left)
			}
			must(t, r.DropReminder(ctx, id))
		}
	})
}

func TestAWithdrawalErasesTheAddressAndNobodyIsReminded(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, id, cookie := r.withPIN(t, consent.Coach)
		must(t, r.KeepReminder(ctx, r.sit(t, cookie), home, "nl"))
		_, err := r.Withdraw(ctx, id)
		must(t, err)
		if n := r.count(t, "reminders"); n != 0 {
			t.Errorf("%d addresses left after a withdrawal", n)
		}
		// Too late to be of use: erased unsent.
		_, _, cookie = r.withPIN(t, consent.Coach)
		must(t, r.KeepReminder(ctx, r.sit(t, cookie), home, "nl"))
		r.clock = r.clock.Add(73 * time.Hour)
		var m mailbox
		r.remind(t, &m)
		if n := r.count(t, "reminders"); n != 0 || len(m.letters) != 0 {
			t.Errorf("%d addresses left, %d letters after others may look", n, len(m.letters))
		}
	})
}

func TestAReminderIsKeptInTheSittingOfTheYesAlone(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		conversation, _, _ := r.withPIN(t)
		_, later := r.sitting(t, r.tokenOf(t, conversation))
		wants(t, r.KeepReminder(ctx, later, home, "nl"), consent.ErrNoPIN)
	})
}

func TestATelephoneNumberIsReadAsPeopleTypeIt(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.SMSGateway = "sms.voorbeeld.example"
		for typed, want := range map[string]string{
			"06 1234 5678": "31612345678", "06-12345678": "31612345678", "(06) 12.34.56.78": "31612345678", "+31 6 1234 5678": "31612345678",
			"0031612345678": "31612345678", "٠٦١٢٣٤٥٦٧٨": "31612345678", "+48 601 234 567": "48601234567",
			"12345678": "", "06 12": "", "+0612345678": "", "06 1234 5678 of later": "", "+316123456789012345": "", "": "",
		} {
			_, _, cookie := r.withPIN(t, consent.Coach)
			given := r.clock
			err := r.KeepReminder(ctx, r.sit(t, cookie), typed, "nl")
			if want == "" {
				wants(t, err, consent.ErrMailAddress)
				continue
			}
			must(t, err)
			var m mailbox
			var due consent.Reminder
			r.clock = given.Add(61 * time.Hour)
			must(t, r.Remind(ctx, &m, func(d consent.Reminder) (consent.Letter, error) { due = d; return writeLetter(d) }))
			if len(m.letters) != 1 || m.letters[0].To != want+"@sms.voorbeeld.example" || !due.Telephone {
				t.Errorf("%q: %+v, as a text message: %v", typed, m.letters, due.Telephone)
			}
		}
	})
}

func TestWithoutAGatewayATelephoneNumberIsNoAddress(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		_, _, cookie := r.withPIN(t, consent.Coach)
		wants(t, r.KeepReminder(ctx, r.sit(t, cookie), "06 1234 5678", "nl"), consent.ErrMailAddress)
	})
}
