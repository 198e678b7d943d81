package consent

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Vault seals the few words and secrets of a conversation under a key of its
// own, so that the database holds none of them in plain. media implements it.
type Vault interface {
	// Create makes and wraps the conversation's data key inside tx.
	Create(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error
	// Seal and Open bind content to its kind and place: "label", "link".
	Seal(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID, kind, id string, plain []byte) ([]byte, error)
	Open(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID, kind, id string, sealed []byte) ([]byte, error)
	// OpenEach opens one text of each of several conversations, whose place is
	// the conversation's own id: all of them or none.
	OpenEach(ctx context.Context, tx *gorm.DB, kind string, sealed map[uuid.UUID][]byte) (map[uuid.UUID][]byte, error)
	// Forget deletes the wrapped key inside tx; the epoch turns soon after.
	Forget(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error
	// CodeKey is the lasting key for the HMAC of short codes, outside the database.
	CodeKey(ctx context.Context) ([]byte, error)
	// ReceiptSeed is the lasting secret that receipts are signed with, 32 bytes,
	// outside the database.
	ReceiptSeed(ctx context.Context) ([]byte, error)
}

// Closing is one line of the ledger: what was closed, never why.
type Closing struct {
	ID             uuid.UUID
	Kind           string // an event kind, "erasure", or "added"
	ConversationID uuid.UUID
	RecordingID    *uuid.UUID
	RecordID       *uuid.UUID
	Scopes         Scopes // what stays, of a narrowing
	Lookback       bool   // the wish to look back stays, of a narrowing
	At             time.Time
}

// Ledger writes a closing to the store (put if absent; the same one twice is fine).
type Ledger interface {
	Write(ctx context.Context, closing Closing) error
}

// Recordings knows the recordings of conversations and their ends, by tx where a
// decision hangs on it. media implements it.
type Recordings interface {
	// Present tells which of these conversations still have a recording.
	Present(ctx context.Context, tx *gorm.DB, conversationIDs []uuid.UUID) (map[uuid.UUID]bool, error)
	// Ends tells when the recordings of a conversation end; zero without any.
	Ends(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) (Ends, error)
	// MoveEnd keeps them until then, each no longer than Ends.Latest of its own.
	MoveEnd(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID, until time.Time) error
}

// Ends are the ends of the recordings of one conversation.
type Ends struct {
	Last   time.Time // when the last of them is erased
	Latest time.Time // the latest that is possible for all of them
}

// Stand is how a colleague stands to a klantmanager, live.
type Stand struct {
	Evaluates bool // announced, now, or ended less than 12 months ago
	Disabled  bool // cannot sign in, or is not there
}

// Colleagues is the guard, asked about a colleague in the room: policies knows
// who evaluates whom. Every owner that was asked is in the answer.
type Colleagues interface {
	Stand(ctx context.Context, tx *gorm.DB, personID uuid.UUID, ownerIDs []uuid.UUID) (map[uuid.UUID]Stand, error)
}

// Leases waits until no replica can hold a lease from before the call.
type Leases interface {
	AwaitExpiry(ctx context.Context) error
}
