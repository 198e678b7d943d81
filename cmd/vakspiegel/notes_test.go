package main

import (
	"strings"
	"testing"
)

type noteView struct {
	ID       string
	ParentID string
	Marker   string
	Body     string
	StartMs  int
	Version  int
}

// notes are someone’s own notes on a recording.
func (b *browser) notes(recording string) []noteView {
	b.t.Helper()
	return decodeAs[struct{ Items []noteView }](b.t, b.want(200, b.get(recording+"/annotations"))).Items
}

func TestANoteWithItsRepliesIsDeletedAndPutBack(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		recording := "/api/v1/recordings/" + noor.upload(c.ID, sampleFilm)
		marked := noor.want(201, noor.json("POST", recording+"/annotations", map[string]any{"startMs": 75, "kind": "moment", "body": "", "marker": "weerstand"}))
		mark := decodeAs[noteView](t, marked)
		noor.want(201, noor.json("POST", recording+"/annotations", map[string]any{"startMs": 0, "kind": "question", "body": noteWords, "parentId": mark.ID}))
		notes := noor.notes(recording)
		if len(notes) != 2 || notes[0].Marker != "weerstand" || notes[1].ParentID != mark.ID || notes[1].StartMs != 75 {
			t.Fatalf("the notes are %+v", notes)
		}

		note := "/api/v1/annotations/" + mark.ID
		noor.want(204, noor.send("DELETE", note, map[string]string{"If-Match": `"1"`}, nil))
		if left := noor.notes(recording); len(left) != 0 {
			t.Errorf("deleted, and in the list: %+v", left)
		}
		s.as("sem").wantCode(404, "not_found", s.as("sem").send("POST", note+"/restore", nil, nil))
		back := noor.want(200, noor.send("POST", note+"/restore", nil, nil))
		if back.Header.Get("ETag") != `"3"` {
			t.Errorf("it came back with the ETag %s", back.Header.Get("ETag"))
		}
		if again := noor.notes(recording); len(again) != 2 || again[1].Body != noteWords {
			t.Errorf("put back: %+v", again)
		}
		noor.wantCode(400, "invalid", noor.json("POST", recording+"/annotations", map[string]any{"startMs": 0, "kind": "question", "body": "x", "parentId": notes[1].ID}))
	})
}

// What is typed is kept, saved as one note however often it is sent, and gone
// with the recording, words and key.
func TestADraftIsKeptUntilTheNoteIsSaved(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		recording := "/api/v1/recordings/" + noor.upload(c.ID, sampleFilm)
		id := "5b6c9c1e-98a1-4a7e-8a3e-3f6f6c2d9e11"
		keep := func(match map[string]string, body string) answer {
			match["Content-Type"] = "application/json"
			return noor.send("PUT", recording+"/drafts/"+id, match, strings.NewReader(`{"start":"0:0","end":"","kind":"question","tags":[],"body":"`+body+`"}`))
		}
		noor.wantCode(428, "precondition_required", keep(map[string]string{}, noteWords))
		if tag := noor.want(204, keep(map[string]string{"If-None-Match": "*"}, "hal")).Header.Get("ETag"); tag != `"1"` {
			t.Errorf("kept first as %s", tag)
		}
		noor.wantCode(412, "changed", keep(map[string]string{"If-None-Match": "*"}, "ander venster"))
		noor.want(204, keep(map[string]string{"If-Match": `"1"`}, noteWords))
		noor.wantCode(412, "changed", keep(map[string]string{"If-Match": `"1"`}, "ander venster"))
		drafts := decodeAs[struct{ Items []noteView }](t, noor.want(200, noor.get(recording+"/drafts"))).Items
		if len(drafts) != 1 || drafts[0].Body != noteWords || drafts[0].Version != 2 {
			t.Errorf("the drafts are %+v", drafts)
		}
		key := decodeAs[struct{ Key string }](t, noor.want(200, noor.get(recording+"/draft-key"))).Key
		if again := decodeAs[struct{ Key string }](t, noor.want(200, noor.get(recording+"/draft-key"))).Key; len(key) != 44 || again != key {
			t.Error("the key of what is not sent yet is another one the next time")
		}

		saved := map[string]any{"startMs": 0, "kind": "question", "body": noteWords, "draft": map[string]any{"id": id, "version": 2}}
		first := decodeAs[noteView](t, noor.want(201, noor.json("POST", recording+"/annotations", saved)))
		again := decodeAs[noteView](t, noor.want(201, noor.json("POST", recording+"/annotations", saved)))
		if notes := noor.notes(recording); first.ID != again.ID || len(notes) != 1 {
			t.Errorf("sent twice, there are %+v", notes)
		}
		if body := string(noor.want(200, noor.get(recording+"/drafts")).body); body != `{"items":[]}` {
			t.Errorf("saved, and still typed: %s", body)
		}
		if strings.Contains(s.log.String(), key) || strings.Contains(s.log.String(), noteWords) {
			t.Error("the log holds a key or a word")
		}
		noor.want(202, noor.send("DELETE", recording, nil, nil))
		noor.wantCode(404, "not_found", noor.get(recording+"/draft-key"))
		noor.wantCode(404, "not_found", noor.get(recording+"/drafts"))
	})
}
