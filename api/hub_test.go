package api

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"vakspiegel/api/contract"
)

func thingNo(i int) thing {
	return thing{contract.EventKindRecording, uuid.UUID{15: byte(i)}, uuid.UUID{0: 1, 15: byte(i)}}
}

// A listener that takes whenever it likes never misses the last state: after
// the last take, what it was told of covers every difference between what it
// saw first and what there is.
func TestAListenerNeverMissesTheLastState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &listener{changed: map[thing]struct{}{}, wake: make(chan struct{}, 1)}
		states := rapid.SliceOfN(rapid.MapOf(rapid.IntRange(0, 5), rapid.Int64Range(1, 3)), 1, 12).Draw(t, "states")
		known := state{} // what the screen shows: asked anew at each event
		var now state
		refresh := func() {
			changed, _ := l.take()
			for _, c := range changed {
				if version, there := now[c]; there {
					known[c] = version
				} else {
					delete(known, c)
				}
			}
		}
		for i, drawn := range states {
			now = state{}
			for id, version := range drawn {
				now[thingNo(id)] = version
			}
			l.tell(mark{}, maps.Clone(now))
			if i == 0 {
				known = maps.Clone(now) // the page loads when its stream is open
			}
			if rapid.Bool().Draw(t, "take") {
				refresh()
			}
		}
		select {
		case <-l.wake:
		default:
			if len(l.changed) > 0 {
				t.Fatal("there is something to say and nobody wakes")
			}
		}
		refresh()
		if !maps.Equal(known, now) {
			t.Fatalf("the screen shows %v, there is %v", known, now)
		}
		if changed, _ := l.take(); len(changed) != 0 {
			t.Fatalf("told twice of %v", changed)
		}
	})
}

func TestARoundTellsEveryoneOnlyOfTheirOwn(t *testing.T) {
	noor, sem := uuid.New(), uuid.New()
	now := map[uuid.UUID]state{noor: {thingNo(1): 1}, sem: {thingNo(2): 1}}
	asked := 0
	h := newHub(anew(noor, sem), func(context.Context, []uuid.UUID) (map[uuid.UUID]state, error) {
		asked++
		copied := map[uuid.UUID]state{}
		for person, s := range now {
			copied[person] = maps.Clone(s)
		}
		return copied, nil
	}, slog.New(slog.DiscardHandler))
	must(t, h.round(t.Context()))
	if asked != 0 {
		t.Error("the database is asked though nobody listens")
	}
	noors, again, sems := h.listen(noor), h.listen(noor), h.listen(sem)
	must(t, h.round(t.Context()))
	now[noor][thingNo(1)] = 2
	now[noor][thingNo(3)] = 1
	must(t, h.round(t.Context()))
	if asked != 2 {
		t.Errorf("%d reads for two rounds", asked)
	}
	for _, l := range []*listener{noors, again} {
		if changed, alive := l.take(); len(changed) != 2 || alive.IsZero() {
			t.Errorf("noor hears of %v", changed)
		}
	}
	if changed, _ := sems.take(); len(changed) != 0 {
		t.Errorf("sem hears of %v", changed)
	}
	delete(now, noor)
	must(t, h.round(t.Context()))
	if changed, _ := noors.take(); len(changed) != 2 {
		t.Errorf("what is gone is told as %v", changed)
	}
	h.leave(noors)
	h.leave(again)
	h.leave(sems)
	must(t, h.round(t.Context()))
	if asked != 3 {
		t.Error("the database is asked though nobody listens any more")
	}
}

// After a restart everyone who listens is new: they are read by the part, so that no
// round takes longer than it may, and nobody is left out.
func TestAfterARestartEveryoneIsReadByThePart(t *testing.T) {
	people := make([]uuid.UUID, 2*readAtOnce+10)
	now, marked := map[uuid.UUID]state{}, map[uuid.UUID]mark{}
	for i := range people {
		people[i] = uuid.New()
		now[people[i]], marked[people[i]] = state{thingNo(1): 1}, mark{lists: 1}
	}
	h := newHub(func(context.Context, []uuid.UUID) (map[uuid.UUID]mark, error) { return maps.Clone(marked), nil },
		func(_ context.Context, asked []uuid.UUID) (map[uuid.UUID]state, error) {
			if len(asked) > readAtOnce {
				return nil, errors.New("too much for one round")
			}
			return maps.Clone(now), nil
		}, slog.New(slog.DiscardHandler))
	var listening []*listener
	for _, person := range people {
		listening = append(listening, h.listen(person))
	}
	silent := func() (n int) {
		for _, l := range listening {
			if _, alive := l.take(); alive.IsZero() {
				n++
			}
		}
		return n
	}
	for _, want := range []int{readAtOnce + 10, 10, 0} {
		<-h.nudged // the next round comes at once
		must(t, h.round(t.Context()))
		if got := silent(); got != want {
			t.Fatalf("%d hear nothing yet, want %d", got, want)
		}
	}
}

// anew marks everything of these people as changed, each time.
func anew(people ...uuid.UUID) func(context.Context, []uuid.UUID) (map[uuid.UUID]mark, error) {
	round := int64(0)
	return func(context.Context, []uuid.UUID) (map[uuid.UUID]mark, error) {
		round++
		marks := map[uuid.UUID]mark{}
		for _, person := range people {
			marks[person] = mark{lists: round}
		}
		return marks, nil
	}
}

// Who has much costs little while nothing changes.
func TestOnlyWhatIsMarkedAsChangedIsRead(t *testing.T) {
	noor, sem := uuid.New(), uuid.New()
	marks := map[uuid.UUID]mark{noor: {lists: 1}, sem: {lists: 1}}
	var read [][]uuid.UUID
	h := newHub(
		func(context.Context, []uuid.UUID) (map[uuid.UUID]mark, error) { return marks, nil },
		func(_ context.Context, people []uuid.UUID) (map[uuid.UUID]state, error) {
			read = append(read, people)
			states := map[uuid.UUID]state{}
			for _, person := range people {
				states[person] = state{thingNo(1): marks[person].lists}
			}
			return states, nil
		}, slog.New(slog.DiscardHandler))
	noors, sems := h.listen(noor), h.listen(sem)
	must(t, h.round(t.Context()))
	_, first := noors.take()
	must(t, h.round(t.Context()))
	if changed, alive := noors.take(); len(changed) != 0 || !alive.After(first) {
		t.Errorf("without a change noor hears of %v, alive %v after %v", changed, alive, first)
	}
	marks[noor] = mark{lists: 2}
	must(t, h.round(t.Context()))
	if len(read) != 2 || len(read[0]) != 2 || len(read[1]) != 1 || read[1][0] != noor {
		t.Errorf("read were %v, want both and then noor's", read)
	}
	if changed, _ := noors.take(); len(changed) != 1 {
		t.Errorf("noor hears of %v", changed)
	}
	if changed, _ := sems.take(); len(changed) != 0 {
		t.Errorf("sem hears of %v", changed)
	}
}

// No sign of life without the database: pages stop playing.
func TestARoundThatFailsTellsNothing(t *testing.T) {
	failing := errors.New("down")
	h := newHub(anew(), func(context.Context, []uuid.UUID) (map[uuid.UUID]state, error) { return nil, failing }, slog.New(slog.DiscardHandler))
	l := h.listen(uuid.New())
	if err := h.round(t.Context()); !errors.Is(err, failing) {
		t.Errorf("the round says %v", err)
	}
	select {
	case <-l.wake:
		t.Error("it woke")
	default:
	}
	if changed, alive := l.take(); len(changed) != 0 || !alive.IsZero() {
		t.Errorf("told %v, alive %v", changed, alive)
	}
}

// A slow listener is never waited for; what it has to hear does not grow.
func TestASlowListenerBlocksNobody(t *testing.T) {
	slow, quickOne := uuid.New(), uuid.New()
	var mu sync.Mutex
	version := int64(0)
	h := newHub(anew(slow, quickOne), func(context.Context, []uuid.UUID) (map[uuid.UUID]state, error) {
		mu.Lock()
		defer mu.Unlock()
		version++
		return map[uuid.UUID]state{slow: {thingNo(1): version}, quickOne: {thingNo(2): version}}, nil
	}, slog.New(slog.DiscardHandler))
	ctx, stop := context.WithCancel(t.Context())
	go h.run(ctx)
	never, reads := h.listen(slow), h.listen(quickOne)
	for range 200 {
		h.nudge()
		select {
		case <-reads.wake:
			reads.take()
		case <-time.After(10 * time.Second):
			t.Fatal("the quick one waits for the slow one")
		}
	}
	stop()
	<-h.ended
	if changed, _ := never.take(); len(changed) != 1 {
		t.Errorf("the slow one has %d things to hear of one thing", len(changed))
	}
}

func TestEventsAreWrittenAsIdsOnly(t *testing.T) {
	var b bytes.Buffer
	must(t, writeEvents(writerOnly{&b}, []thing{thingNo(7)}))
	want := "event: changed\ndata: {\"conversationId\":\"01000000-0000-0000-0000-000000000007\",\"id\":\"00000000-0000-0000-0000-000000000007\",\"kind\":\"recording\"}\n\nevent: alive\ndata: {}\n\n"
	if b.String() != want {
		t.Errorf("written %q", b.String())
	}
}

type writerOnly struct{ *bytes.Buffer }

func (writerOnly) Header() http.Header { return nil }
func (writerOnly) WriteHeader(int)     {}
