package main

import (
	"slices"
	"strings"
	"testing"

	"vakspiegel/policies"
)

// together is what a test reads of a session.
type together struct {
	ID, State, Title, LearningQuestion, Request, Purpose, StartsAt string
	Version                                                        int
	Protocol                                                       struct{ ID string }
	Maker                                                          struct{ ID, Name string }
	Facilitator                                                    *struct{ ID, Name string }
	People                                                         []struct {
		ID, Name, Part          string
		Agreed, Present, Mailed bool
		Ready                   *bool
	}
	Fragments []struct {
		N                      int
		State, OwnerID         string
		StartMs, EndMs, LeadMs int64
		Whole                  bool
	}
	Step          int
	EveryoneReady bool
	Emptied       bool
	Chosen        int
	Revealed      []int
	Me            struct {
		Part                 string
		Leads, Agreed, Ready bool
		Owns                 []int
		Posts                []string
	}
	Can      map[string]bool
	Problems []sessionProblem
}

type sessionProblem struct{ Code, PersonName, OwnerName string }

// sessionBodies are good bodies for the addresses of sessions, by their last part.
var sessionBodies = map[string]string{
	"POST review-sessions": `{"title":"van een ander","protocol":"videoclub"}`,
	"POST agreement":       `{"version":1}`,
	"POST request":         `{"accept":true}`,
	"POST start":           `{}`,
	"POST finish":          `{}`,
	"POST contributions":   `{"step":0,"kind":"line","body":"van een ander"}`,
	"POST ready":           `{"step":0,"ready":true}`,
	"POST steps":           `{"to":0}`,
	"POST reveal":          `{"step":0}`,
	"PUT insight":          `{"n":1,"text":"van een ander"}`,
	"PUT film":             `{"n":1,"positionMs":0,"playing":false,"rate":1}`,
	"POST fragments":       `{"recordingId":"01890000-0000-7000-8000-000000000000","whole":true}`,
}

func id(login string) string { return policies.DemoID(login).String() }

func ids(logins ...string) []string {
	list := []string{}
	for _, login := range logins {
		list = append(list, id(login))
	}
	return list
}

// peers is a plan of a video club.
func peers(more map[string]any) map[string]any {
	plan := map[string]any{
		"title": "Video club", "learningQuestion": noteWords, "protocol": "videoclub", "participantIds": ids("sem", "daan"),
	}
	for key, value := range more {
		plan[key] = value
	}
	return plan
}

func (b *browser) makeSession(plan map[string]any) together {
	b.t.Helper()
	return decodeAs[together](b.t, b.want(201, b.json("POST", "/api/v1/review-sessions", plan)))
}

func (b *browser) session(id string) together {
	b.t.Helper()
	return decodeAs[together](b.t, b.want(200, b.get("/api/v1/review-sessions/"+id)))
}

func (b *browser) sessions() (list []string) {
	b.t.Helper()
	for _, item := range decodeAs[struct{ Items []together }](b.t, b.want(200, b.get("/api/v1/review-sessions"))).Items {
		list = append(list, item.ID)
	}
	return list
}

func (b *browser) agree(id string) together {
	b.t.Helper()
	return decodeAs[together](b.t, b.want(200, b.json("POST", "/api/v1/review-sessions/"+id+"/agreement", map[string]any{"version": 1})))
}

func TestASessionIsThereForItsPeopleAlone(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor, sem := s.as("noor"), s.as("sem")
		made := noor.makeSession(peers(map[string]any{"facilitatorId": id("bram")}))
		if made.State != "draft" || made.Request != "asked" || made.LearningQuestion != noteWords || len(made.People) != 4 || made.Facilitator.Name != "Bram" {
			t.Fatalf("made %+v", made)
		}
		if got := sem.session(made.ID); got.Me.Part != "participant" || got.Can["plan"] || got.Problems != nil || got.Title != "Video club" {
			t.Errorf("sem sees %+v", got)
		}
		for _, person := range []string{"noor", "sem", "daan", "bram"} {
			b := s.as(person)
			if list := b.sessions(); !slices.Equal(list, []string{made.ID}) {
				t.Errorf("%s lists %v", person, list)
			}
			if got := b.agree(made.ID); !got.Me.Agreed {
				t.Errorf("%s did not agree: %+v", person, got.Me)
			}
		}
		for _, person := range []string{"fatima", "ingrid", "henk", "omar", "petra"} {
			other := s.as(person)
			if list := other.sessions(); len(list) != 0 {
				t.Errorf("%s lists %v", person, list)
			}
			other.wantCode(404, "not_found", other.get("/api/v1/review-sessions/"+made.ID))
		}
		wordsAreNowhere(t, s)
	})
}

func TestNobodyIsInvitedWhoEvaluatesOneOfTheOthers(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	for name, plan := range map[string]map[string]any{
		"a coach who evaluates the maker":     peers(map[string]any{"facilitatorId": id("ingrid")}),
		"a participant who evaluates another": peers(map[string]any{"participantIds": ids("sem", "ingrid")}),
	} {
		refused := noor.want(409, noor.json("POST", "/api/v1/review-sessions", plan))
		problem := decodeAs[struct {
			Code     string
			Problems []sessionProblem
		}](t, refused)
		if problem.Code != "evaluator" || !slices.Contains(problem.Problems, sessionProblem{"evaluator", "Ingrid", "Noor"}) {
			t.Errorf("%s: %+v", name, problem)
		}
	}
	for _, person := range []string{"henk", "omar", "petra"} {
		noor.wantCode(400, "invalid", noor.json("POST", "/api/v1/review-sessions", peers(map[string]any{"participantIds": ids(person)})))
	}
	if list := noor.sessions(); len(list) != 0 || s.count("review_sessions") != 0 {
		t.Errorf("something was stored: %v", list)
	}
}

func TestTheMembersOfASessionAreToldThatItChanged(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor, sem := s.as("noor"), s.as("sem")
		hears, stranger, evaluator := sem.listen(), s.as("fatima").listen(), s.as("ingrid").listen()
		made := noor.makeSession(peers(nil))
		sem.until("sem hears of it", func() bool { return slices.Contains(hears.heard(), "session "+made.ID) })
		count := len(hears.heard())
		noor.agree(made.ID)
		sem.until("sem hears of the change", func() bool { return len(hears.heard()) > count })
		header := map[string]string{"If-Match": `"2"`, "Content-Type": "application/json"}
		count = len(hears.heard())
		noor.want(200, noor.send("PATCH", "/api/v1/review-sessions/"+made.ID, header, strings.NewReader(`{"participantIds":[]}`)))
		sem.until("sem hears that it is not there any more", func() bool { return len(hears.heard()) > count })
		for _, e := range []*ear{stranger, evaluator} {
			e.alive(2)
			if heard := e.heard(); len(heard) != 0 {
				t.Errorf("a stranger is told of %v", heard)
			}
		}
	})
}
