package keyring

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"fmt"
)

// A wrap is 61 bytes: version 1, a random nonce (12), and the data key sealed
// with AES-256-GCM under the epoch key (32 + 16). Additional data:
//
//	"vakspiegel/wrap/1" | epoch as 8 bytes big-endian | subject
const (
	wrapVersion = 1
	wrapPrefix  = "vakspiegel/wrap/1"
	nonceSize   = 12

	// WrapSize is the size of a wrap, in bytes.
	WrapSize = 1 + nonceSize + 32 + 16
)

// Wrap seals a data key under the key of an epoch, for a subject (a recording
// or conversation). Errors: ErrEpochGone, ErrOlderThanDatabase for an epoch the
// key map does not know yet.
func (r *Ring) Wrap(ctx context.Context, epoch int, subject string, key [32]byte) ([]byte, error) {
	var wrapped []byte
	err := r.view(ctx, func(m *Map) (err error) {
		wrapped, err = m.wrap(epoch, subject, key)
		return err
	})
	return wrapped, err
}

// Unwrap opens what Wrap sealed. Errors: ErrEpochGone if that epoch key was
// destroyed (so the data key is gone for good), ErrOlderThanDatabase if the key
// map does not know the epoch yet, ErrNotWrapped for anything else than a wrap
// of this subject and epoch.
func (r *Ring) Unwrap(ctx context.Context, epoch int, subject string, wrapped []byte) ([32]byte, error) {
	keys, err := r.UnwrapAll(ctx, []Wrapped{{subject, epoch, wrapped}})
	if err != nil {
		return [32]byte{}, err
	}
	defer clear(keys)
	return keys[0], nil
}

// UnwrapAll opens several wraps in one reading of the holders: all of them, in
// their order, or none. Errors: those of Unwrap, of the first that does not open.
func (r *Ring) UnwrapAll(ctx context.Context, wraps []Wrapped) ([][32]byte, error) {
	keys := make([][32]byte, len(wraps))
	err := r.view(ctx, func(m *Map) (err error) {
		for i, w := range wraps {
			if keys[i], err = m.unwrap(w.Epoch, w.Subject, w.Wrap); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		clear(keys)
		return nil, err
	}
	return keys, nil
}

// Wrapped is a wrap with what is needed to open it.
type Wrapped struct {
	Subject string
	Epoch   int
	Wrap    []byte
}

// Rewrapped is the outcome for one wrap: the new wrap, or why there is none.
type Rewrapped struct {
	Wrap []byte
	Err  error
}

// Rewrap makes the wraps of survivors anew under epoch to, in one reading of
// the holders. The outcomes stand in the order of the wraps; one that cannot be
// opened does not keep the others from being rewrapped.
func (r *Ring) Rewrap(ctx context.Context, to int, wraps []Wrapped) ([]Rewrapped, error) {
	out := make([]Rewrapped, len(wraps))
	err := r.view(ctx, func(m *Map) error {
		if _, err := m.aead(to); err != nil {
			return err
		}
		for i, w := range wraps {
			key, err := m.unwrap(w.Epoch, w.Subject, w.Wrap)
			if err != nil {
				out[i] = Rewrapped{Err: err}
				continue
			}
			wrapped, err := m.wrap(to, w.Subject, key)
			clear(key[:])
			out[i] = Rewrapped{Wrap: wrapped, Err: err}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func (m *Map) aead(epoch int) (cipher.AEAD, error) {
	key, ok := m.Epochs[epoch]
	defer clear(key[:])
	switch {
	case ok:
	case epoch < m.DestroyedBefore:
		return nil, fmt.Errorf("%w: epoch %d", ErrEpochGone, epoch)
	default: // not known to be destroyed, so nothing may be called erased
		return nil, fmt.Errorf("%w: it does not know epoch %d", ErrOlderThanDatabase, epoch)
	}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	return cipher.NewGCM(block)
}

func (m *Map) wrap(epoch int, subject string, key [32]byte) ([]byte, error) {
	aead, err := m.aead(epoch)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 1+nonceSize, WrapSize)
	out[0] = wrapVersion
	if _, err := rand.Read(out[1:]); err != nil {
		return nil, fmt.Errorf("keyring: no random bytes for a wrap: %w", err)
	}
	return aead.Seal(out, out[1:], key[:], wrapData(epoch, subject)), nil
}

func (m *Map) unwrap(epoch int, subject string, wrapped []byte) (key [32]byte, err error) {
	aead, err := m.aead(epoch)
	if err != nil {
		return key, err
	}
	if len(wrapped) != WrapSize || wrapped[0] != wrapVersion {
		return key, ErrNotWrapped
	}
	nonce, sealed := wrapped[1:1+nonceSize], wrapped[1+nonceSize:]
	if _, err := aead.Open(key[:0], nonce, sealed, wrapData(epoch, subject)); err != nil {
		return [32]byte{}, ErrNotWrapped
	}
	return key, nil
}

func wrapData(epoch int, subject string) []byte {
	data := binary.BigEndian.AppendUint64([]byte(wrapPrefix), uint64(epoch))
	return append(data, subject...)
}
