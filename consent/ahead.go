package consent

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// AskedAhead is how long before the conversation the last yes may be given
// without asking at the table whether it still holds.
const AskedAhead = 12 * time.Hour

// unconfirmed tells whether "Klopt het nog?" must be asked before filming.
func (c conversationRow) unconfirmed() bool {
	return c.ConsentSince != nil && c.ConfirmedAt == nil && c.ConsentSince.Before(c.HeldAt.Add(-AskedAhead))
}

// StillHolds registers that everyone said at the table that what was asked days
// before still holds: an event of the klantmanager, who asked. Where nothing was
// asked ahead, or it was confirmed already, it changes nothing.
// Errors: ErrNotFound; ErrWaiting when somebody has not answered yet.
func (s *Service) StillHolds(ctx context.Context, ownerID, id uuid.UUID) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		conversation, err := lockOwn(tx, ownerID, id)
		if err != nil {
			return err
		}
		waits, err := hasRequests(tx, id)
		if err != nil {
			return err
		}
		if waits {
			return ErrWaiting
		}
		if !conversation.unconfirmed() {
			return nil
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		var own recordRow
		err = tx.Where("conversation_id = ? AND role = ?", id, Klantmanager).Take(&own).Error
		if err != nil {
			return err
		}
		event := newRecordEvent{id: newID(), kind: kindConfirmed, byWhom: byKlantmanager, at: now}
		if err := s.changeBy(tx, event, own, own.State, own.Scopes); err != nil {
			return err
		}
		if err := tx.Model(&conversationRow{}).Where("id = ?", id).Update("confirmed_at", now).Error; err != nil {
			return err
		}
		return raise(tx, id)
	})
}
