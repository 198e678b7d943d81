package envelope

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
)

// Key is the data key of a recording or conversation. Everything about it is
// sealed under keys derived from this one.
type Key [32]byte

// NewKey returns a random data key.
func NewKey() (Key, error) {
	var k Key
	if _, err := rand.Read(k[:]); err != nil {
		return Key{}, fmt.Errorf("envelope: no random bytes for a data key: %w", err)
	}
	return k, nil
}

// ErrWiped says that a key was used after it was wiped, or never made: nothing
// is sealed under what anyone can guess.
var ErrWiped = errors.New("envelope: the key was wiped")

// Wipe overwrites the key in memory; it seals and opens nothing more. Copies made
// by the caller stay.
func (k *Key) Wipe() { clear(k[:]) }

// Format keeps a key out of every log and message.
func (Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("envelope.Key(…)")) }

// Name binds a sealed object to its place: an object put in another's place
// fails to open. Subject is the recording or conversation, Kind what it is
// ("segment", "annotation", …), ID which one.
type Name struct{ Subject, Kind, ID string }

// SaltSize is the size of a salt, in bytes.
const SaltSize = 32

// Salt is the random part of an object's header. The caller keeps it in the
// object's row, so that a range takes one read of the store and not two.
type Salt = [SaltSize]byte

const (
	infoPrefix    = "vakspiegel/envelope/1"
	derivedPrefix = "vakspiegel/derived/1"
	nonceSize     = 12
)

// info returns what distinguishes this object's key from every other. Each
// part is preceded by its length: ("a", "bc") and ("ab", "c") differ.
func (n Name) info() string { return n.under(infoPrefix) }

func (n Name) under(prefix string) string {
	b := []byte(prefix)
	for _, part := range []string{n.Subject, n.Kind, n.ID} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(part)))
		b = append(b, part...)
	}
	return string(b)
}

// secrets are an object's own key and the base of its nonces.
type secrets struct {
	key  [32]byte
	base [nonceSize]byte
}

// Derive returns a key of 32 bytes for use elsewhere: the same for the same key
// and name, and no key of any object here. The caller wipes it. Error: [ErrWiped].
func Derive(key Key, name Name) ([]byte, error) {
	if key == (Key{}) {
		return nil, ErrWiped
	}
	derived, err := hkdf.Key(sha256.New, key[:], nil, name.under(derivedPrefix), 32)
	if err != nil {
		return nil, fmt.Errorf("envelope: derive a key: %w", err)
	}
	return derived, nil
}

func derive(key Key, name Name, salt Salt) (secrets, error) {
	var s secrets
	if key == (Key{}) {
		return s, ErrWiped
	}
	okm, err := hkdf.Key(sha256.New, key[:], salt[:], name.info(), len(s.key)+len(s.base))
	if err != nil {
		return secrets{}, fmt.Errorf("envelope: derive a key: %w", err)
	}
	copy(s.key[:], okm)
	copy(s.base[:], okm[len(s.key):])
	s.base[0] &^= finalBit
	clear(okm)
	return s, nil
}

// nonce returns what stands in the header of a package: the base, with the end
// mark in the last one.
func (s *secrets) nonce(last bool) [nonceSize]byte {
	n := s.base
	if last {
		n[0] |= finalBit
	}
	return n
}

func (s *secrets) aead() (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.key[:])
	if err != nil {
		return nil, fmt.Errorf("envelope: %w", err)
	}
	return cipher.NewGCM(block)
}

// emptyTag is the body of an empty plaintext.
func (s *secrets) emptyTag(salt Salt) ([]byte, error) {
	aead, err := s.aead()
	if err != nil {
		return nil, err
	}
	nonce := s.nonce(true)
	return aead.Seal(nil, nonce[:], nil, header(salt)), nil
}
