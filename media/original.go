package media

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// defaultProof is how long the row of an original outlives the longest term.
const defaultProof = 365 * 24 * time.Hour

// Original is the file that a recording came from, where it stood before: on a
// telephone, a card, in a meeting tool. Vakspiegel cannot reach it there; its
// klantmanager erases it and says so.
type Original struct {
	RecordingID    uuid.UUID
	ConversationID uuid.UUID
	AddedAt        time.Time
}

// noteOriginal writes, with the recording's being ready, that there is a file
// elsewhere. A recording made in Vakspiegel has none.
func (m *Media) noteOriginal(tx *gorm.DB, row recordingRow) error {
	if row.Origin != OriginFile {
		return nil
	}
	now := m.now()
	return tx.Create(&originalRow{
		RecordingID: row.ID, ConversationID: row.ConversationID, OwnerID: row.OwnerID, AddedAt: now,
		PurgeAfter: now.Add(MaxRetention + m.Proof),
	}).Error
}

// Originals are the files that the actor has not said to have erased, oldest
// first, also of recordings that are gone.
func (m *Media) Originals(ctx context.Context, actor policies.Actor) ([]Original, error) {
	var rows []originalRow
	err := m.DB.WithContext(ctx).Where("owner_id = ? AND erased_at IS NULL", actor.ID).Order("added_at, recording_id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	originals := make([]Original, len(rows))
	for i, row := range rows {
		originals[i] = Original{row.RecordingID, row.ConversationID, row.AddedAt}
	}
	return originals, nil
}

// OriginalErased keeps that the owner says to have erased the file where it
// stood; the first time counts. Only who may erase the recording may say so.
// Error: ErrNotFound.
func (m *Media) OriginalErased(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) error {
	return m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var row originalRow
		err := tx.Where("recording_id = ?", recordingID).Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		facts := policies.Facts{OwnerID: row.OwnerID, Closed: true} // it may be gone already
		if !m.Policy.Decide(actor, policies.RecordingErase, facts, policies.NoPurpose).Allowed {
			return ErrNotFound
		}
		return tx.Model(&originalRow{}).Where("recording_id = ? AND erased_at IS NULL", recordingID).Update("erased_at", m.now()).Error
	})
}

// originalsGone says when the last file of a conversation was said to be erased;
// zero while one was not, or without any.
func originalsGone(db *gorm.DB, conversationID uuid.UUID) (time.Time, error) {
	var rows []originalRow
	if err := db.Where("conversation_id = ?", conversationID).Find(&rows).Error; err != nil {
		return time.Time{}, err
	}
	var last time.Time
	for _, row := range rows {
		if row.ErasedAt == nil {
			return time.Time{}, nil
		}
		if row.ErasedAt.After(last) {
			last = *row.ErasedAt
		}
	}
	return last, nil
}

// dropOriginals deletes the rows whose own term is over.
func (m *Media) dropOriginals(ctx context.Context) error {
	return m.DB.WithContext(ctx).Where("purge_after <= CURRENT_TIMESTAMP").Delete(&originalRow{}).Error
}
