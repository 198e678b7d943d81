package main

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vakspiegel/cmd/mail/mailtest"
	"vakspiegel/consent"
)

const aMailbox = "inwoner-thuis@voorbeeld.example"

// mailing runs the program beside a mail server.
func mailing(t *testing.T, p pair) (*system, *mailtest.Server) {
	t.Helper()
	server, err := mailtest.Start(context.Background())
	must(t, err)
	t.Cleanup(func() { _ = server.Close() })
	s, _ := launch(t, p, func(settings *Settings) {
		settings.SMTPURL, settings.MailFrom = server.URL(), "Gemeente Voorbeeld <vakspiegel@voorbeeld.example>"
	})
	s.secrets.add(anEmail, aMailbox)
	return s, server
}

// TestAskingAheadSendsOneLetterAndKeepsNoAddress; that the address is in no table,
// file, log or answer the harness looks after.
func TestAskingAheadSendsOneLetterAndKeepsNoAddress(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, server := mailing(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen", "partner")
		send := func(n int, address string) answer {
			return noor.json("POST", "/api/v1/conversations/"+c.ID+"/participants/"+c.Participants[n].ID+"/mail",
				map[string]string{"address": address, "language": "tr"})
		}
		for _, wrong := range []string{"", "inwoner", "inwoner@thuis", "a@b.example, c@d.example", "Naam <a@b.example>", "a@b.example\r\nBcc: c@d.example"} {
			noor.want(http.StatusBadRequest, send(0, wrong))
		}
		server.Refuse("onbekend")
		noor.want(http.StatusBadRequest, send(0, "onbekend@voorbeeld.example"))
		noor.want(http.StatusNoContent, send(0, aMailbox))
		noor.wantCode(http.StatusConflict, "already_mailed", send(0, aMailbox))
		letters := server.Letters()
		if len(letters) != 1 || !strings.Contains(letters[0].To, aMailbox) {
			t.Fatalf("letters %+v", letters)
		}
		token := c.Participants[0].ConsentURL[strings.LastIndexByte(c.Participants[0].ConsentURL, '/')+1:]
		if body := strings.ReplaceAll(letters[0].Body, "=\r\n", ""); !strings.Contains(body, token) || strings.Contains(body, "Noor") {
			t.Errorf("the letter does not hold the link, or names someone: %s", body)
		}
		s.sayYes(c.Participants[0].ConsentURL)

		_ = server.Close()
		noor.wantCode(http.StatusServiceUnavailable, "mail_unavailable", send(1, aMailbox))
		got := decodeAs[struct {
			Participants []struct{ Mailed bool }
		}](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID)))
		if !got.Participants[0].Mailed || got.Participants[1].Mailed {
			t.Errorf("mailed %+v; want the first alone", got.Participants)
		}
		noor.want(http.StatusNoContent, noor.json("POST", "/api/v1/conversations/"+c.ID+"/handover", nil))
		noor.wantCode(http.StatusConflict, "already_mailed", send(1, aMailbox))
		s.as("daan").want(http.StatusNotFound, s.as("daan").json("POST", "/api/v1/conversations/"+c.ID+"/participants/"+c.Participants[1].ID+"/mail",
			map[string]string{"address": aMailbox, "language": "nl"}))
	})
}

func TestWithoutAMailServerNothingOffersMail(t *testing.T) {
	t.Parallel()
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	if body := string(noor.want(200, noor.get("/api/v1/settings")).body); strings.Contains(body, `"mail"`) {
		t.Errorf("settings offer mail: %s", body)
	}
	c := noor.ask("citizen")
	noor.wantCode(404, "not_found", noor.json("POST", "/api/v1/conversations/"+c.ID+"/participants/"+c.Participants[0].ID+"/mail",
		map[string]string{"address": aMailbox, "language": "nl"}))
	citizen := s.sayYes(c.Participants[0].ConsentURL)
	if page := string(citizen.want(200, citizen.get("/toestemming/klaar")).body); strings.Contains(page, "herinnering") {
		t.Error("the page offers a reminder")
	}
}

// TestTheReminderIsLeftInTheSittingAndCanBeTakenBack; when it is sent is the
// room's own test.
func TestTheReminderIsLeftInTheSittingAndCanBeTakenBack(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, server := mailing(t, p)
		noor := s.as("noor")
		link := noor.ask("citizen").Participants[0].ConsentURL
		sitting := s.browser()
		ref, _ := sitting.visit(link)
		sitting.want(http.StatusSeeOther, sitting.choose(ref, "ja", url.Values{"scope": {"coach"}}))
		leave := func(b *browser, address string) answer {
			return b.choose(ref, "herinnering", url.Values{"email": {address}, "bevestig": {"ja"}})
		}
		later := s.browser()
		later.visit(link)
		later.want(http.StatusForbidden, leave(later, aMailbox))
		sitting.want(http.StatusBadRequest, leave(sitting, "niets"))
		sitting.want(http.StatusSeeOther, leave(sitting, aMailbox))
		if page := string(sitting.want(200, sitting.get("/toestemming/klaar")).body); !strings.Contains(page, "U krijgt één bericht") {
			t.Error("the page does not say that a reminder will come")
		}
		must(t, s.remind(context.Background()))
		later.want(http.StatusSeeOther, later.choose(ref, "geen-herinnering", nil))
		var left int64
		must(t, s.db.Table("reminders").Count(&left).Error)
		if left != 0 || len(server.Letters()) != 0 {
			t.Errorf("%d addresses left, letters %+v", left, server.Letters())
		}
		letter, err := s.api.Reminder(consent.Reminder{Language: "ar", Opens: time.Now()})
		must(t, err)
		if strings.Contains(letter.Text+letter.HTML, "/c/") || !strings.Contains(letter.Text, "/code") {
			t.Errorf("the reminder holds a link, or not where to type the code: %s", letter.Text)
		}
		for _, l := range s.api.Texts.Languages() { // two text messages of 153 characters, or of 67 in other scripts, are four
			text, err := s.api.Reminder(consent.Reminder{Language: l.Tag, Opens: time.Now(), Telephone: true})
			must(t, err)
			if text.HTML != "" || !strings.Contains(text.Text, "/code") || utf8.RuneCountInString(text.Text) > 280 {
				t.Errorf("%s, as a text message of %d characters: %s", l.Tag, utf8.RuneCountInString(text.Text), text.Text)
			}
		}
	})
}
