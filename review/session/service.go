package session

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review/protocol"
	"vakspiegel/review/words"
)

// Looks is what this room needs of media's decisions; *media.Media has it.
type Looks interface {
	// AllowAlong decides whether the actor may look along at a fragment, and locks
	// its recording; alone if raise. Refused and not there are media.ErrNotFound.
	AllowAlong(ctx context.Context, tx *gorm.DB, actor policies.Actor, along media.Along, raise bool) (media.Subject, error)
	// OpenTo tells which onlookers may look now, without an audit entry.
	OpenTo(ctx context.Context, db *gorm.DB, onlookers []media.Onlooker) (map[media.Onlooker]bool, error)
	// OrderCut has an interval of a film cut after tx. Errors: media.ErrCutsUnavailable,
	// media.ErrInvalid, media.ErrNotFound.
	OrderCut(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID, startMs, endMs int64) (uuid.UUID, error)
	// Cuts tells how far cuts are; one that is gone is not in the answer.
	Cuts(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]media.Cut, error)
	// DropCuts ends cuts.
	DropCuts(ctx context.Context, tx *gorm.DB, ids ...uuid.UUID) error
	// OpenAmong is OpenTo when it is known what the session says of them.
	OpenAmong(ctx context.Context, db *gorm.DB, now map[media.Onlooker]media.Gathered) (map[media.Onlooker]bool, error)
	// Seat writes down who looks along on a screen that they share.
	Seat(ctx context.Context, tx *gorm.DB, onlookers []media.Onlooker) error
	// Allow decides about something that hangs on a recording of the actor's own.
	Allow(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, recordingID, author uuid.UUID) (media.Subject, error)
	// AllowViews decides whether the actor may know who looks at a recording.
	AllowViews(ctx context.Context, db *gorm.DB, actor policies.Actor, recordingID uuid.UUID) error
	// Standings is how recordings stand, for planning.
	Standings(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]media.Standing, error)
	// Closing are the recordings of which something may be closed for good while
	// there is still a row of them: few, however many recordings there are.
	Closing(ctx context.Context, db *gorm.DB) ([]uuid.UUID, error)
	// Conclude writes the audit entry of a refusal after its transaction.
	Conclude(ctx context.Context, err error) error
}

// Keys is what this room needs of the keys. Texts of a recording or session whose
// key is gone are ErrNotFound.
type Keys interface {
	CreateForSession(ctx context.Context, tx *gorm.DB, sessionID uuid.UUID) error
	Texts(ctx context.Context, tx *gorm.DB, subject uuid.UUID) (words.Texts, error)
	// TextsOfEach are those of several, with one query; whose key is gone is not among them.
	TextsOfEach(ctx context.Context, tx *gorm.DB, subjects []uuid.UUID) (map[uuid.UUID]words.Texts, error)
	ForgetAll(ctx context.Context, tx *gorm.DB, subjects []uuid.UUID) error
}

// Audit is what this room needs of the audit log.
type Audit interface {
	Append(ctx context.Context, tx *gorm.DB, entry audit.Entry) error
}

// Signals is what the end of a session needs of them: one line that is left, of
// which nothing tells where it came from.
type Signals interface {
	// Leave keeps the line inside tx; an empty one is none. Errors: *signal.Invalid.
	Leave(ctx context.Context, tx *gorm.DB, text string) error
}

// Config is what the room is built from; all of it is required but the clock.
type Config struct {
	DB     *gorm.DB
	Looks  Looks
	Keys   Keys
	Audit  Audit
	People *policies.People
	Policy *policies.Policy
	// Signals keeps the one line that the end of a session may leave.
	Signals Signals
	// Protocols are those that a new session can follow.
	Protocols *protocol.Catalogue
	Clock     func() time.Time
	// Changed is called after something was changed here that is on other screens;
	// nil: nobody follows. Whoever follows sets it before the room is used.
	Changed func(Word)
}

// Service is the room.
type Service struct {
	Config
	origin uuid.UUID // of what it announces
}

// New builds the room.
func New(config Config) *Service {
	if config.Clock == nil {
		config.Clock = time.Now
	}
	return &Service{config, uuid.New()}
}

func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Microsecond) }

// within runs do in a transaction and has a refusal written after it.
func (s *Service) within(ctx context.Context, do func(tx *gorm.DB) error) error {
	out := &outbox{origin: s.origin}
	err := s.DB.WithContext(context.WithValue(ctx, outboxKey{}, out)).Transaction(do)
	if err == nil {
		s.pass(out.words)
	}
	var refused *refusal
	if errors.As(err, &refused) {
		return errors.Join(err, s.Audit.Append(ctx, nil, refused.entry))
	}
	err = s.Looks.Conclude(ctx, err)
	if errors.Is(err, media.ErrNotFound) {
		return errors.Join(ErrNotFound, err)
	}
	return err
}

// refusal is ErrNotFound with what the audit log is to say of it; it waits for
// the end of the transaction, which it rolls back.
type refusal struct{ entry audit.Entry }

func (*refusal) Error() string        { return ErrNotFound.Error() }
func (*refusal) Is(target error) bool { return target == ErrNotFound }
