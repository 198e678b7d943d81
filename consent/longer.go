package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// LongerLapse is how long everyone may take to answer "Mag het langer?"; without
// all of their yeses the question is gone then, and nothing has changed.
const LongerLapse = 7 * 24 * time.Hour

// kindExtended: everyone said yes anew, and the recordings are kept longer.
const kindExtended = "extended"

// longerSteps are the steps in which more time may be asked.
var longerSteps = []time.Duration{30 * 24 * time.Hour, 60 * 24 * time.Hour}

// longerLeast is the least time that is worth asking everyone for.
const longerLeast = 24 * time.Hour

// ErrLongerAsked: everyone is being asked already.
var ErrLongerAsked = errors.New("consent: everyone is being asked already whether it may be kept longer")

// Longer is what its klantmanager may know of keeping a conversation longer: one
// state, never who answered what.
type Longer struct {
	Until   time.Time   // until when is being asked; zero: nothing is
	Options []time.Time // until when may be asked; empty while something is
}

// Longer tells what may be asked, or is. Errors: the database's.
func (s *Service) Longer(ctx context.Context, conversationID uuid.UUID) (Longer, error) {
	db := s.DB.WithContext(ctx)
	now, err := s.date(ctx, db)
	if err != nil {
		return Longer{}, err
	}
	question, err := openExtension(db, conversationID, now)
	if err == nil || !errors.Is(err, ErrClosed) {
		return Longer{Until: question.Until}, err
	}
	options, err := s.longerOptions(ctx, db, conversationID)
	return Longer{Options: options}, err
}

// longerOptions are the ends that may be asked for: in steps, and never past what
// the database takes.
func (s *Service) longerOptions(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) ([]time.Time, error) {
	ends, err := s.Recordings.Ends(ctx, tx, conversationID)
	if err != nil || ends.Last.IsZero() {
		return nil, err
	}
	var options []time.Time
	for _, step := range longerSteps {
		until := ends.Last.Add(step)
		if until.After(ends.Latest) {
			until = ends.Latest
		}
		if until.Sub(ends.Last) >= longerLeast && !slices.ContainsFunc(options, until.Equal) {
			options = append(options, until)
		}
	}
	return options, nil
}

// AskLonger asks everyone in the room whether the recordings may be kept until
// one of Longer's options. The klantmanager's own yes is the asking. It leaves no
// audit entry: one without an answer to follow would tell of a no.
// Errors: ErrNotFound; ErrMissing, ErrWaiting, ErrClosed when not all allow it
// now; ErrLongerAsked; ErrInvalid when it is no option.
func (s *Service) AskLonger(ctx context.Context, ownerID, conversationID uuid.UUID, until time.Time) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if _, err := lockOwn(tx, ownerID, conversationID); err != nil {
			return err
		}
		if err := s.allOpen(ctx, tx, conversationID); err != nil {
			return err
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := openExtension(tx, conversationID, now); !errors.Is(err, ErrClosed) {
			return errors.Join(err, ErrLongerAsked)
		}
		ends, err := s.Recordings.Ends(ctx, tx, conversationID)
		if err != nil {
			return err
		}
		options, err := s.longerOptions(ctx, tx, conversationID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(options, until.Equal) {
			return ErrInvalid
		}
		lapses := now.Add(LongerLapse)
		if ends.Last.Before(lapses) {
			lapses = ends.Last
		}
		if _, err := dropExtension(tx, conversationID); err != nil { // one that has lapsed
			return err
		}
		row := extensionRow{ConversationID: conversationID, Until: until.UTC(), LapsesAt: lapses}
		return errors.Join(tx.Create(&row).Error, raise(tx, conversationID))
	})
}

// allOpen says whether everyone's yes stands: nothing is opened further while it
// does not. Errors: ErrMissing, ErrWaiting, ErrClosed.
func (s *Service) allOpen(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error {
	facts, err := s.Facts(ctx, tx, []uuid.UUID{conversationID})
	if err != nil {
		return err
	}
	switch given := facts[conversationID]; {
	case given.Waiting:
		return ErrWaiting
	case given.Closed:
		return ErrClosed
	}
	return nil
}

// TakeLongerBack is the klantmanager's "toch niet": the question is gone, with
// every answer. Errors: ErrNotFound.
func (s *Service) TakeLongerBack(ctx context.Context, ownerID, conversationID uuid.UUID) error {
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		if _, err := lockOwn(tx, ownerID, conversationID); err != nil {
			return err
		}
		return endExtension(tx, conversationID)
	})
}

// openExtension is the question that everyone is being asked. Errors: ErrClosed
// when there is none, or it has lapsed.
func openExtension(tx *gorm.DB, conversationID uuid.UUID, now time.Time) (extensionRow, error) {
	var row extensionRow
	err := tx.Where("conversation_id = ? AND lapses_at > ?", conversationID, now).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = ErrClosed
	}
	row.Until = row.Until.UTC()
	return row, err
}

// dropExtension deletes the question with every answer; false: there was none.
func dropExtension(tx *gorm.DB, conversationID uuid.UUID) (bool, error) {
	gone := tx.Where("conversation_id = ?", conversationID).Delete(&extensionRow{})
	return gone.RowsAffected > 0, gone.Error
}

// endExtension is dropExtension, told to listening screens.
func endExtension(tx *gorm.DB, conversationID uuid.UUID) error {
	dropped, err := dropExtension(tx, conversationID)
	if err != nil || !dropped {
		return err
	}
	return raise(tx, conversationID)
}

// lapseExtensions deletes the questions that not everyone answered in time.
func (s *Service) lapseExtensions(ctx context.Context) error {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	var over []uuid.UUID
	err = s.DB.WithContext(ctx).Model(&extensionRow{}).Where("lapses_at <= ?", now).Pluck("conversation_id", &over).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range over {
		errs = append(errs, s.vanishing(ctx, func(tx *gorm.DB) error {
			if _, err := lockConversation(tx, id); err != nil {
				return hiddenGone(err)
			}
			if _, err := openExtension(tx, id, now); !errors.Is(err, ErrClosed) {
				return err // asked anew meanwhile
			}
			return endExtension(tx, id)
		}))
	}
	return errors.Join(errs...)
}

// hiddenGone is nil where a conversation went meanwhile, and its question along.
func hiddenGone(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}
