package main

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// TestManyTabsAtOnceAllKeepTheirNotes: whoever writes at the same moment waits
// for the other; nobody meets a deadlock.
func TestManyTabsAtOnceAllKeepTheirNotes(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		notes := "/api/v1/recordings/" + noor.upload(c.ID, sampleFilm) + "/annotations"
		const tabs, each = 8, 6
		var group sync.WaitGroup
		for tab := range tabs {
			group.Go(func() {
				for i := range each {
					body := fmt.Sprintf("notitie %d van tab %d", i, tab)
					if a := noor.json("POST", notes, map[string]any{"startMs": 10, "kind": "question", "body": body}); a.StatusCode != http.StatusCreated {
						t.Errorf("%d: %s", a.StatusCode, a.body)
					}
				}
			})
		}
		group.Wait()
		list := decodeAs[struct{ Items []struct{ ID string } }](t, noor.want(200, noor.get(notes)))
		if len(list.Items) != tabs*each {
			t.Errorf("%d notes, want %d", len(list.Items), tabs*each)
		}
	})
}
