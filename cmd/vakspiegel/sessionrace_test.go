package main

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

// Everyone writes, changes, takes back and says to be ready at once, while the leader
// goes back and on again, and everyone reads all the time: until the leader asks for
// the reveal no answer has anything of another's in it, and what is revealed is so for
// everyone who reads after it.
func TestNoRaceShowsAContributionBeforeItsTime(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(analysis)
		var asked, over atomic.Bool
		var readers, writers sync.WaitGroup
		for _, person := range gathered {
			readers.Go(func() {
				for !over.Load() {
					g.readsInTime(person, &asked)
				}
			})
		}
		for _, person := range []string{"sem", "daan"} {
			writers.Go(func() { g.writesMuch(person) })
		}
		writers.Go(func() {
			for range 5 {
				g.does("bram", "steps", map[string]any{"to": questions})
				g.does("bram", "steps", map[string]any{"to": analysis})
			}
		})
		writers.Wait()
		g.posts("daan", analysis, "analysis", "het laatste", nil)
		asked.Store(true)
		g.does("bram", "reveal", map[string]any{"step": analysis})
		over.Store(true)
		readers.Wait()
		want := g.bodies("bram")
		for _, person := range gathered {
			if got := g.bodies(person); got != want || got == "" {
				t.Errorf("after the reveal %s reads %q, and bram %q", person, got, want)
			}
		}
	})
}

// readsInTime reads what there is and how far the session is, in that order: what was
// not revealed then was not when the other was read.
func (g *gathering) readsInTime(person string, asked *atomic.Bool) {
	list := g.said(person)
	now := g.people[person].session(g.id)
	revealed := slices.Contains(now.Revealed, analysis)
	if revealed && !asked.Load() {
		g.t.Errorf("it is revealed to %s before anyone asked for it", person)
	}
	for _, one := range list {
		if one.Step == analysis && !revealed && one.Author.Name != now.name(person) {
			g.t.Errorf("%s reads what %s posted blind", person, one.Author.Name)
		}
	}
}

// writesMuch posts in the blind step whenever the session is at it, changes some of
// it, takes some back, and says to be ready.
func (g *gathering) writesMuch(person string) {
	b := g.people[person]
	for i := range 12 {
		a := g.tries(person, analysis, "analysis", "blind", map[string]any{"n": 1})
		if a.StatusCode != 201 {
			b.wantCode(409, "step_gate", a)
			continue
		}
		one := decodeAs[said](g.t, a)
		switch i % 3 {
		case 0:
			g.changes(person, one, 1, map[string]any{"body": noteWords + " anders"})
		case 1:
			b.send("DELETE", g.path("/contributions/"+one.ID), map[string]string{"If-Match": `"1"`}, nil)
		}
		b.json("POST", g.path("/ready"), map[string]any{"step": analysis, "ready": true})
	}
}
