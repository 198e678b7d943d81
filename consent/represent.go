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
	return &citizen.ID, takeBackAnswer(tx, citizen.ID)
}

// takeBackAnswer leaves a request as if nobody had answered it yet: of the
// answer, and of what came with it (a PIN, a wish, a sitting that opens), nothing
// stays. A record is no request any more and stays as it is.
func takeBackAnswer(tx *gorm.DB, participantID uuid.UUID) error {
	asked := tx.Model(&requestRow{}).Where("participant_id = ?", participantID).Updates(map[string]any{
		"answered_at": nil, "scopes": "", "method": "", "text_version": "", "text_hash": "", "language": "", "lookback": false,
	})
	if asked.Error != nil || asked.RowsAffected == 0 {
		return asked.Error
	}
	if err := tx.Where("participant_id = ?", participantID).Delete(&pinRow{}).Error; err != nil {
		return err
	}
	if err := tx.Where("participant_id = ?", participantID).Delete(&reminderRow{}).Error; err != nil {
		return err
	}
	return tx.Model(&linkSessionRow{}).Where("participant_id = ?", participantID).Update("consented_at", nil).Error
}

// isRepresented tells whether somebody else decides for this participant.
func isRepresented(tx *gorm.DB, participantID uuid.UUID) (bool, error) {
	var n int64
	err := tx.Model(&participantRow{}).Where("represents_id = ?", participantID).Count(&n).Error
	return n > 0, err
}

// decidedBy is whose record a representative's yes made, nil for everyone else
// and for a citizen who had said yes before: that yes is theirs, and stays.
func decidedBy(tx *gorm.DB, participantID uuid.UUID) (*uuid.UUID, error) {
	var participant participantRow
	if err := tx.Where("id = ?", participantID).Take(&participant).Error; err != nil {
		return nil, unknownLink(err)
	}
	if participant.RepresentsID == nil {
		return nil, nil
	}
	var made int64
	err := tx.Raw(`SELECT COUNT(*) FROM (
		SELECT participant_id FROM consent_requests WHERE participant_id = ? AND method = ?
		UNION ALL SELECT id FROM consent_records WHERE id = ? AND method = ?) t`,
		participant.RepresentsID, methodRepresented, participant.RepresentsID, methodRepresented).Scan(&made).Error
	if err != nil || made == 0 {
		return nil, err
	}
	return participant.RepresentsID, nil
}
