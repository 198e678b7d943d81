package consent

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"strings"

	"github.com/google/uuid"
	"golang.org/x/crypto/argon2"
)

const pinDigits = 6

// Argon2id as OWASP advises where memory is shared with other work (Password
// Storage Cheat Sheet: m=19 MiB, t=2, p=1).
const (
	pinMemory  = 19 << 10 // KiB
	pinPasses  = 2
	pinThreads = 1
	pinSalt    = 16 // bytes
	pinHash    = 32 // bytes
)

// pinsAtOnce bounds the memory that PINs take together, whoever asks: 38 MiB.
const pinsAtOnce = 2

// parsePIN reads a PIN in any digit script, with any spaces or dashes.
func parsePIN(typed string) (string, bool) {
	pin, ok := digitsOf(typed)
	return pin, ok && len(pin) == pinDigits
}

// trivial are the PINs that people try first: one digit repeated, and a row up
// or down, also through zero (890123).
func trivial(pin string) bool {
	for step := range 10 {
		if step > 1 && step < 9 {
			continue
		}
		row := true
		for i := 1; i < len(pin); i++ {
			row = row && int(pin[i]-'0') == (int(pin[i-1]-'0')+step)%10
		}
		if row {
			return true
		}
	}
	half := len(pin) / 2 // 123123, 121212
	return pin[:half] == pin[half:] || strings.Repeat(pin[:2], half) == pin
}

// hashPIN is the slow hash of a PIN. A million PINs are soon tried by who has a
// copy of the database, so the code key, which lies outside it, is in the hash;
// and so is the record, so that a hash says nothing at another's place. At most
// pinsAtOnce run at once. Errors: the vault's; ctx's while it waits its turn.
func (s *Service) hashPIN(ctx context.Context, participantID uuid.UUID, pin string, salt []byte) ([]byte, error) {
	key, err := s.Vault.CodeKey(ctx)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("pin:" + participantID.String() + ":" + pin))
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey(mac.Sum(nil), salt, pinPasses, pinMemory, pinThreads, pinHash), nil
}

func (s *Service) isPIN(ctx context.Context, kept pinRow, pin string) (bool, error) {
	hash, err := s.hashPIN(ctx, kept.ParticipantID, pin, kept.Salt)
	return err == nil && subtle.ConstantTimeCompare(hash, kept.Hash) == 1, err
}
