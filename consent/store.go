package consent

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// lockConversation takes the row that every change of a conversation goes
// through: answers, closings and a finished upload come one after the other.
// Errors: ErrNotFound.
func lockConversation(tx *gorm.DB, id uuid.UUID) (conversationRow, error) {
	var row conversationRow
	err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}

// Lock has what the caller decides about a conversation in tx stand until tx
// ends. Errors: ErrNotFound.
func (s *Service) Lock(ctx context.Context, tx *gorm.DB, id uuid.UUID) error {
	_, err := lockConversation(tx.WithContext(ctx), id)
	return err
}

// raise tells listening screens that the conversation has changed.
func raise(tx *gorm.DB, id uuid.UUID) error {
	return tx.Model(&conversationRow{}).Where("id = ?", id).Update("version", gorm.Expr("version + 1")).Error
}
