package consent

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// methodRepresented is how a citizen's record came to be when someone else
// decided for them.
const methodRepresented = "represented"

// represented finds the citizen a new representative decides for and takes back
// what they answered so far: it is no longer theirs alone to give. Errors:
// ErrInvalid when there is no such citizen, or somebody represents them already.
func represented(tx *gorm.DB, conversationID uuid.UUID, wanted *uuid.UUID) (*uuid.UUID, error) {
	query := tx.Where("conversation_id = ? AND role = ?", conversationID, Citizen).
		Where("NOT EXISTS (SELECT 1 FROM participants x WHERE x.represents_id = participants.id)")
	if wanted != nil {
		query = query.Where("id = ?", *wanted)
	}
	var citizen participantRow
	err := query.Order("position").Take(&citizen).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	err = tx.Model(&requestRow{}).Where("participant_id = ?", citizen.ID).
		Updates(map[string]any{"answered_at": nil, "scopes": "", "method": "", "text_version": "", "text_hash": "", "language": ""}).Error
	return &citizen.ID, err
}

// isRepresented tells whether somebody else decides for this participant.
func isRepresented(tx *gorm.DB, participantID uuid.UUID) (bool, error) {
	var n int64
	err := tx.Model(&participantRow{}).Where("represents_id = ?", participantID).Count(&n).Error
	return n > 0, err
}
