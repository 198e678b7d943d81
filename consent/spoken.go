package consent

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// RegisterYes keeps a yes that was spoken or written, as the klantmanager
// registers it: the same as Yes, by another hand, and the record says so. While
// others are waited for, one who said yes already keeps that yes, and the
// klantmanager does not learn of it. A colleague answers for themselves.
// Errors: ErrNotFound, ErrAnswered once there is a record, ErrRepresented, ErrInvalid.
func (s *Service) RegisterYes(ctx context.Context, ownerID, conversationID, participantID uuid.UUID, answer Answer) error {
	if err := s.registers(ctx, ownerID, conversationID, participantID); err != nil {
		return err
	}
	err := s.yes(ctx, participantID, answer, byKlantmanager)
	if errors.Is(err, errSaidYes) {
		return nil
	}
	return hidden(err)
}

// RegisterNo is a no that was spoken or written: it leaves nothing, like any
// no. Errors: ErrNotFound, ErrAnswered, ErrInvalid.
func (s *Service) RegisterNo(ctx context.Context, ownerID, conversationID, participantID uuid.UUID) error {
	if err := s.registers(ctx, ownerID, conversationID, participantID); err != nil {
		return err
	}
	return hidden(s.Refuse(ctx, participantID))
}

// registers says whether ownerID may register this participant's answer.
func (s *Service) registers(ctx context.Context, ownerID, conversationID, participantID uuid.UUID) error {
	var p participantRow
	err := s.DB.WithContext(ctx).Model(&participantRow{}).Select("participants.*").
		Joins("JOIN conversations c ON c.id = participants.conversation_id").
		Where("participants.id = ? AND c.id = ? AND c.owner_id = ? AND c.closed_at IS NULL", participantID, conversationID, ownerID).
		Take(&p).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return ErrNotFound
	case err != nil:
		return err
	case p.Role == Klantmanager:
		return ErrNotFound
	case p.Role == Colleague:
		return ErrInvalid
	}
	return nil
}

// hidden says ErrNotFound where a participant would be told of an unknown link.
func hidden(err error) error {
	if errors.Is(err, ErrUnknownLink) {
		return ErrNotFound
	}
	return err
}
