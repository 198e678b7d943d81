package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// expireConversations ends conversations that nothing came of: neither held nor
// agreed to within Retention, and without a recording. One that still waits
// vanishes like after a no; one with consent ends with its proof.
func (s *Service) expireConversations(ctx context.Context) error {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	cutoff := now.Add(-s.Retention)
	var rows []conversationRow
	err = s.DB.WithContext(ctx).
		Where("closed_at IS NULL AND held_at <= ? AND created_at <= ?", cutoff, cutoff).
		Where("consent_since IS NULL OR consent_since <= ?", cutoff).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	kept, err := s.Recordings.Present(ctx, s.DB, ids)
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range ids {
		if !kept[id] {
			errs = append(errs, s.expireConversation(ctx, id, now))
		}
	}
	return errors.Join(errs...)
}

// expireConversation ends one, if under its lock it still has no recording: an
// upload begins under the same lock.
func (s *Service) expireConversation(ctx context.Context, id uuid.UUID, now time.Time) error {
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		conversation, err := lockConversation(tx, id)
		if errors.Is(err, ErrNotFound) || err == nil && conversation.ClosedAt != nil {
			return nil
		}
		if err != nil {
			return err
		}
		if conversation.ConsentSince == nil {
			return s.vanish(ctx, tx, id)
		}
		kept, err := s.Recordings.Present(ctx, tx, []uuid.UUID{id})
		if err != nil || kept[id] {
			return err
		}
		_, err = s.expireAll(tx, conversation, now)
		return err
	})
}
