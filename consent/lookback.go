package consent

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// MayLookBack tells who may wish to look back: those whom the conversation is
// about (domain.md, "Who uses it").
func (r Role) MayLookBack() bool { return r == Citizen || r == Partner || r == Representative }

// WishLookback keeps that the participant wants to look back: in the sitting in
// which they said yes, or with the PIN. It is a wish and no scope: it opens
// nothing by itself. Errors: ErrInvalid for a role that does not look back;
// ErrUnknownLink, ErrClosed, ErrNoPIN, ErrPINWrong, ErrPINWait.
func (s *Service) WishLookback(ctx context.Context, sitting Sitting, pin string) error {
	if !sitting.Role.MayLookBack() {
		return ErrInvalid
	}
	if !sitting.Consenting {
		if _, err := s.provePIN(ctx, sitting.ParticipantID, pin); err != nil {
			return err
		}
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		waits, err := changeAnswer(tx, sitting.ParticipantID, lookbackIs(true))
		if waits || err != nil {
			return err
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		record, conversation, err := lockOpenRecord(tx, sitting.ParticipantID)
		if err != nil || record.Lookback {
			return err
		}
		if record, err = setLookback(tx, record, true); err != nil {
			return err
		}
		return s.widened(ctx, tx, record, conversation, scopesOf(record.Scopes), now)
	})
}

// DropLookback takes the wish back; the link is enough. Errors: ErrUnknownLink, ErrClosed.
func (s *Service) DropLookback(ctx context.Context, participantID uuid.UUID) (Outcome, error) {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	var owed uuid.UUID
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		waits, err := changeAnswer(tx, participantID, lookbackIs(false))
		if waits || err != nil {
			return err
		}
		record, conversation, err := lockOpenRecord(tx, participantID)
		if err != nil || !record.Lookback {
			return err
		}
		owed, err = s.narrow(ctx, tx, record, conversation, scopesOf(record.Scopes), false)
		return err
	})
	if err != nil {
		return Outcome{}, s.auditFailure(ctx, participantID, "consent:narrow", err)
	}
	return s.inForce(ctx, owed)
}

func lookbackIs(wish bool) func(requestRow) map[string]any {
	return func(requestRow) map[string]any { return map[string]any{"lookback": wish} }
}

func setLookback(tx *gorm.DB, record recordRow, wish bool) (recordRow, error) {
	record.Lookback = wish
	return record, tx.Model(&recordRow{}).Where("id = ?", record.ID).Update("lookback", wish).Error
}

// lookbackWished tells whether someone in the room wishes to look back, not who.
func lookbackWished(db *gorm.DB, conversationID uuid.UUID) (bool, error) {
	var wishes int64
	err := db.Model(&recordRow{}).Where("conversation_id = ? AND lookback", conversationID).Count(&wishes).Error
	return wishes > 0, err
}
