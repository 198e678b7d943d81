package main

import (
	"strings"
	"sync"
	"testing"
)

// fragment is what a test reads of one.
type fragment struct {
	ID             string
	StartMs, EndMs int64
	Title, Reason  string
	Version        int
}

func chosen(title string) map[string]any {
	return map[string]any{"startMs": 1000, "endMs": 3000, "title": title, "reason": noteWords}
}

func TestFragmentsAreChosenChangedAndErasedWithTheRecording(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		id := noor.upload(c.ID, sampleFilm)
		fragments := "/api/v1/recordings/" + id + "/fragments"

		// Eight tabs at once, on the real locks of the real rooms.
		var group sync.WaitGroup
		statuses := make(chan int, 8)
		for range 8 {
			group.Go(func() { statuses <- noor.json("POST", fragments, chosen(noteWords)).StatusCode })
		}
		group.Wait()
		close(statuses)
		count := map[int]int{}
		for status := range statuses {
			count[status]++
		}
		if count[201] != 3 || count[409] != 5 {
			t.Errorf("answers of eight tabs: %v, want 3 times 201 and 5 times 409", count)
		}
		noor.wantCode(409, "fragments_enough", noor.json("POST", fragments, chosen("vier")))

		list := decodeAs[struct {
			Items []fragment
			Most  int
		}](t, noor.want(200, noor.get(fragments)))
		if len(list.Items) != 3 || list.Most != 3 || list.Items[0].Reason != noteWords {
			t.Fatalf("the list: %+v", list)
		}
		one := "/api/v1/fragments/" + list.Items[0].ID
		header := map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}
		changed := decodeAs[fragment](t, noor.want(200, noor.send("PATCH", one, header, strings.NewReader(`{"endMs":2500}`))))
		if changed.EndMs != 2500 || changed.Version != 2 || changed.Title != noteWords {
			t.Errorf("changed to %+v", changed)
		}
		noor.wantCode(412, "changed", noor.send("PATCH", one, header, strings.NewReader(`{"endMs":2600}`)))
		noor.wantCode(428, "precondition_required", noor.send("DELETE", one, nil, nil))
		noor.wantCode(400, "invalid", noor.json("POST", fragments, map[string]any{"startMs": 1000, "endMs": 1500, "title": "x"}))
		sem := s.as("sem")
		sem.wantCode(404, "not_found", sem.get(fragments))
		sem.wantCode(404, "not_found", sem.send("DELETE", one, map[string]string{"If-Match": `"2"`}, nil))
		noor.want(204, noor.send("DELETE", one, map[string]string{"If-Match": `"2"`}, nil))
		wordsAreNowhere(t, s)

		noor.want(202, noor.send("DELETE", "/api/v1/recordings/"+id, nil, nil))
		noor.wantCode(404, "not_found", noor.get(fragments))
		noor.until("the fragments are gone with the recording", func() bool { return s.count("fragments") == 0 })
		wordsAreNowhere(t, s)
	})
}
