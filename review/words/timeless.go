package words

import (
	"crypto/rand"

	"github.com/google/uuid"
)

// TimelessID is a UUIDv7 by its form, as all ids here are, whose time is drawn
// like the rest of it: for words that shall not tell when they were written.
func TimelessID() uuid.UUID {
	var id uuid.UUID
	_, _ = rand.Read(id[:]) // never fails (crypto/rand)
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return id
}
