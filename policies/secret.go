package policies

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
)

// newSecret returns 256 random bits, written to travel in a cookie or address.
func newSecret() string {
	var bits [32]byte
	rand.Read(bits[:]) // never fails: crypto/rand ends the program first
	return base64.RawURLEncoding.EncodeToString(bits[:])
}

// hashSecret is the only form in which a secret is stored. 256 random bits
// need no slow hash.
func hashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
