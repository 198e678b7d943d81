package signal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review/words"
)

// Keys is what this room needs of the keys: each signal has one of its own.
type Keys interface {
	// CreateForSignal makes one. Nothing it stores tells when.
	CreateForSignal(ctx context.Context, tx *gorm.DB, id uuid.UUID) error
	// Texts opens one. Errors: ErrNotFound where it is gone for good.
	Texts(ctx context.Context, tx *gorm.DB, id uuid.UUID) (words.Texts, error)
	// TextsOfEach are those of several, with one query; whose key is gone is not among them.
	TextsOfEach(ctx context.Context, tx *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]words.Texts, error)
	// ForgetAll has keys destroyed.
	ForgetAll(ctx context.Context, tx *gorm.DB, ids []uuid.UUID) error
	// MixSignals writes those of all signals again, in the order of their ids.
	MixSignals(ctx context.Context, tx *gorm.DB) error
}

// Audit is what this room needs of the audit log.
type Audit interface {
	Append(ctx context.Context, tx *gorm.DB, entry audit.Entry) error
}

// Config is what the room is built from; all of it is required but the clock.
type Config struct {
	DB    *gorm.DB
	Keys  Keys
	Audit Audit
	Clock func() time.Time
}

// Service is the room. Who may call what, the caller decides: Keeps says what
// the policy has to know.
type Service struct{ Config }

// New builds the room.
func New(config Config) *Service {
	if config.Clock == nil {
		config.Clock = time.Now
	}
	return &Service{config}
}

// entry is one of the audit log: about a keeper who is named, or what a keeper
// did with a signal. That one was left is nowhere written.
func entry(actor policies.Actor, action policies.Action, rule, objectKind string, id uuid.UUID) audit.Entry {
	return audit.Entry{
		ActorKind: string(actor.Kind), ActorID: actor.ID.String(), Action: string(action), Rule: rule,
		ObjectKind: objectKind, ObjectID: id.String(), Result: audit.Done,
	}
}
