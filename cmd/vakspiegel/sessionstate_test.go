package main

import (
	"slices"
	"strings"
	"testing"
)

// attempts are what can be done to a session, each by who may do it at some time and
// with a body that is right.
func (g *gathering) attempts(recording string) map[string]func() answer {
	post := func(person, what string, body any) func() answer {
		return func() answer { return g.people[person].json("POST", g.path("/"+what), body) }
	}
	put := func(person, what string, body any) func() answer {
		return func() answer { return g.people[person].json("PUT", g.path("/"+what), body) }
	}
	return map[string]func() answer{
		"open":       post("noor", "open", nil),
		"cancel":     post("noor", "cancel", nil),
		"start":      post("bram", "start", map[string]any{}),
		"finish":     post("bram", "finish", map[string]any{"signal": "hoort hier niet"}),
		"request":    post("bram", "request", map[string]any{"accept": false}),
		"bring":      post("noor", "fragments", map[string]any{"recordingId": recording, "whole": true}),
		"agree":      post("daan", "agreement", map[string]any{"version": 1}),
		"contribute": post("noor", "contributions", map[string]any{"step": 0, "kind": "tried", "body": "x"}),
		"ready":      post("noor", "ready", map[string]any{"step": 0, "ready": true}),
		"steps":      post("bram", "steps", map[string]any{"to": 1}),
		"reveal":     post("bram", "reveal", map[string]any{"step": -1}),
		"people":     put("bram", "people/"+id("fatima"), there),
		"film":       put("noor", "film", map[string]any{"n": 1, "positionMs": 1500, "playing": true, "rate": 1}),
		"insight":    put("noor", "insight", map[string]any{"n": 1, "text": "x"}),
		"change": func() answer {
			header := map[string]string{"If-Match": g.people["noor"].get(g.path("")).Header.Get("ETag"), "Content-Type": "application/json"}
			return g.people["noor"].send("PATCH", g.path(""), header, strings.NewReader(`{"title":"Anders"}`))
		},
	}
}

// A session is planned, prepared, run and over, and in each of these a thing can be
// done or not; what cannot be done changes nothing, and leaves no signal.
func TestWhatCannotBeDoneInAStateIsRefusedAndChangesNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		running := []string{"ready", "steps", "reveal", "film", "insight", "people", "finish"}
		planned := []string{"open", "cancel", "start", "request", "bring", "change"}
		over := slices.Concat(planned, []string{"ready", "steps", "reveal", "film", "people", "finish", "agree", "contribute"})
		for state, of := range map[string]struct {
			reach   func(g *gathering)
			refused []string
		}{
			"draft": {func(g *gathering) {
				must(t, s.db.Exec("UPDATE review_sessions SET state = 'draft' WHERE id = ?", g.id).Error)
			}, append(slices.Clone(running), "start", "contribute", "request")},
			"preparing": {func(*gathering) {}, append(slices.Clone(running), "open", "request")},
			"running":   {(*gathering).begin, planned},
			"finished":  {func(g *gathering) { g.begin(); g.finish() }, over},
			"cancelled": {func(g *gathering) { people["noor"].move(g.id, "cancel", nil) }, append(slices.Clone(over), "insight")},
		} {
			g := s.gather(people, recordings, "incidentmethode", "daan")
			of.reach(g)
			before := people["noor"].get(g.path("")).view()
			attempts := g.attempts(recordings["noor"])
			for _, what := range of.refused {
				a := attempts[what]()
				if code, _ := a.problem(t)["code"].(string); a.StatusCode != 409 || code != "session_state" {
					t.Errorf("%s, %s: %d %s", state, what, a.StatusCode, a.body)
				}
			}
			if now := people["noor"].get(g.path("")).view(); now != before {
				t.Errorf("%s: what was refused changed it:\n%s", state, parting(now, before))
			}
			if n := s.count("signals"); n != 0 {
				t.Errorf("%s: %d signals", state, n)
			}
		}
	})
}
