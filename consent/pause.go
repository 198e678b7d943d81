package consent

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// PauseLimit is how long a pause lasts at most: after it everything is erased,
// so that a recording nobody may look at is not kept for long (AVG 18, 5(1)(e)).
const PauseLimit = 14 * 24 * time.Hour

const kindResumed = "resumed"

// Pause (stilzetten) closes the conversation for everyone until the one who
// paused lifts it: nobody looks, and nothing is erased yet. Pausing twice
// changes nothing. Errors: ErrUnknownLink, ErrClosed.
func (s *Service) Pause(ctx context.Context, participantID uuid.UUID) (Outcome, error) {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	var owed uuid.UUID
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return Outcome{}, s.auditFailure(ctx, participantID, "consent:pause", err)
	}
	err = s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		record, conversation, err := lockOpenRecord(tx, participantID)
		if err != nil || record.State == Paused {
			return err
		}
		// The event carries the ledger's number, so that a replay knows this pause,
		// also after it was lifted.
		closing := Closing{ID: newID(), Kind: string(Paused), ConversationID: conversation.ID, RecordID: &record.ID, At: now}
		if err := s.pause(tx, record, closing); err != nil {
			return err
		}
		if owed, err = s.owe(tx, closing); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, auditEntry(participantID, "consent:pause", conversation.ID, "done", now))
	})
	if err != nil {
		return Outcome{}, s.auditFailure(ctx, participantID, "consent:pause", err)
	}
	return s.inForce(ctx, owed)
}

func (s *Service) pause(tx *gorm.DB, record recordRow, closing Closing) error {
	if err := s.changeAs(tx, closing.ID, record, Paused, record.Scopes, string(Paused), closing.At); err != nil {
		return err
	}
	if _, err := dropExtension(tx, record.ConversationID); err != nil {
		return err
	}
	return raise(tx, record.ConversationID)
}

// Resume lifts one's own pause. It opens no more than what stood before: other
// people's pauses and every narrowing stay. Errors: ErrUnknownLink, ErrClosed.
func (s *Service) Resume(ctx context.Context, participantID uuid.UUID) error {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		record, conversation, err := lockOpenRecord(tx, participantID)
		if err != nil || record.State == Given {
			return err
		}
		if err := s.change(tx, record, Given, record.Scopes, kindResumed, now); err != nil {
			return err
		}
		if err := raise(tx, conversation.ID); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, auditEntry(participantID, "consent:resume", conversation.ID, "done", now))
	})
}

// expirePauses erases what stood still for longer than PauseLimit.
func (s *Service) expirePauses(ctx context.Context) error {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	var over []uuid.UUID
	err = s.DB.WithContext(ctx).Model(&recordRow{}).
		Where("state = ? AND changed_at <= ?", Paused, now.Add(-PauseLimit)).Pluck("id", &over).Error
	if err != nil {
		return err
	}
	for _, id := range over {
		if err := s.expire(ctx, id, now); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) expire(ctx context.Context, recordID uuid.UUID, now time.Time) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		record, conversation, err := lockRecord(tx, recordID)
		if err != nil || conversation.ClosedAt != nil || record.State != Paused || record.ChangedAt.After(now.Add(-PauseLimit)) {
			return err
		}
		if err := s.change(tx, record, Expired, record.Scopes, string(Expired), now); err != nil {
			return err
		}
		_, err = s.closeConversation(tx, conversation, Closing{
			Kind: string(Expired), ConversationID: conversation.ID, RecordID: &record.ID, At: now,
		})
		return err
	})
}
