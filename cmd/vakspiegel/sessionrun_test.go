package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/review/session"
)

// gathering is a session of noor's by the incident method: noor and sem bring a
// case, daan takes part and bram, a coach, leads.
type gathering struct {
	*system
	id      string
	people  map[string]*browser
	members []string
}

var gathered = []string{"noor", "sem", "daan", "bram"}

// shared is a system in which what is allowed can be shared at once, with a
// recording of noor's and one of sem's.
func shared(t *testing.T, p pair) (s *system, people map[string]*browser, recordings map[string]string) {
	t.Helper()
	s, _ = launch(t, p, func(settings *Settings) { settings.CoolingOff = 0 })
	people, recordings = map[string]*browser{}, map[string]string{}
	for _, person := range gathered {
		people[person] = s.as(person)
	}
	for _, owner := range []string{"noor", "sem"} {
		c := people[owner].ask("citizen")
		s.sayYes(c.Participants[0].ConsentURL, "coach", "peers")
		recordings[owner] = people[owner].upload(c.ID, sampleFilm)
	}
	return s, people, recordings
}

// gather makes the session and prepares it: fragment 1 is noor's, from 1 to 3 seconds
// of the film, fragment 2 all of sem's, or all of noor's where a protocol is about
// one case. A talk of two is noor's and bram's. Who is late has not accepted the
// agreement yet.
func (s *system) gather(people map[string]*browser, recordings map[string]string, protocol string, late ...string) *gathering {
	s.t.Helper()
	members, other := gathered, "noor"
	switch protocol {
	case "incidentmethode", "samen-terugkijken": // of several owners
		other = "sem"
	case "reflectiegesprek", "sterke-momenten":
		members = []string{"noor", "bram"}
	}
	made := people["noor"].makeSession(map[string]any{
		"title": "Intervisie", "protocol": protocol, "participantIds": ids(members[1 : len(members)-1]...), "facilitatorId": id("bram"), "startsAt": soon(),
	})
	g := &gathering{s, made.ID, people, members}
	for _, person := range members {
		if !slices.Contains(late, person) {
			people[person].agree(g.id)
		}
	}
	people["noor"].bring(g.id, recordings["noor"])
	people[other].bring(g.id, recordings[other])
	// A cut is another test's: this one needs an interval alone.
	must(s.t, s.db.Table("session_fragments").Where("session_id = ? AND n = 1", uuid.MustParse(g.id)).
		Updates(map[string]any{"start_ms": 1000, "end_ms": 3000}).Error)
	g.does("bram", "request", map[string]any{"accept": true})
	people["noor"].move(g.id, "open", nil)
	return g
}

// begin starts it with everyone there.
func (g *gathering) begin() {
	g.t.Helper()
	g.people["bram"].move(g.id, "start", map[string]any{})
}

func (g *gathering) finish() {
	g.t.Helper()
	g.people["bram"].move(g.id, "finish", map[string]any{})
}

func (g *gathering) path(rest string) string { return "/api/v1/review-sessions/" + g.id + rest }

// said is what a test reads of a contribution.
type said struct {
	ID, Kind, Body, ParentID string
	Author                   struct{ Name string }
	N, Step, Version         int
	StartMs, EndMs           *int64
	Can                      struct{ Edit, Remove bool }
}

func (g *gathering) said(person string) (list []said) {
	g.t.Helper()
	b := g.people[person]
	return decodeAs[struct{ Items []said }](g.t, b.want(200, b.get(g.path("/contributions")))).Items
}

// bodies are what someone reads, in order.
func (g *gathering) bodies(person string) string {
	g.t.Helper()
	var bodies []string
	for _, one := range g.said(person) {
		bodies = append(bodies, strings.TrimPrefix(one.Body, noteWords+" "))
	}
	return strings.Join(bodies, ", ")
}

func (g *gathering) tries(person string, step int, kind, body string, more map[string]any) answer {
	g.t.Helper()
	posted := map[string]any{"step": step, "kind": kind, "body": noteWords + " " + body}
	for name, value := range more {
		posted[name] = value
	}
	return g.people[person].json("POST", g.path("/contributions"), posted)
}

func (g *gathering) posts(person string, step int, kind, body string, more map[string]any) said {
	g.t.Helper()
	return decodeAs[said](g.t, g.people[person].want(201, g.tries(person, step, kind, body, more)))
}

func (g *gathering) does(person, what string, body map[string]any) {
	g.t.Helper()
	g.people[person].want(204, g.people[person].json("POST", g.path("/"+what), body))
}

// walk leads it to a step, one by one; at the step that chooses it is fragment 1.
func (g *gathering) walk(to int) {
	g.t.Helper()
	for {
		now := g.people["bram"].session(g.id)
		if now.Step >= to {
			return
		}
		body := map[string]any{"to": now.Step + 1}
		if now.Step == 2 && now.Protocol.ID == "incidentmethode" {
			body["choose"] = 1
		}
		g.does("bram", "steps", body)
	}
}

const (
	choosing  = 2 // the steps of the incident method
	questions = 3
	analysis  = 4
	advice    = 5
)

func TestWhatIsPostedBlindAppearsToEveryoneAtOnceAndNotBefore(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		mine := g.posts("noor", -1, "feeling", "spannend", map[string]any{"n": 1, "startMs": 1500})
		g.posts("sem", -1, "observation", "stilte", map[string]any{"n": 1, "startMs": 1200, "endMs": 1400})
		g.posts("daan", -1, "question", "waarom", nil)
		for person, want := range map[string]string{"noor": "spannend", "sem": "stilte", "daan": "waarom", "bram": ""} {
			if got := g.bodies(person); got != want {
				t.Errorf("%s reads %q while preparing, want %q", person, got, want)
			}
		}
		people["bram"].wantCode(409, "session_state", people["bram"].json("POST", g.path("/reveal"), map[string]any{"step": -1}))
		g.begin()
		g.walk(choosing)
		people["sem"].wantCode(404, "not_found", people["sem"].json("POST", g.path("/steps"), map[string]any{"to": questions}))
		people["bram"].wantCode(409, "step_gate", people["bram"].json("POST", g.path("/steps"), map[string]any{"to": questions}))
		people["bram"].wantCode(400, "invalid", people["bram"].json("POST", g.path("/steps"), map[string]any{"to": questions, "choose": 7}))
		people["bram"].wantCode(409, "step_gate", people["bram"].json("POST", g.path("/steps"), map[string]any{"to": analysis, "choose": 1}))
		if got := g.bodies("daan"); got != "waarom" {
			t.Errorf("daan reads %q before the reveal", got)
		}
		g.walk(questions) // the step that reveals
		for _, person := range gathered {
			if got := g.bodies(person); got != "waarom, stilte, spannend" {
				t.Errorf("%s reads %q after the reveal", person, got)
			}
		}
		people["noor"].wantCode(409, "step_gate", people["noor"].send("PATCH", g.path("/contributions/"+mine.ID),
			map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}, strings.NewReader(`{"body":"toch niet"}`)))
		if got := g.said("noor"); !got[2].Can.Remove || got[2].Can.Edit || got[0].Can.Remove {
			t.Errorf("what was revealed stays as it was, its author may only take it back: %+v", got)
		}
		wordsAreNowhere(t, s)
	})
}

func TestAStepLetsEachPostWhatIsAskedOfThemAndNothingElse(t *testing.T) {
	s, people, recordings := shared(t, sqlitePair(t))
	g := s.gather(people, recordings, "incidentmethode")
	g.begin()
	g.walk(questions)
	refuse := func(code string, status int, person string, step int, kind string, more map[string]any) {
		t.Helper()
		people[person].wantCode(status, code, g.tries(person, step, kind, "mag niet", more))
	}
	refuse("step_gate", 409, "daan", questions, "advice", nil)
	refuse("step_gate", 409, "bram", questions, "advice", nil)
	refuse("step_gate", 409, "noor", questions, "question", nil)
	refuse("step_gate", 409, "sem", questions, "answer", nil) // whose case was not chosen takes part
	refuse("step_gate", 409, "daan", choosing, "question", nil)
	refuse("step_gate", 409, "daan", questions, "question", map[string]any{"n": 2}) // not the case
	refuse("invalid", 400, "daan", questions, "question", map[string]any{"n": 1, "startMs": 500})
	refuse("invalid", 400, "daan", questions, "question", map[string]any{"n": 1, "startMs": 2000, "endMs": 3001})
	refuse("invalid", 400, "daan", questions, "question", map[string]any{"startMs": 2000})
	refuse("invalid", 400, "daan", questions, "question", map[string]any{"body": strings.Repeat("é", 4001)})
	refuse("invalid", 400, "daan", questions, "question", map[string]any{"body": " "})
	g.posts("daan", questions, "question", "lang", map[string]any{"body": strings.Repeat("é", 4000)})
	question := g.posts("sem", questions, "question", "hoe", map[string]any{"n": 1, "startMs": 1000, "endMs": 3000})
	if general := g.posts("daan", questions, "question", "algemeen", nil); general.N != 1 || general.StartMs != nil {
		t.Errorf("what is asked about the case is about its film, also without a moment: %+v", general)
	}
	answer := g.posts("noor", questions, "answer", "zo", map[string]any{"parentId": question.ID})
	if answer.N != 1 || *answer.StartMs != 1000 || *answer.EndMs != 3000 {
		t.Errorf("a reply stands where it does: %+v", answer)
	}
	refuse("invalid", 400, "daan", questions, "question", map[string]any{"parentId": answer.ID})
	refuse("invalid", 400, "daan", questions, "question", map[string]any{"parentId": uuid.NewString()})

	g.walk(analysis)
	hidden := g.posts("daan", analysis, "analysis", "patroon", map[string]any{"n": 1})
	refuse("step_gate", 409, "noor", analysis, "analysis", nil)
	refuse("invalid", 400, "sem", analysis, "analysis", map[string]any{"parentId": hidden.ID})
	refuse("step_gate", 409, "daan", analysis, "analysis", map[string]any{"n": 7})
	match := map[string]string{"If-Match": `"1"`}
	for _, of := range []string{hidden.ID, question.ID, uuid.NewString()} {
		people["noor"].wantCode(404, "not_found", people["noor"].send("DELETE", g.path("/contributions/"+of), match, nil))
	}
	g.does("bram", "reveal", map[string]any{"step": analysis})
	g.walk(advice)
	refuse("step_gate", 409, "noor", advice, "answer", nil)
	g.posts("sem", advice, "advice", "probeer", map[string]any{"n": 1})
	people["sem"].want(204, people["sem"].send("DELETE", g.path("/contributions/"+question.ID), match, nil))
	if got := g.bodies("noor"); strings.Contains(got, "hoe") || strings.Contains(got, "zo") || !strings.Contains(got, "probeer") {
		t.Errorf("a question was taken back, with the answer to it; noor reads %q", got)
	}
}

func TestTheLastWhoIsReadyRevealsAndALeaderCanGoOnWithoutThem(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(analysis)
		g.posts("daan", analysis, "analysis", "patroon", nil)
		say := map[string]any{"step": analysis, "ready": true}
		for _, person := range []string{"noor", "sem", "daan"} {
			g.does(person, "ready", say)
			if now := people["bram"].session(g.id); now.People[0].Ready != nil || now.EveryoneReady {
				t.Errorf("bram learns who is ready: %+v", now.People)
			}
		}
		people["bram"].wantCode(409, "step_gate", people["bram"].json("POST", g.path("/steps"), map[string]any{"to": advice}))
		people["daan"].wantCode(404, "not_found", people["daan"].json("POST", g.path("/ready"), map[string]any{"step": analysis, "ready": true, "personId": id("bram")}))
		people["bram"].wantCode(409, "step_gate", people["bram"].json("POST", g.path("/ready"), map[string]any{"step": advice, "ready": true}))
		if got := g.bodies("noor"); got != "" {
			t.Errorf("noor reads %q", got)
		}
		g.does("bram", "ready", say)
		if now := people["sem"].session(g.id); !now.EveryoneReady || g.bodies("noor") != "patroon" {
			t.Errorf("everyone was ready, and noor reads %q", g.bodies("noor"))
		}
		g.does("bram", "ready", map[string]any{"step": analysis, "ready": false})
		if g.bodies("noor") != "patroon" {
			t.Error("a reveal was undone")
		}
		g.walk(advice)
		if now := people["sem"].session(g.id); now.EveryoneReady || now.Me.Ready {
			t.Error("ready with one step counts for the next")
		}
		g.does("bram", "ready", map[string]any{"step": advice, "ready": true, "room": true})
		if now := people["sem"].session(g.id); !now.EveryoneReady || !now.Me.Ready {
			t.Error("the leader said it for the room, and not everyone is ready")
		}
		g.does("bram", "steps", map[string]any{"to": analysis})
		if g.bodies("noor") != "patroon" {
			t.Error("going back hides what was revealed")
		}
	})
}

// What a citizen or an owner closes takes what was said about it, for everyone.
func TestWhatIsSaidAboutAClosedFragmentIsNotThereForAnyone(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "samen-terugkijken")
		g.begin()
		g.walk(1)
		g.posts("sem", 1, "strength", "rust", map[string]any{"n": 1})
		g.posts("sem", 1, "strength", "humor", map[string]any{"n": 2})
		g.does("bram", "reveal", map[string]any{"step": 1})
		if got := g.bodies("daan"); got != "rust, humor" {
			t.Fatalf("daan reads %q", got)
		}
		people["noor"].want(http.StatusAccepted, people["noor"].send("DELETE", "/api/v1/recordings/"+recordings["noor"], nil, nil))
		for _, person := range gathered {
			if got := g.bodies(person); got != "humor" {
				t.Errorf("%s reads %q after noor's recording was closed", person, got)
			}
		}
		people["daan"].wantCode(404, "not_found", g.tries("daan", 1, "strength", "nog", map[string]any{"n": 1}))
		g.posts("daan", 1, "strength", "verder", map[string]any{"n": 2})
		people["noor"].until("what was said about it is gone", func() bool { return s.count("session_contributions") == 2 })

		g.finish()
		for person, want := range map[string]string{"sem": "humor, verder", "daan": "", "bram": "", "noor": ""} {
			if got := g.bodies(person); got != want {
				t.Errorf("after the end %s reads %q, want %q", person, got, want)
			}
		}
		people["sem"].wantCode(409, "session_state", g.tries("sem", 1, "strength", "later", nil))
		s.as("fatima").wantCode(404, "not_found", s.as("fatima").get(g.path("/contributions")))
	})
}

func TestWhoDidNotAcceptTheAgreementReadsAndPostsNothing(t *testing.T) {
	s, people, recordings := shared(t, sqlitePair(t))
	g := s.gather(people, recordings, "incidentmethode")
	must(t, g.db.Exec("DELETE FROM session_agreements WHERE person_id = ?", uuid.MustParse(id("daan"))).Error)
	g.posts("sem", -1, "observation", "stilte", nil)
	daan := people["daan"]
	daan.wantCode(409, "agreement_missing", daan.get(g.path("/contributions")))
	daan.wantCode(409, "agreement_missing", g.tries("daan", -1, "observation", "x", nil))
	if got := daan.session(g.id); len(got.Me.Posts) != 0 {
		t.Errorf("daan may post %v", got.Me.Posts)
	}
	// At a distance nobody accepts it for another, whoever leads.
	bram := people["bram"]
	bram.wantCode(400, "invalid", bram.json("POST", g.path("/agreement"), map[string]any{"version": 1, "personId": id("daan")}))
	bram.barred("agreement_missing", bram.json("POST", g.path("/start"), map[string]any{"present": ids("bram", "noor", "daan"), "agreed": ids("daan")}))
	g.begin()
	bram.letsIn(g.id, "daan", map[string]any{"present": true, "agreed": true})
	daan.wantCode(409, "agreement_missing", daan.get(g.path("/contributions")))
	daan.wantCode(409, "agreement_missing", g.tries("daan", 0, "tried", "x", nil))
	daan.agree(g.id)
	g.posts("daan", 0, "tried", "toch", nil)
}

// Ten write at once while the leader moves on: what comes in counts for the step
// in which it was let in, and nothing is let in after it.
func TestNothingIsPostedInAStepThatIsOver(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(questions)
		var group sync.WaitGroup
		statuses := make(chan int, 60)
		for writer := range 3 {
			person := []string{"sem", "daan", "bram"}[writer]
			group.Go(func() {
				for i := range 10 {
					statuses <- g.tries(person, questions, "question", fmt.Sprint("v", i), map[string]any{"n": 1}).StatusCode
				}
			})
		}
		group.Go(func() {
			people["noor"].until("someone wrote", func() bool { return len(g.said("noor")) > 2 })
			g.does("bram", "steps", map[string]any{"to": analysis})
		})
		group.Wait()
		close(statuses)
		count := map[int]int{}
		for status := range statuses {
			count[status]++
		}
		if count[201]+count[409] != 30 || int64(count[201]) != s.count("session_contributions") {
			t.Errorf("answers %v, and %d contributions", count, s.count("session_contributions"))
		}
		var late int64
		must(t, s.db.Table("session_contributions c").Joins("JOIN review_sessions s ON s.id = c.session_id").
			Where("c.created_at > s.step_began_at OR c.step <> ?", questions).Count(&late).Error)
		if late != 0 {
			t.Errorf("%d were let in after the step was over", late)
		}
	})
}

// What was revealed stays as others read it, also while its step lasts: its author can
// take it back, and what they post from then on is there for everyone at once.
func TestWhatWasRevealedIsNotChangedInItsOwnStep(t *testing.T) {
	s, people, recordings := shared(t, sqlitePair(t))
	g := s.gather(people, recordings, "incidentmethode")
	g.begin()
	g.walk(analysis)
	one := g.posts("daan", analysis, "analysis", "patroon", map[string]any{"n": 1, "startMs": 1500})
	g.does("bram", "reveal", map[string]any{"step": analysis})
	for _, to := range []map[string]any{{"body": "toch anders"}, {"body": one.Body, "at": map[string]any{"startMs": 1600}}} {
		people["daan"].wantCode(409, "step_gate", g.changes("daan", one, 1, to))
	}
	if mine := g.said("daan"); len(mine) != 1 || mine[0].Can.Edit || !mine[0].Can.Remove || *mine[0].StartMs != 1500 {
		t.Errorf("daan reads %+v", mine)
	}
	g.posts("sem", analysis, "analysis", "en dit", map[string]any{"n": 1, "startMs": 1600})
	if got := g.bodies("noor"); got != "patroon, en dit" {
		t.Errorf("noor reads %q", got)
	}
}

// The leader goes back before the reveal: what one replies to one's own that is still
// blind is as blind, in a step where others read along, and moves nothing for them.
func TestAReplyToWhatIsStillBlindTellsNobody(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(analysis)
		blind := g.posts("sem", analysis, "analysis", "patroon", map[string]any{"n": 1})
		g.does("bram", "steps", map[string]any{"to": questions})
		was := people["bram"].session(g.id).Version
		reply := g.posts("sem", questions, "question", "en toch", map[string]any{"parentId": blind.ID})
		people["sem"].want(200, g.changes("sem", reply, 1, map[string]any{"body": noteWords + " anders"}))
		gone := g.posts("sem", questions, "question", "weg", map[string]any{"parentId": blind.ID})
		people["sem"].want(204, people["sem"].send("DELETE", g.path("/contributions/"+gone.ID), map[string]string{"If-Match": `"1"`}, nil))
		if now := people["bram"].session(g.id).Version; now != was || g.bodies("bram") != "" {
			t.Errorf("version %d, then %d, and bram reads %q", was, now, g.bodies("bram"))
		}
		g.does("bram", "steps", map[string]any{"to": analysis})
		g.does("bram", "reveal", map[string]any{"step": analysis})
		if got := g.bodies("bram"); got != "patroon, anders" {
			t.Errorf("after the reveal bram reads %q", got)
		}
	})
}

// Ready is said of a step as one sees it: after going back and on again nobody is,
// and a blind step is not revealed by who was ready with it before.
func TestWhoWasReadyBeforeTheLeaderWentBackIsNotReadyAgain(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(analysis)
		g.posts("sem", analysis, "analysis", "patroon", nil)
		for _, person := range []string{"noor", "sem", "daan"} {
			g.does(person, "ready", map[string]any{"step": analysis, "ready": true})
		}
		g.does("bram", "steps", map[string]any{"to": questions})
		g.does("bram", "steps", map[string]any{"to": analysis})
		g.does("bram", "ready", map[string]any{"step": analysis, "ready": true})
		if now := people["noor"].session(g.id); now.Me.Ready || slices.Contains(now.Revealed, analysis) || g.bodies("noor") != "" {
			t.Errorf("noor is ready: %v, revealed %v, and she reads %q", now.Me.Ready, now.Revealed, g.bodies("noor"))
		}
	})
}

// How much one can post is counted of one's own, also in a blind step: that it is
// enough says nothing of what others posted.
func TestWhatOthersPostedDoesNotCountForEnough(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(analysis)
		var rows []map[string]any
		posted := func(person string, count int) {
			for range count {
				rows = append(rows, map[string]any{
					"id": uuid.New(), "session_id": uuid.MustParse(g.id), "author_id": uuid.MustParse(id(person)), "step": analysis,
					"kind": "analysis", "sealed": []byte{1}, "version": 1, "created_at": time.Now().UTC(), "updated_at": time.Now().UTC(),
				})
			}
		}
		posted("sem", session.MaxContributions)
		posted("daan", session.MaxContributions-1)
		must(t, s.db.Table("session_contributions").CreateInBatches(rows, 100).Error)
		last := g.posts("daan", analysis, "analysis", "de laatste", nil)
		people["daan"].wantCode(409, "contributions_enough", g.tries("daan", analysis, "analysis", "te veel", nil))
		people["sem"].wantCode(409, "contributions_enough", g.tries("sem", analysis, "analysis", "te veel", nil))
		g.posts("bram", analysis, "analysis", "nog niets", nil)
		people["daan"].want(204, people["daan"].send("DELETE", g.path("/contributions/"+last.ID), map[string]string{"If-Match": `"1"`}, nil))
		g.posts("daan", analysis, "analysis", "toch", nil)
		people["daan"].wantCode(413, "too_large", g.tries("daan", analysis, "analysis", strings.Repeat("x", 64<<10), nil))
	})
}

// A stream says nothing either: between two steps whoever follows hears of the
// reveal, and of nothing that was done before it.
func TestWhoFollowsASessionHearsNothingOfABlindStep(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(analysis)
		was := int64(people["bram"].session(g.id).Version)
		screen := people["bram"].follow(g.id)
		posted := g.posts("sem", analysis, "analysis", "patroon", map[string]any{"n": 1})
		match := map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}
		people["sem"].want(200, people["sem"].send("PATCH", g.path("/contributions/"+posted.ID), match, strings.NewReader(`{"body":"anders"}`)))
		gone := g.posts("daan", analysis, "analysis", "weg", nil)
		people["daan"].want(204, people["daan"].send("DELETE", g.path("/contributions/"+gone.ID), match, nil))
		for _, person := range []string{"sem", "noor", "daan"} {
			g.does(person, "ready", map[string]any{"step": analysis, "ready": true})
		}
		g.does("bram", "ready", map[string]any{"step": analysis, "ready": true})
		screen.hears("the reveal", closesWithin, func(w word) bool { return w.kind == "session" && w.Version == was+1 })
		for _, w := range screen.heard() {
			if w.kind == "session" && w.Version != was && w.Version != was+1 || w.kind == "film" {
				t.Errorf("bram hears %s %+v", w.kind, w.news)
			}
		}
	})
}

// What is said about a film dies with that film, also when the session goes on with
// others; and nobody keeps a word of it in plain (the hunt at the test's end).
func TestEverySortOfContributionGoesWithWhatItIsAbout(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "samen-terugkijken")
		g.begin()
		g.posts("noor", 0, "feeling", "bijgebleven", nil)
		g.walk(1)
		moment := g.posts("daan", 1, "observation", "moment", map[string]any{"n": 1, "startMs": 1500})
		g.posts("bram", 1, "strength", "stuk", map[string]any{"n": 1, "startMs": 1500, "endMs": 2500})
		g.posts("daan", 1, "observation", "van sem", map[string]any{"n": 2})
		g.posts("daan", 1, "question", "los", nil)
		header := map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}
		changed := people["daan"].want(200, people["daan"].send("PATCH", g.path("/contributions/"+moment.ID), header, strings.NewReader(`{"body":"`+noteWords+` anders"}`)))
		if changed.Header.Get("ETag") != `"2"` || decodeAs[said](t, changed).Body != noteWords+" anders" {
			t.Errorf("changed to %s %s", changed.Header.Get("ETag"), changed.body)
		}
		people["daan"].wantCode(412, "changed", people["daan"].send("DELETE", g.path("/contributions/"+moment.ID), header, nil))
		people["daan"].wantCode(428, "precondition_required", people["daan"].send("DELETE", g.path("/contributions/"+moment.ID), nil, nil))
		g.does("bram", "ready", map[string]any{"step": 1, "ready": true, "room": true})
		g.posts("noor", 1, "feeling", "antwoord", map[string]any{"parentId": moment.ID})
		if got := g.bodies("sem"); got != "bijgebleven, los, anders, stuk, antwoord, van sem" {
			t.Errorf("sem reads %q", got)
		}
		wordsAreNowhere(t, s)
		s.hunt()

		people["noor"].want(http.StatusAccepted, people["noor"].send("DELETE", "/api/v1/recordings/"+recordings["noor"], nil, nil))
		people["noor"].until("what was said about it is gone", func() bool { return s.count("session_contributions") == 3 })
		if got := g.bodies("sem"); got != "bijgebleven, los, van sem" {
			t.Errorf("without noor's recording sem reads %q", got)
		}
		sem := people["sem"]
		sem.want(204, sem.send("DELETE", g.path("/fragments/2"), nil, nil))
		if n := s.count("session_contributions"); n != 2 {
			t.Errorf("taken back, and %d contributions are left, want the two about no fragment", n)
		}
	})
}

func TestWhatWasNeverRevealedGoesAtTheEnd(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.posts("noor", -1, "feeling", "eigen", map[string]any{"n": 1})
		g.posts("sem", -1, "observation", "van sem", map[string]any{"n": 1})
		g.posts("noor", -1, "observation", "los", nil)
		g.begin()
		g.posts("daan", 0, "tried", "geprobeerd", nil)
		g.finish()
		for person, want := range map[string]string{"noor": "eigen", "sem": "", "daan": "", "bram": ""} {
			if got := g.bodies(person); got != want {
				t.Errorf("after the end %s reads %q, want %q", person, got, want)
			}
		}
		if n := s.count("session_contributions"); n != 2 {
			t.Errorf("%d contributions are left, want noor's own about her own film and what was open to all", n)
		}
	})
}

// Who is taken out takes their fragments along, with what was said about them: back
// again, they bring them in anew or not.
func TestWhoIsTakenOutOfASessionTakesTheirFragmentsAlong(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.posts("daan", -1, "observation", "over dat van sem", map[string]any{"n": 2})
		noor := people["noor"]
		invites := func(logins ...string) {
			header := map[string]string{"Content-Type": "application/json", "If-Match": noor.get(g.path("")).Header.Get("ETag")}
			noor.want(200, noor.send("PATCH", g.path(""), header, strings.NewReader(`{"participantIds":["`+strings.Join(ids(logins...), `","`)+`"]}`)))
		}
		invites("daan", "aylin")
		if shared := people["sem"].sharing(recordings["sem"]); len(shared) != 0 || s.count("session_contributions") != 0 {
			t.Errorf("sem's film is still in it: %+v; %d contributions", shared, s.count("session_contributions"))
		}
		invites("daan", "sem")
		if now := people["sem"].session(g.id); now.state(1) != "open" || now.state(2) != "closed" || len(now.Me.Owns) != 0 {
			t.Errorf("sem is back, and with him %+v", now.Fragments)
		}
	})
}

func TestWhoIsTakenOutOfASessionLeavesNoWordInIt(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.posts("daan", -1, "observation", "van daan", map[string]any{"n": 1})
		g.posts("sem", -1, "observation", "van sem", map[string]any{"n": 1})
		noor := people["noor"]
		header := map[string]string{"Content-Type": "application/json", "If-Match": noor.get(g.path("")).Header.Get("ETag")}
		noor.want(200, noor.send("PATCH", g.path(""), header, strings.NewReader(`{"participantIds":["`+id("sem")+`","`+id("aylin")+`"]}`)))
		people["daan"].wantCode(404, "not_found", people["daan"].get(g.path("/contributions")))
		if got := g.bodies("sem"); got != "van sem" || s.count("session_contributions") != 1 {
			t.Errorf("sem reads %q, and %d contributions are left", got, s.count("session_contributions"))
		}
	})
}
