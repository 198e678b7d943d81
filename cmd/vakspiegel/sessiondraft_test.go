package main

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/policies"
)

// with names the draft, beside what else is posted.
func (d draft) with(more map[string]any) map[string]any {
	posted := map[string]any{"draftId": string(d)}
	for name, value := range more {
		posted[name] = value
	}
	return posted
}

// draft is what a screen calls something until it has an id.
type draft string

func newDraft() draft { return draft(uuid.NewString()) }

// An answer gets lost, a button is pressed twice, a phone hangs: what is posted
// again as the same draft is there once, in whatever step that happens.
func TestWhatIsPostedAgainIsThereOnce(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(questions)
		first, about := newDraft(), map[string]any{"n": 1, "startMs": 1500}
		lost := g.tries("sem", questions, "question", "waarom", first.with(about))
		asked := decodeAs[said](t, people["sem"].want(201, lost))
		for what, again := range map[string]answer{
			"posted again":            g.tries("sem", questions, "question", "waarom", first.with(about)),
			"posted with other words": g.tries("sem", questions, "question", "iets anders", first.with(nil)),
			"posted in another step":  g.tries("sem", advice, "line", "waarom", first.with(nil)),
		} {
			if again.view() != lost.view() {
				t.Errorf("%s: %s, and the answer that was lost: %s", what, again.view(), lost.view())
			}
		}
		before := people["noor"].session(g.id).Version
		g.posts("sem", questions, "question", "waarom", first.with(about))
		if now := people["noor"].session(g.id).Version; now != before {
			t.Errorf("others were told of what was there already: version %d, then %d", before, now)
		}

		g.walk(analysis)
		if late := g.posts("sem", questions, "question", "waarom", first.with(about)); late.ID != asked.ID || late.Can.Edit {
			t.Errorf("when the step had moved on it was %+v", late)
		}
		people["sem"].wantCode(409, "step_gate", g.tries("sem", questions, "question", "te laat", newDraft().with(about)))

		atOnce := newDraft()
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() { g.tries("daan", analysis, "analysis", "tegelijk", atOnce.with(nil)) })
		}
		group.Wait()
		g.does("bram", "reveal", map[string]any{"step": analysis})
		if got := g.bodies("noor"); strings.Count(got, "tegelijk") != 1 || strings.Count(got, "waarom") != 1 {
			t.Errorf("noor reads %q", got)
		}
		g.finish()
		if left := s.count("session_posted"); left != 0 {
			t.Errorf("%d drafts are remembered after the end", left)
		}
		people["sem"].wantCode(409, "session_state", g.tries("sem", questions, "question", "waarom", first.with(about)))
	})
}

// A draft is its author's: whoever happens on another's, of this session or of
// another one, posts as if it were free, also while a step is blind.
func TestADraftSaysNothingOfAnothers(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g, other := s.gather(people, recordings, "incidentmethode"), s.gather(people, recordings, "incidentmethode")
		theirs := newDraft()
		mine := g.posts("sem", -1, "observation", "blind", theirs.with(nil))
		used := g.tries("daan", -1, "observation", "vrij", theirs.with(nil))
		free := g.tries("daan", -1, "observation", "vrij", newDraft().with(nil))
		if used.StatusCode != 201 || free.StatusCode != 201 || decodeAs[said](t, used).ID == mine.ID {
			t.Errorf("another's draft answers %d, a free one %d", used.StatusCode, free.StatusCode)
		}
		if got := g.bodies("daan"); got != "vrij, vrij" {
			t.Errorf("daan reads %q", got)
		}
		if elsewhere := other.posts("sem", -1, "observation", "daar", theirs.with(nil)); elsewhere.ID == mine.ID || other.bodies("sem") != "daar" {
			t.Errorf("in another session it is %+v", elsewhere)
		}
	})
}

// What is gone does not come back by a try that was late, and the answer does not
// tell what made it go.
func TestWhatIsGoneIsNotPostedAgain(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "samen-terugkijken")
		g.begin()
		g.walk(1)
		removed, back, closed := newDraft(), newDraft(), newDraft()
		one := g.posts("daan", 1, "strength", "weg", removed.with(map[string]any{"n": 1}))
		g.posts("daan", 1, "strength", "terug", back.with(map[string]any{"n": 1}))
		g.posts("daan", 1, "strength", "dicht", closed.with(map[string]any{"n": 2}))
		people["daan"].want(204, people["daan"].send("DELETE", g.path("/contributions/"+one.ID), map[string]string{"If-Match": `"1"`}, nil))
		late := func(d draft, n int) string {
			t.Helper()
			a := g.tries("daan", 1, "strength", "weer", d.with(map[string]any{"n": n}))
			people["daan"].wantCode(404, "not_found", a)
			return stamp.ReplaceAllString(string(a.body), "")
		}
		want := late(removed, 1)
		people["noor"].want(204, people["noor"].send("DELETE", g.path("/fragments/1"), nil, nil))
		people["sem"].want(202, people["sem"].send("DELETE", "/api/v1/recordings/"+recordings["sem"], nil, nil))
		for name, got := range map[string]string{"about what was taken back": late(back, 1), "about what closed": late(closed, 2), "taken back": late(removed, 1)} {
			if got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		}
		people["sem"].until("it is erased", func() bool { return s.count("session_contributions") == 0 })
		if got := late(closed, 2); got != want {
			t.Errorf("when it was erased: %s, want %s", got, want)
		}
	})
}

// What is closed for a while, and not gone, is not there meanwhile: not for who posts
// it again, nor to change it or to take it back, as if it had never been.
func TestWhatIsAboutAClosedFragmentIsNotEvenThereForItsAuthor(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "samen-terugkijken")
		g.begin()
		g.walk(1)
		closed := newDraft()
		one := g.posts("daan", 1, "strength", "rust", closed.with(map[string]any{"n": 2}))
		must(t, s.people.Disable(t.Context(), policies.DemoID("sem"), time.Now()))
		daan := people["daan"]
		for what, a := range map[string]answer{
			"posted again": g.tries("daan", 1, "strength", "rust", closed.with(map[string]any{"n": 2})),
			"changed":      g.changes("daan", one, 1, map[string]any{"body": noteWords + " anders"}),
			"taken back":   daan.send("DELETE", g.path("/contributions/"+one.ID), map[string]string{"If-Match": `"1"`}, nil),
		} {
			if a.StatusCode != 404 {
				t.Errorf("%s: %d %s", what, a.StatusCode, a.body)
			}
		}
		if got := g.bodies("daan"); got != "" {
			t.Errorf("daan reads %q", got)
		}
	})
}
