package main

import (
	"bytes"
	"io"
	"net/http"
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
