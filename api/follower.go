package api

import (
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"vakspiegel/review/session"
)

// follower is one open stream of a session. It holds what is and what was told, so
// a slow one never blocks the others nor grows: it hears the last state, not the
// way there. Coming late and coming back are the same: nothing was told yet.
type follower struct {
	session.Screen
	token string        // of the staff session
	wake  chan struct{} // something may be to be told
	ended chan struct{} // closed when it is to end

	mu      sync.Mutex
	closed  bool
	over    bool // it may follow no longer
	now     view
	told    view
	glanced time.Time // the start of the last round that brought what is new
	opened  time.Time // and of the one that brought what is open
	said    time.Time // the sign of life that was given last
}

// view is a session as far as its followers are told.
type view struct {
	live session.Live
	open []int
}

func newFollower(sessionID, personID uuid.UUID, token string) *follower {
	return &follower{
		Screen: session.Screen{ID: uuid.New(), SessionID: sessionID, PersonID: personID}, token: token,
		wake: make(chan struct{}, 1), ended: make(chan struct{}),
	}
}

// key is the follower as the room asks for it.
func (f *follower) key() session.Follower {
	return session.Follower{SessionID: f.SessionID, PersonID: f.PersonID}
}

// see notes what a round saw that began at began, and says whether there is
// something to read again. Of two rounds at once the one that began later counts,
// and of the film whatever was told last.
func (f *follower) see(live session.Live, began time.Time) (changed bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if began.Before(f.glanced) {
		return false
	}
	if told := f.now.live.Film; told != nil && live.Film != nil && told.Seq > live.Film.Seq {
		live.Film = told
	}
	changed = f.now.live.Version != live.Version
	f.now.live, f.glanced = live, began
	f.rouse()
	return changed
}

// follow notes that the film was moved.
func (f *follower) follow(film *session.Film) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if was := f.now.live.Film; was == nil || was.Seq < film.Seq {
		f.now.live.Film = film
		f.rouse()
	}
}

// allow notes what is open, as a round saw that began at began.
func (f *follower) allow(open []int, began time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now.open, f.opened = open, began
	f.rouse()
}

// rouse wakes the stream if there is something to say; f is locked.
func (f *follower) rouse() {
	if n, _ := f.peek(); n.any() || n.alive.Sub(f.said) >= aliveEvery {
		ring(f.wake)
	}
}

// end ends the stream; it is told that it is over.
func (f *follower) end() { f.close(true) }

// yield ends the stream for a newer one of the same person. It is not told that it is
// over: mostly nobody looks at it any more, and a screen that still does comes back.
func (f *follower) yield() { f.close(false) }

func (f *follower) close(over bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.closed, f.over = true, over
		close(f.ended)
	}
}

// isOver says whether a stream that ended is over for good.
func (f *follower) isOver() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.over
}

// news is what a stream is to say next.
type news struct {
	session *view         // the version, or what is open, is another, or no film is on any more
	film    *session.Film // as it stands
	people  *[]uuid.UUID  // who is present is another
	alive   time.Time     // when everything was last known to be so; zero: it was said just now
}

// any says whether there is anything but life.
func (n news) any() bool { return n.session != nil || n.film != nil || n.people != nil }

// take is what to say now. Nothing is said before both rounds have told
// everything once; a film is said only while its fragment is open.
func (f *follower) take() news {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, now := f.peek()
	if n.alive.IsZero() {
		return news{}
	}
	f.told = now
	if n.alive.Sub(f.said) < aliveEvery {
		n.alive = time.Time{}
	} else {
		f.said = n.alive
	}
	return n
}

// peek is what differs from what was told, and what will have been told then; f is
// locked.
func (f *follower) peek() (n news, now view) {
	if f.glanced.IsZero() || f.opened.IsZero() {
		return news{}, f.told
	}
	n.alive = f.glanced
	if f.opened.Before(n.alive) {
		n.alive = f.opened
	}
	now, was := f.now, f.told
	if film := now.live.Film; film != nil && !slices.Contains(now.open, film.N) {
		now.live.Film = nil // when it is open again it is told again
	}
	first := was.open == nil
	gone := was.live.Film != nil && now.live.Film == nil
	if first || gone || now.live.Version != was.live.Version || !slices.Equal(now.open, was.open) {
		n.session = &now
	}
	if film := now.live.Film; film != nil && (was.live.Film == nil || was.live.Film.Seq != film.Seq) {
		n.film = film
	}
	if first || !slices.Equal(now.live.Present, was.live.Present) {
		n.people = &now.live.Present
	}
	return n, now
}
