package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestAPauseStopsLookingAtOnceAndItsMakerLiftsIt: nobody looks, nothing is
// erased, and after lifting it is as it was.
func TestAPauseStopsLookingAtOnceAndItsMakerLiftsIt(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen")
		citizen := s.sayYes(c.Participants[0].ConsentURL, "coach")
		id := noor.upload(c.ID, longFilm)
		recording := "/api/v1/recordings/" + id
		noor.want(201, noor.json("POST", recording+"/annotations", map[string]any{"startMs": 1, "kind": "question", "body": "?"}))

		stream := openStream(t, noor, recording+"/video")
		ref, page := citizen.visit(c.Participants[0].ConsentURL)
		if !strings.Contains(page, `value="stil"`) {
			t.Fatal("the citizen's page does not offer a pause")
		}
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "stil", nil))
		if n, err := io.Copy(io.Discard, stream); err == nil {
			t.Errorf("the running stream went on to its end, %d more bytes", n)
		}
		for _, path := range []string{"/video", "/annotations"} {
			noor.wantCode(404, "not_found", noor.get(recording+path))
		}
		got := decodeAs[struct {
			Paused bool
			Can    struct{ Watch, Annotate, Erase bool }
		}](t, noor.want(200, noor.get(recording)))
		if !got.Paused || got.Can.Watch || got.Can.Annotate || !got.Can.Erase {
			t.Errorf("the owner sees %+v; want paused, and only to be erased", got)
		}
		noor.wantCode(404, "not_found", noor.createUpload(c.ID, 1000))
		talk := decodeAs[struct{ Can struct{ Upload bool } }](t, noor.want(200, noor.get("/api/v1/conversations/"+c.ID)))
		if talk.Can.Upload {
			t.Error("the screen offers to add a film while everything is paused")
		}

		ref, page = citizen.visit(c.Participants[0].ConsentURL)
		if !strings.Contains(page, `value="verder"`) {
			t.Fatal("the citizen's page does not offer to lift the pause")
		}
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "verder", nil))
		if whole := noor.want(200, noor.get(recording+"/video")); !bytes.Equal(whole.body, longFilm) {
			t.Error("after the pause the film is not what it was")
		}
		noor.want(200, noor.get(recording+"/annotations"))
	})
}

// The others see that it stands still, and not who wished it.
func TestAPauseIsSeenByTheOthersWithoutWho(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		c := s.as("noor").ask("citizen", "partner", "interpreter")
		var people []*browser
		for _, participant := range c.Participants {
			people = append(people, s.sayYes(participant.ConsentURL))
		}
		const stands = "Iemand heeft de opname stilgezet. Niemand kan kijken."
		said := func(b *browser) bool {
			return strings.Contains(string(b.want(200, b.get("/toestemming")).body), stands)
		}
		people[1].want(http.StatusSeeOther, people[1].choose(c.Participants[1].ID, "stil", nil))
		citizen, interpreter := people[0].get("/toestemming"), people[2].get("/toestemming")
		if !strings.Contains(string(citizen.body), stands) || !strings.Contains(string(interpreter.body), stands) || said(people[1]) {
			t.Error("the others do not read that it stands still, or the one who wished it reads of someone else")
		}
		if strings.Contains(strings.ToLower(string(citizen.body)), "partner") {
			t.Error("the page tells who it was")
		}
		people[0].want(http.StatusSeeOther, people[0].choose(c.Participants[0].ID, "stil", nil))
		people[1].want(http.StatusSeeOther, people[1].choose(c.Participants[1].ID, "verder", nil))
		if !said(people[1]) {
			t.Error("who lifts their own pause is not told of another's")
		}
		people[0].want(http.StatusSeeOther, people[0].choose(c.Participants[0].ID, "verder", nil))
		if said(people[1]) || said(people[2]) {
			t.Error("nobody paused, and it stands still")
		}
	})
}

// Whatever the cause, those who did not end it themselves read the same.
func TestThereIsOneEndingWhateverTheCause(t *testing.T) {
	s := start(t, sqlitePair(t))
	pages, lines := map[string]string{}, map[string]string{}
	for cause, end := range map[string]func(b *browser, c conversation){
		"withdrawn by the citizen": func(_ *browser, c conversation) {
			b := s.browser()
			ref, _ := b.visit(c.Participants[0].ConsentURL)
			b.want(http.StatusSeeOther, b.choose(ref, "wis", url.Values{"bevestig": {"ja"}}))
		},
		"withdrawn by the partner": func(_ *browser, c conversation) {
			b := s.browser()
			ref, _ := b.visit(c.Participants[1].ConsentURL)
			b.want(http.StatusSeeOther, b.choose(ref, "wis", url.Values{"bevestig": {"ja"}}))
		},
		"narrowed, paused and withdrawn": func(_ *browser, c conversation) {
			b := s.browser()
			ref, _ := b.visit(c.Participants[0].ConsentURL)
			b.want(http.StatusSeeOther, b.choose(ref, "stil", nil))
			b.want(http.StatusSeeOther, b.choose(ref, "wis", url.Values{"bevestig": {"ja"}}))
		},
	} {
		noor := s.as("noor")
		c := noor.ask("citizen", "partner", "interpreter")
		var interpreter *browser
		for _, participant := range c.Participants {
			interpreter = s.sayYes(participant.ConsentURL)
		}
		noor.upload(c.ID, sampleFilm)
		end(noor, c)
		pages[cause] = string(interpreter.want(200, interpreter.get("/toestemming")).body)
		list := decodeAs[struct{ Items []map[string]any }](t, noor.want(200, noor.get("/api/v1/conversations")))
		delete(list.Items[0], "id")
		delete(list.Items[0], "erasedAt")
		lines[cause] = fmt.Sprint(list.Items[0])
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
	}
	for cause := range pages {
		if !strings.Contains(pages[cause], "Deze opname is gewist") || pages[cause] != pages["withdrawn by the citizen"] {
			t.Errorf("%s: the interpreter reads\n%s", cause, pages[cause])
		}
		if lines[cause] != lines["withdrawn by the citizen"] {
			t.Errorf("%s: the klantmanager reads %s", cause, lines[cause])
		}
	}
}
