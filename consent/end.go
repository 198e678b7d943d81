package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Expire ends a conversation whose last recording has reached its term, exactly
// like a withdrawal: inside the caller's transaction, every record with its
// event, one erasure of everything, and what the ledger is owed. Confirm follows
// the commit. One that is closed already answers with the erasure it has.
// Errors: ErrNotFound, ErrMissing.
func (s *Service) Expire(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) (Erasure, error) {
	return s.end(ctx, tx, conversationID, s.expireAll)
}

// Done is "Klaar met leren": the klantmanager takes their own yes back, which
// ends the conversation for everyone. Like Expire, it is a part of the caller's
// transaction. Errors: ErrNotFound, ErrMissing.
func (s *Service) Done(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) (Erasure, error) {
	return s.end(ctx, tx, conversationID, s.withdrawOwner)
}

func (s *Service) end(ctx context.Context, tx *gorm.DB, id uuid.UUID, close func(*gorm.DB, conversationRow, time.Time) (Erasure, error)) (Erasure, error) {
	tx = tx.WithContext(ctx)
	conversation, err := lockConversation(tx, id)
	if err != nil {
		return Erasure{}, err
	}
	switch {
	case conversation.ClosedAt != nil:
		return conversationErasure(tx, id)
	case conversation.ConsentSince == nil:
		return Erasure{}, ErrMissing // nothing was filmed: it vanishes, and leaves no proof
	}
	now, err := s.date(ctx, tx)
	if err != nil {
		return Erasure{}, err
	}
	return close(tx, conversation, now)
}

// expireAll ends everyone's record. The conversation is locked.
func (s *Service) expireAll(tx *gorm.DB, conversation conversationRow, now time.Time) (Erasure, error) {
	var records []recordRow
	err := tx.Where("conversation_id = ? AND state IN ?", conversation.ID, []State{Given, Paused}).Order("id").Find(&records).Error
	if err != nil {
		return Erasure{}, err
	}
	closing := Closing{Kind: string(Expired), ConversationID: conversation.ID, At: now}
	for _, record := range records {
		if err := s.change(tx, record, Expired, record.Scopes, string(Expired), now); err != nil {
			return Erasure{}, err
		}
		closing.RecordID = &record.ID
	}
	return s.closeConversation(tx, conversation, closing)
}

// withdrawOwner takes the klantmanager's own yes back. The conversation is locked.
func (s *Service) withdrawOwner(tx *gorm.DB, conversation conversationRow, now time.Time) (Erasure, error) {
	var record recordRow
	err := tx.Where("conversation_id = ? AND role = ? AND state IN ?", conversation.ID, Klantmanager, []State{Given, Paused}).
		Take(&record).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return s.expireAll(tx, conversation, now) // a yes that is not there keeps nothing
	}
	if err != nil {
		return Erasure{}, err
	}
	if err := s.change(tx, record, Withdrawn, record.Scopes, string(Withdrawn), now); err != nil {
		return Erasure{}, err
	}
	closing := Closing{Kind: string(Withdrawn), ConversationID: conversation.ID, RecordID: &record.ID, At: now}
	return s.closeConversation(tx, conversation, closing)
}
