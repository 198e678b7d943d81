package consent

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// closeConversation marks the conversation closed and writes what is owed for
// it: the erasure and the ledger object. Whoever was asked and has no record is
// forgotten at once. The conversation is locked.
func (s *Service) closeConversation(tx *gorm.DB, conversation conversationRow, closing Closing) (Erasure, error) {
	err := tx.Model(&conversationRow{}).Where("id = ? AND closed_at IS NULL", conversation.ID).
		Updates(map[string]any{"closed_at": closing.At, "version": gorm.Expr("version + 1")}).Error
	if err != nil {
		return Erasure{}, err
	}
	_, err = dropExtension(tx, conversation.ID)
	if err := errors.Join(err, dropRequests(tx, conversation.ID), dropReminders(tx, conversation.ID)); err != nil {
		return Erasure{}, err
	}
	// Everyone's proof outlives the ending for as long as the statement of it does.
	ends := s.proofEnds(closing.At)
	proof := tx.Model(&recordRow{}).Where("conversation_id = ? AND purge_after < ?", conversation.ID, ends)
	if err := proof.Update("purge_after", ends).Error; err != nil {
		return Erasure{}, err
	}
	row := erasureRow{
		ID: newID(), ConversationID: conversation.ID, OwnerID: conversation.OwnerID,
		RequestedAt: closing.At, PurgeAfter: ends,
	}
	if err := tx.Create(&row).Error; err != nil {
		return Erasure{}, err
	}
	closing.ID = row.ID
	_, err = s.owe(tx, closing)
	return row.erasure(), err
}

func conversationErasure(tx *gorm.DB, conversationID uuid.UUID) (Erasure, error) {
	var row erasureRow
	err := tx.Where("conversation_id = ? AND recording_id IS NULL", conversationID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Erasure{}, ErrClosed
	}
	if err != nil {
		return Erasure{}, err
	}
	// A recording that was erased by itself before counts too.
	var filmed int64
	err = tx.Model(&erasureRow{}).Where("conversation_id = ? AND objects > 0", conversationID).Count(&filmed).Error
	erasure := row.erasure()
	erasure.Filmed = filmed > 0
	return erasure, err
}

// RequestErasure is the klantmanager's own "Wis deze opname", and the end of a
// term: inside the caller's transaction, once per recording. Confirm follows
// the commit.
func (s *Service) RequestErasure(ctx context.Context, tx *gorm.DB, recordingID, conversationID, ownerID uuid.UUID) (Erasure, error) {
	tx = tx.WithContext(ctx)
	if _, err := lockConversation(tx, conversationID); err != nil && !errors.Is(err, ErrNotFound) {
		return Erasure{}, err
	}
	var row erasureRow
	err := tx.Where("recording_id = ?", recordingID).Take(&row).Error
	if err == nil || !errors.Is(err, gorm.ErrRecordNotFound) {
		return row.erasure(), err
	}
	now := s.now()
	row = erasureRow{
		ID: newID(), ConversationID: conversationID, RecordingID: &recordingID, OwnerID: ownerID,
		RequestedAt: now, PurgeAfter: now.Add(maxRetention + s.Proof),
	}
	if err := tx.Create(&row).Error; err != nil {
		return Erasure{}, err
	}
	closing := Closing{ID: row.ID, Kind: "erasure", ConversationID: conversationID, RecordingID: &recordingID, At: now}
	if _, err := s.owe(tx, closing); err != nil {
		return Erasure{}, err
	}
	// What everyone was asked was about all that there was.
	if _, err := dropExtension(tx, conversationID); err != nil {
		return Erasure{}, err
	}
	return row.erasure(), raise(tx, conversationID)
}

// owe registers a ledger object before the store knows it.
func (s *Service) owe(tx *gorm.DB, closing Closing) (uuid.UUID, error) {
	if closing.ID == uuid.Nil {
		closing.ID = newID()
	}
	return closing.ID, tx.Create(&owedRow{
		ID: closing.ID, Kind: closing.Kind, ConversationID: closing.ConversationID, RecordingID: closing.RecordingID,
		RecordID: closing.RecordID, Scopes: closing.Scopes.String(), Lookback: closing.Lookback, At: closing.At,
	}).Error
}

// pay writes one owed ledger object; one that is not owed is paid already.
func (s *Service) pay(ctx context.Context, id uuid.UUID) error {
	var row owedRow
	err := s.DB.WithContext(ctx).Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	err = s.Ledger.Write(ctx, Closing{
		ID: row.ID, Kind: row.Kind, ConversationID: row.ConversationID, RecordingID: row.RecordingID,
		RecordID: row.RecordID, Scopes: scopesOf(row.Scopes), Lookback: row.Lookback, At: row.At,
	})
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return s.DB.WithContext(ctx).Where("id = ?", id).Delete(&owedRow{}).Error
}

// Confirm completes a closing after its commit: the ledger has it, every lease
// from before has run out, and only then it counts as stopped. It may be called
// again until it succeeds; Reconcile does.
func (s *Service) Confirm(ctx context.Context, erasureID uuid.UUID) error {
	if err := s.pay(ctx, erasureID); err != nil {
		return err
	}
	if err := s.Leases.AwaitExpiry(ctx); err != nil {
		return err
	}
	return s.DB.WithContext(ctx).Model(&erasureRow{}).
		Where("id = ? AND stopped_at IS NULL", erasureID).Update("stopped_at", s.now()).Error
}

// Reconcile does what a store that was down, or a killed process, left owed:
// ledger objects and confirmations. It may run in any number of processes.
func (s *Service) Reconcile(ctx context.Context) error {
	var owed, waiting []uuid.UUID
	db := s.DB.WithContext(ctx)
	if err := db.Model(&owedRow{}).Order("at").Limit(100).Pluck("id", &owed).Error; err != nil {
		return err
	}
	var errs []error
	for _, id := range owed {
		errs = append(errs, s.pay(ctx, id))
	}
	// A fresh one is being confirmed by the request that made it.
	stale := s.now().Add(-5 * time.Second)
	err := db.Model(&erasureRow{}).Where("stopped_at IS NULL AND requested_at <= ?", stale).
		Order("requested_at").Limit(100).Pluck("id", &waiting).Error
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	for _, id := range waiting {
		errs = append(errs, s.Confirm(ctx, id))
	}
	return errors.Join(errs...)
}
