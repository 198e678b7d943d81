package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vakspiegel/policies"
)

// ear is an open stream of events.
type ear struct {
	t     *testing.T
	stop  context.CancelFunc
	ended chan struct{}

	mu     sync.Mutex
	events []string // kind and id of what changed
	signs  []time.Time
	more   chan struct{}
}

func (b *browser) listen() *ear {
	b.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, "GET", b.base+"/api/v1/events", nil)
	must(b.t, err)
	response, err := b.Do(r)
	must(b.t, err)
	if response.StatusCode != 200 || response.Header.Get("Content-Type") != "text/event-stream" {
		b.t.Fatalf("events: %d %s", response.StatusCode, response.Header.Get("Content-Type"))
	}
	e := &ear{t: b.t, stop: stop, ended: make(chan struct{}), more: make(chan struct{}, 1)}
	b.t.Cleanup(func() { stop(); _ = response.Body.Close() })
	go func() {
		defer close(e.ended)
		lines := bufio.NewScanner(response.Body)
		kind := ""
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				kind = name
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				e.note(kind, data)
			}
		}
	}()
	e.alive(1) // the first round has been seen: what changes now is told
	return e
}

func (e *ear) note(kind, data string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if kind == "alive" {
		e.signs = append(e.signs, time.Now())
	} else {
		var event struct{ Kind, ID string }
		_ = json.Unmarshal([]byte(data), &event)
		e.events = append(e.events, event.Kind+" "+event.ID)
	}
	select {
	case e.more <- struct{}{}:
	default:
	}
}

func (e *ear) heard() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.events)
}

func (e *ear) life() []time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.signs)
}

// alive waits for n more signs of life.
func (e *ear) alive(n int) {
	e.t.Helper()
	from := len(e.life())
	e.wait("a sign of life", 10*time.Second, func() bool { return len(e.life()) >= from+n })
}

// hears waits until an event is told, at most 2 s.
func (e *ear) hears(event string) {
	e.t.Helper()
	e.wait("told of "+event, 2*time.Second, func() bool { return slices.Contains(e.heard(), event) })
}

func (e *ear) wait(what string, patience time.Duration, done func() bool) {
	e.t.Helper()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-e.more:
		case <-e.ended:
			if !done() {
				e.t.Fatalf("the stream ended before: %s", what)
			}
		case <-deadline:
			e.t.Fatalf("not %s within %v; heard %v", what, patience, e.heard())
		}
	}
}

// ends waits until the server ends the stream.
func (e *ear) ends(patience time.Duration) {
	e.t.Helper()
	select {
	case <-e.ended:
	case <-time.After(patience):
		e.t.Fatalf("the stream is still open after %v", patience)
	}
}

func (e *ear) forget() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.events = nil
}

// What noor's screens are told within 2 s, of changes by herself, the citizen
// and the program; and nobody else hears anything of it.
func TestChangesAreToldToTheirOwnerAlone(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		first, second := noor.listen(), s.as("noor").listen()
		var others []*ear
		for _, person := range []string{"sem", "ingrid", "bram", "omar"} {
			others = append(others, s.as(person).listen())
		}
		both := func(event string) {
			t.Helper()
			first.hears(event)
			second.hears(event)
			first.forget()
			second.forget()
		}
		c := noor.ask("citizen")
		both("conversation " + c.ID)
		citizen := s.sayYes(c.Participants[0].ConsentURL)
		both("conversation " + c.ID)
		location := noor.want(201, noor.createUpload(c.ID, len(sampleFilm))).Header.Get("Location")
		id := location[strings.LastIndexByte(location, '/')+1:]
		both("recording " + id)
		noor.want(204, noor.patch(location, 0, strings.NewReader(string(sampleFilm))))
		noor.until("the film is ready", func() bool {
			return decodeAs[struct{ State string }](t, noor.get("/api/v1/recordings/"+id)).State == "ready"
		})
		both("recording " + id)
		note := noor.want(201, noor.json("POST", "/api/v1/recordings/"+id+"/annotations", map[string]any{"startMs": 1, "kind": "moment", "body": ""}))
		both("recording " + id)
		noor.want(204, noor.send("DELETE", note.Header.Get("Location"), map[string]string{"If-Match": `"1"`}, nil))
		both("recording " + id)
		answered := make(chan answer, 1)
		go func() { answered <- citizen.withdraw(c.Participants[0].ConsentURL) }()
		both("recording " + id)
		citizen.want(303, <-answered)

		refused := noor.ask("citizen")
		both("conversation " + refused.ID)
		other := s.browser()
		ref, _ := other.visit(refused.Participants[0].ConsentURL)
		other.want(303, other.choose(ref, "nee", nil))
		both("conversation " + refused.ID)

		for _, other := range others {
			other.alive(1)
			if heard := other.heard(); len(heard) != 0 {
				t.Errorf("someone else is told of %v", heard)
			}
		}
	})
}

// The contract: a sign of life at least every 2 s while the database answers.
func TestALivingServerSaysSo(t *testing.T) {
	t.Parallel()
	s := start(t, sqlitePair(t))
	e := s.as("noor").listen()
	e.alive(4)
	signs := e.life()
	for i := 1; i < len(signs); i++ {
		if gap := signs[i].Sub(signs[i-1]); gap > 2*time.Second {
			t.Errorf("%v between two signs of life", gap)
		}
	}
}

func TestWithoutADatabaseNoSignOfLife(t *testing.T) {
	t.Parallel()
	s := start(t, sqlitePair(t))
	e := s.as("noor").listen()
	s.loseDatabase()
	from := time.Now()
	s.browser().until("the program has noticed", func() bool { return strings.Count(s.log.String(), "changes cannot be read") >= 3 })
	for _, sign := range e.life() {
		if sign.After(from.Add(300 * time.Millisecond)) { // what was under way
			t.Errorf("a sign of life %v after the database went", sign.Sub(from))
		}
	}
}

// Signing out, being disabled: the stream ends, also where no one asks.
func TestAStreamEndsWithItsSession(t *testing.T) {
	t.Parallel()
	s := start(t, sqlitePair(t))
	noor, sem := s.as("noor"), s.as("sem")
	noors, sems, other := noor.listen(), sem.listen(), s.as("daan").listen()
	noor.want(204, noor.json("POST", "/api/v1/logout", nil))
	must(t, s.people.Disable(t.Context(), policies.DemoID("sem"), time.Now()))
	noors.ends(4 * time.Second)
	sems.ends(4 * time.Second)
	other.alive(1)
}

func TestAShutdownEndsStreamsAtOnce(t *testing.T) {
	s, stop := launch(t, sqlitePair(t), nil)
	e := s.as("noor").listen()
	began := time.Now()
	stop()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the shutdown waited %v for a stream of events", took)
	}
	e.ends(time.Second)
}

// A browser that does not read stops nobody else.
func TestASlowReaderBlocksNobody(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	r, err := http.NewRequestWithContext(t.Context(), "GET", noor.base+"/api/v1/events", nil)
	must(t, err)
	slow, err := noor.Do(r)
	must(t, err)
	defer slow.Body.Close() // opened, never read
	e := noor.listen()
	for i := range 20 {
		c := noor.ask("citizen")
		e.hears(fmt.Sprint("conversation ", c.ID))
		if i%5 == 0 {
			noor.want(204, noor.send("DELETE", "/api/v1/conversations/"+c.ID, nil, nil))
			e.hears(fmt.Sprint("conversation ", c.ID))
		}
	}
}
