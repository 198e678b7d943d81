package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestItsKlantmanagerIsAskedAndIsDone walks "Nog nodig?" and "Klaar met leren".
func TestItsKlantmanagerIsAskedAndIsDone(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, func(settings *Settings) { settings.AskAfter = time.Second })
		noor := s.as("noor")
		c, citizen := s.given(noor)
		id := noor.upload(c.ID, sampleFilm)
		url := "/api/v1/recordings/" + id
		notice := func() string {
			return decodeAs[struct{ Notice string }](t, noor.want(200, noor.get(url))).Notice
		}
		noor.until("asked whether it is still needed", func() bool { return notice() == "still_needed" })
		s.as("sem").wantCode(404, "not_found", s.as("sem").send("POST", url+"/still-needed", nil, nil))
		noor.want(http.StatusNoContent, noor.send("POST", url+"/still-needed", nil, nil))
		noor.until("asked again after as long", func() bool { return notice() == "still_needed" })
		noor.want(http.StatusAccepted, noor.send("DELETE", url, nil, nil))
		noor.wantCode(404, "not_found", noor.send("POST", url+"/still-needed", nil, nil))
		noor.until("all of it is gone, also the conversation", func() bool {
			return s.count("recordings") == 0 && s.count("conversations") == 0
		})
		list := string(noor.want(200, noor.get("/api/v1/conversations")).body)
		if !strings.Contains(list, `"state":"erased"`) || strings.Contains(list, c.ID) {
			t.Errorf("the list after it: %s", list)
		}
		if _, page := citizen.visit(c.Participants[0].ConsentURL); !strings.Contains(page, "Deze opname is gewist") {
			t.Error("the citizen does not read that it was erased")
		}
	})
}

func TestTheBoxForOtherColleaguesIsThereOnlyWhereTheMunicipalityUsesIt(t *testing.T) {
	for _, used := range []bool{false, true} {
		s, _ := launch(t, sqlitePair(t), func(settings *Settings) { settings.Training = used })
		noor := s.as("noor")
		c := noor.ask("citizen")
		_, page := s.browser().visit(c.Participants[0].ConsentURL)
		if strings.Contains(page, `value="training"`) != used {
			t.Errorf("used %v, but the page says otherwise", used)
		}
		s.sayYes(c.Participants[0].ConsentURL, "coach", "training") // a form may say anything
		given := decodeAs[conversation](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID)))
		if got := strings.Join(given.Scopes, " "); got != map[bool]string{false: "coach", true: "coach training"}[used] {
			t.Errorf("used %v: %s", used, got)
		}
	}
}

// TestNoCoolingOffMeansNone: in every room, not only on the pages.
func TestNoCoolingOffMeansNone(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, func(settings *Settings) { settings.CoolingOff = 0 })
		noor := s.as("noor")
		c, _ := s.given(noor)
		id := noor.upload(c.ID, sampleFilm)
		recording := decodeAs[struct{ SharingOpensAt time.Time }](t, noor.want(200, noor.get("/api/v1/recordings/"+id)))
		conversation := decodeAs[struct{ HeldAt time.Time }](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID)))
		// The last yes, or the end of the conversation, whichever is later.
		if wait := recording.SharingOpensAt.Sub(conversation.HeldAt); wait >= time.Hour {
			t.Errorf("others may look %v after the conversation", wait)
		}
	})
}
