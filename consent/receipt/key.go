package receipt

import (
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/go-jose/go-jose/v4"
)

// SeedSize is what a key is made from, in bytes (RFC 8032).
const SeedSize = ed25519.SeedSize

// Key signs documents. The zero value signs nothing.
type Key struct{ private ed25519.PrivateKey }

// NewKey makes the key of a secret of SeedSize bytes; the same secret gives the
// same key.
func NewKey(seed []byte) (Key, error) {
	if len(seed) != SeedSize {
		return Key{}, errors.New("receipt: a signing key is made from 32 bytes")
	}
	return Key{ed25519.NewKeyFromSeed(seed)}, nil
}

// Format keeps the key out of every log and message.
func (Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "receipt.Key(…)") }

// Wipe overwrites the key: it is kept no longer than one operation.
func (k Key) Wipe() { clear(k.private) }

// Public is the key's other half.
func (k Key) Public() PublicKey {
	return PublicKey(append([]byte(nil), k.private[ed25519.SeedSize:]...))
}

// PublicKey verifies what a Key signed: 32 bytes.
type PublicKey []byte

// ID is the kid: the thumbprint of RFC 7638, SHA-256 in base64url.
func (p PublicKey) ID() string {
	thumb, err := p.jwk().Thumbprint(crypto.SHA256)
	if err != nil {
		return "" // not 32 bytes: no key of any set
	}
	return base64.RawURLEncoding.EncodeToString(thumb)
}

func (p PublicKey) jwk() *jose.JSONWebKey {
	return &jose.JSONWebKey{Key: ed25519.PublicKey(p), Use: "sig", Algorithm: string(jose.EdDSA)}
}

// Keys is a key set: what a file may be signed with.
type Keys map[string]PublicKey

// NewKeys makes a set of these.
func NewKeys(keys ...PublicKey) Keys {
	set := Keys{}
	for _, key := range keys {
		if id := key.ID(); id != "" {
			set[id] = key
		}
	}
	return set
}

// Publish writes a key set as it is published (RFC 7517), in the order given.
func Publish(keys []PublicKey) ([]byte, error) {
	set := jose.JSONWebKeySet{Keys: []jose.JSONWebKey{}}
	for _, key := range keys {
		jwk := key.jwk()
		jwk.KeyID = key.ID()
		set.Keys = append(set.Keys, *jwk)
	}
	return json.MarshalIndent(set, "", "  ")
}

// ParseKeys reads a published key set. It takes Ed25519 public keys whose kid
// is their own thumbprint, and nothing else: a set with anything else in it is
// not ours. Errors: ErrKeys.
func ParseKeys(text []byte) (Keys, error) {
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(text, &set); err != nil {
		return nil, fmt.Errorf("%w: it is no key set", ErrKeys)
	}
	keys := Keys{}
	for _, jwk := range set.Keys {
		public, ok := jwk.Key.(ed25519.PublicKey)
		if !ok || !jwk.Valid() || jwk.Algorithm != string(jose.EdDSA) || jwk.Use != "sig" {
			return nil, fmt.Errorf("%w: it holds a key that does not sign receipts", ErrKeys)
		}
		if jwk.KeyID != PublicKey(public).ID() {
			return nil, fmt.Errorf("%w: a key in it has another key's number", ErrKeys)
		}
		keys[jwk.KeyID] = PublicKey(public)
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrKeys)
	}
	return keys, nil
}
