package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"vakspiegel/cmd/mail/mailtest"
	"vakspiegel/consent"
	"vakspiegel/policies"
)

// inviting is a program that mails, with a session of noor, sem, daan and fatima
// that is prepared. Daan signs in with no e-mail address.
type inviting struct {
	*planning
	mail *mailtest.Server
	made together
}

func newInviting(t *testing.T, p pair) *inviting {
	t.Helper()
	server, err := mailtest.Start(context.Background())
	must(t, err)
	t.Cleanup(func() { _ = server.Close() })
	g := &inviting{mail: server, planning: planWith(t, p, func(settings *Settings) {
		settings.CoolingOff = 0
		settings.SMTPURL, settings.MailFrom = server.URL(), "Gemeente Voorbeeld <vakspiegel@voorbeeld.example>"
	}, "peers")}
	for _, login := range []string{"noor", "sem", "fatima"} {
		must(t, g.db.Exec("UPDATE people SET login = ? WHERE id = ?", login+"@voorbeeld.example", id(login)).Error)
	}
	made := g.noor.makeSession(peers(map[string]any{
		"participantIds": ids("sem", "daan", "fatima"), "startsAt": soon(), "fragments": []any{map[string]any{"recordingId": g.recording, "whole": true}},
	}))
	g.made = g.noor.move(made.ID, "open", nil)
	return g
}

// letters are the new ones that go when the post is done, twice, with a letter.
func (g *inviting) letters(want int) []mailtest.Letter {
	g.t.Helper()
	before := len(g.mail.Letters())
	must(g.t, g.invite(context.Background()))
	must(g.t, g.invite(context.Background()))
	letters := g.mail.Letters()[before:]
	if len(letters) != want {
		g.t.Fatalf("%d letters, want %d", len(letters), want)
	}
	return letters
}

func (g *inviting) change(body string) {
	g.t.Helper()
	header := map[string]string{"If-Match": `"` + strconv.Itoa(g.noor.session(g.made.ID).Version) + `"`, "Content-Type": "application/json"}
	g.made = decodeAs[together](g.t, g.noor.want(200, g.noor.send("PATCH", "/api/v1/review-sessions/"+g.made.ID, header, strings.NewReader(body))))
}

func (g *inviting) people(logins ...string) {
	g.t.Helper()
	g.change(`{"participantIds":["` + strings.Join(ids(logins...), `","`) + `"]}`)
}

// invites holds that a letter invites, and answers its file.
func (g *inviting) invites(letter mailtest.Letter) map[string]string {
	g.t.Helper()
	return g.says(letter, "Intervisie", map[string]string{})
}

// callsOff holds that a letter calls off, and answers its file.
func (g *inviting) callsOff(letter mailtest.Letter) map[string]string {
	g.t.Helper()
	return g.says(letter, "Intervisie gaat niet door", map[string]string{"METHOD": "CANCEL", "STATUS": "CANCELLED"})
}

func (g *inviting) says(letter mailtest.Letter, title string, file map[string]string) map[string]string {
	g.t.Helper()
	subject, text, calendar := letterOf(g.t, letter)
	at, err := time.Parse(time.RFC3339, g.made.StartsAt)
	must(g.t, err)
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	must(g.t, err)
	want := title + "\r\n\r\n" + at.In(amsterdam).Format("02-01-2006 15:04") + "\r\n" + g.noor.base + "/sessies\r\n"
	if subject != title || text != want {
		g.t.Errorf("a letter: %q %q, want %q", subject, text, want)
	}
	saysNothing(g.t, text, g.made)
	return onlyIntervisie(g.t, calendar, g.noor.base, g.made, mailed(file))
}

// refusing is a mail server that takes nothing.
type refusing struct{}

func (refusing) Send(context.Context, consent.Letter) error { return consent.ErrMailUnavailable }

// follows holds that one file changes what another one said, by RFC 5546, 2.1.4.
func follows(t *testing.T, later, earlier map[string]string) {
	t.Helper()
	before, err := strconv.Atoi(earlier["SEQUENCE"])
	must(t, err)
	after, err := strconv.Atoi(later["SEQUENCE"])
	must(t, err)
	if later["UID"] != earlier["UID"] || after <= before {
		t.Errorf("%s %d after %s %d", later["UID"], after, earlier["UID"], before)
	}
}

func TestWhoWasInvitedHearsOnceThatItIsOff(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := newInviting(t, p)
		invited := g.invites(g.letters(3)[0])
		g.people("sem", "daan")
		g.letters(1) // fatima's; see the next test
		g.noor.move(g.made.ID, "cancel", nil)
		var wait sync.WaitGroup
		for range 4 { // as several processes do it
			wait.Go(func() { _ = g.invite(context.Background()) })
		}
		wait.Wait()
		g.letters(0)
		letters := g.mail.Letters()
		if len(letters) != 6 {
			t.Fatalf("%d letters, want two more", len(letters)-4)
		}
		for i, to := range []string{"noor", "sem"} {
			follows(t, g.callsOff(letters[4+i]), invited)
			if other := letters[4].To + letters[5].To; !strings.Contains(other, to) {
				t.Errorf("not to %s: %s", to, other)
			}
		}
		if strings.Contains(g.log.String(), "@voorbeeld.example") {
			t.Error("the log names an address")
		}
	})
}

func TestWhoIsTakenOutHearsThatItIsOffUnlessTheyAreBack(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := newInviting(t, p)
		invited := g.invites(g.letters(3)[0])
		g.people("daan", "fatima")
		g.people("sem", "daan", "fatima")
		back := g.letters(1)
		if follows(t, g.invites(back[0]), invited); !strings.Contains(back[0].To, "sem") {
			t.Errorf("to %s", back[0].To)
		}
		g.people("daan", "fatima")
		out := g.letters(1)
		off := g.callsOff(out[0])
		if follows(t, off, g.invites(back[0])); !strings.Contains(out[0].To, "sem") {
			t.Errorf("to %s", out[0].To)
		}
		g.people("sem", "daan", "fatima")
		follows(t, g.invites(g.letters(1)[0]), off)
	})
}

func TestAMovedSessionInvitesAnewAndOneThatIsNotMovedDoesNot(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := newInviting(t, p)
		invited, before := g.invites(g.letters(3)[0]), g.made
		g.change(`{"title":"Een andere titel","startsAt":"` + g.made.StartsAt + `"}`)
		g.letters(0)
		g.change(`{"startsAt":"` + time.Now().Add(72*time.Hour).UTC().Format(time.RFC3339) + `"}`)
		for _, letter := range g.letters(3) {
			follows(t, g.invites(letter), invited)
		}
		// Who was not told of another moment yet hears that what they know is off.
		moved := g.made
		g.change(`{"startsAt":"` + time.Now().Add(96*time.Hour).UTC().Format(time.RFC3339) + `"}`)
		g.noor.move(g.made.ID, "cancel", nil)
		if g.made = moved; before.StartsAt == moved.StartsAt {
			t.Fatal("it was not moved")
		}
		for _, letter := range g.letters(3) {
			follows(t, g.callsOff(letter), invited)
		}
	})
}

func TestWhoEvaluatesOneOfThemIsNotWrittenToAnyMore(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := newInviting(t, p)
		g.letters(3)
		_, err := g.system.people.RecordEvaluator(context.Background(), policies.DemoID("sem"), policies.DemoID("daan"), time.Now(), nil)
		must(t, err)
		g.noor.move(g.made.ID, "cancel", nil)
		for _, letter := range g.letters(2) {
			if g.callsOff(letter); strings.Contains(letter.To, "sem") {
				t.Error("an evaluator was written to")
			}
		}
	})
}

// What certainly did not go is tried again; what may have gone is not.
func TestACallingOffIsTriedAgainOnlyIfItDidNotGo(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := newInviting(t, p)
		invited := g.invites(g.letters(3)[0])
		g.people("daan", "fatima")
		must(t, g.db.Exec("UPDATE people SET login = ? WHERE id = ?", "sem@weg.example", id("sem")).Error)
		g.mail.HangUp(true)
		if err := g.invite(context.Background()); err == nil || strings.Contains(err.Error(), "weg.example") {
			t.Errorf("with a server that hangs up: %v", err)
		}
		g.mail.HangUp(false)
		g.letters(0)
		g.noor.move(g.made.ID, "cancel", nil)
		if err := g.together.CallOff(context.Background(), refusing{}, g.api.CallOff); !errors.Is(err, consent.ErrMailUnavailable) {
			t.Errorf("with a server that takes nothing: %v", err)
		}
		for _, letter := range g.letters(2) {
			follows(t, g.callsOff(letter), invited)
		}
	})
}

// A session that people were asked to hears of its last recording's going as of
// any other calling off. Its row waits for the letters, without a word in it.
func TestWhoWasInvitedHearsThatItIsOffWhenTheLastRecordingGoes(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := newInviting(t, p)
		g.letters(3)
		g.citizen.want(303, g.citizen.withdraw(g.link))
		g.noor.until("it is called off", func() bool { return g.noor.session(g.made.ID).State == "cancelled" })
		if now := g.noor.session(g.made.ID); !now.Emptied || now.Title != "Intervisie" || now.LearningQuestion != "" {
			t.Errorf("what waits for its letters: %+v", now)
		}
		g.keysAreGone()
		wordsAreNowhere(t, g.system)
		for _, letter := range g.letters(3) {
			g.callsOff(letter)
		}
		g.noor.until("its row is gone", func() bool { return g.count("review_sessions") == 0 })
		g.nothingNames(g.made.ID)
	})
}

// What is left of a session whose last recording is gone waits for its letters, with
// nothing that could be read, and goes with the last of them.
func TestASessionWhoseLastRecordingIsGoneIsCalledOffAndThenGone(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := newInviting(t, p)
		invited := g.invites(g.letters(3)[0])
		g.citizen.want(303, g.citizen.withdraw(g.link))
		g.noor.until("it is off, and its words are gone", func() bool {
			now := g.noor.session(g.made.ID)
			return now.State == "cancelled" && now.Emptied
		})
		g.keysAreGone()
		for _, letter := range g.letters(3) {
			follows(t, g.callsOff(letter), invited)
		}
		g.noor.until("nothing is left of it", func() bool { return g.count("review_sessions") == 0 && g.count("session_people") == 0 })
		wordsAreNowhere(t, g.system)
	})
}
