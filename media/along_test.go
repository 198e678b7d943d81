package media

import (
	"bytes"
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/consent"
	"vakspiegel/media/cutter/cuttertest"
	"vakspiegel/policies"
)

// table is a session as far as this room asks for one.
type table struct {
	mu      sync.Mutex
	answers map[Onlooker]Gathered
}

func (s *table) Gathered(_ context.Context, _ *gorm.DB, onlookers []Onlooker) (map[Onlooker]Gathered, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := map[Onlooker]Gathered{}
	for _, onlooker := range onlookers {
		if there, ok := s.answers[onlooker]; ok {
			found[onlooker] = there
		}
	}
	return found, nil
}

// gathering is a film of noor's that sem looks along at, as fragment 1.
type gathering struct {
	*world
	*table
	c     consent.Conversation
	id    uuid.UUID
	along Along
}

const fromMs, toMs = 5_000, 9_000

// gather brings a film in; film nil: the sample.
func gather(w *world, film []byte) *gathering {
	w.t.Helper()
	if film == nil {
		film = sample()
	}
	g := &gathering{world: w, table: &table{answers: map[Onlooker]Gathered{}}, c: w.asked(), along: Along{uuid.New(), 1}}
	w.facts.gatherings, w.facts.coolingOff = g.table, 0
	ok(w.t, w.consent.Yes(w.t.Context(), g.c.Participants[0].ID, consent.Answer{Method: "own_device", Language: "nl", Scopes: consent.Scopes{consent.Peers}}))
	g.id = w.upload(g.c, film)
	return g
}

// bring has everyone look along at a cut, or at the whole film.
func (g *gathering) bring(cut *uuid.UUID, from int64, to *int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	there := Gathered{RecordingID: g.id, CutID: cut, FromMs: from, ToMs: to, Purpose: policies.PeerReview, Part: policies.PartPeer, Needs: []string{"peers"}}
	g.answers[Onlooker{g.sem.ID, g.along}] = there
	there.Part = policies.PartOwner
	g.answers[Onlooker{g.noor.ID, g.along}] = there
}

// cutAndBring has the fragment cut.
func (g *gathering) cutAndBring() uuid.UUID {
	g.t.Helper()
	cut, _ := g.cutNow(g.id, fromMs, toMs)
	to := int64(toMs)
	g.bring(&cut, fromMs, &to)
	return cut
}

func (g *gathering) look(actor policies.Actor) (*Playback, error) {
	return g.OpenAlong(g.t.Context(), actor, g.along)
}

// Whatever ranges are asked for: it is the cut that is served, and so no byte of
// the film outside it.
func TestWhoLooksAlongGetsTheFragmentAndNoOtherByte(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		g := gather(w, nil)
		cut := g.cutBytes(g.cutAndBring())
		packets := cuttertest.Packets(t, sample())
		rapid.Check(t, func(r *rapid.T) {
			p := get(g.look(g.sem))
			defer p.Close()
			if p.Size() != int64(len(cut)) || p.ContentType() != typeMP4 {
				r.Fatalf("%d bytes of %s", p.Size(), p.ContentType())
			}
			off := rapid.Int64Range(0, p.Size()-1).Draw(r, "off")
			n := rapid.Int64Range(1, p.Size()-off).Draw(r, "n")
			sink := &sink{}
			if err := p.WriteTo(sink, off, n); err != nil || !bytes.Equal(sink.Bytes(), cut[off:off+n]) {
				r.Fatalf("%d bytes at %d: %v", n, off, err)
			}
			if err := p.Prepare(off, p.Size()-off+1); err == nil {
				r.Fatal("bytes behind the end were read")
			}
		})
		cuttertest.RefuseOutside(t, "served", sample(), packets, cut, fromMs*time.Millisecond, toMs*time.Millisecond)
		if n := w.count("audit_entries", "action = 'recording:watch' AND actor_id = ? AND result = 'started' AND purpose = 'peer_review' AND from_ms = ? AND to_ms = ?", w.sem.ID, fromMs, toMs); n == 0 {
			t.Error("the audit log does not say which part was seen")
		}
		p := get(g.look(g.noor))
		ok(t, p.Close())
		if n := w.count("audit_entries", "action = 'recording:watch' AND actor_id = ? AND from_ms IS NULL", w.noor.ID); n != 2 {
			t.Error("the owner's own looking is not logged, or with its seconds")
		}
	})
}

func TestTheWholeFilmIsServedOnlyWhereItWasChosen(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		g := gather(w, nil)
		g.bring(nil, 0, nil)
		p := get(g.look(g.sem))
		sink := &sink{}
		ok(t, p.WriteTo(sink, 0, p.Size()))
		ok(t, p.Close())
		if !bytes.Equal(sink.Bytes(), sample()) {
			t.Fatal("it is not the whole film")
		}
		to := int64(toMs)
		for name, part := range map[string]func(){
			"an interval without a cut":       func() { g.bring(nil, fromMs, &to) },
			"the beginning without a cut":     func() { g.bring(nil, 0, &to) },
			"the rest without a cut":          func() { g.bring(nil, fromMs, nil) },
			"a cut that is not there":         func() { id := uuid.New(); g.bring(&id, fromMs, &to) },
			"a cut without an end":            func() { cut := g.order(g.id, fromMs, toMs); g.bring(&cut, fromMs, nil) },
			"a cut that is owed":              func() { cut := g.order(g.id, fromMs, toMs); g.bring(&cut, fromMs, &to) },
			"a cut of another interval":       func() { cut, _ := g.cutNow(g.id, 1_000, 3_000); g.bring(&cut, fromMs, &to) },
			"a cut of another film":           func() { cut, _ := g.cutNow(w.upload(w.given(), sample()), fromMs, toMs); g.bring(&cut, fromMs, &to) },
			"a cut that was dropped":          func() { ok(t, g.DropCuts(t.Context(), w.db, g.cutAndBring())) },
			"a cut whose bytes were deleted":  func() { ok(t, g.DropCuts(t.Context(), w.db, g.cutAndBring())); ok(t, g.EraseCuts(t.Context())) },
			"a fragment that was taken back":  func() { g.cutAndBring(); clear(g.answers) },
			"a session that is not open":      func() { g.cutAndBring(); g.change(func(there *Gathered) { there.Part = "" }) },
			"a scope that nobody allowed":     func() { g.cutAndBring(); g.change(func(there *Gathered) { there.Needs = []string{"coach"} }) },
			"a part that the person has not":  func() { g.cutAndBring(); g.change(func(there *Gathered) { there.Part = policies.PartCoach }) },
			"a recording that is not theirs":  func() { g.cutAndBring(); g.change(func(there *Gathered) { there.Part = policies.PartOwner }) },
			"a purpose that nobody looks for": func() { g.cutAndBring(); g.change(func(there *Gathered) { there.Purpose = policies.SelfReflection }) },
		} {
			part()
			if _, err := g.look(g.sem); err == nil {
				t.Errorf("%s is served", name)
			} else {
				wants(t, err, ErrNotFound)
			}
		}
	})
}

// change changes what everyone is before the fragment.
func (g *gathering) change(how func(there *Gathered)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for onlooker, there := range g.answers {
		how(&there)
		g.answers[onlooker] = there
	}
}

// What ends a look along: everything that ends looking, and what ends the session.
func TestWhatClosesAFragmentCutsItsStream(t *testing.T) {
	long := cuttertest.Make(t, "video/mp4", "long.mp4", "-c:v libx264 -preset ultrafast -g 15 -qp 8 -c:a aac")
	for name, closing := range map[string]func(g *gathering){
		"the citizen withdraws":   func(g *gathering) { g.withdraw(g.c) },
		"the citizen allows less": func(g *gathering) { get(g.consent.Narrow(g.t.Context(), g.c.Participants[0].ID, consent.Scopes{})) },
		"the citizen pauses":      func(g *gathering) { get(g.consent.Pause(g.t.Context(), g.c.Participants[0].ID)) },
		"it is taken back":        func(g *gathering) { g.mu.Lock(); clear(g.answers); g.mu.Unlock() },
		"the session ends":        func(g *gathering) { g.change(func(there *Gathered) { there.Part = "" }) },
		"a coach joins":           func(g *gathering) { g.change(func(there *Gathered) { there.Needs = []string{"peers", "coach"} }) },
		"the fragment is another": func(g *gathering) { g.change(func(there *Gathered) { there.RecordingID = uuid.New() }) },
		"the onlooker is disabled": func(g *gathering) {
			ok(g.t, g.db.Exec("UPDATE people SET disabled_at = CURRENT_TIMESTAMP WHERE id = ?", g.sem.ID).Error)
		},
		"the database goes away": func(g *gathering) { g.faults.killAt(1) },
	} {
		t.Run(name, func(t *testing.T) {
			eachDB(t, func(t *testing.T, w *world) {
				g := gather(w, long.Data)
				to := int64(25_000)
				cut, _ := g.cutNow(g.id, fromMs, to)
				g.bring(&cut, fromMs, &to)
				p := get(g.look(g.sem))
				if p.Size() < 8*writeSize {
					t.Fatalf("%d bytes are too few for this", p.Size())
				}
				writes := 0
				viewer := &sink{onWrite: func() {
					if writes++; writes == 2 {
						closing(g)
					}
					_ = g.leases.renew(t.Context())
					w.clock.pass(LeaseTerm / 2)
				}}
				wants(t, p.WriteTo(viewer, 0, p.Size()), ErrLeaseOver)
				w.faults.revive()
				ok(t, p.Close())
				if writes > 3 {
					t.Errorf("%d writes, closed at the second", writes)
				}
			})
		})
	}
}
