package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/policies"
)

// What issue 5 names.
const (
	followsWithin = 300 * time.Millisecond
	closesWithin  = 2 * time.Second
)

// seat is a screen that follows a session.
type seat struct {
	t     *testing.T
	stop  context.CancelFunc
	ended chan struct{}

	mu   sync.Mutex
	said []word
	more chan struct{}
}

// word is one event, and when it came.
type word struct {
	kind string
	at   time.Time
	news
}

// news is every field that an event can have.
type news struct {
	N, PositionMs, Seq, At, Now, Version int64
	Playing                              bool
	Rate                                 float64
	By                                   string
	Open                                 []int
	Present                              []string
}

func (b *browser) follow(session string) *seat {
	b.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "GET", b.base+"/api/v1/review-sessions/"+session+"/live", nil)
	must(b.t, err)
	response, err := b.Do(r)
	must(b.t, err)
	if response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/event-stream" || response.Header.Get("X-Accel-Buffering") != "no" {
		b.t.Fatalf("the stream of a session: %d %v", response.StatusCode, response.Header)
	}
	s := &seat{t: b.t, stop: stop, ended: make(chan struct{}), more: make(chan struct{}, 1)}
	b.t.Cleanup(func() { stop(); _ = response.Body.Close() })
	go func() {
		defer close(s.ended)
		lines, kind := bufio.NewScanner(response.Body), ""
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				kind = name
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				s.note(kind, data)
			}
		}
	}()
	s.hears("how the session is", 10*time.Second, func(w word) bool { return w.kind == "alive" })
	return s
}

func (s *seat) note(kind, data string) {
	said := word{kind: kind, at: time.Now()}
	if err := json.Unmarshal([]byte(data), &said.news); err != nil {
		s.t.Errorf("%s: %v: %s", kind, err, data)
	}
	s.mu.Lock()
	s.said = append(s.said, said)
	s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
}

func (s *seat) heard() []word {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.said)
}

func (s *seat) all() string {
	var all strings.Builder
	for _, w := range s.heard() {
		fmt.Fprintf(&all, "%s %+v\n", w.kind, w.news)
	}
	return all.String()
}

// hears waits for a word and returns it.
func (s *seat) hears(what string, patience time.Duration, is func(word) bool) word {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		if said := s.heard(); slices.ContainsFunc(said, is) {
			return said[slices.IndexFunc(said, is)]
		}
		select {
		case <-s.more:
		case <-s.ended:
			if !slices.ContainsFunc(s.heard(), is) {
				s.t.Fatalf("the stream ended before: %s; heard %s", what, s.all())
			}
		case <-deadline:
			s.t.Fatalf("not within %v: %s; heard %s", patience, what, s.all())
		}
	}
}

// ends waits until the server ends the stream, and says so.
func (s *seat) ends(patience time.Duration) {
	s.t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		s.t.Fatalf("the stream is still open after %v", patience)
	}
	if said := s.heard(); said[len(said)-1].kind != "over" {
		s.t.Errorf("the last word is %+v, not that it is over", said[len(said)-1])
	}
}

// table is a running session of noor's, with a whole film of hers, and those who
// follow it: on PostgreSQL through two servers.
type table struct {
	servers       []*system
	id, recording string
	noor, citizen *browser
	link          string
}

func sit(t *testing.T, p pair) *table {
	t.Helper()
	return sitAt(t, p, peers(nil))
}

// sitAt is sit with another plan, of the same people.
func sitAt(t *testing.T, p pair, plan map[string]any) *table {
	t.Helper()
	x := &table{}
	keys := []string{"file:" + filepath.Join(t.TempDir(), "keys", "keys.json")}
	for range map[string]int{"sqlite": 1, "postgres": 2}[p.name] {
		s, _ := launch(t, p, func(s *Settings) { s.KeyHolders, s.CoolingOff = keys, 0 })
		x.servers = append(x.servers, s)
	}
	s := x.servers[0]
	x.noor = s.as("noor")
	c := x.noor.ask("citizen")
	x.link = c.Participants[0].ConsentURL
	x.citizen = s.sayYes(x.link, "peers")
	x.recording = x.noor.upload(c.ID, film12)
	sem, leader := s.as("sem"), x.noor
	if plan["facilitatorId"] == id("sem") {
		leader = sem
	}
	x.id = x.noor.runs(plan, x.recording, leader, sem, s.as("daan"))
	return x
}

// runs makes a session with a whole film, and goes on to the step in which it is
// looked at. The others are those of the plan; leader is one of them, or who made it.
func (b *browser) runs(plan map[string]any, recording string, leader *browser, others ...*browser) (session string) {
	b.t.Helper()
	plan["startsAt"], plan["fragments"] = soon(), []any{map[string]any{"recordingId": recording, "whole": true}}
	made := b.makeSession(plan)
	present := []string{}
	for _, member := range append(others, b) {
		member.agree(made.ID)
	}
	for _, person := range made.People {
		present = append(present, person.ID)
	}
	b.move(made.ID, "open", nil)
	leader.move(made.ID, "start", map[string]any{"present": present})
	leader.want(204, leader.json("POST", "/api/v1/review-sessions/"+made.ID+"/steps", map[string]any{"to": 1}))
	return made.ID
}

// elsewhere is the last server: on PostgreSQL another one than noor's.
func (x *table) elsewhere() *system { return x.servers[len(x.servers)-1] }

func (x *table) steer(b *browser, n int, positionMs int64, playing bool) answer {
	return b.json("PUT", "/api/v1/review-sessions/"+x.id+"/film", map[string]any{"n": n, "positionMs": positionMs, "playing": playing, "rate": 1})
}

func (x *table) moves(positionMs int64, playing bool) news {
	x.noor.t.Helper()
	return decodeAs[news](x.noor.t, x.noor.want(200, x.steer(x.noor, 1, positionMs, playing)))
}

func film(seq int64) func(word) bool {
	return func(w word) bool { return w.kind == "film" && w.Seq == seq }
}

func closed(w word) bool { return w.kind == "session" && len(w.Open) == 0 }

// apart is how far the clocks of two servers, each set by the database's, may be from
// each other here, in ms: a film told by the other one may seem to be of just after now.
const apart = 10

func TestEveryoneFollowsWhoLeadsTheFilm(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		x := sit(t, p)
		sem, daan := x.servers[0].as("sem"), x.elsewhere().as("daan")
		seats := []*seat{x.noor.follow(x.id), sem.follow(x.id), daan.follow(x.id)}
		var last news
		var times []time.Duration
		for i := range int64(10) {
			began := time.Now()
			last = x.moves(i*10, i%2 == 0)
			for _, seat := range seats {
				got := seat.hears("the film", 2*time.Second, film(last.Seq))
				times = append(times, got.at.Sub(began))
				if got.N != 1 || got.PositionMs != i*10 || got.Playing != (i%2 == 0) || got.Rate != 1 || got.By != id("noor") || got.Now < got.At-apart {
					t.Errorf("told %+v", got.news)
				}
			}
		}
		slices.Sort(times)
		longest := times[len(times)-1]
		t.Logf("%d times told of a moved film: median %v, longest %v", len(times), times[len(times)/2], longest)
		// The issue names 300 ms; on a machine that runs other tests beside it, half a
		// second more for the slowest.
		if times[len(times)*8/10] > followsWithin || longest > followsWithin+500*time.Millisecond {
			t.Errorf("told after %v", times)
		}
		late := daan.follow(x.id)
		late.hears("the film, at once", time.Second, film(last.Seq))
		seats[2].stop()
		again := daan.follow(x.id)
		again.hears("the film, after coming back", time.Second, film(last.Seq))
		if first := again.heard(); first[0].kind != "session" || !slices.Equal(first[0].Open, []int{1}) || first[1].kind != "film" {
			t.Errorf("who comes back hears %+v first", first)
		}
	})
}

// A phone on a bad network leaves streams behind. The screen that is older than all of
// them loses its own to a new one, and comes back: it does not hear that it is over.
func TestAScreenThatYieldsToANewOneMayComeBack(t *testing.T) {
	x := sit(t, sqlitePair(t))
	screen := x.noor.follow(x.id)
	for range 6 {
		x.noor.follow(x.id)
	}
	select {
	case <-screen.ended:
	case <-time.After(closesWithin):
		t.Fatal("a seventh stream of one person is open")
	}
	if strings.Contains(screen.all(), "over") {
		t.Errorf("it heard %s", screen.all())
	}
	again := x.noor.follow(x.id)
	again.hears("the film", closesWithin, film(x.moves(0, true).Seq))
}

func TestOnlyWhoLeadsMovesTheFilm(t *testing.T) {
	s := sit(t, sqlitePair(t))
	b := s.servers[0]
	sem := b.as("sem")
	sem.wantCode(409, "step_gate", s.steer(sem, 1, 0, true))
	fatima := b.as("fatima")
	fatima.wantCode(404, "not_found", s.steer(fatima, 1, 0, true))
	fatima.wantCode(404, "not_found", fatima.get("/api/v1/review-sessions/"+s.id+"/live"))
	film := "/api/v1/review-sessions/" + s.id + "/film"
	s.noor.wantCode(404, "not_found", s.noor.json("PUT", film, map[string]any{"n": 2, "positionMs": 0, "playing": true, "rate": 1}))
	for name, command := range map[string]map[string]any{
		"after the end":    {"n": 1, "positionMs": 1 << 40, "playing": true, "rate": 1},
		"before its start": {"n": 1, "positionMs": -1, "playing": true, "rate": 1},
		"backwards":        {"n": 1, "positionMs": 0, "playing": true, "rate": -1},
	} {
		t.Run(name, func(*testing.T) { s.noor.wantCode(400, "invalid", s.noor.json("PUT", film, command)) })
	}
	must(t, b.db.Exec("UPDATE review_sessions SET step = 0 WHERE id = ?", s.id).Error)
	s.noor.wantCode(409, "step_gate", s.steer(s.noor, 1, 0, true))
	must(t, b.db.Exec("UPDATE review_sessions SET state = 'preparing', step = -1 WHERE id = ?", s.id).Error)
	s.noor.wantCode(409, "session_state", s.steer(s.noor, 1, 0, true))
}

// In a room there is one screen, the leader's: the owner says when, the leader
// presses. At a distance only the owner does.
func TestInARoomTheLeaderMovesTheFilmForItsOwner(t *testing.T) {
	for place, status := range map[string]int{"room": 200, "distance": 409} {
		t.Run(place, func(t *testing.T) {
			x := sitAt(t, sqlitePair(t), peers(map[string]any{"protocol": "incidentmethode", "facilitatorId": id("sem"), "participantIds": ids("daan"), "place": place}))
			sem, daan := x.servers[0].as("sem"), x.servers[0].as("daan")
			sem.want(status, x.steer(sem, 1, 0, true)) // the step in which the owner shows the film
			daan.wantCode(409, "step_gate", x.steer(daan, 1, 0, true))
			x.noor.want(200, x.steer(x.noor, 1, 0, true))
			for person, leads := range map[*browser]bool{sem: status == 200, daan: false, x.noor: true} {
				read := decodeAs[struct{ Me struct{ FilmLead bool } }](t, person.want(200, person.get("/api/v1/review-sessions/"+x.id)))
				if read.Me.FilmLead != leads {
					t.Errorf("it is said that one leads the film: %v, and the film says %v", read.Me.FilmLead, leads)
				}
			}
		})
	}
}

// Whatever closes a fragment: everyone hears it within 2 s, and nobody why.
func TestAClosingReachesEveryone(t *testing.T) {
	for name, closing := range map[string]func(t *testing.T, x *table){
		"a withdrawal":     func(_ *testing.T, x *table) { x.citizen.want(303, x.citizen.withdraw(x.link)) },
		"a pause":          func(_ *testing.T, x *table) { x.says("stil") },
		"a narrowed scope": func(_ *testing.T, x *table) { x.says("minder") },
		"taking it back": func(_ *testing.T, x *table) {
			x.noor.want(204, x.noor.send("DELETE", "/api/v1/review-sessions/"+x.id+"/fragments/1", nil, nil))
		},
		"an evaluator among them": func(t *testing.T, x *table) {
			_, err := x.servers[0].people.RecordEvaluator(t.Context(), policies.DemoID("sem"), policies.DemoID("noor"), time.Now(), nil)
			must(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachPair(t, func(t *testing.T, p pair) {
				x := sit(t, p)
				x.moves(0, true)
				var seats []*seat
				var films []*viewer
				for _, b := range []*browser{x.noor, x.servers[0].as("daan"), x.elsewhere().as("daan")} {
					seats = append(seats, b.follow(x.id))
					films = append(films, b.watching("/api/v1/review-sessions/"+x.id+"/fragments/1/video"))
				}
				for _, seat := range seats {
					seat.hears("the film", time.Second, func(w word) bool { return w.kind == "film" })
				}
				began := time.Now()
				closing(t, x)
				var said []word
				for _, seat := range seats {
					got := seat.hears("that it is closed", 10*time.Second, closed)
					if took := got.at.Sub(began); took > closesWithin {
						t.Errorf("told after %v", took)
					}
					got.Now, got.at = 0, time.Time{}
					said = append(said, got)
				}
				if fmt.Sprint(said[0].news) != fmt.Sprint(said[1].news) || fmt.Sprint(said[1].news) != fmt.Sprint(said[2].news) {
					t.Errorf("they are told different things: %+v", said)
				}
				for _, film := range films {
					film.cut(closesWithin)
				}
				x.noor.wantCode(404, "not_found", x.steer(x.noor, 1, 0, true))
				if name == "a withdrawal" { // of its only recording: the session may be gone with it
					return
				}
				late := x.elsewhere().as("daan").follow(x.id)
				if slices.ContainsFunc(late.heard(), func(w word) bool { return w.kind == "film" || len(w.Open) > 0 }) {
					t.Errorf("who comes late hears %+v", late.heard())
				}
			})
		})
	}
}

// says is what the citizen chooses on their page.
func (x *table) says(choice string) {
	x.citizen.t.Helper()
	ref, _ := x.citizen.visit(x.link)
	x.citizen.want(303, x.citizen.choose(ref, choice, nil))
}

// Who may follow no longer hears that it is over, whatever ended it.
func TestAStreamOfASessionEndsWithTheRightToFollowIt(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, x *table, sem *browser){
		"signing out": func(_ *testing.T, _ *table, sem *browser) { sem.want(204, sem.json("POST", "/api/v1/logout", nil)) },
		"being disabled": func(t *testing.T, x *table, _ *browser) {
			must(t, x.servers[0].people.Disable(t.Context(), policies.DemoID("sem"), time.Now()))
		},
		"leaving the session": func(t *testing.T, x *table, _ *browser) {
			must(t, x.servers[0].db.Exec("UPDATE session_people SET removed_at = ? WHERE person_id = ?", time.Now().UTC(), policies.DemoID("sem")).Error)
		},
		"evaluating one of them": func(t *testing.T, x *table, _ *browser) {
			_, err := x.servers[0].people.RecordEvaluator(t.Context(), policies.DemoID("sem"), policies.DemoID("daan"), time.Now(), nil)
			must(t, err)
		},
		"the end of the session": func(_ *testing.T, x *table, _ *browser) {
			x.noor.want(200, x.noor.json("POST", "/api/v1/review-sessions/"+x.id+"/finish", map[string]any{}))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := sit(t, sqlitePair(t))
			sem := x.servers[0].as("sem")
			seat := sem.follow(x.id)
			end(t, x, sem)
			seat.ends(closesWithin)
			if name == "the end of the session" {
				if a := sem.want(200, sem.get("/api/v1/review-sessions/"+x.id+"/live")); string(a.body) != "event: over\ndata: {}\n\n" {
					t.Errorf("who comes after the end hears %q", a.body)
				}
			}
		})
	}
}

func TestWhoIsPresentIsToldAndGoneAtOnce(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		x := sit(t, p)
		noor := x.noor.follow(x.id)
		present := func(logins ...string) func(word) bool {
			want := ids(logins...)
			slices.Sort(want)
			return func(w word) bool { return w.kind == "people" && slices.Equal(w.Present, want) }
		}
		noor.hears("herself", time.Second, present("noor"))
		sem := x.elsewhere().as("sem").follow(x.id)
		noor.hears("sem", time.Second, present("noor", "sem"))
		second := x.elsewhere().as("sem").follow(x.id)
		second.stop()
		sem.stop()
		before := len(noor.heard())
		noor.hears("that sem is gone", 2*time.Second, func(w word) bool {
			return present("noor")(w) && slices.ContainsFunc(noor.heard()[before-1:], present("noor"))
		})
		// A server that ends without a word leaves a row: nobody is there for long by it.
		must(t, x.servers[0].db.Exec("INSERT INTO session_presence (id, session_id, person_id, seen_at) VALUES (?, ?, ?, ?)",
			uuid.New(), x.id, policies.DemoID("daan"), time.Now().UTC().Add(-13*time.Second)).Error)
		again := x.noor.follow(x.id)
		again.hears("herself alone", time.Second, present("noor"))
	})
}

// One who opens the session over and over keeps the newest screens.
func TestTheOldestOfTooManyStreamsEnds(t *testing.T) {
	x := sit(t, sqlitePair(t))
	var seats []*seat
	for range 7 {
		seats = append(seats, x.noor.follow(x.id))
	}
	select {
	case <-seats[0].ended:
	case <-time.After(closesWithin):
		t.Error("the oldest goes on")
	}
	seats[6].hears("life", 3*time.Second, func(w word) bool { return w.kind == "alive" && w.at.After(time.Now().Add(-time.Second)) })
	for _, seat := range seats[1:] {
		select {
		case <-seat.ended:
			t.Error("another one ended too")
		default:
		}
	}
}

// Whoever opens a hundred streams, of the session and of all that changes, keeps
// nobody else waiting: not for the film, not for a closing, not for what changed.
func TestAHundredStreamsOfOnePersonKeepNobodyWaiting(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		x := sit(t, p)
		sem := x.elsewhere().as("sem")
		for range 100 {
			sem.follow(x.id)
			sem.listen()
		}
		daan := x.elsewhere().as("daan")
		seat, ear := daan.follow(x.id), daan.listen()
		began := time.Now()
		x.moves(0, true)
		seat.hears("the film", closesWithin, film(1))
		x.noor.want(204, x.noor.send("DELETE", "/api/v1/review-sessions/"+x.id+"/fragments/1", nil, nil))
		got := seat.hears("that it is closed", closesWithin, closed)
		ear.hears("session " + x.id)
		if took := got.at.Sub(began); took > 2*closesWithin {
			t.Errorf("told after %v", took)
		}
	})
}
