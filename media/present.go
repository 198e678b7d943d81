package media

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Shelf is consent.Recordings: it only tells what is there, so it needs nothing
// of the room.
type Shelf struct{}

// Present tells which conversations have a recording in any state, also one
// that is being erased.
func (Shelf) Present(ctx context.Context, tx *gorm.DB, conversationIDs []uuid.UUID) (map[uuid.UUID]bool, error) {
	var found []uuid.UUID
	err := tx.WithContext(ctx).Model(&recordingRow{}).Distinct("conversation_id").
		Where("conversation_id IN ?", conversationIDs).Pluck("conversation_id", &found).Error
	present := make(map[uuid.UUID]bool, len(found))
	for _, id := range found {
		present[id] = true
	}
	return present, err
}
