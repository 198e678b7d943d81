package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/policies"
)

// endedAgo makes it as if it had ended so long ago.
func (g *gathering) endedAgo(since time.Duration) {
	g.t.Helper()
	must(g.t, g.db.Table("review_sessions").Where("id = ?", uuid.MustParse(g.id)).Update("ended_at", time.Now().UTC().Add(-since)).Error)
}

// insightOf is what a test reads of one; "-" is nothing said yet.
type insightOf struct {
	N    int
	Text string
}

func (g *gathering) insights(person string) []insightOf {
	g.t.Helper()
	b := g.people[person]
	read := decodeAs[struct {
		Items []struct {
			N    int
			Text *string
		}
	}](g.t, b.want(200, b.get(g.path("/insight"))))
	list := []insightOf{}
	for _, one := range read.Items {
		if one.Text == nil {
			list = append(list, insightOf{one.N, "-"})
		} else {
			list = append(list, insightOf{one.N, *one.Text})
		}
	}
	return list
}

func (g *gathering) keeps(person string, n int, text string) answer {
	g.t.Helper()
	return g.people[person].json("PUT", g.path("/insight"), map[string]any{"n": n, "text": text})
}

// An insight is its owner's alone, also before the end and long after it; it goes
// with the recording, and neither the signal nor the next step does.
func TestWhatAnOwnerTakesAlongIsTheirsAloneAndGoesWithTheRecording(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		people["noor"].wantCode(409, "session_state", g.keeps("noor", 1, noteWords))
		g.begin()
		g.posts("daan", 0, "tried", "wat ik probeerde", nil)
		g.walk(questions)
		g.posts("daan", questions, "question", "over het fragment", map[string]any{"n": 1})
		people["noor"].want(200, g.keeps("noor", 1, "eerst dit"))
		people["bram"].move(g.id, "finish", map[string]any{"signal": noteWords})
		people["noor"].want(200, g.keeps("noor", 1, noteWords))
		if got, want := g.insights("noor"), []insightOf{{1, noteWords}}; !slices.Equal(got, want) {
			t.Errorf("noor reads %+v, want %+v", got, want)
		}
		if got, want := g.insights("sem"), []insightOf{{2, "-"}}; !slices.Equal(got, want) {
			t.Errorf("sem reads %+v, want %+v", got, want)
		}
		for _, person := range []string{"sem", "daan", "bram"} {
			people[person].wantCode(404, "not_found", g.keeps(person, 1, "van een ander"))
		}
		for _, person := range []string{"daan", "bram"} {
			people[person].wantCode(404, "not_found", people[person].get(g.path("/insight")))
		}
		people["noor"].wantCode(400, "invalid", g.keeps("noor", 1, strings.Repeat("x", 2001)))
		people["noor"].plan(noteWords)
		wordsAreNowhere(t, s)

		people["noor"].want(http.StatusAccepted, people["noor"].send("DELETE", "/api/v1/recordings/"+recordings["noor"], nil, nil))
		people["noor"].until("the insight is gone", func() bool { return s.count("session_insights") == 0 })
		var left int64
		must(t, s.db.Table("session_contributions").Where("recording_id IS NOT NULL").Count(&left).Error)
		if left != 0 || s.count("session_contributions") != 1 {
			t.Errorf("%d contributions on the fragment outlive the recording; of all there are %d, want the one about none", left, s.count("session_contributions"))
		}
		if s.count("signals") != 1 || s.count("next_steps") != 1 {
			t.Error("the signal or the next step went with the recording")
		}
		if got := g.insights("sem"); len(got) != 1 {
			t.Errorf("sem reads %+v", got)
		}
	})
}

// asked are the sessions in which someone is asked what they take along.
func (b *browser) askedToTakeAlong() (list []string) {
	b.t.Helper()
	for _, item := range decodeAs[struct {
		Items []struct {
			ID string
			Me struct{ TakeAlong bool }
		}
	}](b.t, b.want(200, b.get("/api/v1/review-sessions"))).Items {
		if item.Me.TakeAlong {
			list = append(list, item.ID)
		}
	}
	return list
}

// It is offered for two weeks, until one said something or that there is nothing.
func TestOneIsAskedOnceWhatOneTakesAlong(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		nobody := func(when string, persons ...string) {
			t.Helper()
			for _, person := range persons {
				if got := people[person].askedToTakeAlong(); got != nil {
					t.Errorf("%s %s is asked", when, person)
				}
			}
		}
		nobody("while it runs", gathered...)
		g.finish()
		nobody("who owns nothing:", "daan", "bram")
		for _, owner := range []string{"noor", "sem"} {
			if got := people[owner].askedToTakeAlong(); !slices.Equal(got, []string{g.id}) {
				t.Errorf("%s is asked of %v", owner, got)
			}
		}
		people["noor"].want(200, g.keeps("noor", 1, " \n"))
		nobody("after she skipped it", "noor")
		if got := g.insights("noor"); !slices.Equal(got, []insightOf{{1, ""}}) {
			t.Errorf("noor reads %+v", got)
		}
		people["noor"].want(200, g.keeps("noor", 1, "toch iets"))
		g.endedAgo(15 * 24 * time.Hour)
		nobody("after two weeks", "sem")
		g.endedAgo(0)
		must(t, s.db.Exec("UPDATE recordings SET closed_at = ? WHERE id = ?", time.Now().UTC(), uuid.MustParse(recordings["sem"])).Error)
		nobody("of a closed recording", "sem")
		if got := g.insights("sem"); len(got) != 0 {
			t.Errorf("of a closed recording sem reads %+v", got)
		}
		people["sem"].wantCode(404, "not_found", g.keeps("sem", 2, "meer"))
	})
}

type saidIn struct {
	SessionID     string
	At            time.Time
	Contributions []said
}

func (b *browser) saidAbout(recording string) (lines []string) {
	b.t.Helper()
	list := decodeAs[struct{ Items []saidIn }](b.t, b.want(200, b.get("/api/v1/recordings/"+recording+"/contributions")))
	for _, session := range list.Items {
		for _, one := range session.Contributions {
			lines = append(lines, one.Author.Name+": "+strings.TrimPrefix(one.Body, noteWords+" "))
		}
	}
	return lines
}

// In the workspace an owner reads what was said about their own recording, once
// the session has ended, and nothing that was never revealed.
func TestAnOwnerReadsLaterWhatWasSaidAboutTheirRecording(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		g.walk(questions)
		g.posts("daan", questions, "question", "vraag", map[string]any{"n": 1, "startMs": 1500})
		g.walk(analysis)
		g.posts("sem", analysis, "analysis", "nooit onthuld", map[string]any{"n": 1})
		if got := people["noor"].saidAbout(recordings["noor"]); got != nil {
			t.Errorf("while it runs noor reads %q", got)
		}
		g.finish()
		if got := people["noor"].saidAbout(recordings["noor"]); !slices.Equal(got, []string{"Daan: vraag"}) {
			t.Errorf("noor reads %q", got)
		}
		if got := people["sem"].saidAbout(recordings["sem"]); got != nil {
			t.Errorf("about his own sem reads %q", got)
		}
		for _, person := range []string{"sem", "daan", "bram"} {
			people[person].wantCode(404, "not_found", people[person].get("/api/v1/recordings/"+recordings["noor"]+"/contributions"))
		}
		found := people["noor"].want(200, people["noor"].json("POST", "/api/v1/search", map[string]string{"query": "vraag"}))
		exported := people["noor"].want(200, people["noor"].get("/api/v1/recordings/"+recordings["noor"]+"/export/csv"))
		if strings.Contains(string(found.body)+string(exported.body), "vraag") {
			t.Error("what others said is in a search or an export")
		}
		people["noor"].want(http.StatusAccepted, people["noor"].send("DELETE", "/api/v1/recordings/"+recordings["noor"], nil, nil))
		people["noor"].wantCode(404, "not_found", people["noor"].get("/api/v1/recordings/"+recordings["noor"]+"/contributions"))
	})
}

// An owner who evaluates one of the others later reads no word of that session any
// more, at the recording neither; of another session they do.
func TestAnOwnerWhoEvaluatesOneOfThemReadsNoWordOfTheSessionAnyMore(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		with, without := s.gather(people, recordings, "incidentmethode"), s.gather(people, recordings, "sterke-momenten")
		with.begin()
		with.walk(questions)
		with.posts("daan", questions, "question", "van daan", map[string]any{"n": 1})
		without.begin()
		without.walk(1)
		without.posts("bram", 1, "strength", "van bram", map[string]any{"n": 1})
		with.finish()
		without.finish()
		if got := people["noor"].saidAbout(recordings["noor"]); !slices.Equal(got, []string{"Bram: van bram", "Daan: van daan"}) {
			t.Fatalf("noor reads %q", got)
		}
		_, err := s.people.RecordEvaluator(t.Context(), policies.DemoID("noor"), policies.DemoID("daan"), time.Now(), nil)
		must(t, err)
		if got := people["noor"].saidAbout(recordings["noor"]); !slices.Equal(got, []string{"Bram: van bram"}) {
			t.Errorf("now that she evaluates daan, noor reads %q", got)
		}
	})
}

type roundOf struct {
	ID, State string
	Round     int
	Tried     []struct {
		Author struct{ Name string }
		Body   string
	}
}

func (b *browser) thread(id string) (lines []string) {
	b.t.Helper()
	for _, round := range decodeAs[struct{ Rounds []roundOf }](b.t, b.want(200, b.get("/api/v1/review-sessions/"+id+"/thread"))).Rounds {
		line := fmt.Sprint(round.Round, " ", round.State)
		for _, one := range round.Tried {
			line += fmt.Sprintf("; %s: %s", one.Author.Name, strings.TrimPrefix(one.Body, noteWords+" "))
		}
		lines = append(lines, line)
	}
	return lines
}

// Rounds of one learning question are a thread: what was tried, of the rounds that
// have ended, to those who were in them.
func TestTheNextRoundOpensWithWhatWasTried(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		next := people["noor"].makeSession(map[string]any{
			"title": "Intervisie", "protocol": "incidentmethode", "participantIds": ids("sem", "aylin"), "facilitatorId": id("bram"),
		}).ID
		must(t, s.db.Exec("UPDATE review_sessions SET rounds = 2 WHERE id = ?", uuid.MustParse(g.id)).Error)
		must(t, s.db.Exec("UPDATE review_sessions SET rounds = 2, round = 2, series_id = (SELECT series_id FROM review_sessions WHERE id = ?) WHERE id = ?",
			uuid.MustParse(g.id), uuid.MustParse(next)).Error)
		g.begin()
		g.posts("sem", 0, "tried", "eerst drie tellen stil", nil)
		g.walk(questions)
		g.posts("daan", questions, "question", "over het fragment", map[string]any{"n": 1})
		open := []string{"1 running", "2 draft"}
		for _, person := range []string{"noor", "sem", "bram"} {
			if got := people[person].thread(next); !slices.Equal(got, open) {
				t.Errorf("while round 1 runs %s reads %q, want %q", person, got, open)
			}
		}
		g.finish()
		want := []string{"1 finished; Sem: eerst drie tellen stil", "2 draft"}
		for _, person := range []string{"noor", "sem", "bram"} {
			if got := people[person].thread(next); !slices.Equal(got, want) {
				t.Errorf("%s reads %q, want %q", person, got, want)
			}
		}
		if got := s.as("aylin").thread(next); !slices.Equal(got, []string{"2 draft"}) {
			t.Errorf("who was not in round 1 reads %q", got)
		}
		if got := people["daan"].thread(g.id); !slices.Equal(got, want[:1]) {
			t.Errorf("who is not in round 2 reads %q", got)
		}
		people["daan"].wantCode(404, "not_found", people["daan"].get("/api/v1/review-sessions/"+next+"/thread"))
		must(t, s.db.Exec("DELETE FROM session_agreements WHERE person_id = ?", uuid.MustParse(id("daan"))).Error)
		if got := people["daan"].thread(g.id); !slices.Equal(got, []string{"1 finished"}) {
			t.Errorf("who never accepted the agreement reads %q", got)
		}
	})
}

// "Wie keek mee": the owner reads who, when, for what and which part, the citizen
// how many, when and for what, and no name.
func TestALookInASessionShowsToTheOwnerAndTheCitizen(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		g := s.gather(people, recordings, "incidentmethode")
		g.begin()
		for range 3 { // the pieces that players ask for, in turn
			for _, person := range []string{"daan", "bram", "noor", "sem"} {
				people[person].want(200, people[person].get(g.path("/fragments/2/video")))
			}
		}
		path := "/api/v1/recordings/" + recordings["sem"]
		var lines []string
		for _, view := range decodeAs[struct {
			Items []struct {
				Who, Purpose string
				At           time.Time
				FromMs       *int64
			}
		}](t, people["sem"].want(200, people["sem"].get(path+"/views"))).Items {
			line := view.Who + " " + view.Purpose
			if view.FromMs != nil {
				line += fmt.Sprint(" from ", *view.FromMs)
			}
			if time.Since(view.At).Abs() > time.Minute {
				line += " not now"
			}
			lines = append(lines, line)
		}
		slices.Sort(lines)
		if want := []string{"Bram coaching from 0", "Daan peer_review from 0", "Noor peer_review from 0", "Sem peer_review"}; !slices.Equal(lines, want) {
			t.Errorf("sem reads %q, want %q", lines, want)
		}
		recording := decodeAs[struct{ ConversationID string }](t, people["sem"].want(200, people["sem"].get(path)))
		conversation := decodeAs[struct{ Participants []struct{ ConsentURL string } }](t,
			people["sem"].want(200, people["sem"].get("/api/v1/conversations/"+recording.ConversationID)))
		_, page := s.browser().visit(conversation.Participants[0].ConsentURL)
		for _, want := range []string{"Zoveel collega&#39;s keken mee: 3.", "een coach keek mee", "leerden er samen van"} {
			if !strings.Contains(page, want) {
				t.Errorf("the citizen does not read %q", want)
			}
		}
		if n := strings.Count(page, "leerden er samen van"); n != 1 {
			t.Errorf("those who looked together are %d lines", n)
		}
		for _, name := range []string{"Daan", "Bram"} {
			if strings.Contains(page, name) {
				t.Errorf("the citizen reads the name %s", name)
			}
		}
	})
}
