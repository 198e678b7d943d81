package keyring

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// memory is a holder for tests that can be taken away.
type memory struct {
	name string
	text []byte
	down bool
	// failStores makes so many calls of Store fail before they do anything.
	failStores int
}

var errDown = errors.New("taken away by a test")

func (h *memory) String() string { return h.name }

func (h *memory) Load(context.Context) (Map, error) {
	if h.down {
		return Map{}, errDown
	}
	if h.text == nil {
		return Map{}, ErrNoKeys
	}
	return decode(h.text)
}

func (h *memory) Store(_ context.Context, m Map, expected int64) error {
	if h.down {
		return errDown
	}
	if h.failStores > 0 {
		h.failStores--
		return errDown
	}
	have := Map{}
	if h.text != nil {
		have, _ = decode(h.text)
	}
	if have.Generation != expected {
		return ErrConflict
	}
	text, err := m.encode()
	h.text = text
	return err
}

func memories(names ...string) ([]*memory, []Holder) {
	var ms []*memory
	var hs []Holder
	for _, name := range names {
		m := &memory{name: name}
		ms, hs = append(ms, m), append(hs, m)
	}
	return ms, hs
}

func TestBeginNeedsEveryHolder(t *testing.T) {
	ms, hs := memories("a", "b")
	if err := Init(t.Context(), hs); err != nil {
		t.Fatal(err)
	}
	r, err := Open(t.Context(), hs)
	if err != nil {
		t.Fatal(err)
	}
	ms[1].down = true
	_, err = r.Begin(t.Context())
	wantError(t, "begin with a holder down", err, errDown)
	wantNewest(t, r, 1)
	_, err = r.Secret(t.Context(), "code")
	wantError(t, "a new secret with a holder down", err, errDown)
	ms[1].down = false
	ms[1].failStores = 1
	_, err = r.Begin(t.Context())
	wantError(t, "begin while the second cannot be written", err, errDown)
	epoch := begin(t, r)
	for _, m := range ms {
		epochKey(t, m, epoch)
	}
}

func TestDestroyNamesTheHoldersItCouldNotReachAndReachesThemLater(t *testing.T) {
	ms, hs := memories("a", "b")
	if err := Init(t.Context(), hs); err != nil {
		t.Fatal(err)
	}
	r, err := Open(t.Context(), hs)
	if err != nil {
		t.Fatal(err)
	}
	begin(t, r)
	ms[1].down = true
	for range 2 {
		missing, err := r.Destroy(t.Context(), 2)
		if err != nil || !slices.Equal(missing, []string{"b"}) {
			t.Fatalf("missing %q, %v; want b", missing, err)
		}
	}
	ms[1].down, ms[1].failStores = false, 1
	if missing, err := r.Destroy(t.Context(), 2); err != nil || !slices.Equal(missing, []string{"b"}) {
		t.Fatalf("missing %q, %v; want b, which cannot be written", missing, err)
	}
	if missing, err := r.Destroy(t.Context(), 2); err != nil || len(missing) > 0 {
		t.Fatalf("missing %q, %v; want none", missing, err)
	}
	m, err := ms[1].Load(t.Context())
	if err != nil || len(m.Epochs) != 1 || m.DestroyedBefore != 2 {
		t.Errorf("the holder that came back has %v, %v", m, err)
	}
}

func TestEachHolderIsAskedInItsPlace(t *testing.T) {
	ms, hs := memories("a", "b")
	if err := Init(t.Context(), hs); err != nil {
		t.Fatal(err)
	}
	r, err := Open(t.Context(), hs)
	if err != nil {
		t.Fatal(err)
	}
	for _, down := range [][]bool{{false, false}, {false, true}, {true, false}, {true, true}} {
		for i, m := range ms {
			m.down = down[i]
		}
		if got := r.Answering(t.Context()); got[0] == down[0] || got[1] == down[1] {
			t.Errorf("with %v down, %v answer", down, got)
		}
	}
}

func TestAHolderThatIsBehindIsRepairedByAnyRead(t *testing.T) {
	r, holders := ring(t, 2)
	old := mustRead(t, holders[1])
	dead := epochKey(t, holders[1], 1)
	begin(t, r)
	if _, err := r.Destroy(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(pathOf(holders[1]), old, 0o600); err != nil {
		t.Fatal(err)
	}
	wantNewest(t, r, 2)
	if found(t, holders, dead) {
		t.Error("a copy brought a destroyed key back")
	}
	epochKey(t, holders[1], 2)
}

func TestHoldersThatContradictEachOtherAreRefused(t *testing.T) {
	_, a := ring(t, 1)
	_, b := ring(t, 1)
	_, err := Open(t.Context(), []Holder{a[0], b[0]})
	wantError(t, "two installations' holders", err, ErrForked)
	_, err = Open(t.Context(), a)
	if err != nil {
		t.Errorf("one of them alone: %v", err)
	}
}

// Invariants 1 and 2, over any order of changes and outages: what is destroyed
// never opens again, what lives always does, and no epoch is used that one
// holder alone has.
func TestWhateverFailsDestroyedStaysDestroyedAndTheRestStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := context.Background()
		ms, hs := memories("a", "b", "c")
		if err := Init(ctx, hs); err != nil {
			t.Fatal(err)
		}
		r, err := Open(ctx, hs)
		if err != nil {
			t.Fatal(err)
		}
		key := [32]byte{7}
		wraps := map[int][]byte{}
		newest, destroyed := 0, 0
		use := func(epoch int) {
			w, err := r.Wrap(ctx, epoch, "r", key)
			if err != nil {
				t.Fatalf("wrap under %d: %v", epoch, err)
			}
			wraps[epoch], newest = w, max(newest, epoch)
		}
		use(1)
		t.Repeat(map[string]func(*rapid.T){
			"take a holder away": func(t *rapid.T) {
				m := ms[rapid.IntRange(0, 2).Draw(t, "which")]
				if up := slices.IndexFunc(ms, func(o *memory) bool { return o != m && !o.down }); up >= 0 {
					m.down = true
				}
			},
			"give a holder back":  func(t *rapid.T) { ms[rapid.IntRange(0, 2).Draw(t, "which")].down = false },
			"a holder fails once": func(t *rapid.T) { ms[rapid.IntRange(0, 2).Draw(t, "which")].failStores = 1 },
			"begin": func(*rapid.T) {
				if epoch, err := r.Begin(ctx); err == nil {
					use(epoch)
					for _, m := range ms {
						if have, err := m.Load(ctx); err != nil || have.Epochs[epoch] == (Key{}) {
							t.Fatalf("%s has no key of epoch %d, which is in use", m, epoch)
						}
					}
				}
			},
			"destroy": func(t *rapid.T) {
				upTo := rapid.IntRange(1, newest).Draw(t, "upTo")
				missing, err := r.Destroy(ctx, upTo)
				if err != nil {
					return
				}
				if len(missing) == 0 {
					destroyed = max(destroyed, upTo)
					for _, m := range ms {
						have, err := m.Load(ctx)
						if err != nil || have.DestroyedBefore < destroyed {
							t.Fatalf("%s still has what was destroyed: %v, %v", m, have, err)
						}
					}
				}
				for epoch := range wraps {
					if epoch < upTo {
						delete(wraps, epoch) // destroyed wherever it could be
					}
				}
			},
			"": func(t *rapid.T) {
				for epoch, w := range wraps {
					if got, err := r.Unwrap(ctx, epoch, "r", w); err != nil || got != key {
						t.Fatalf("a living wrap of epoch %d: %v", epoch, err)
					}
				}
				for epoch := 1; epoch < destroyed; epoch++ {
					if _, err := r.Wrap(ctx, epoch, "r", key); !errors.Is(err, ErrEpochGone) {
						t.Fatalf("destroyed epoch %d: %v", epoch, err)
					}
				}
			},
		})
	})
}
