package review

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review/words"
)

// Subject is what a decision on a recording tells the one who was allowed.
type Subject struct {
	OwnerID    uuid.UUID
	DurationMs *int64 // nil where the container does not tell
	Rule       string // what allowed it, for an audit entry
}

// Texts seals and opens words under one recording's key.
type Texts = words.Texts

// Recordings is what this room needs of media.
type Recordings interface {
	// Allow decides on live facts whether the actor may do the action to a note
	// of the author on the recording, and locks the recording in tx against
	// erasing. Refused and not there are ErrNotFound of this room.
	Allow(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, recordingID, authorID uuid.UUID) (Subject, error)
	// Conclude takes the error a transaction with Allow ended with, writes the
	// audit entry if it was a refusal, and passes it on.
	Conclude(ctx context.Context, err error) error
	// Texts opens the recording's key for the texts of one request.
	Texts(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) (Texts, error)
	// Raise tells listening screens that something of the recording changed.
	Raise(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) error
}

// Audit is what this room needs of the audit log.
type Audit interface {
	Append(ctx context.Context, tx *gorm.DB, entry audit.Entry) error
}

// Shelf is what a search needs of media.
type Shelf interface {
	// Readable is a page of the recordings of which Allow would let the actor read
	// the notes at this moment, newest first, locked like there; it writes nothing
	// in the audit log. cursor is next of the page before, "" for the first; next
	// is "" at the end.
	Readable(ctx context.Context, tx *gorm.DB, actor policies.Actor, cursor string) (page []Readable, next string, err error)
}

// Config is what the room is built from. DB, Recordings and Audit are required,
// and NextStepKeys for next steps.
type Config struct {
	DB           *gorm.DB
	Recordings   Recordings
	Shelf        Shelf // for Search
	NextStepKeys NextStepKeys
	Audit        Audit
	Clock        func() time.Time
	// MaxFragments is how many fragments a recording has at most; 0 means
	// DefaultFragments.
	MaxFragments int
}

// Service is the room.
type Service struct{ Config }

// New builds the room.
func New(config Config) *Service {
	if config.Clock == nil {
		config.Clock = time.Now
	}
	if config.MaxFragments == 0 {
		config.MaxFragments = DefaultFragments
	}
	return &Service{config}
}

func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Microsecond) }

// within runs do in a transaction and has a refusal written after it.
func (s *Service) within(ctx context.Context, do func(tx *gorm.DB) error) error {
	return s.Recordings.Conclude(ctx, s.DB.WithContext(ctx).Transaction(do))
}

// opened runs do with a recording that the actor may do this to, and its key,
// which is closed after it. Errors: ErrNotFound, and those of do.
func (s *Service) opened(ctx context.Context, actor policies.Actor, action policies.Action, recordingID uuid.UUID, do func(tx *gorm.DB, texts Texts) error) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, action, recordingID, actor.ID); err != nil {
			return err
		}
		texts, err := s.Recordings.Texts(ctx, tx, recordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		return do(tx, texts)
	})
}
