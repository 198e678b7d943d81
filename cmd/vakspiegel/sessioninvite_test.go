package main

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vakspiegel/cmd/mail/mailtest"
	"vakspiegel/consent"
)

// mailed is what the calendar file of a letter has more than the one on the page.
func mailed(more map[string]string) map[string]string {
	more["ORGANIZER"] = "mailto:vakspiegel@voorbeeld.example"
	return more
}

// onlyIntervisie reads a calendar file strictly (RFC 5545) and holds that it says
// nothing of the session but when it is, at which address the product is, and more.
func onlyIntervisie(t *testing.T, file, site string, made together, more map[string]string) (values map[string]string) {
	t.Helper()
	var names []string
	values = map[string]string{}
	if !strings.HasSuffix(file, "\r\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\n") {
		t.Errorf("its lines do not end in CRLF: %q", file)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d octets", len(line))
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(file, "\r\n ", ""), "\r\n"), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		names = append(names, name)
		values[name] = value
	}
	slices.Sort(names)
	expected := map[string]string{"SUMMARY": "Intervisie", "URL": site + "/sessies", "METHOD": "PUBLISH", "VERSION": "2.0", "CLASS": "PRIVATE", "DESCRIPTION": site + "/sessies"}
	want := []string{"BEGIN", "BEGIN", "CLASS", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "END", "END", "METHOD", "PRODID", "SEQUENCE", "SUMMARY", "UID", "URL", "VERSION"}
	for name, value := range more {
		if expected[name] == "" {
			want = append(want, name)
		}
		expected[name] = value
	}
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("properties %v", names)
	}
	begins, err := time.Parse("20060102T150405Z", values["DTSTART"])
	must(t, err)
	ends, err := time.Parse("20060102T150405Z", values["DTEND"])
	must(t, err)
	if begins.Format(time.RFC3339) != made.StartsAt || ends.Sub(begins)%(30*time.Minute) != 0 || !ends.After(begins) {
		t.Errorf("from %s to %s, want from %s", begins, ends, made.StartsAt)
	}
	for name, want := range expected {
		if values[name] != want {
			t.Errorf("%s is %q, want %q", name, values[name], want)
		}
	}
	saysNothing(t, file, made)
	return values
}

// saysNothing: no title, question, name, protocol or id of a session.
func saysNothing(t *testing.T, text string, made together) {
	t.Helper()
	for _, secret := range []string{made.ID, made.Title, noteWords, "Noor", "Sem", "Daan", made.Protocol.ID} {
		if strings.Contains(text, secret) {
			t.Errorf("it says %q: %s", secret, text)
		}
	}
}

func TestTheCalendarSaysIntervisieAndNothingElse(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	made := noor.makeSession(peers(map[string]any{"title": "Wat " + noteWords + " doet", "startsAt": soon()}))
	path := "/api/v1/review-sessions/" + made.ID + "/calendar"
	file := noor.want(200, noor.get(path))
	if kind := file.Header.Get("Content-Type"); kind != "text/calendar; charset=utf-8" {
		t.Errorf("type %s", kind)
	}
	on := onlyIntervisie(t, string(file.body), noor.base, made, nil)
	other := s.as("fatima")
	other.wantCode(404, "not_found", other.get(path))
	noor.move(made.ID, "cancel", nil)
	off := map[string]string{"METHOD": "CANCEL", "STATUS": "CANCELLED"}
	follows(t, onlyIntervisie(t, string(noor.want(200, noor.get(path)).body), noor.base, made, off), on)
	undated := noor.makeSession(peers(nil))
	noor.wantCode(404, "not_found", noor.get("/api/v1/review-sessions/"+undated.ID+"/calendar"))
}

// letterOf is the text and the calendar file of a letter.
func letterOf(t *testing.T, letter mailtest.Letter) (subject, text, calendar string) {
	t.Helper()
	message, err := mail.ReadMessage(strings.NewReader(letter.Body))
	must(t, err)
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	must(t, err)
	parts := multipart.NewReader(message.Body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return message.Header.Get("Subject"), text, calendar
		}
		must(t, err)
		raw, err := io.ReadAll(part)
		must(t, err)
		if part.Header.Get("Content-Transfer-Encoding") == "base64" {
			raw, err = base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(string(raw)))
			must(t, err)
		}
		kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		must(t, err)
		if kind == "text/calendar" {
			if calendar = string(raw); !strings.Contains(calendar, "METHOD:"+params["method"]+"\r\n") {
				t.Errorf("sent as %q, which the file is not", params["method"])
			}
		} else {
			text = string(raw)
		}
	}
}

// Whoever signs in with an e-mail address is sent one letter when preparing begins
// or they are added, and another one when the moment changes.
func TestAnInvitationIsMailedOnceAndSaysNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		server, err := mailtest.Start(context.Background())
		must(t, err)
		t.Cleanup(func() { _ = server.Close() })
		g := planWith(t, p, func(settings *Settings) {
			settings.CoolingOff = 0
			settings.SMTPURL, settings.MailFrom = server.URL(), "Gemeente Voorbeeld <vakspiegel@voorbeeld.example>"
		}, "peers")
		made := g.noor.makeSession(peers(map[string]any{"startsAt": soon(), "fragments": []any{map[string]any{"recordingId": g.recording, "whole": true}}}))
		for _, login := range []string{"noor", "sem", "fatima"} { // daan signs in with something else
			must(t, g.db.Exec("UPDATE people SET login = ? WHERE id = ?", login+"@voorbeeld.example", id(login)).Error)
		}
		invite := func(want int) []mailtest.Letter {
			t.Helper()
			must(t, g.invite(context.Background()))
			must(t, g.invite(context.Background()))
			letters := server.Letters()
			if len(letters) != want {
				t.Fatalf("%d letters, want %d", len(letters), want)
			}
			return letters
		}
		invite(0)
		g.noor.move(made.ID, "open", nil)
		sequences := map[string]bool{}
		read := func(letter mailtest.Letter) {
			t.Helper()
			subject, text, calendar := letterOf(t, letter)
			if subject != "Intervisie" || !strings.HasPrefix(text, "Intervisie\r\n\r\n") || !strings.Contains(text, g.noor.base+"/sessies\r\n") {
				t.Errorf("a letter: %q %q", subject, text)
			}
			saysNothing(t, text, made)
			sequences[onlyIntervisie(t, calendar, g.noor.base, made, mailed(map[string]string{}))["SEQUENCE"]] = true
		}
		for _, letter := range invite(2) {
			read(letter)
		}
		now := g.noor.session(made.ID)
		for _, person := range now.People {
			if person.Mailed != (person.Name != "Daan") {
				t.Errorf("%s mailed: %v", person.Name, person.Mailed)
			}
		}
		change := func(body string) {
			t.Helper()
			header := map[string]string{"If-Match": `"` + strconv.Itoa(g.noor.session(made.ID).Version) + `"`, "Content-Type": "application/json"}
			made = decodeAs[together](t, g.noor.want(200, g.noor.send("PATCH", "/api/v1/review-sessions/"+made.ID, header, strings.NewReader(body))))
		}
		change(`{"participantIds":["` + strings.Join(ids("sem", "daan", "fatima"), `","`) + `"]}`)
		letters := invite(3)
		if !strings.Contains(letters[2].To, "fatima") {
			t.Errorf("the third letter went to another")
		}
		change(`{"startsAt":"` + time.Now().Add(50*time.Hour).UTC().Format(time.RFC3339) + `"}`)
		for _, letter := range invite(6)[3:] {
			read(letter)
		}
		if len(sequences) < 2 {
			t.Errorf("sequences %v", sequences)
		}
		// A server that does not take it: tried again.
		change(`{"startsAt":"` + time.Now().Add(52*time.Hour).UTC().Format(time.RFC3339) + `"}`)
		_ = server.Close()
		if err := g.invite(context.Background()); err == nil || strings.Contains(err.Error(), "voorbeeld.example") {
			t.Errorf("with the server gone: %v", err)
		}
		for _, person := range g.noor.session(made.ID).People {
			if person.Mailed {
				t.Errorf("%s counts as mailed", person.Name)
			}
		}
		if strings.Contains(g.log.String(), "@voorbeeld.example") {
			t.Error("the log names an address")
		}
	})
}

// stopping is a mail server that cannot be reached while the program is stopped.
type stopping struct{ stop context.CancelFunc }

func (s stopping) Send(context.Context, consent.Letter) error {
	s.stop()
	return consent.ErrMailUnavailable
}

// A letter that certainly did not go is sent by the next program, also when this one is
// stopped at that moment.
func TestALetterThatAStopKeptBackIsSentLater(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		g.ready(nil)
		must(t, g.db.Exec("UPDATE people SET login = 'sem@voorbeeld.example' WHERE id = ?", id("sem")).Error)
		owed := func() (owed int64) {
			must(t, g.db.Table("session_people").Where("mailed_at IS NULL").Count(&owed).Error)
			return owed
		}
		before := owed()
		ctx, stop := context.WithCancel(context.Background())
		if err := g.together.Invite(ctx, stopping{stop}, g.api.Invitation); !errors.Is(err, consent.ErrMailUnavailable) {
			t.Errorf("stopped while it is sent: %v", err)
		}
		if now := owed(); before == 0 || now != before {
			t.Errorf("%d letters are owed, and were %d", now, before)
		}
	})
}
