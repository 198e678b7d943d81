package consent

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Position is where a page of a list ended: lists are ordered by a time and,
// for equal ones, by id. Other rooms page their lists with it too.
type Position struct {
	At time.Time
	ID uuid.UUID
}

// Cursor writes the position as clients hand it back.
func (p Position) Cursor() string {
	return base64.RawURLEncoding.EncodeToString([]byte(p.At.UTC().Format(time.RFC3339Nano) + " " + p.ID.String()))
}

// ParseCursor reads a position; "" is the first page (nil). Errors: ErrInvalid.
func ParseCursor(cursor string) (*Position, error) {
	if cursor == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, ErrInvalid
	}
	at, id, _ := strings.Cut(string(raw), " ")
	when, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return nil, ErrInvalid
	}
	parsed, err := uuid.Parse(id)
	if err != nil {
		return nil, ErrInvalid
	}
	return &Position{when.UTC(), parsed}, nil
}
