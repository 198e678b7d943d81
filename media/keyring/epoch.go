package keyring

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
)

// Newest returns the epoch under which keys are wrapped now.
func (r *Ring) Newest(ctx context.Context) (int, error) {
	var newest int
	err := r.view(ctx, func(m *Map) error { newest = m.Newest(); return nil })
	return newest, err
}

// Begin makes a new epoch key and returns its number when every holder has it.
// If one cannot be reached nothing may be wrapped under it: an error, and the
// next Begin makes another.
func (r *Ring) Begin(ctx context.Context) (int, error) {
	key, err := newKey()
	if err != nil {
		return 0, err
	}
	defer clear(key[:])
	epoch := 0
	err = r.change(ctx, func(m *Map) (bool, error) {
		if epoch != 0 && m.Epochs[epoch] == key {
			return false, nil // another process carried our half-published change on
		}
		epoch = max(m.Newest(), m.DestroyedBefore-1) + 1
		m.Epochs[epoch] = key
		return true, nil
	})
	if err != nil {
		return 0, err
	}
	return epoch, nil
}

// Destroy destroys the keys of all epochs before upTo in every holder that can
// be reached, and names those that cannot; what is wrapped is not erased while
// that list is not empty. The newest epoch cannot be destroyed. Destroying
// again is no error, and reaches holders that were missing before.
func (r *Ring) Destroy(ctx context.Context, upTo int) (missing []string, err error) {
	err = r.retry(ctx, func() error {
		missing = nil
		s, err := r.load(ctx)
		if err != nil {
			return err
		}
		defer s.merged.Wipe()
		if newest := s.merged.Newest(); upTo > newest {
			return fmt.Errorf("%w: asked to destroy all epochs before %d, the newest is %d", ErrOlderThanDatabase, upTo, newest)
		}
		if upTo > s.merged.DestroyedBefore {
			s.merged.destroy(upTo)
			if _, err := r.publish(ctx, s); err != nil {
				return err
			}
		}
		for i, h := range r.holders {
			if s.down[i] {
				missing = append(missing, h.String())
			}
		}
		return nil
	})
	return missing, err
}

// Secret returns the lasting secret of that name, 32 bytes, which is made when
// it is first asked for, in every holder. The caller must not keep it longer
// than one operation.
func (r *Ring) Secret(ctx context.Context, name string) ([]byte, error) {
	var secret []byte
	err := r.view(ctx, func(m *Map) error { secret = bytes.Clone(m.Secrets[name]); return nil })
	if err != nil || secret != nil {
		return secret, err
	}
	made := make([]byte, 32)
	if _, err := rand.Read(made); err != nil {
		return nil, fmt.Errorf("keyring: no random bytes for a secret: %w", err)
	}
	err = r.change(ctx, func(m *Map) (bool, error) {
		if have, ok := m.Secrets[name]; ok {
			secret = bytes.Clone(have)
			return false, nil
		}
		m.Secrets[name] = bytes.Clone(made)
		secret = made
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return secret, nil
}

// Check refuses a key map that does not know an epoch the database has seen:
// ErrOlderThanDatabase. It is called at start-up with the highest epoch of any
// row, and 0 for an empty database.
func (r *Ring) Check(ctx context.Context, highestSeen int) error {
	newest, err := r.Newest(ctx)
	if err != nil {
		return err
	}
	if newest < highestSeen {
		return fmt.Errorf("%w: its newest epoch is %d, the database has seen %d. Put the newest key map in place; an older copy opens nothing", ErrOlderThanDatabase, newest, highestSeen)
	}
	return nil
}
