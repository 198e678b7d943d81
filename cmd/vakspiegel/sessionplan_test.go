package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vakspiegel/policies"
)

// planning is a program without a cooling-off, in which noor has a film that
// colleagues and a coach may see.
type planning struct {
	*system
	noor, citizen *browser
	link          string // of the citizen
	conversation  string
	recording     string
}

func plan(t *testing.T, p pair, scopes ...string) *planning {
	t.Helper()
	return planWith(t, p, func(settings *Settings) { settings.CoolingOff = 0 }, scopes...)
}

func planWith(t *testing.T, p pair, change func(*Settings), scopes ...string) *planning {
	t.Helper()
	s, _ := launch(t, p, change)
	return planOn(s, scopes...)
}

func planOn(s *system, scopes ...string) *planning {
	s.t.Helper()
	g := &planning{system: s, noor: s.as("noor")}
	c := g.noor.ask("citizen")
	g.conversation, g.link = c.ID, c.Participants[0].ConsentURL
	g.citizen = s.sayYes(g.link, scopes...)
	g.recording = g.noor.upload(c.ID, sampleFilm)
	return g
}

func soon() string { return time.Now().Add(48 * time.Hour).UTC().Format(time.RFC3339) }

func (b *browser) bring(session, recording string) together {
	b.t.Helper()
	body := map[string]any{"recordingId": recording, "whole": true}
	return decodeAs[together](b.t, b.want(201, b.json("POST", "/api/v1/review-sessions/"+session+"/fragments", body)))
}

// move posts to an address of a session.
func (b *browser) move(session, what string, body any) together {
	b.t.Helper()
	return decodeAs[together](b.t, b.want(200, b.json("POST", "/api/v1/review-sessions/"+session+"/"+what, body)))
}

// barred is the problems of a 409 with the code.
func (b *browser) barred(code string, a answer) []sessionProblem {
	b.t.Helper()
	problem := decodeAs[struct {
		Code     string
		Problems []sessionProblem
	}](b.t, b.want(409, a))
	if problem.Code != code {
		b.t.Errorf("%s %s: %s %v, want %s", a.Request.Method, a.Request.URL.Path, problem.Code, problem.Problems, code)
	}
	return problem.Problems
}

func (t together) state(n int) string {
	for _, f := range t.Fragments {
		if f.N == n {
			return f.State
		}
	}
	return ""
}

// ready is a session of noor, sem and daan in which preparing began, and which all
// three accepted.
func (g *planning) ready(more map[string]any) together {
	g.t.Helper()
	plan := peers(map[string]any{"startsAt": soon(), "fragments": []any{map[string]any{"recordingId": g.recording, "whole": true}}})
	for key, value := range more {
		plan[key] = value
	}
	made := g.noor.makeSession(plan)
	opened := g.noor.move(made.ID, "open", nil)
	for _, person := range opened.People {
		g.as(strings.ToLower(person.Name)).agree(made.ID)
	}
	return g.noor.session(made.ID)
}

func TestASessionGoesFromDraftToItsEnd(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		made := g.noor.makeSession(peers(map[string]any{"startsAt": soon()}))
		if codes := g.noor.barred("session_plan", g.noor.json("POST", "/api/v1/review-sessions/"+made.ID+"/open", nil)); !slices.Contains(codes, sessionProblem{Code: "no_fragment"}) {
			t.Errorf("opened without a fragment: %v", codes)
		}
		if brought := g.noor.bring(made.ID, g.recording); brought.state(1) != "waiting" || !slices.Equal(brought.Me.Owns, []int{1}) {
			t.Errorf("brought: %+v", brought)
		}
		if opened := g.noor.move(made.ID, "open", nil); opened.State != "preparing" || opened.state(1) != "waiting" {
			t.Errorf("opened: %+v", opened)
		}
		if agreed := g.noor.agree(made.ID); agreed.state(1) != "open" {
			t.Errorf("agreed: %+v", agreed)
		}
		sem := g.as("sem")
		if before := sem.session(made.ID); before.state(1) != "waiting" {
			t.Errorf("before the agreement: %+v", before)
		}
		if now := sem.agree(made.ID); now.state(1) != "open" {
			t.Errorf("after the agreement: %+v", now)
		}
		sem.wantCode(404, "not_found", sem.json("POST", "/api/v1/review-sessions/"+made.ID+"/start", map[string]any{}))
		started := g.noor.move(made.ID, "start", map[string]any{})
		if started.State != "running" || started.Step != 0 {
			t.Errorf("started: %+v", started)
		}
		for _, person := range started.People {
			if person.Present != (person.Name != "Daan") {
				t.Errorf("%s present: %v", person.Name, person.Present)
			}
		}
		finished := g.noor.move(made.ID, "finish", map[string]any{"signal": "De brief is onleesbaar."})
		if finished.State != "finished" || finished.state(1) != "closed" {
			t.Errorf("finished: %+v", finished)
		}
		for _, what := range []string{"open", "cancel", "start", "finish"} {
			g.noor.wantCode(409, "session_state", g.noor.json("POST", "/api/v1/review-sessions/"+made.ID+"/"+what, map[string]any{}))
		}
		wordsAreNowhere(t, g.system)
	})
}

func TestAFragmentIsBroughtInByItsOwnerAndByNobodyElse(t *testing.T) {
	g := plan(t, sqlitePair(t), "coach")
	made := g.noor.makeSession(peers(nil))
	fragments := "/api/v1/review-sessions/" + made.ID + "/fragments"
	body := map[string]any{"recordingId": g.recording, "whole": true}
	sem, fatima := g.as("sem"), g.as("fatima")
	sem.wantCode(404, "not_found", sem.json("POST", fragments, body))
	fatima.wantCode(404, "not_found", fatima.json("POST", fragments, body))
	if problems := g.noor.barred("scope_missing", g.noor.json("POST", fragments, body)); !slices.Equal(problems, []sessionProblem{{Code: "scope_missing", OwnerName: "Noor"}}) {
		t.Errorf("problems %v", problems)
	}
	g.noor.wantCode(400, "invalid", g.noor.json("POST", fragments, map[string]any{"recordingId": g.recording}))
	interval := map[string]any{"recordingId": g.recording, "startMs": 1000, "endMs": 3000}
	coached := g.noor.makeSession(map[string]any{"title": "Samen", "protocol": "reflectiegesprek", "facilitatorId": id("bram")})
	g.noor.wantCode(409, "cuts_unavailable", g.noor.json("POST", "/api/v1/review-sessions/"+coached.ID+"/fragments", interval))
	if got := g.noor.bring(coached.ID, g.recording); got.Purpose != "coaching" {
		t.Errorf("purpose %s", got.Purpose)
	}
	// A peer more is one for whom the citizen's yes does not hold.
	change := map[string]string{"If-Match": `"2"`, "Content-Type": "application/json"}
	g.noor.barred("scope_missing", g.noor.send("PATCH", "/api/v1/review-sessions/"+coached.ID, change, strings.NewReader(`{"participantIds":["`+id("sem")+`"]}`)))
}

func TestAnOwnerTakesAFragmentBackAtAnySecond(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		made := g.ready(nil)
		sem := g.as("sem")
		one := "/api/v1/review-sessions/" + made.ID + "/fragments/1"
		sem.wantCode(404, "not_found", sem.send("DELETE", one, nil, nil))
		sem.wantCode(404, "not_found", sem.send("DELETE", strings.TrimSuffix(one, "1")+"01", nil, nil))
		g.noor.move(made.ID, "start", map[string]any{})
		if now := sem.session(made.ID); now.state(1) != "open" {
			t.Fatalf("while it runs: %+v", now)
		}
		must(t, g.db.Exec("UPDATE person_roles SET role = 'hr' WHERE person_id = ?", id("noor")).Error)
		hears := sem.listen()
		g.noor.want(204, g.noor.send("DELETE", one, nil, nil))
		hears.hears("session " + made.ID)
		was := sem.session(made.ID).Version
		g.noor.want(204, g.noor.send("DELETE", one, nil, nil))
		if now := sem.session(made.ID).Version; now != was {
			t.Errorf("taking back twice tells everyone anew: version %d, then %d", was, now)
		}
		for _, b := range []*browser{sem, g.noor} {
			body := b.want(200, b.get("/api/v1/review-sessions/"+made.ID)).body
			if !strings.Contains(string(body), `"fragments":[{"n":1,"state":"closed"}]`) {
				t.Errorf("after it was taken back: %s", body)
			}
		}
	})
}

func TestARoomStartsWithItsPresenceList(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		made := g.ready(map[string]any{"place": "room", "participantIds": ids("sem", "daan")})
		start := "/api/v1/review-sessions/" + made.ID + "/start"
		if got := g.noor.barred("evaluator", g.noor.json("POST", start, map[string]any{"present": ids("noor", "sem", "ingrid")})); !slices.Contains(got, sessionProblem{"evaluator", "Ingrid", "Noor"}) {
			t.Errorf("an evaluator on the list: %v", got)
		}
		if got := g.noor.barred("agreement_missing", g.noor.json("POST", start, map[string]any{"present": ids("noor", "sem", "fatima")})); !slices.Equal(got, []sessionProblem{{Code: "agreement_missing", PersonName: "Fatima"}}) {
			t.Errorf("without an agreement: %v", got)
		}
		if s := g.noor.session(made.ID); s.State != "preparing" || len(s.People) != 3 {
			t.Errorf("a start that was refused left %+v", s)
		}
		body := map[string]any{"present": ids("noor", "sem"), "onPaper": ids("fatima"), "agreed": ids("fatima")}
		if started := g.noor.move(made.ID, "start", body); started.State != "running" || len(started.People) != 4 {
			t.Errorf("started: %+v", started)
		}
		views := decodeAs[struct {
			Items []struct{ Who, Purpose string }
		}](t, g.noor.want(200, g.noor.get("/api/v1/recordings/"+g.recording+"/views"))).Items
		var names []string
		for _, view := range views {
			names = append(names, view.Who)
			if view.Purpose != "peer_review" {
				t.Errorf("%s looked for %s", view.Who, view.Purpose)
			}
		}
		slices.Sort(names)
		if !slices.Equal(names, []string{"Fatima", "Noor", "Sem"}) {
			t.Errorf("viewers: %v", names)
		}
	})
}

// Who has a role that never watches is not let in, whatever else they are; nor is
// who got one since, or was disabled, before the one screen of a room, on which they
// would look without being written as a viewer.
func TestWhoNeverWatchesIsNotLetInWhereFilmsAreWatched(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		gets := func(person, role string) {
			must(t, g.db.Table("person_roles").Create(map[string]any{"person_id": policies.DemoID(person), "role": role}).Error)
		}
		gets("fatima", "works_council")
		for person, want := range map[string]bool{"fatima": false, "noor": true} {
			b := g.as(person)
			me := decodeAs[struct{ Can map[string]bool }](t, b.want(200, b.get("/api/v1/me")))
			if me.Can["createSession"] != want || me.Can["joinSessions"] != want {
				t.Errorf("%s can %v", person, me.Can)
			}
		}
		offered := decodeAs[struct {
			Items []struct {
				ID            string
				JoinsSessions bool
			}
		}](t, g.noor.want(200, g.noor.get("/api/v1/people"))).Items
		for _, one := range offered {
			if want := one.ID != id("fatima") && one.ID != id("omar"); slices.Contains(ids("noor", "sem", "bram", "fatima", "omar"), one.ID) && one.JoinsSessions != want {
				t.Errorf("of %s it is said that they join: %v", one.ID, one.JoinsSessions)
			}
		}
		g.noor.wantCode(400, "invalid", g.noor.json("POST", "/api/v1/review-sessions", peers(map[string]any{"participantIds": ids("sem", "fatima")})))
		made := g.ready(map[string]any{"place": "room", "participantIds": ids("sem", "daan", "aylin")})
		start := "/api/v1/review-sessions/" + made.ID + "/start"
		gets("daan", "administrator")
		must(t, g.people.Disable(t.Context(), policies.DemoID("aylin"), time.Now()))
		for _, person := range []string{"daan", "aylin", "fatima"} {
			there := map[string]any{"present": ids("noor", "sem", person), "agreed": ids(person)}
			g.noor.wantCode(400, "invalid", g.noor.json("POST", start, there))
		}
		g.noor.move(made.ID, "start", map[string]any{"present": ids("noor", "sem")})
		for _, person := range []string{"daan", "aylin", "fatima"} {
			g.noor.wantCode(400, "invalid", g.noor.says(made.ID, person, map[string]any{"present": true, "agreed": true}))
		}
		if now := g.noor.session(made.ID); now.present() != "Noor Sem" || len(now.People) != 4 || g.viewers() != "Noor Sem" {
			t.Errorf("what was refused left %+v; viewers %s", now, g.viewers())
		}
	})
}

func TestACoachSaysYesOrNoToEveryRoundAtOnce(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor, bram := s.as("noor"), s.as("bram")
	day := func(n int) string { return time.Now().AddDate(0, 0, n).UTC().Format(time.RFC3339) }
	plan := peers(map[string]any{"facilitatorId": id("bram"), "startsAt": day(7), "furtherRounds": []string{day(14), day(21), day(28), day(35)}})
	first := noor.makeSession(plan)
	if rounds := bram.sessions(); len(rounds) != 5 {
		t.Fatalf("%d rounds", len(rounds))
	}
	noor.wantCode(404, "not_found", noor.json("POST", "/api/v1/review-sessions/"+first.ID+"/request", map[string]any{"accept": true}))
	bram.want(204, bram.json("POST", "/api/v1/review-sessions/"+first.ID+"/request", map[string]any{"accept": true}))
	for _, round := range bram.sessions() {
		if got := bram.session(round); got.Request != "accepted" || !got.Me.Leads {
			t.Errorf("a round: %+v", got)
		}
	}
	bram.wantCode(409, "session_state", bram.json("POST", "/api/v1/review-sessions/"+first.ID+"/request", map[string]any{"accept": false}))

	second := noor.makeSession(peers(map[string]any{"facilitatorId": id("bram")}))
	bram.want(204, bram.json("POST", "/api/v1/review-sessions/"+second.ID+"/request", map[string]any{"accept": false}))
	bram.wantCode(404, "not_found", bram.get("/api/v1/review-sessions/"+second.ID))
	if got := noor.session(second.ID); got.Request != "declined" || !got.Me.Leads || got.Facilitator != nil || len(got.People) != 3 {
		t.Errorf("after a no: %+v", got)
	}
}

// A coach can be a klantmanager too. Who says no is out of it, with what they brought
// in: it is not open again when they are asked back.
func TestACoachWhoSaysNoTakesTheirFragmentsAlong(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "coach", "peers")
		must(t, g.db.Table("person_roles").Create(map[string]any{"person_id": policies.DemoID("bram"), "role": "klantmanager"}).Error)
		bram := g.as("bram")
		c := bram.ask("citizen")
		g.sayYes(c.Participants[0].ConsentURL, "coach", "peers")
		own := bram.upload(c.ID, sampleFilm)
		made := g.noor.makeSession(peers(map[string]any{"protocol": "samen-terugkijken", "facilitatorId": id("bram"), "startsAt": soon()}))
		g.noor.bring(made.ID, g.recording)
		bram.bring(made.ID, own)
		bram.want(204, bram.json("POST", "/api/v1/review-sessions/"+made.ID+"/request", map[string]any{"accept": false}))
		if shared := bram.sharing(own); len(shared) != 0 {
			t.Errorf("bram said no, and his film is still in it: %+v", shared)
		}
		header := map[string]string{"If-Match": `"` + strconv.Itoa(g.noor.session(made.ID).Version) + `"`, "Content-Type": "application/json"}
		g.noor.want(200, g.noor.send("PATCH", "/api/v1/review-sessions/"+made.ID, header, strings.NewReader(`{"participantIds":["`+id("sem")+`","`+id("bram")+`"]}`)))
		g.noor.move(made.ID, "open", nil)
		bram.agree(made.ID)
		if now := g.noor.agree(made.ID); now.state(1) != "open" || now.state(2) != "closed" {
			t.Errorf("bram is asked back, and there is %+v", now.Fragments)
		}
	})
}

func TestAPlanChangesWithTheVersionThatWasRead(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor, sem := s.as("noor"), s.as("sem")
	made := noor.makeSession(peers(map[string]any{"facilitatorId": id("bram"), "startsAt": soon()}))
	path := "/api/v1/review-sessions/" + made.ID
	header := func(version string) map[string]string {
		return map[string]string{"If-Match": version, "Content-Type": "application/json"}
	}
	body := `{"title":"Nieuw","facilitatorId":null,"startsAt":null,"participantIds":["` + id("daan") + `"]}`
	sem.wantCode(404, "not_found", sem.send("PATCH", path, header(`"1"`), strings.NewReader(body)))
	changed := decodeAs[together](t, noor.want(200, noor.send("PATCH", path, header(`"1"`), strings.NewReader(body))))
	if changed.Title != "Nieuw" || changed.LearningQuestion != noteWords || changed.Facilitator != nil || changed.Request != "none" || len(changed.People) != 2 {
		t.Errorf("changed: %+v", changed)
	}
	noor.wantCode(412, "changed", noor.send("PATCH", path, header(`"1"`), strings.NewReader(body)))
	sem.wantCode(404, "not_found", sem.get(path))
	if list := sem.sessions(); len(list) != 0 {
		t.Errorf("sem still lists %v", list)
	}
	noor.wantCode(400, "invalid", noor.send("PATCH", path, header(`"2"`), strings.NewReader(`{"protocol":"geen","startsAt":"2001-01-01T00:00:00Z","title":" "}`)))
	cancelled := noor.move(made.ID, "cancel", nil)
	if cancelled.State != "cancelled" || cancelled.Can["plan"] {
		t.Errorf("cancelled: %+v", cancelled)
	}
	noor.wantCode(409, "session_state", noor.send("PATCH", path, header(`"3"`), strings.NewReader(body)))
}

// Fragments are open at most fourteen days before a session, however its moment is
// moved.
func TestPreparingBeginsAtMostFourteenDaysAhead(t *testing.T) {
	g := plan(t, sqlitePair(t), "peers")
	far := time.Now().Add(14*24*time.Hour + time.Hour).UTC().Format(time.RFC3339)
	made := g.noor.makeSession(peers(map[string]any{"startsAt": far}))
	g.noor.bring(made.ID, g.recording)
	path := "/api/v1/review-sessions/" + made.ID
	if got := g.noor.barred("too_early", g.noor.json("POST", path+"/open", nil)); !slices.Equal(got, []sessionProblem{{Code: "too_early"}}) {
		t.Errorf("opened too early: %v", got)
	}
	move := func(at string) answer {
		header := map[string]string{"If-Match": `"` + strconv.Itoa(g.noor.session(made.ID).Version) + `"`, "Content-Type": "application/json"}
		return g.noor.send("PATCH", path, header, strings.NewReader(`{"startsAt":`+at+`}`))
	}
	g.noor.want(200, move(`"`+soon()+`"`))
	g.noor.move(made.ID, "open", nil)
	g.noor.barred("too_early", move(`"`+far+`"`))
	g.noor.barred("session_plan", move("null"))
	if now := g.noor.session(made.ID); now.State != "preparing" || now.StartsAt == far {
		t.Errorf("moved: %+v", now)
	}
}

// An evaluator relation that is recorded later closes the session to who judges,
// as if it were not there, and its fragments to everyone.
func TestWhoBecomesAnEvaluatorSeesNothingOfASession(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		made := g.ready(nil)
		daan := g.as("daan")
		before := daan.session(made.ID)
		_, err := g.people.RecordEvaluator(context.Background(), policies.DemoID("daan"), policies.DemoID("noor"), time.Now(), nil)
		must(t, err)
		daan.wantCode(404, "not_found", daan.get("/api/v1/review-sessions/"+before.ID))
		if list := daan.sessions(); len(list) != 0 {
			t.Errorf("daan lists %v", list)
		}
		now := g.noor.session(made.ID)
		if now.state(1) != "closed" || !slices.Contains(now.Problems, sessionProblem{"evaluator", "Daan", "Noor"}) {
			t.Errorf("noor sees %+v", now)
		}
		if sem := g.as("sem").session(made.ID); sem.state(1) != "closed" || sem.Problems != nil {
			t.Errorf("sem sees %+v", sem)
		}
		g.noor.barred("evaluator", g.noor.json("POST", "/api/v1/review-sessions/"+made.ID+"/start", map[string]any{}))
	})
}

// An interval is cut, and everyone hears of it; taken back or at the end its cut
// goes.
func TestAFragmentIsCutForItsSession(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := planWith(t, p, func(settings *Settings) { settings.CoolingOff, settings.FFmpeg = 0, "ffmpeg" }, "peers")
		interval := func(from, to int) map[string]any {
			return map[string]any{"recordingId": g.recording, "startMs": from, "endMs": to}
		}
		made := g.ready(map[string]any{"fragments": []any{interval(1000, 3000), interval(2000, 3500)}})
		sem := g.as("sem")
		// Version 7: made, opened, accepted by three, and told of two cuts.
		g.noor.until("both are cut, and everyone hears of it", func() bool {
			now := sem.session(made.ID)
			return now.state(1) == "open" && now.state(2) == "open" && now.Version == 7
		})
		if now := sem.session(made.ID); now.Fragments[0].StartMs != 1000 || now.Fragments[0].EndMs != 3000 || now.Fragments[0].Whole {
			t.Errorf("fragment 1: %+v", now.Fragments[0])
		}
		fragments := "/api/v1/review-sessions/" + made.ID + "/fragments"
		for _, faulty := range []map[string]any{interval(3000, 1000), interval(0, 900), interval(0, 1<<40)} {
			g.noor.wantCode(400, "invalid", g.noor.json("POST", fragments, faulty))
		}
		kept := func() (n int64) {
			must(t, g.db.Table("cuts").Where("dropped_at IS NULL").Count(&n).Error)
			return n
		}
		g.noor.want(204, g.noor.send("DELETE", fragments+"/1", nil, nil))
		if n := kept(); n != 1 {
			t.Errorf("%d cuts after one was taken back", n)
		}
		g.noor.move(made.ID, "start", map[string]any{})
		g.noor.move(made.ID, "finish", map[string]any{})
		if n := kept(); n != 0 {
			t.Errorf("%d cuts after the end", n)
		}
	})
}
