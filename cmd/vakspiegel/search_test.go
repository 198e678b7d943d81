package main

import (
	"testing"
)

// searched is what a test reads of a search.
type searched struct {
	Items []struct {
		RecordingID, Label, What, Body string
		StartMs                        int64
	}
	More bool
}

func TestASearchFindsOnesOwnWordsUntilTheyAreErasedAndKeepsNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		var ids []string
		var links []string
		for range 2 {
			c, _ := s.given(noor)
			id := noor.upload(c.ID, sampleFilm)
			noor.want(201, noor.json("POST", "/api/v1/recordings/"+id+"/annotations", map[string]any{"startMs": 1500, "kind": "question", "body": noteWords}))
			ids, links = append(ids, id), append(links, c.Participants[0].ConsentURL)
		}
		find := func(b *browser, words string) []string {
			t.Helper()
			found := decodeAs[searched](t, b.want(200, b.json("POST", "/api/v1/search", map[string]string{"query": words})))
			var recordings []string
			for _, hit := range found.Items {
				recordings = append(recordings, hit.RecordingID)
			}
			return recordings
		}
		if got := find(noor, "ZILVERVOS brug"); len(got) != 2 || got[0] != ids[1] || got[1] != ids[0] {
			t.Errorf("found %v, want both, the newest first: %v", got, ids)
		}
		if got := find(s.as("sem"), "zilvervos"); got != nil {
			t.Errorf("sem found %v", got)
		}
		if got := find(s.as("ingrid"), "zilvervos"); got != nil {
			t.Errorf("an evaluator found %v", got)
		}
		noor.wantCode(400, "invalid", noor.json("POST", "/api/v1/search", map[string]string{"query": " "}))
		wordsAreNowhere(t, s)

		citizen := s.browser()
		citizen.want(303, citizen.withdraw(links[0]))
		if got := find(noor, "zilvervos"); len(got) != 1 || got[0] != ids[1] {
			t.Errorf("found %v after the first was withdrawn", got)
		}
		noor.want(202, noor.send("DELETE", "/api/v1/recordings/"+ids[1], nil, nil))
		if got := find(noor, "zilvervos"); got != nil {
			t.Errorf("found %v after all were erased", got)
		}
		var entries int64
		must(t, s.db.Table("audit_entries").Where("action = 'annotation:read'").Count(&entries).Error)
		if entries != 0 {
			t.Errorf("%d entries in the log about looking in what one may not read", entries)
		}
	})
}
