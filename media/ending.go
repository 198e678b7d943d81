package media

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
)

// ending is what a closed recording takes along: it writes what is owed.
type ending func(ctx context.Context, tx *gorm.DB, row recordingRow) (consent.Erasure, error)

// endOne ends this recording only.
func (m *Media) endOne(ctx context.Context, tx *gorm.DB, row recordingRow) (consent.Erasure, error) {
	return m.Consent.RequestErasure(ctx, tx, row.ID, row.ConversationID, row.OwnerID)
}

// endWith ends the conversation by whole when this is its last recording: what
// is left of one without a film serves nobody. Another one that is open keeps
// the conversation; one that failed does not.
func (m *Media) endWith(whole func(context.Context, *gorm.DB, uuid.UUID) (consent.Erasure, error)) ending {
	return func(ctx context.Context, tx *gorm.DB, row recordingRow) (consent.Erasure, error) {
		if err := m.Consent.Lock(ctx, tx, row.ConversationID); err != nil {
			return consent.Erasure{}, err
		}
		var others int64
		err := tx.Model(&recordingRow{}).
			Where("conversation_id = ? AND id <> ? AND closed_at IS NULL AND state <> ?", row.ConversationID, row.ID, Failed).
			Count(&others).Error
		if err != nil {
			return consent.Erasure{}, err
		}
		if others > 0 {
			return m.endOne(ctx, tx, row)
		}
		return whole(ctx, tx, row.ConversationID)
	}
}
