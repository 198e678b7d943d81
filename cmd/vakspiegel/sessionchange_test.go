package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
)

// changes tries to change a contribution of which that version was read.
func (g *gathering) changes(person string, one said, version int, to map[string]any) answer {
	g.t.Helper()
	body, err := json.Marshal(to)
	must(g.t, err)
	header := map[string]string{"If-Match": fmt.Sprintf(`"%d"`, version), "Content-Type": "application/json"}
	return g.people[person].send("PATCH", g.path("/contributions/"+one.ID), header, bytes.NewReader(body))
}

func (s said) at() string {
	side := func(ms *int64) string {
		if ms == nil {
			return "-"
		}
		return fmt.Sprint(*ms)
	}
	return side(s.StartMs) + " " + side(s.EndMs)
}

// Where something is can be changed as its words can: to a moment, to a piece, to no
// place, never outside its fragment. What answers it goes along.
func TestAContributionGoesToAnotherPlaceWithItsReplies(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(questions)
		asked := g.posts("sem", questions, "question", "waarom", map[string]any{"n": 1, "startMs": 1500})
		reply := g.posts("noor", questions, "answer", "daarom", map[string]any{"parentId": asked.ID})
		words := map[string]any{"body": noteWords + " waarom"}
		version, to := 1, func(at any) map[string]any { return map[string]any{"body": words["body"], "at": at} }
		for _, c := range []struct {
			to   map[string]any
			want string
		}{
			{to(map[string]any{"startMs": 1200, "endMs": 1400}), "1200 1400"},
			{words, "1200 1400"},
			{to(map[string]any{}), "- -"},
			{to(map[string]any{"startMs": 2000}), "2000 -"},
		} {
			changed := decodeAs[said](t, people["sem"].want(200, g.changes("sem", asked, version, c.to)))
			version++
			if changed.at() != c.want || changed.Version != version {
				t.Errorf("%v: it is at %s in version %d, want %s", c.to, changed.at(), changed.Version, c.want)
			}
			for _, one := range g.said("bram") {
				if one.at() != c.want {
					t.Errorf("bram reads %q at %s, want %s", one.Body, one.at(), c.want)
				}
			}
		}
		for _, c := range []struct {
			one     said
			person  string
			version int
			at      map[string]any
			field   string
		}{
			{asked, "sem", version, map[string]any{"startMs": 0}, "at.startMs"},
			{asked, "sem", version, map[string]any{"startMs": 1500, "endMs": 999_999}, "at.endMs"},
			{asked, "sem", version, map[string]any{"startMs": 1500, "endMs": 1400}, "at.endMs"},
			{asked, "sem", version, map[string]any{"endMs": 1400}, "at.startMs"},
			{reply, "noor", 1, map[string]any{"startMs": 1500}, "at.startMs"},
		} {
			refused := g.changes(c.person, c.one, c.version, to(c.at))
			people[c.person].wantCode(400, "invalid", refused)
			if faults := decodeAs[struct {
				Faults []struct{ Field string }
			}](t, refused).Faults; len(faults) != 1 || faults[0].Field != c.field {
				t.Errorf("%v: %s", c.at, refused.body)
			}
		}
		people["daan"].wantCode(404, "not_found", g.changes("daan", asked, version, to(map[string]any{})))
		if stays := decodeAs[said](t, people["noor"].want(200, g.changes("noor", reply, 1, to(map[string]any{})))); stays.at() != "2000 -" {
			t.Errorf("a reply without a place is at %s, and what it answers at 2000", stays.at())
		}
		wordsAreNowhere(t, s)
	})
}

// An answer got lost: the same change sent again is made once, and tells nobody
// anything; another one on top of a version that is gone is refused.
func TestAChangeSentAgainIsMadeOnce(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(questions)
		asked := g.posts("sem", questions, "question", "waarom", map[string]any{"n": 1, "startMs": 1500})
		to := map[string]any{"body": noteWords + " waarom daar", "at": map[string]any{"startMs": 1600}}
		lost := people["sem"].want(200, g.changes("sem", asked, 1, to))
		before := people["noor"].session(g.id).Version
		if again := people["sem"].want(200, g.changes("sem", asked, 1, to)); again.view() != lost.view() {
			t.Errorf("sent again it is %s, and the answer that was lost %s", again.view(), lost.view())
		}
		if now := people["noor"].session(g.id).Version; now != before {
			t.Errorf("others were told of what was there already: version %d, then %d", before, now)
		}
		for _, other := range []map[string]any{
			{"body": noteWords + " iets anders", "at": map[string]any{"startMs": 1600}},
			{"body": to["body"], "at": map[string]any{"startMs": 1700}},
			{"body": to["body"], "at": map[string]any{}},
		} {
			people["sem"].wantCode(412, "changed", g.changes("sem", asked, 1, other))
		}
		g.walk(analysis)
		if late := people["sem"].want(200, g.changes("sem", asked, 1, to)); decodeAs[said](t, late).Version != 2 {
			t.Errorf("when the step had moved on it was %s", late.body)
		}
		people["sem"].wantCode(409, "step_gate", g.changes("sem", asked, 2, to))
	})
}
