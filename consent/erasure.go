package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Owed claims the erasures that are not done, oldest first, for hold; another
// process finds them again after that. Erasing does not wait for the
// confirmation: a store that takes no ledger object may still give up bytes.
func (s *Service) Owed(ctx context.Context, limit int, hold time.Duration) ([]Erasure, error) {
	now, until := s.now(), s.now().Add(hold)
	var rows []erasureRow
	err := s.DB.WithContext(ctx).Where("erased_at IS NULL AND (claimed_until IS NULL OR claimed_until < ?)", now).
		Order("requested_at").Limit(limit).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	var owed []Erasure
	for _, row := range rows {
		claim := s.DB.WithContext(ctx).Model(&erasureRow{}).
			Where("id = ? AND erased_at IS NULL AND (claimed_until IS NULL OR claimed_until < ?)", row.ID, now).
			Updates(map[string]any{"claimed_until": until, "attempts": gorm.Expr("attempts + 1")})
		if claim.Error != nil {
			return nil, claim.Error
		}
		if claim.RowsAffected == 1 {
			row.Attempts++
			owed = append(owed, row.erasure())
		}
	}
	return owed, nil
}

// Closing are the conversations of which an erasure is not done yet: of the whole, or
// of a recording.
func (s *Service) Closing(ctx context.Context, db *gorm.DB) ([]uuid.UUID, error) {
	var ids []uuid.UUID
	err := db.WithContext(ctx).Model(&erasureRow{}).Where("erased_at IS NULL").Distinct().Pluck("conversation_id", &ids).Error
	return ids, err
}

// OldestOwed is how long the oldest erasure that is not done waits; 0: none does.
func (s *Service) OldestOwed(ctx context.Context) (time.Duration, error) {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return 0, err
	}
	var oldest []erasureRow
	err = s.DB.WithContext(ctx).Where("erased_at IS NULL").Order("requested_at").Limit(1).Find(&oldest).Error
	if err != nil || len(oldest) == 0 {
		return 0, err
	}
	return max(now.Sub(oldest[0].RequestedAt), 0), nil
}

// KeyDestroyed marks that nobody can open what these erasures are about.
func (s *Service) KeyDestroyed(ctx context.Context, ids []uuid.UUID) error {
	return s.DB.WithContext(ctx).Model(&erasureRow{}).
		Where("id IN ? AND key_destroyed_at IS NULL", ids).
		Updates(map[string]any{"key_destroyed_at": s.now(), "key_holders": s.KeyHolders}).Error
}

// Release gives a claim back after a failed attempt, so that it is tried again
// soon and not after the whole hold.
func (s *Service) Release(ctx context.Context, id uuid.UUID, retry time.Duration) error {
	return s.DB.WithContext(ctx).Model(&erasureRow{}).Where("id = ? AND erased_at IS NULL", id).
		Update("claimed_until", s.now().Add(retry)).Error
}

// Finish ends an erasure whose bytes are verified to be gone: in one
// transaction erase (media's rows) and, where it is about the whole
// conversation, everything of it here but the record, its events and the proof.
func (s *Service) Finish(ctx context.Context, id uuid.UUID, objects, bytes int64, erase func(tx *gorm.DB) error) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var row erasureRow
		if err := tx.Where("id = ?", id).Take(&row).Error; err != nil {
			return err
		}
		if err := erase(tx); err != nil {
			return err
		}
		if row.RecordingID == nil {
			if err := s.forget(ctx, tx, row.ConversationID); err != nil {
				return err
			}
		}
		return tx.Model(&erasureRow{}).Where("id = ? AND erased_at IS NULL", id).
			Updates(map[string]any{"erased_at": s.now(), "objects": objects, "bytes": bytes, "claimed_until": nil, "policy_hash": s.PolicyHash}).Error
	})
}

// forget deletes the conversation; the records stay as proof, without secrets.
func (s *Service) forget(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error {
	err := tx.Model(&recordRow{}).Where("conversation_id = ?", conversationID).Update("secret_sealed", nil).Error
	if err != nil {
		return err
	}
	if err := s.Vault.Forget(ctx, tx, conversationID); err != nil {
		return err
	}
	return tx.Where("id = ?", conversationID).Delete(&conversationRow{}).Error
}

// CloseFromLedger replays one closing onto a database that does not know it (a
// restored backup). It only ever closes; a conversation that is not there needs
// nothing. The end of a single recording is media's to replay.
func (s *Service) CloseFromLedger(ctx context.Context, closing Closing) error {
	if closing.Kind == kindAdded {
		return s.replayAddition(ctx, closing)
	}
	if closing.RecordID == nil {
		return nil
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		record, conversation, err := lockRecord(tx, *closing.RecordID)
		if errors.Is(err, ErrUnknownLink) || conversation.ClosedAt != nil {
			return nil
		}
		if err != nil {
			return err
		}
		switch closing.Kind {
		case string(Withdrawn), string(Revoked), string(Invalidated), string(Expired):
			return s.replayEnding(tx, record, conversation, closing)
		case string(Paused):
			return s.replayPause(tx, record, closing)
		case kindNarrowed:
			return s.replayNarrowing(tx, record, closing)
		}
		return nil
	})
}

func (s *Service) replayEnding(tx *gorm.DB, record recordRow, conversation conversationRow, closing Closing) error {
	if record.State == Given || record.State == Paused {
		if err := s.change(tx, record, State(closing.Kind), record.Scopes, closing.Kind, closing.At); err != nil {
			return err
		}
	}
	_, err := s.closeConversation(tx, conversation, closing)
	return err
}

// replayPause closes again what a restored database does not know was paused. A
// pause that it knows may have been lifted since: it stays as it is.
func (s *Service) replayPause(tx *gorm.DB, record recordRow, closing Closing) error {
	var known int64
	if err := tx.Model(&eventRow{}).Where("id = ?", closing.ID).Count(&known).Error; err != nil || known > 0 || record.State != Given {
		return err
	}
	return s.pause(tx, record, closing)
}

// replayNarrowing takes back again what a restored database does not know was
// taken back. A narrowing that it knows may have been followed by a widening: it
// stays as it is. Where the database knows neither, the narrowing wins.
func (s *Service) replayNarrowing(tx *gorm.DB, record recordRow, closing Closing) error {
	var known []eventRow
	if err := tx.Where("record_id = ? AND kind = ?", record.ID, kindNarrowed).Find(&known).Error; err != nil {
		return err
	}
	for _, event := range known {
		// By its time too: the first narrowings had a number of their own.
		if event.ID == closing.ID || event.At.Equal(closing.At) {
			return nil
		}
	}
	closing.Scopes = scopesOf(record.Scopes).Intersect(closing.Scopes)
	closing.Lookback = closing.Lookback && record.Lookback
	// Also where it changes nothing: else a later widening would not stand.
	return s.narrowTo(tx, record, closing)
}

// Sweep ends what has outlived its term: pauses, late requests, conversations without a
// recording, link sessions, and proof past its own.
func (s *Service) Sweep(ctx context.Context) error {
	if err := errors.Join(s.expirePauses(ctx), s.expireLate(ctx), s.lapseExtensions(ctx), s.expireConversations(ctx)); err != nil {
		return err
	}
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return errors.Join(
			s.keepOrganisation(tx),
			tx.Where("expires_at <= ?", now).Delete(&linkSessionRow{}).Error,
			tx.Where("purge_after <= CURRENT_TIMESTAMP").Delete(&eventRow{}).Error,
			// Also the records of those who did not withdraw themselves.
			tx.Where("purge_after <= CURRENT_TIMESTAMP").
				Where("NOT EXISTS (SELECT 1 FROM conversations c WHERE c.id = consent_records.conversation_id)").
				Delete(&recordRow{}).Error,
			tx.Where("purge_after <= CURRENT_TIMESTAMP AND erased_at IS NOT NULL").Delete(&erasureRow{}).Error,
			tx.Where("purge_after <= CURRENT_TIMESTAMP").Delete(&decisionRow{}).Error,
			tx.Where("purge_after <= CURRENT_TIMESTAMP").Delete(&proposalRow{}).Error,
			tx.Where("purge_after <= CURRENT_TIMESTAMP").Delete(&unmaskingRow{}).Error,
		)
	})
}
