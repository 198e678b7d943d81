package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"
)

// noorsThings makes everything that noor can have and returns its ids.
func noorsThings(t *testing.T, s *system, noor *browser) (ids map[string]string) {
	t.Helper()
	c, _ := s.given(noor)
	recording := noor.upload(c.ID, sampleFilm)
	note := noor.want(201, noor.json("POST", "/api/v1/recordings/"+recording+"/annotations", map[string]any{"startMs": 10, "kind": "question", "body": noteWords}))
	noor.want(200, noor.json("PATCH", "/api/v1/recordings/"+recording+"/look-back", map[string]any{"positionMs": 10, "step": "memory"}))
	noor.want(204, noor.send("PUT", "/api/v1/recordings/"+recording+"/captions/nl", map[string]string{"Content-Type": "text/vtt"}, strings.NewReader(captionFile)))
	fragment := noor.want(201, noor.json("POST", "/api/v1/recordings/"+recording+"/fragments", map[string]any{"startMs": 0, "endMs": 1000, "title": noteWords}))
	running := noor.want(201, noor.createUpload(c.ID, len(sampleFilm))).Header.Get("Location")
	plan := noor.want(201, noor.json("POST", "/api/v1/next-steps", map[string]any{"text": noteWords}))
	form := noor.want(201, noor.json("POST", "/api/v1/recordings/"+recording+"/forms", map[string]any{"code": "drie-leidvragen"}))
	together := noor.want(201, noor.json("POST", "/api/v1/review-sessions", map[string]any{"title": noteWords, "protocol": "videoclub"}))
	return map[string]string{
		"sessionId":      decodeAs[struct{ ID string }](t, together).ID,
		"formId":         decodeAs[struct{ ID string }](t, form).ID,
		"nextStepId":     decodeAs[struct{ ID string }](t, plan).ID,
		"conversationId": c.ID, "participantId": c.Participants[0].ID, "recordingId": recording,
		"draftId":        uuid.Must(uuid.NewV7()).String(),
		"uploadId":       running[strings.LastIndexByte(running, '/')+1:],
		"annotationId":   decodeAs[struct{ ID string }](t, note).ID,
		"fragmentId":     decodeAs[struct{ ID string }](t, fragment).ID,
		"contributionId": uuid.Must(uuid.NewV7()).String(),
		"personId":       id("sem"),
		// Not noor's: the register's (register_test.go).
		"recordId": uuid.Must(uuid.NewV7()).String(), "closingId": uuid.Must(uuid.NewV7()).String(), "noticeId": uuid.Must(uuid.NewV7()).String(),
		// Of nobody (signals_test.go).
		"signalId": uuid.Must(uuid.NewV7()).String(),
	}
}

func nobodysThings(like map[string]string) map[string]string {
	ids := map[string]string{}
	for name := range like {
		ids[name] = uuid.Must(uuid.NewV7()).String()
	}
	return ids
}

// Whatever role someone has: what is noor's looks exactly like what does not
// exist, on every route that names a thing, and nothing of it changes.
func TestWhatIsNoorsDoesNotExistForAnyoneElse(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		ids := noorsThings(t, s, noor)
		none := nobodysThings(ids)
		real, open := endpoints(t, ids)
		unreal, _ := endpoints(t, none)
		byName := map[string]endpoint{}
		for _, e := range unreal {
			byName[mask(e.String(), none)] = e
		}
		before := noorsView(t, noor, ids)
		for _, person := range []string{"sem", "daan", "bram", "ingrid", "henk", "petra", "femke", "olga", "omar"} {
			other := s.as(person)
			compared := 0
			for _, e := range real {
				named := mask(e.String(), ids)
				if open[e] || named == e.String() && e.path != "/api/v1/uploads" || e.path == "/api/v1/events" {
					continue
				}
				got := other.call(e, ids["conversationId"])
				want := other.call(byName[named], none["conversationId"])
				compared++
				if got.StatusCode != 404 || got.view() != want.view() {
					t.Errorf("%s, %s:\n%s\nwhat does not exist:\n%s", person, e, got.view(), want.view())
				}
			}
			if compared < 14 {
				t.Errorf("only %d routes were compared", compared)
			}
		}
		if after := noorsView(t, noor, ids); after != before {
			t.Errorf("something of noor's changed:\n%s\nbefore:\n%s", after, before)
		}
	})
}

// mask replaces the ids of a path by their names.
func mask(path string, ids map[string]string) string {
	for name, id := range ids {
		path = strings.ReplaceAll(path, id, "{"+name+"}")
	}
	return path
}

func noorsView(t *testing.T, noor *browser, ids map[string]string) string {
	t.Helper()
	recording := "/api/v1/recordings/" + ids["recordingId"]
	var all strings.Builder
	for _, path := range []string{"/api/v1/conversations", "/api/v1/recordings", recording, recording + "/annotations", recording + "/look-back", recording + "/forms", recording + "/fragments", recording + "/captions", recording + "/captions/nl", "/api/v1/next-steps", "/api/v1/review-sessions", "/api/v1/review-sessions/" + ids["sessionId"], "/api/v1/conversations/" + ids["conversationId"]} {
		all.WriteString(noor.want(200, noor.get(path)).view())
	}
	offset := noor.send("HEAD", "/api/v1/uploads/"+ids["uploadId"], map[string]string{"Tus-Resumable": "1.0.0"}, nil)
	return all.String() + noor.want(200, offset).Header.Get("Upload-Offset")
}

func TestWithoutASessionEveryStaffRouteIs401(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	ids := noorsThings(t, s, noor)
	all, open := endpoints(t, ids)
	walked := 0
	for _, cookie := range map[string]string{
		"no cookie": "", "an unknown one": "vakspiegel_session=" + strings.Repeat("A", 43), "rubbish": "vakspiegel_session='--",
		"the citizen's": "vakspiegel_link=" + strings.Repeat("A", 43), "the prefix": "__Host-vakspiegel_session=" + strings.Repeat("A", 43),
	} {
		b := s.browser()
		for _, e := range all {
			if open[e] {
				continue
			}
			header := map[string]string{"Tus-Resumable": "1.0.0", "If-Match": `"1"`, "Content-Type": "application/json"}
			if cookie != "" {
				header["Cookie"] = cookie
			}
			a := b.send(e.method, e.path, header, strings.NewReader("{}"))
			walked++
			if e.method == "HEAD" {
				b.want(401, a)
				continue
			}
			b.wantCode(401, "unauthorized", a)
		}
	}
	if walked < 100 {
		t.Errorf("only %d requests", walked)
	}
	noor.want(200, noor.get("/api/v1/recordings/"+ids["recordingId"]))
}

// The differential test of trust.md 4: an evaluator's whole view of the API is
// the same with and without recordings of the people they evaluate.
func TestAnEvaluatorsViewIsTheSameWithAndWithoutRecordings(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		people := map[string]*browser{}
		for _, person := range []string{"ingrid", "henk", "olga", "omar"} {
			people[person] = s.as(person)
		}
		ids := map[string]string{}
		for _, name := range idNames(t) {
			ids[name] = uuid.Must(uuid.NewV7()).String()
		}
		all, _ := endpoints(t, ids)
		look := func(who *browser) map[endpoint]string {
			views := map[endpoint]string{}
			for _, e := range all {
				if e.path == "/api/v1/events" || e.path == "/api/v1/logout" || e.path == "/api/v1/login" {
					continue // a stream, compared below; the session itself
				}
				views[e] = who.call(e, ids["conversationId"]).view()
			}
			return views
		}
		before := map[string]map[endpoint]string{}
		for person, b := range people {
			before[person] = look(b)
		}
		listening := people["ingrid"].listen()
		noor := s.as("noor")
		made := noorsThings(t, s, noor)
		noor.want(200, noor.get("/api/v1/recordings/"+made["recordingId"]+"/video"))
		for person, b := range people {
			for e, now := range look(b) {
				if now != before[person][e] {
					t.Errorf("%s sees that noor has a recording, on %s:\n%s\nbefore:\n%s", person, e, now, before[person][e])
				}
			}
		}
		listening.alive(2)
		if heard := listening.heard(); len(heard) != 0 {
			t.Errorf("ingrid is told of %v", heard)
		}
		for _, e := range all {
			if _, asked := before["ingrid"][e]; asked && before["ingrid"][e] == "" {
				t.Errorf("%s was not looked at", e)
			}
		}
		if body, _ := json.Marshal(made); strings.Contains(fmt.Sprint(before), made["recordingId"]) {
			t.Errorf("the test asked with ids that exist: %s", body)
		}
	})
}
