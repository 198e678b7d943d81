package media

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
)

// Shelf is consent.Recordings: what is there and until when. It needs nothing of
// the room.
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

// keptNow are the recordings of a conversation that have not ended yet.
func keptNow(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) (rows []recordingRow, err error) {
	err = tx.WithContext(ctx).
		Where("conversation_id = ? AND closed_at IS NULL AND state <> ? AND expires_at > CURRENT_TIMESTAMP", conversationID, Failed).
		Order("created_at, id").Find(&rows).Error
	return rows, err
}

// latestEnd is the latest end that the database takes for a recording.
func (r recordingRow) latestEnd() time.Time { return expiry(r.CreatedAt, r.StartedAt, MaxRetention) }

// Ends tells when the recordings of a conversation end, and the latest end that
// is possible for all of them; zero without any.
func (Shelf) Ends(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) (consent.Ends, error) {
	var ends consent.Ends
	rows, err := keptNow(ctx, tx, conversationID)
	for _, row := range rows {
		if row.ExpiresAt.After(ends.Last) {
			ends.Last = row.ExpiresAt.UTC()
		}
		if latest := row.latestEnd().UTC(); ends.Latest.IsZero() || latest.Before(ends.Latest) {
			ends.Latest = latest
		}
	}
	return ends, err
}

// MoveEnd keeps the recordings of a conversation until then, after everyone said
// yes to it: none longer than MaxRetention, and none shorter than it was.
func (Shelf) MoveEnd(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID, until time.Time) error {
	rows, err := keptNow(ctx, tx, conversationID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		end := until
		if latest := row.latestEnd(); end.After(latest) {
			end = latest
		}
		if !end.After(row.ExpiresAt) {
			continue
		}
		moved := tx.WithContext(ctx).Model(&recordingRow{}).Where("id = ? AND closed_at IS NULL", row.ID).Updates(changed("expires_at", end))
		if err := exactlyOne(moved, ErrNotFound); err != nil {
			return err
		}
	}
	return nil
}
