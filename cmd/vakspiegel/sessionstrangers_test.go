package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/policies"
)

// put writes someone into a session past every guard, as if they had been there
// before they became an evaluator.
func (g *planning) put(session, login string, columns map[string]any) {
	g.t.Helper()
	must(g.t, g.db.Table("session_people").Create(map[string]any{
		"session_id": uuid.MustParse(session), "person_id": policies.DemoID(login), "present": true, "on_paper": false, "added_at": time.Now().UTC(),
	}).Error)
	must(g.t, g.db.Table("session_agreements").Create(map[string]any{
		"session_id": uuid.MustParse(session), "person_id": policies.DemoID(login), "version": 1, "method": "own",
		"recorded_by": policies.DemoID(login), "accepted_at": time.Now().UTC(),
	}).Error)
	if len(columns) > 0 {
		must(g.t, g.db.Table("review_sessions").Where("id = ?", uuid.MustParse(session)).Updates(columns).Error)
	}
}

// The differential test of trust.md 4 for sessions: who evaluates one of the people
// in it reads, on every address, what they would read if it did not exist; as its
// maker, its leader, a participant, and in every state.
func TestAnEvaluatorsViewIsTheSameWithAndWithoutASession(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "coach", "peers")
		ingrid := g.as("ingrid")
		unknown := map[string]string{}
		for _, name := range idNames(t) {
			unknown[name] = uuid.Must(uuid.NewV7()).String()
		}
		all, _ := endpoints(t, unknown)
		look := func() map[endpoint]string {
			views := map[endpoint]string{}
			for _, e := range all {
				if e.path != "/api/v1/events" && e.path != "/api/v1/logout" && e.path != "/api/v1/login" {
					views[e] = ingrid.call(e, unknown["conversationId"]).view()
				}
			}
			return views
		}
		before := look()
		listening := ingrid.listen()
		var made []string
		for _, columns := range []map[string]any{
			nil, {"leader_id": policies.DemoID("ingrid")}, {"maker_id": policies.DemoID("ingrid")}, {"state": "running"}, {"state": "finished"}, {"state": "draft"},
		} {
			session := g.ready(nil).ID
			g.put(session, "ingrid", columns)
			made = append(made, session)
		}
		for e, now := range look() {
			if now != before[e] {
				t.Errorf("ingrid sees that there are sessions, on %s:\n%s\nbefore:\n%s", e, now, before[e])
			}
		}
		listening.alive(2)
		if heard := listening.heard(); len(heard) != 0 {
			t.Errorf("ingrid is told of %v", heard)
		}
		for _, session := range made {
			g.asIfUnknown(ingrid, session, unknown)
		}
	})
}

// asIfUnknown compares every address of a session with that of one that is not there.
func (g *planning) asIfUnknown(b *browser, session string, unknown map[string]string) {
	g.t.Helper()
	known := map[string]string{}
	for name, id := range unknown {
		known[name] = id
	}
	known["sessionId"] = session
	real, _ := endpoints(g.t, known)
	compared := 0
	for _, e := range real {
		if !strings.Contains(e.path, session) {
			continue
		}
		compared++
		absent := endpoint{e.method, strings.ReplaceAll(e.path, session, unknown["sessionId"])}
		got, want := b.call(e, unknown["conversationId"]), b.call(absent, unknown["conversationId"])
		if got.StatusCode != 404 || got.view() != want.view() {
			g.t.Errorf("%s:\n%s\nwhat does not exist:\n%s", e, got.view(), want.view())
		}
	}
	if compared < 10 {
		g.t.Errorf("only %d addresses were compared", compared)
	}
}

// A list shows exactly what single look-ups allow, page by page.
func TestTheListOfSessionsIsExactlyWhatLookingThemUpGives(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		// The oldest, of people whom ingrid does not evaluate: it comes behind those that she may not know of.
		oldest := g.as("daan").makeSession(peers(map[string]any{"participantIds": ids("fatima")})).ID
		g.put(oldest, "ingrid", nil)
		made := []string{oldest}
		for i, people := range [][]string{{"sem"}, {"sem", "daan"}, {"daan", "fatima"}, {"sem", "daan", "fatima"}, {"fatima"}} {
			session := g.noor.makeSession(peers(map[string]any{"participantIds": ids(people...)}))
			if i%2 == 0 {
				g.put(session.ID, "ingrid", nil) // evaluates noor and sem
			}
			made = append(made, session.ID)
		}
		must(t, g.db.Table("session_people").Where("session_id = ? AND person_id = ?", uuid.MustParse(made[4]), policies.DemoID("sem")).
			Update("removed_at", time.Now().UTC()).Error)
		for _, person := range []string{"noor", "sem", "daan", "fatima", "ingrid", "bram", "omar"} {
			b := g.as(person)
			var looked, listed []string
			for _, session := range made {
				if b.get("/api/v1/review-sessions/"+session).StatusCode == 200 {
					looked = append(looked, session)
				}
			}
			for cursor := ""; ; {
				page := decodeAs[struct {
					Items []together
					Next  string
				}](t, b.want(200, b.get("/api/v1/review-sessions?limit=2&cursor="+cursor)))
				for _, item := range page.Items {
					listed = append(listed, item.ID)
				}
				if cursor = page.Next; cursor == "" {
					break
				}
				if len(page.Items) != 2 {
					t.Errorf("a page of %s with %d sessions is not the last one: there are others, which %s may not know of", person, len(page.Items), person)
				}
			}
			slices.Reverse(looked) // newest first
			if !slices.Equal(listed, looked) {
				t.Errorf("%s lists %v and can look up %v", person, listed, looked)
			}
		}
	})
}

// What someone reaches of one session opens nothing of another: ids and numbers
// are of the session in whose address they stand.
func TestAnIDOfAnotherSessionOpensNothing(t *testing.T) {
	g := plan(t, sqlitePair(t), "peers")
	mine, other := g.ready(nil), g.as("sem").makeSession(map[string]any{"title": "Van sem", "protocol": "videoclub", "participantIds": ids("daan", "fatima")})
	path := func(session, rest string) string { return "/api/v1/review-sessions/" + session + "/" + rest }
	for name, a := range map[string]answer{
		"to take back a number of another session": g.noor.send("DELETE", path(other.ID, "fragments/1"), nil, nil),
		"to bring into a session one is not in":    g.noor.json("POST", path(other.ID, "fragments"), map[string]any{"recordingId": g.recording, "whole": true}),
		"to accept the agreement of another's":     g.noor.json("POST", path(other.ID, "agreement"), map[string]any{"version": 1}),
		"to open another's":                        g.noor.json("POST", path(other.ID, "open"), nil),
		"to end one's colleague's":                 g.as("daan").json("POST", path(mine.ID, "finish"), map[string]any{}),
	} {
		if a.StatusCode != 404 {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	if got := g.as("sem").session(other.ID); len(got.Fragments) != 0 || got.State != "draft" {
		t.Errorf("something changed: %+v", got)
	}
}
