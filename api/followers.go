package api

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"vakspiegel/review/session"
)

// streamsEach is how many streams of one session a person has at most, on one
// server; with one more the oldest ends. A phone on a bad network leaves some behind,
// which nobody knows to be dead: they are not to take the big screen with them.
const streamsEach = 6

// stage is what is followed: *session.Service.
type stage interface {
	Glance(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]session.Live, error)
	Open(ctx context.Context, followers []session.Follower) (map[session.Follower][]int, error)
	Remain(ctx context.Context, screens []session.Screen) error
	Overheard(payload string) (session.Word, bool)
}

// followers keeps the open streams of sessions informed. How a film was moved they
// hear at once, from this process or another. All of it they read from the
// database, so that no lost word is missed for long: what is new for everyone by
// two queries (a glance), four times a second and of a session that something is
// said of; what is open to each person, and whether they may follow at all, by one
// longer round four times a second, next to it, so that nothing waits for it.
type followers struct {
	stage    stage
	signedIn func(ctx context.Context, tokens []string) (map[string]bool, error)
	log      *slog.Logger
	glance   chan struct{} // something was said
	look     chan struct{}
	over     chan struct{} // closed when run returns

	mu      sync.Mutex
	streams []*follower        // in the order they came
	asked   map[uuid.UUID]bool // sessions to glance at now
}

func newFollowers(stage stage, signedIn func(context.Context, []string) (map[string]bool, error), log *slog.Logger) *followers {
	return &followers{
		stage: stage, signedIn: signedIn, log: log,
		glance: make(chan struct{}, 1), look: make(chan struct{}, 1), over: make(chan struct{}), asked: map[uuid.UUID]bool{},
	}
}

// hear takes the word that something of a session changed here or elsewhere.
func (h *followers) hear(word session.Word) {
	if word.Film == nil {
		h.mu.Lock()
		h.asked[word.SessionID] = true
		h.mu.Unlock()
		ring(h.glance)
		return
	}
	for _, f := range h.listening() {
		if f.SessionID == word.SessionID {
			f.follow(word.Film)
		}
	}
}

// overhear takes what another process said; "" means that something may have been
// said and lost.
func (h *followers) overhear(payload string) {
	if word, ok := h.stage.Overheard(payload); ok {
		h.hear(word)
	} else if payload == "" {
		h.mu.Lock()
		for _, f := range h.streams {
			h.asked[f.SessionID] = true
		}
		h.mu.Unlock()
		ring(h.glance)
	}
}

func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// run keeps everyone informed until ctx ends.
func (h *followers) run(ctx context.Context) {
	defer close(h.over)
	var group sync.WaitGroup
	group.Go(func() { h.repeat(ctx, pollEvery, nil, "what is new in sessions cannot be read", h.glances) })
	group.Go(func() { h.repeat(ctx, time.Hour, h.glance, "what is new in a session cannot be read", h.answer) })
	group.Go(func() { h.repeat(ctx, pollEvery, h.look, "what is open in sessions cannot be read", h.looks) })
	group.Go(func() {
		h.repeat(ctx, session.PresenceRefresh, nil, "who is present cannot be written", func(ctx context.Context) error {
			return h.stage.Remain(ctx, screensOf(h.listening()))
		})
	})
	group.Wait()
}

// repeat does a round again and again, and at once when the bell rings. A round
// that fails tells nothing, not even that we are alive: screens go empty.
func (h *followers) repeat(ctx context.Context, every time.Duration, bell <-chan struct{}, failed string, round func(context.Context) error) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-bell:
		}
		bounded, cancel := context.WithTimeout(ctx, 2*time.Second)
		if err := round(bounded); err != nil && ctx.Err() == nil {
			h.log.WarnContext(ctx, "a round for sessions failed", "what", failed, "error", err)
		}
		cancel()
	}
}

// answer glances at the sessions that something was said of.
func (h *followers) answer(ctx context.Context) error {
	h.mu.Lock()
	asked := h.asked
	h.asked = map[uuid.UUID]bool{}
	h.mu.Unlock()
	return h.glanceAt(ctx, slices.DeleteFunc(h.listening(), func(f *follower) bool { return !asked[f.SessionID] }))
}

// glances tells everyone what is new for all alike.
func (h *followers) glances(ctx context.Context) error { return h.glanceAt(ctx, h.listening()) }

func (h *followers) glanceAt(ctx context.Context, streams []*follower) error {
	if len(streams) == 0 {
		return nil
	}
	ids := map[uuid.UUID]bool{}
	for _, f := range streams {
		ids[f.SessionID] = true
	}
	began := time.Now()
	lives, err := h.stage.Glance(ctx, slices.Collect(maps.Keys(ids)))
	if err != nil {
		return err
	}
	changed := false
	for _, f := range streams {
		if live, there := lives[f.SessionID]; there {
			changed = f.see(live, began) || changed
		} else {
			f.end()
		}
	}
	if changed { // with the version, what is open may be another
		ring(h.look)
	}
	return nil
}

// looks tells each what is open to them, and ends who may follow no longer: no
// member any more, disabled, signed out, or the session is over.
func (h *followers) looks(ctx context.Context) error {
	streams := h.listening()
	if len(streams) == 0 {
		return nil
	}
	keys, tokens := map[session.Follower]bool{}, map[string]bool{}
	for _, f := range streams {
		keys[f.key()], tokens[f.token] = true, true
	}
	began := time.Now()
	signedIn, err := h.signedIn(ctx, slices.Collect(maps.Keys(tokens)))
	if err != nil {
		return err
	}
	open, err := h.stage.Open(ctx, slices.Collect(maps.Keys(keys)))
	if err != nil {
		return err
	}
	for _, f := range streams {
		if numbers, may := open[f.key()]; may && signedIn[f.token] {
			f.allow(numbers, began)
		} else {
			f.end()
		}
	}
	return nil
}

// listen adds a stream. The oldest of the same person goes when there are too many.
func (h *followers) listen(f *follower) {
	h.mu.Lock()
	h.streams = append(h.streams, f)
	var same []*follower
	for _, other := range h.streams {
		if other.key() == f.key() {
			same = append(same, other)
		}
	}
	h.mu.Unlock()
	if len(same) > streamsEach {
		same[0].yield()
		h.leave(same[0])
	}
	h.hear(session.Word{SessionID: f.SessionID})
	ring(h.look)
}

func (h *followers) leave(f *follower) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.streams = slices.DeleteFunc(h.streams, func(other *follower) bool { return other == f })
}

func (h *followers) listening() []*follower {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.streams)
}

func screensOf(streams []*follower) []session.Screen {
	screens := make([]session.Screen, len(streams))
	for i, f := range streams {
		screens[i] = f.Screen
	}
	return screens
}
