package main

import (
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
