package keyring

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
)

// attempts is how often an operation is tried again when another process
// changes the key map at the same time.
const attempts = 50

// Ring is the key map as all its holders together keep it. It holds no key
// itself and is safe for concurrent use.
type Ring struct{ holders []Holder }

// Open checks that every holder has a key map and that they agree. Errors:
// ErrNoKeys if one has none, and those of [Holder].
func Open(ctx context.Context, holders []Holder) (*Ring, error) {
	if len(holders) == 0 {
		return nil, fmt.Errorf("%w: no key holder is set", ErrNoKeys)
	}
	r := &Ring{holders: holders}
	err := r.retry(ctx, func() error {
		s, err := r.load(ctx)
		if err != nil {
			return err
		}
		defer s.merged.Wipe()
		return s.complete()
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Holders is how many holders keep the map.
func (r *Ring) Holders() int { return len(r.holders) }

// Answering asks each holder for its map, in their order. It repairs nothing and
// says of none why it does not answer, or where it is.
func (r *Ring) Answering(ctx context.Context) []bool {
	answers := make([]bool, len(r.holders))
	for i, h := range r.holders {
		m, err := h.Load(ctx)
		m.Wipe()
		answers[i] = err == nil
	}
	return answers
}

// Init makes the first key map, with epoch 1, or copies the map of the holders
// that have one to those that have none. Nothing is replaced. Errors: ErrExists
// if every holder has a map.
func Init(ctx context.Context, holders []Holder) error { return create(ctx, holders, 1) }

// InitAfterLoss makes a key map after every holder was lost. All that was
// wrapped before can never be opened again. highestSeen is the highest epoch
// the database has seen; the new map begins after it. Errors: ErrExists if any
// holder still has a map.
func InitAfterLoss(ctx context.Context, holders []Holder, highestSeen int) error {
	for _, h := range holders {
		m, err := h.Load(ctx)
		m.Wipe()
		if err == nil {
			return fmt.Errorf("%w in %s: nothing is lost, use it", ErrExists, h)
		}
		if !errors.Is(err, ErrNoKeys) {
			return err
		}
	}
	return create(ctx, holders, highestSeen+1)
}

func create(ctx context.Context, holders []Holder, epoch int) error {
	m := Map{DestroyedBefore: epoch, Epochs: map[int]Key{}, Secrets: map[string][]byte{}}
	defer func() { m.Wipe() }()
	var empty []Holder
	for _, h := range holders {
		have, err := h.Load(ctx)
		switch {
		case errors.Is(err, ErrNoKeys):
			empty = append(empty, h)
		case err != nil:
			return err
		default:
			err := m.merge(have)
			have.Wipe()
			if err != nil {
				return err
			}
		}
	}
	if len(empty) == 0 {
		return fmt.Errorf("%w in every holder", ErrExists)
	}
	if m.Generation == 0 {
		key, err := newKey()
		if err != nil {
			return err
		}
		m.Generation, m.Epochs[epoch] = 1, key
	}
	for _, h := range empty {
		if err := h.Store(ctx, m, 0); err != nil {
			return err
		}
	}
	return nil
}

// state is what one reading of all holders gave.
type state struct {
	merged  Map
	at      []int64 // generation of each holder
	missing []error // one for each holder that could not be read
	down    []bool  // which
}

// complete returns an error unless every holder was read.
func (s *state) complete() error { return errors.Join(s.missing...) }

// load reads every holder, merges what they hold, and repairs those that are
// behind. It fails if no holder could be read, or if they contradict each other.
func (r *Ring) load(ctx context.Context) (*state, error) {
	s := &state{
		merged: Map{Epochs: map[int]Key{}, Secrets: map[string][]byte{}},
		at:     make([]int64, len(r.holders)),
		down:   make([]bool, len(r.holders)),
	}
	loaded := make([]Map, len(r.holders))
	defer func() {
		for i := range loaded {
			loaded[i].Wipe()
		}
	}()
	for i, h := range r.holders {
		m, err := h.Load(ctx)
		if err != nil {
			s.lost(i, err)
			continue
		}
		loaded[i], s.at[i] = m, m.Generation
		if err := s.merged.merge(m); err != nil {
			s.merged.Wipe()
			return nil, err
		}
	}
	if len(s.missing) == len(r.holders) {
		return nil, s.complete()
	}
	if err := r.repair(ctx, s, loaded); err != nil {
		s.merged.Wipe()
		return nil, err
	}
	return s, nil
}

func (s *state) lost(i int, err error) {
	s.down[i] = true
	s.missing = append(s.missing, err)
}

// repair brings every holder that was read to what all of them know together.
func (r *Ring) repair(ctx context.Context, s *state, loaded []Map) error {
	for i := range r.holders {
		if !s.down[i] && s.at[i] == s.merged.Generation && !loaded[i].same(s.merged) {
			// Two of one generation that differ: what they are merged into is
			// newer than both.
			s.merged.Generation++
			break
		}
	}
	for i, h := range r.holders {
		if s.down[i] || (s.at[i] == s.merged.Generation && loaded[i].same(s.merged)) {
			continue
		}
		switch err := h.Store(ctx, s.merged, s.at[i]); {
		case errors.Is(err, ErrConflict):
			return err
		case err != nil:
			s.lost(i, err)
		default:
			s.at[i] = s.merged.Generation
		}
	}
	return nil
}

// view gives fn the key map as it is now.
func (r *Ring) view(ctx context.Context, fn func(m *Map) error) error {
	return r.retry(ctx, func() error {
		s, err := r.load(ctx)
		if err != nil {
			return err
		}
		defer s.merged.Wipe()
		return fn(&s.merged)
	})
}

// change lets fn change the key map and publishes the change in every holder.
// fn may be called more than once and says whether it changed anything.
func (r *Ring) change(ctx context.Context, fn func(m *Map) (bool, error)) error {
	return r.retry(ctx, func() error {
		s, err := r.load(ctx)
		if err != nil {
			return err
		}
		defer s.merged.Wipe()
		if err := s.complete(); err != nil {
			return err
		}
		changed, err := fn(&s.merged)
		if err != nil || !changed {
			return err
		}
		missing, err := r.publish(ctx, s)
		return errors.Join(append(missing, err)...)
	})
}

// publish writes the changed map to every holder that was read.
func (r *Ring) publish(ctx context.Context, s *state) (missing []error, err error) {
	s.merged.Generation++
	for i, h := range r.holders {
		if s.down[i] {
			continue
		}
		switch err := h.Store(ctx, s.merged, s.at[i]); {
		case errors.Is(err, ErrConflict):
			return nil, err
		case err != nil:
			s.down[i] = true
			missing = append(missing, err)
		}
	}
	return missing, nil
}

func (r *Ring) retry(ctx context.Context, fn func() error) error {
	var err error
	for range attempts {
		if err = ctx.Err(); err != nil {
			return err
		}
		if err = fn(); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return err
}

func newKey() (Key, error) {
	var k Key
	if _, err := rand.Read(k[:]); err != nil {
		return Key{}, fmt.Errorf("keyring: no random bytes for a key: %w", err)
	}
	return k, nil
}
