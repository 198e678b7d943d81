package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func (b *browser) says(session, person string, body map[string]any) answer {
	b.t.Helper()
	return b.json("PUT", "/api/v1/review-sessions/"+session+"/people/"+id(person), body)
}

func (b *browser) letsIn(session, person string, body map[string]any) together {
	b.t.Helper()
	return decodeAs[together](b.t, b.want(200, b.says(session, person, body)))
}

// present are the names of those whom gates wait for, in order.
func (t together) present() string {
	var names []string
	for _, person := range t.People {
		if person.Present {
			names = append(names, person.Name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// viewers are the names in "Wie keek mee", each look once.
func (g *planning) viewers() string {
	g.t.Helper()
	var names []string
	for _, view := range decodeAs[struct {
		Items []struct{ Who string }
	}](g.t, g.noor.want(200, g.noor.get("/api/v1/recordings/"+g.recording+"/views"))).Items {
		names = append(names, view.Who)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

var there = map[string]any{"present": true}

func TestInARoomSomeoneComesLaterAndSomeoneLeaves(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		made := g.ready(map[string]any{"place": "room", "participantIds": ids("sem", "daan")})
		sem := g.as("sem")
		g.noor.wantCode(409, "session_state", g.noor.says(made.ID, "fatima", there))
		g.noor.move(made.ID, "start", map[string]any{"present": ids("noor", "sem")})
		if got := g.noor.barred("evaluator", g.noor.says(made.ID, "ingrid", map[string]any{"present": true, "agreed": true})); !slices.Contains(got, sessionProblem{"evaluator", "Ingrid", "Noor"}) {
			t.Errorf("an evaluator: %v", got)
		}
		if got := g.noor.barred("agreement_missing", g.noor.says(made.ID, "fatima", there)); !slices.Equal(got, []sessionProblem{{Code: "agreement_missing", PersonName: "Fatima"}}) {
			t.Errorf("without the agreement: %v", got)
		}
		g.noor.wantCode(400, "invalid", g.noor.says(made.ID, "petra", map[string]any{"present": true, "agreed": true}))
		g.noor.wantCode(400, "invalid", g.noor.says(made.ID, "fatima", map[string]any{"present": false}))
		g.noor.wantCode(400, "invalid", g.noor.says(made.ID, "noor", map[string]any{"present": false}))
		sem.wantCode(404, "not_found", sem.says(made.ID, "fatima", map[string]any{"present": true, "agreed": true}))
		if now := g.noor.session(made.ID); len(now.People) != 3 || now.present() != "Noor Sem" || g.viewers() != "Noor Sem" {
			t.Fatalf("what was refused left %+v; viewers %s", now, g.viewers())
		}
		now := g.noor.letsIn(made.ID, "fatima", map[string]any{"present": true, "onPaper": true, "agreed": true})
		if now.present() != "Fatima Noor Sem" || g.viewers() != "Fatima Noor Sem" {
			t.Errorf("fatima was let in: %+v; viewers %s", now, g.viewers())
		}
		g.noor.letsIn(made.ID, "daan", there)
		if now = g.noor.letsIn(made.ID, "daan", there); now.present() != "Daan Fatima Noor Sem" || g.viewers() != "Daan Fatima Noor Sem" {
			t.Errorf("daan came later: %+v; viewers %s", now, g.viewers())
		}
		if now = g.noor.letsIn(made.ID, "sem", map[string]any{"present": false}); now.present() != "Daan Fatima Noor" || len(now.People) != 4 {
			t.Errorf("sem left: %+v", now)
		}
		if now = sem.session(made.ID); now.State != "running" {
			t.Errorf("who left is in it: %+v", now)
		}
		g.noor.move(made.ID, "finish", map[string]any{})
		g.noor.wantCode(409, "session_state", g.noor.says(made.ID, "sem", there))
	})
}

// A fragment that was closed when they came, and opens while they are there, comes on
// the one screen before all of them: each is a viewer of it from then on.
func TestInARoomWhoIsThereIsAViewerOfWhatOpensLater(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		other := g.noor.ask("citizen")
		link := other.Participants[0].ConsentURL
		citizen := g.sayYes(link, "peers")
		says := func(choice string) {
			ref, _ := citizen.visit(link)
			citizen.want(303, citizen.choose(ref, choice, nil))
		}
		paused := g.noor.upload(other.ID, sampleFilm)
		film := func(recording string) map[string]any { return map[string]any{"recordingId": recording, "whole": true} }
		made := g.ready(map[string]any{"place": "room", "fragments": []any{film(g.recording), film(paused)}})
		says("stil")
		g.noor.move(made.ID, "start", map[string]any{"present": ids("noor"), "onPaper": ids("sem")})
		g.noor.want(204, g.noor.json("POST", "/api/v1/review-sessions/"+made.ID+"/steps", map[string]any{"to": 1}))
		first := g.recording
		g.recording = paused
		says("verder")
		if now := g.noor.session(made.ID); now.state(2) != "open" || g.viewers() != "" {
			t.Fatalf("before it is on the screen: %+v; viewers %s", now.Fragments, g.viewers())
		}
		for _, playing := range []bool{false, true, false, true} {
			command := map[string]any{"n": 2, "positionMs": 0, "playing": playing, "rate": 1}
			g.noor.want(200, g.noor.json("PUT", "/api/v1/review-sessions/"+made.ID+"/film", command))
			if got := g.viewers(); got != "Noor Sem" {
				t.Errorf("viewers of what opened later: %q", got)
			}
		}
		g.recording = first
		if got := g.viewers(); got != "Noor Sem" {
			t.Errorf("viewers of the other: %q", got)
		}
	})
}

func TestAtADistanceWhoIsLetInTakesPartOnceTheyAccepted(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode", "daan")
		bram, fatima := people["bram"], s.as("fatima")
		g.begin()
		g.walk(analysis)
		for _, person := range []string{"noor", "sem"} {
			g.does(person, "ready", map[string]any{"step": analysis, "ready": true})
		}
		follows := people["sem"].follow(g.id)
		fatima.wantCode(404, "not_found", fatima.get(g.path("")))
		now := bram.letsIn(g.id, "fatima", there)
		if now.present() != "Bram Noor Sem" || len(now.People) != 5 {
			t.Errorf("fatima was let in: %+v", now)
		}
		follows.hears("that someone was let in", 2*time.Second, func(w word) bool { return w.Version == int64(now.Version) })
		if seen := fatima.session(g.id); seen.state(1) != "waiting" || len(seen.Me.Posts) != 0 {
			t.Errorf("before the agreement fatima has %+v", seen)
		}
		fatima.wantCode(404, "not_found", fatima.get(g.path("/fragments/2/video")))
		fatima.wantCode(409, "agreement_missing", fatima.get(g.path("/contributions")))
		if seen := fatima.agree(g.id); seen.state(1) != "open" || seen.present() != "Bram Fatima Noor Sem" || len(seen.Me.Posts) == 0 {
			t.Errorf("after it %+v", seen)
		}
		if got := bram.session(g.id); slices.Contains(got.Revealed, analysis) {
			t.Errorf("it was revealed: %+v", got)
		}
		g.does("bram", "ready", map[string]any{"step": analysis, "ready": true})
		bram.wantCode(409, "step_gate", bram.json("POST", g.path("/steps"), map[string]any{"to": advice}))
		// Fatima leaves: she was the last for whom the reveal waited.
		if now = bram.letsIn(g.id, "fatima", map[string]any{"present": false}); now.present() != "Bram Noor Sem" || !slices.Contains(now.Revealed, analysis) {
			t.Errorf("fatima left: %+v", now)
		}
		g.does("bram", "steps", map[string]any{"to": advice})
	})
}

// Whom the citizen's yes does not hold for, and who is one too many, is refused
// with the reason, and everything stays open to the others.
func TestWhoIsLetInMustFitTheYesAndTheProtocol(t *testing.T) {
	g := plan(t, sqlitePair(t), "coach")
	bram := g.as("bram")
	for protocol, want := range map[string]struct {
		code    string
		problem sessionProblem
	}{
		"terugroepen":      {"scope_missing", sessionProblem{Code: "scope_missing", OwnerName: "Noor"}},
		"reflectiegesprek": {"people_count", sessionProblem{Code: "too_many_people"}},
	} {
		made := g.noor.makeSession(map[string]any{"title": "Met bram", "protocol": protocol, "facilitatorId": id("bram"), "startsAt": soon()})
		if protocol == "reflectiegesprek" { // this citizen allows peers too
			c := g.noor.ask("citizen")
			g.sayYes(c.Participants[0].ConsentURL, "coach", "peers")
			g.noor.bring(made.ID, g.noor.upload(c.ID, sampleFilm))
		} else {
			g.noor.bring(made.ID, g.recording)
		}
		bram.want(204, bram.json("POST", "/api/v1/review-sessions/"+made.ID+"/request", map[string]any{"accept": true}))
		g.noor.move(made.ID, "open", nil)
		g.noor.agree(made.ID)
		bram.agree(made.ID)
		bram.move(made.ID, "start", map[string]any{})
		if got := bram.barred(want.code, bram.says(made.ID, "sem", there)); !slices.Equal(got, []sessionProblem{want.problem}) {
			t.Errorf("%s: %v, want %v", protocol, got, want.problem)
		}
		if now := g.noor.session(made.ID); len(now.People) != 2 || now.state(1) != "open" {
			t.Errorf("%s: it left %+v", protocol, now)
		}
	}
}
