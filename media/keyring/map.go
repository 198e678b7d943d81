package keyring

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
)

// Key is an epoch key.
type Key [32]byte

// Format keeps a key out of every log and message.
func (Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("keyring.Key(…)")) }

// MarshalText writes the key for a holder.
func (k Key) MarshalText() ([]byte, error) {
	return base64.StdEncoding.AppendEncode(nil, k[:]), nil
}

// UnmarshalText reads a key from a holder.
func (k *Key) UnmarshalText(text []byte) error {
	raw, err := base64.StdEncoding.AppendDecode(nil, text)
	defer clear(raw)
	if err != nil || len(raw) != len(k) {
		return errors.New("a key is not 32 bytes in base64")
	}
	copy(k[:], raw)
	return nil
}

// Map is what a holder keeps.
type Map struct {
	// Generation counts the versions of the map, from 1. A holder without a
	// map is at generation 0.
	Generation int64 `json:"generation"`
	// DestroyedBefore is the lowest epoch that may have a key: all below were
	// destroyed, or never were. It only rises.
	DestroyedBefore int `json:"destroyed_before"`
	// Epochs are the epoch keys, by number.
	Epochs map[int]Key `json:"epochs"`
	// Secrets are lasting keys, by use: of codes, of receipts. They
	// are made when first asked for and never change.
	Secrets map[string][]byte `json:"secrets"`
}

// Format keeps keys out of every log and message.
func (m Map) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "keyring.Map(generation %d, %d epochs, %d secrets)", m.Generation, len(m.Epochs), len(m.Secrets))
}

// Newest returns the highest epoch, or 0.
func (m Map) Newest() int {
	newest := 0
	for epoch := range m.Epochs {
		newest = max(newest, epoch)
	}
	return newest
}

// Wipe overwrites the keys in memory.
func (m *Map) Wipe() {
	clear(m.Epochs)
	for _, secret := range m.Secrets {
		clear(secret)
	}
	clear(m.Secrets)
}

// same says whether two maps hold the same keys, whatever their generation.
func (m Map) same(o Map) bool {
	return m.DestroyedBefore == o.DestroyedBefore && maps.Equal(m.Epochs, o.Epochs) &&
		maps.EqualFunc(m.Secrets, o.Secrets, bytes.Equal)
}

// merge takes over what o has and m has not. Destroyed stays destroyed.
func (m *Map) merge(o Map) error {
	for epoch, key := range o.Epochs {
		if mine, ok := m.Epochs[epoch]; ok && mine != key {
			return fmt.Errorf("%w: epoch %d", ErrForked, epoch)
		}
		m.Epochs[epoch] = key
	}
	for name, secret := range o.Secrets {
		if mine, ok := m.Secrets[name]; ok && !bytes.Equal(mine, secret) {
			return fmt.Errorf("%w: secret %q", ErrForked, name)
		}
		m.Secrets[name] = bytes.Clone(secret)
	}
	m.Generation = max(m.Generation, o.Generation)
	m.destroy(max(m.DestroyedBefore, o.DestroyedBefore))
	return nil
}

func (m *Map) destroy(upTo int) {
	m.DestroyedBefore = upTo
	maps.DeleteFunc(m.Epochs, func(epoch int, _ Key) bool { return epoch < upTo })
}

// encode writes the map as a holder keeps it.
func (m Map) encode() ([]byte, error) {
	return json.MarshalIndent(m, "", "  ")
}

// decode reads what encode wrote and refuses everything else.
func decode(text []byte) (Map, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var m Map
	if err := d.Decode(&m); err != nil {
		// Not err: its text may quote a piece of a key.
		return Map{}, fmt.Errorf("%w: not a key map of this version", ErrDamaged)
	}
	if d.More() || m.Generation < 1 || m.Epochs == nil || m.Secrets == nil {
		return Map{}, fmt.Errorf("%w: incomplete, or something follows it", ErrDamaged)
	}
	for epoch := range m.Epochs {
		if epoch < 1 || epoch < m.DestroyedBefore {
			return Map{}, fmt.Errorf("%w: epoch %d should not have a key", ErrDamaged, epoch)
		}
	}
	return m, nil
}
