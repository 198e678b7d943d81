package api

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"vakspiegel/review/session"
)

// screen is what a browser shows of what it was told.
type screen struct {
	version int64
	open    []int
	film    *session.Film
	present []uuid.UUID
}

// take does with news what a browser does.
func (s *screen) take(n news) {
	if n.session != nil {
		s.version, s.open = n.session.live.Version, n.session.open
		if n.session.live.Film == nil {
			s.film = nil
		}
	}
	if n.film != nil {
		s.film = n.film
	}
	if n.people != nil {
		s.present = *n.people
	}
}

// Whenever a follower takes what there is to say, and however much it missed, its
// screen is then as the session is; and it is never told of a film that is closed.
func TestAFollowersScreenIsAsTheSessionIs(t *testing.T) {
	people := []uuid.UUID{{15: 1}, {15: 2}, {15: 3}}
	rapid.Check(t, func(t *rapid.T) {
		f := newFollower(uuid.New(), people[0], "")
		var shown screen
		var live session.Live
		var open []int
		for range rapid.IntRange(1, 20).Draw(t, "changes") {
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				live.Version++
			case 1:
				film := session.Film{Command: session.Command{N: rapid.IntRange(1, 3).Draw(t, "n")}, Seq: 1}
				if live.Film != nil {
					film.Seq = live.Film.Seq + 1
				}
				live.Film = &film
			case 2:
				live.Present = rapid.SliceOfNDistinct(rapid.SampledFrom(people), 0, 3, rapid.ID).Draw(t, "present")
			case 3:
				open = slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.IntRange(1, 3), 0, 3, rapid.ID).Draw(t, "open")))
			}
			f.see(live, time.Now())
			f.allow(append([]int{}, open...), time.Now())
			if rapid.Bool().Draw(t, "take") {
				n := f.take()
				if n.film != nil && !slices.Contains(open, n.film.N) {
					t.Fatalf("told of the film of fragment %d; open are %v", n.film.N, open)
				}
				shown.take(n)
			}
		}
		shown.take(f.take())
		var film *session.Film
		if live.Film != nil && slices.Contains(open, live.Film.N) {
			film = live.Film
		}
		if shown.version != live.Version || !slices.Equal(shown.open, open) || shown.film != film || !slices.Equal(shown.present, live.Present) {
			t.Fatalf("shown %+v, there is %+v, open %v", shown, live, open)
		}
		if n := f.take(); n.session != nil || n.film != nil || n.people != nil {
			t.Fatalf("told twice: %+v", n)
		}
	})
}

// fakeStage is a room whose sessions the test makes.
type fakeStage struct {
	lives    map[uuid.UUID]session.Live
	open     map[session.Follower][]int
	glances  [][]uuid.UUID
	looks    int
	remained []session.Screen
	down     error

	elsewhere session.Word
}

func (f *fakeStage) Glance(_ context.Context, ids []uuid.UUID) (map[uuid.UUID]session.Live, error) {
	f.glances = append(f.glances, ids)
	return maps.Clone(f.lives), f.down
}

func (f *fakeStage) Open(context.Context, []session.Follower) (map[session.Follower][]int, error) {
	f.looks++
	return maps.Clone(f.open), f.down
}

func (f *fakeStage) Remain(_ context.Context, screens []session.Screen) error {
	f.remained = screens
	return f.down
}

func (f *fakeStage) Overheard(payload string) (session.Word, bool) {
	return f.elsewhere, payload != ""
}

// told are followers at one session, each of whom was told everything once.
func told(t *testing.T, stage *fakeStage, n int) (*followers, []*follower) {
	t.Helper()
	id := uuid.New()
	signedIn := func(_ context.Context, tokens []string) (map[string]bool, error) {
		all := map[string]bool{}
		for _, token := range tokens {
			all[token] = token != "signed out"
		}
		return all, nil
	}
	h := newFollowers(stage, signedIn, slog.New(slog.DiscardHandler))
	stage.lives, stage.open = map[uuid.UUID]session.Live{id: {Version: 1}}, map[session.Follower][]int{}
	var all []*follower
	for range n {
		f := newFollower(id, uuid.New(), "x")
		stage.open[f.key()] = []int{1}
		h.listen(f)
		all = append(all, f)
	}
	must(t, h.glances(t.Context()))
	must(t, h.looks(t.Context()))
	for _, f := range all {
		if f.take().session == nil {
			t.Fatal("not told how it is")
		}
	}
	return h, all
}

func hasEnded(f *follower) bool {
	select {
	case <-f.ended:
		return true
	default:
		return false
	}
}

func TestOneRoundAsksOnceForAllWhoFollow(t *testing.T) {
	stage := &fakeStage{}
	h := newFollowers(stage, nil, slog.New(slog.DiscardHandler))
	must(t, h.glances(t.Context()))
	must(t, h.looks(t.Context()))
	if len(stage.glances) != 0 || stage.looks != 0 {
		t.Error("the database is asked though nobody follows")
	}
	h, all := told(t, stage, 5)
	if len(stage.glances) != 1 || len(stage.glances[0]) != 1 || stage.looks != 1 {
		t.Errorf("asked %v and %d times what is open", stage.glances, stage.looks)
	}
	if screens := screensOf(h.listening()); len(screens) != 5 || screens[0] != all[0].Screen {
		t.Errorf("present are %v", screens)
	}
}

func TestNobodyIsToldAnythingBeforeBothRoundsKnow(t *testing.T) {
	f := newFollower(uuid.New(), uuid.New(), "")
	f.see(session.Live{Version: 3, Film: &session.Film{}}, time.Now())
	if n := f.take(); n.session != nil || n.film != nil || !n.alive.IsZero() {
		t.Errorf("told %+v before it is known what is open", n)
	}
}

// A sign of life says that everything is as told: it is as old as the older of the
// two rounds.
func TestLifeIsAsOldAsTheOlderRound(t *testing.T) {
	f := newFollower(uuid.New(), uuid.New(), "")
	older, newer := time.Now().Add(-3*time.Second), time.Now()
	f.see(session.Live{}, newer)
	f.allow([]int{}, older)
	if n := f.take(); !n.alive.Equal(older) {
		t.Errorf("alive at %v", n.alive)
	}
}

func TestARoundThatFailsTellsNothingAndEndsNothing(t *testing.T) {
	stage := &fakeStage{}
	h, all := told(t, stage, 1)
	stage.down, stage.lives, stage.open = errors.New("down"), nil, nil
	if h.glances(t.Context()) == nil || h.looks(t.Context()) == nil {
		t.Error("an error is lost")
	}
	if hasEnded(all[0]) || all[0].take().session != nil {
		t.Error("without the database something is told")
	}
}

func TestWhoMayFollowNoLongerEnds(t *testing.T) {
	for name, end := range map[string]func(stage *fakeStage, f *follower){
		"no member any more":  func(stage *fakeStage, f *follower) { delete(stage.open, f.key()) },
		"signed out":          func(_ *fakeStage, f *follower) { f.token = "signed out" },
		"the session is gone": func(stage *fakeStage, f *follower) { delete(stage.lives, f.SessionID) },
	} {
		t.Run(name, func(t *testing.T) {
			stage := &fakeStage{}
			h, all := told(t, stage, 2)
			end(stage, all[0])
			must(t, h.glances(t.Context()))
			must(t, h.looks(t.Context()))
			if !hasEnded(all[0]) {
				t.Error("it goes on")
			}
			if name != "the session is gone" && hasEnded(all[1]) {
				t.Error("another one ended too")
			}
		})
	}
}

// With the version, what is open may have changed: that is asked at once.
func TestAChangeIsLookedIntoAtOnce(t *testing.T) {
	stage := &fakeStage{}
	h, all := told(t, stage, 1)
	for len(h.look) > 0 {
		<-h.look
	}
	must(t, h.glances(t.Context()))
	if len(h.look) != 0 {
		t.Error("nothing changed, and all is asked")
	}
	stage.lives[all[0].SessionID] = session.Live{Version: 2}
	must(t, h.glances(t.Context()))
	if len(h.look) != 1 {
		t.Error("what is open is not asked")
	}
}

func TestAPersonHasAFewStreamsOfOneSessionAtMost(t *testing.T) {
	h := newFollowers(&fakeStage{}, nil, slog.New(slog.DiscardHandler))
	id, person := uuid.New(), uuid.New()
	var all []*follower
	for range streamsEach + 2 {
		f := newFollower(id, person, "")
		h.listen(f)
		h.listen(newFollower(id, uuid.New(), ""))
		all = append(all, f)
	}
	for i, f := range all {
		if hasEnded(f) != (i < 2) || f.isOver() {
			t.Errorf("stream %d ended: %v, for good: %v", i, hasEnded(f), f.isOver())
		}
	}
}

// A film that another server moved is told without a question to the database;
// what is told late changes nothing.
func TestAFilmThatIsMovedIsToldWithoutAsking(t *testing.T) {
	stage := &fakeStage{}
	h, all := told(t, stage, 2)
	asked := len(stage.glances)
	moved := &session.Film{Command: session.Command{N: 1}, Seq: 8}
	stage.elsewhere = session.Word{SessionID: all[0].SessionID, Film: moved}
	h.overhear("x")
	for _, f := range all {
		if n := f.take(); n.film != moved {
			t.Errorf("told %+v", n)
		}
	}
	if len(stage.glances) != asked {
		t.Error("the database was asked")
	}
	stage.elsewhere.Film = &session.Film{Command: session.Command{N: 1}, Seq: 7}
	h.overhear("x")
	stage.lives[all[0].SessionID] = session.Live{Version: 1, Film: stage.elsewhere.Film}
	must(t, h.glances(t.Context()))
	if n := all[0].take(); n.film != nil {
		t.Errorf("told of an older one: %+v", n.film)
	}
}

// Something else than a film: that session alone is asked about.
func TestOnlyTheSessionThatSomethingIsSaidOfIsAskedAbout(t *testing.T) {
	stage := &fakeStage{}
	h, all := told(t, stage, 1)
	other := newFollower(uuid.New(), uuid.New(), "x")
	h.listen(other)
	must(t, h.answer(t.Context()))
	asked := len(stage.glances)
	h.hear(session.Word{SessionID: all[0].SessionID})
	must(t, h.answer(t.Context()))
	must(t, h.answer(t.Context()))
	if got := stage.glances[asked:]; len(got) != 1 || len(got[0]) != 1 || got[0][0] != all[0].SessionID {
		t.Errorf("asked about %v", got)
	}
	h.overhear("") // a new connection: something may have been lost
	must(t, h.answer(t.Context()))
	if got := stage.glances[len(stage.glances)-1]; len(got) != len(h.listening()) {
		t.Errorf("after a lost connection asked about %v", got)
	}
}
