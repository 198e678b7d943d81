package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// longerOf is what its klantmanager reads of keeping a conversation longer.
type longerOf struct {
	Longer *struct {
		Until   *time.Time
		Options []string
	}
	Participants []struct {
		ID             string
		RegisterLonger bool
	}
}

var hiddenUntil = regexp.MustCompile(`name="tot" value="([^"]+)"`)

// TestKeepingLongerTakesEveryonesNewYes walks it: asked, a yes by PIN and one that
// was spoken, and the end has moved for all; a no leaves all as it was.
func TestKeepingLongerTakesEveryonesNewYes(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen", "partner")
		citizen, ref := s.sitting(c.Participants[0].ConsentURL, "coach")
		partner := s.sayYes(c.Participants[1].ConsentURL, "coach")
		recording := noor.upload(c.ID, sampleFilm)
		noor.until("the film is there", func() bool {
			return decodeAs[struct{ State string }](t, noor.want(200, noor.get("/api/v1/recordings/"+recording))).State == "ready"
		})
		end := func() time.Time {
			return decodeAs[struct{ ExpiresAt time.Time }](t, noor.want(200, noor.get("/api/v1/recordings/"+recording))).ExpiresAt
		}
		read := func() longerOf {
			return decodeAs[longerOf](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID)))
		}
		question := "/api/v1/conversations/" + c.ID + "/longer"
		options := read().Longer.Options
		if len(options) != 2 {
			t.Fatalf("the options are %v", options)
		}
		ask := func(until string) answer { return noor.json("POST", question, map[string]string{"until": until}) }
		sem := s.as("sem")
		sem.wantCode(404, "not_found", sem.json("POST", question, map[string]string{"until": options[0]}))
		noor.wantCode(400, "invalid", ask("2126-01-01T00:00:00Z"))

		// A no by the link alone leaves all as it was.
		began, before := end(), s.told()
		noor.want(http.StatusNoContent, ask(options[0]))
		noor.wantCode(409, "already_asked", ask(options[1]))
		page := string(citizen.want(200, citizen.get("/toestemming")).body)
		until := hiddenUntil.FindStringSubmatch(page)
		if until == nil {
			t.Fatalf("the page does not ask: %.400s", page)
		}
		say := url.Values{"tot": {until[1]}, "pin": {chosenPIN}}
		citizen.want(http.StatusForbidden, citizen.choose(ref, "langer", url.Values{"tot": {until[1]}}))
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "langer", say))
		partnerRef, asked := partner.visit(c.Participants[1].ConsentURL)
		if hiddenUntil.MatchString(asked) || !strings.Contains(asked, "Ja zeggen kan hier alleen met een pincode") {
			t.Error("who has no PIN is offered a yes")
		}
		partner.want(http.StatusBadRequest, partner.choose(partnerRef, "niet-langer", url.Values{"vink": {"nodig"}}))
		partner.want(http.StatusSeeOther, partner.choose(partnerRef, "niet-langer", url.Values{"vink": {"nodig"}, "bevestig": {"ja"}}))
		if after := s.told(); after != before || !end().Equal(began) {
			t.Errorf("a no leaves\n%s\nbefore it there was\n%s", after, before)
		}
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "langer", say)) // nothing is asked any more
		if read().Longer.Until != nil {
			t.Error("the klantmanager is told of something else than what was before")
		}

		// Everyone's yes moves the end, and every receipt says so.
		noor.want(http.StatusNoContent, ask(options[1]))
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "langer", say)) // not what is asked now
		page = string(citizen.want(200, citizen.get("/toestemming")).body)
		say.Set("tot", hiddenUntil.FindStringSubmatch(page)[1])
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "langer", say))
		waiting := read()
		if waiting.Longer.Until == nil || !waiting.Participants[0].RegisterLonger || !waiting.Participants[1].RegisterLonger {
			t.Errorf("the klantmanager reads %+v; one state, whoever answered", waiting)
		}
		theirs := "/api/v1/conversations/" + c.ID + "/participants/" + c.Participants[1].ID + "/longer"
		if text := string(noor.want(200, noor.get(theirs+"?language=tr")).body); !strings.Contains(text, "Biri hayır derse") {
			t.Errorf("the question to read out is %s", text)
		}
		noor.want(http.StatusNoContent, noor.json("POST", theirs, map[string]string{
			"choice": "yes", "method": "spoken", "until": options[1], "language": "tr",
		}))
		if got := end().Sub(began); got < 59*24*time.Hour || got > 61*24*time.Hour {
			t.Errorf("the end moved by %v, want 60 days", got)
		}
		receipt := string(partner.want(200, partner.get("/toestemming/verklaring?taal=nl")).body)
		if !strings.Contains(receipt, "U liet ons de opname langer bewaren.") || !strings.Contains(receipt, "Daarna wissen we alles.") {
			t.Errorf("the receipt does not say that it is kept longer: %.600s", receipt)
		}
		if more := read().Longer; more.Until != nil || len(more.Options) == 0 {
			t.Errorf("after it the klantmanager reads %+v", more)
		}
	})
}

// told is everything that is kept, but for the number by which screens hear that
// a conversation changed, and what was watched or tried meanwhile.
func (s *system) told() string {
	s.t.Helper()
	must(s.t, s.db.Exec("UPDATE conversations SET version = 1").Error)
	return s.dump()
}
