package api

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
)

const (
	// pollEvery is how soon a change made by another process is seen; one made
	// here is seen at once (nudge).
	pollEvery = 250 * time.Millisecond
	// aliveEvery and a round that is late stay under the 2 s of the contract, and
	// well under the 5 s after which a page stops playing.
	aliveEvery = time.Second
	// readAtOnce is of how many people a round reads everything: after a restart it is
	// everyone who listens, and a round that asked too much would never end in time.
	readAtOnce = 50
)

// thing is something on a screen that can change.
type thing struct {
	kind           contract.EventKind
	id             uuid.UUID
	conversationID uuid.UUID // Nil of what belongs to none
}

// learningLists are one thing, on everyone's screen; there is one of it.
var learningLists = thing{contract.EventKindLearningLists, uuid.NewSHA1(uuid.NameSpaceURL, []byte(base+"/learning-lists")), uuid.Nil}

// state is the version of everything a person's screens may show.
type state map[thing]int64

// mark tells whether a person's state changed, without reading it: that is done
// four times a second for everyone who listens, however much they have.
type mark struct {
	lists                               int64
	conversations, recordings, sessions consent.Mark
}

// hub compares, for the people who listen, what there is with what there was,
// and tells them the difference. It asks the database, so it misses nothing of
// other processes, restarts or restores, and keeps nothing that would have to
// be erased.
type hub struct {
	marks    func(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]mark, error)
	snapshot func(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]state, error)
	log      *slog.Logger
	nudged   chan struct{}
	ended    chan struct{} // closed when run returns

	mu        sync.Mutex
	listeners map[*listener]struct{}
}

// listener is one open stream. What it has not read yet is kept as a set, so a
// slow one never blocks the hub nor grows without end.
type listener struct {
	person uuid.UUID
	seen   state // nil before the first round
	mark   mark  // of what was seen

	mu      sync.Mutex
	changed map[thing]struct{}
	alive   time.Time
	wake    chan struct{}
}

func newHub(marks func(context.Context, []uuid.UUID) (map[uuid.UUID]mark, error),
	snapshot func(context.Context, []uuid.UUID) (map[uuid.UUID]state, error), log *slog.Logger,
) *hub {
	return &hub{
		marks: marks, snapshot: snapshot, log: log,
		nudged: make(chan struct{}, 1), ended: make(chan struct{}), listeners: map[*listener]struct{}{},
	}
}

// nudge makes the next round come now.
func (h *hub) nudge() {
	select {
	case h.nudged <- struct{}{}:
	default:
	}
}

func (h *hub) run(ctx context.Context) {
	defer close(h.ended)
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-h.nudged:
		}
		if err := h.round(ctx); err != nil && ctx.Err() == nil {
			h.log.WarnContext(ctx, "changes cannot be read", "error", err)
		}
	}
}

// round reads once for everyone who listens. A round that fails tells nothing,
// not even that we are alive: pages stop playing.
func (h *hub) round(ctx context.Context) error {
	h.mu.Lock()
	listening := make([]*listener, 0, len(h.listeners))
	people := map[uuid.UUID]bool{}
	for l := range h.listeners {
		listening = append(listening, l)
		people[l.person] = true
	}
	h.mu.Unlock()
	if len(listening) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	marks, err := h.marks(ctx, slices.Collect(maps.Keys(people)))
	if err != nil {
		return err
	}
	changed := map[uuid.UUID]bool{}
	for _, l := range listening {
		if l.outdated(marks[l.person]) {
			changed[l.person] = true
		}
	}
	read := slices.Collect(maps.Keys(changed))
	if len(read) > readAtOnce {
		read = read[:readAtOnce]
		h.nudge() // the others come next
	}
	var now map[uuid.UUID]state
	if len(read) > 0 {
		if now, err = h.snapshot(ctx, read); err != nil {
			return err
		}
	}
	for _, l := range listening {
		switch {
		case slices.Contains(read, l.person):
			// What changed since the mark was read is told once more: never too little.
			l.tell(marks[l.person], now[l.person])
		case !changed[l.person]:
			l.live()
		}
	}
	return nil
}

func (h *hub) listen(person uuid.UUID) *listener {
	l := &listener{person: person, changed: map[thing]struct{}{}, wake: make(chan struct{}, 1)}
	h.mu.Lock()
	h.listeners[l] = struct{}{}
	h.mu.Unlock()
	h.nudge()
	return l
}

func (h *hub) leave(l *listener) {
	h.mu.Lock()
	delete(h.listeners, l)
	h.mu.Unlock()
}

func (l *listener) outdated(now mark) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.seen == nil || l.mark != now
}

// live notes that there was a round, with nothing to tell.
func (l *listener) live() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.alive = time.Now()
	l.rouse()
}

// rouse wakes the stream; l is locked.
func (l *listener) rouse() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// tell notes what differs from the last round: new, changed and gone.
func (l *listener) tell(marked mark, now state) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen != nil {
		for t, version := range now {
			if was, known := l.seen[t]; !known || was != version {
				l.changed[t] = struct{}{}
			}
		}
		for t := range l.seen {
			if _, still := now[t]; !still {
				l.changed[t] = struct{}{}
			}
		}
	}
	if now == nil {
		now = state{}
	}
	l.seen, l.mark = now, marked
	l.alive = time.Now()
	l.rouse()
}

// take empties what there is to say.
func (l *listener) take() (changed []thing, alive time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for t := range l.changed {
		changed = append(changed, t)
	}
	clear(l.changed)
	return changed, l.alive
}

// listenEvents streams to one browser until it goes, the session ends or a
// write does not get through in time.
func (s *Server) listenEvents(c *call) (reply, error) {
	l := s.hub.listen(c.actor.ID)
	defer s.hub.leave(l)
	control := http.NewResponseController(c.Writer)
	c.Header("Content-Type", "text/event-stream")
	c.Header("X-Accel-Buffering", "no")
	c.Status(http.StatusOK)
	c.Writer.WriteHeaderNow()
	checked, said := time.Now(), time.Time{}
	for {
		select {
		case <-c.ctx().Done():
			return written(), nil
		case <-s.hub.ended:
			return written(), nil
		case <-l.wake:
		}
		// Who was signed out or disabled elsewhere hears nothing more.
		if time.Since(checked) > aliveEvery {
			if _, err := s.Sessions.Actor(c.ctx(), c.token); err != nil {
				return written(), nil
			}
			checked = time.Now()
		}
		changed, alive := l.take()
		if len(changed) == 0 && alive.Sub(said) < aliveEvery {
			continue
		}
		said = alive
		_ = control.SetWriteDeadline(time.Now().Add(quick))
		if err := writeEvents(c.Writer, changed); err != nil {
			return written(), nil
		}
		if err := control.Flush(); err != nil {
			return written(), nil
		}
	}
}

func writeEvents(w http.ResponseWriter, changed []thing) error {
	for _, t := range changed {
		event := contract.Event{Kind: t.kind, ID: t.id}
		if t.conversationID != uuid.Nil {
			event.ConversationID = &t.conversationID
		}
		data, err := json.Marshal(event)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "event: changed\ndata: %s\n\n", data); err != nil {
			return err
		}
	}
	_, err := fmt.Fprint(w, "event: alive\ndata: {}\n\n")
	return err
}

// marks are what would differ if anything of snapshot did.
func (s *Server) marks(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]mark, error) {
	conversations, err := s.Consent.Marks(ctx, people)
	if err != nil {
		return nil, err
	}
	recordings, err := s.Media.Marks(ctx, people)
	if err != nil {
		return nil, err
	}
	sessions, err := s.Together.Marks(ctx, people)
	if err != nil {
		return nil, err
	}
	lists, err := s.Review.ListsVersion(ctx)
	if err != nil {
		return nil, err
	}
	marks := make(map[uuid.UUID]mark, len(people))
	for _, person := range people {
		marks[person] = mark{lists, conversations[person], recordings[person], sessions[person]}
	}
	return marks, nil
}

// snapshot is the version of every conversation and recording of these people, of
// the sessions they may read, and of the lists that everyone has.
func (s *Server) snapshot(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]state, error) {
	conversations, err := s.Consent.Versions(ctx, people)
	if err != nil {
		return nil, err
	}
	recordings, err := s.Media.Versions(ctx, people)
	if err != nil {
		return nil, err
	}
	sessions, err := s.Together.Versions(ctx, people)
	if err != nil {
		return nil, err
	}
	lists, err := s.Review.ListsVersion(ctx)
	if err != nil {
		return nil, err
	}
	states := map[uuid.UUID]state{}
	for _, person := range people {
		states[person] = state{learningLists: lists}
		for id, version := range conversations[person] {
			states[person][thing{contract.EventKindConversation, id, id}] = version
		}
		for id, version := range sessions[person] {
			states[person][thing{contract.EventKindSession, id, uuid.Nil}] = version
		}
	}
	for id, r := range recordings {
		// With its conversation a recording goes at once, not when it is erased, and
		// what changes there (a pause, a scope) changes here: both only ever rise.
		if version, open := conversations[r.OwnerID][r.ConversationID]; open {
			states[r.OwnerID][thing{contract.EventKindRecording, id, r.ConversationID}] = r.Version + version
		}
	}
	return states, nil
}
