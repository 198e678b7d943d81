package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// LateLimit is how long someone who came in later is waited for. Until then
// nobody looks; after it everything is erased, as after a pause.
const LateLimit = PauseLimit

// kindAdded is the ledger's word for someone who was asked after the others
// had said yes. It is no event: a no must leave nothing of who said it.
const kindAdded = "added"

// endBySystem ends a conversation with consent like the end of a term: a late
// no, a late request nobody answered, "dit klopt niet meer". Whose the cause was
// stands nowhere. The conversation is locked.
func (s *Service) endBySystem(ctx context.Context, tx *gorm.DB, conversation conversationRow) error {
	now, err := s.date(ctx, tx)
	if err != nil {
		return err
	}
	_, err = s.expireAll(tx, conversation, now)
	return err
}

// dropRequests deletes, when a conversation closes, whoever was asked and has
// no record: nobody waits for their answer any more, and none of it stays.
func dropRequests(tx *gorm.DB, conversationID uuid.UUID) error {
	asked := tx.Model(&requestRow{}).Select("participant_id").Where("conversation_id = ?", conversationID)
	if err := tx.Where("participant_id IN (?)", asked).Delete(&linkSessionRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id IN (?)", asked).Delete(&participantRow{}).Error // and the request with it
}

// hasRequests tells whether somebody has not answered yet, or answered and
// waits for the others.
func hasRequests(tx *gorm.DB, conversationID uuid.UUID) (bool, error) {
	var n int64
	err := tx.Model(&requestRow{}).Where("conversation_id = ?", conversationID).Count(&n).Error
	return n > 0, err
}

// expireLate ends conversations in which someone who came in later has not
// answered for LateLimit.
func (s *Service) expireLate(ctx context.Context) error {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	cutoff := now.Add(-LateLimit)
	var over []uuid.UUID
	err = lateSince(s.DB.WithContext(ctx), cutoff).Distinct().Pluck("consent_requests.conversation_id", &over).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range over {
		errs = append(errs, s.vanishing(ctx, func(tx *gorm.DB) error {
			conversation, err := lockConversation(tx, id)
			if errors.Is(err, ErrNotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			var still int64 // unanswered, now that nobody can answer
			if err := lateSince(tx, cutoff).Where("c.id = ?", id).Count(&still).Error; err != nil || still == 0 {
				return err
			}
			return s.endBySystem(ctx, tx, conversation)
		}))
	}
	return errors.Join(errs...)
}

func lateSince(db *gorm.DB, cutoff time.Time) *gorm.DB {
	return db.Model(&requestRow{}).Joins("JOIN conversations c ON c.id = consent_requests.conversation_id").
		Where("c.consent_since IS NOT NULL AND c.closed_at IS NULL").
		Where("consent_requests.answered_at IS NULL AND consent_requests.asked_at <= ?", cutoff)
}

// replayAddition asks again who a restored database does not know was asked: it
// must not show what they have not allowed. The ledger does not say who it
// was, so they come back as a companion, with a link and a code of their own;
// if none can be made, they can answer through the klantmanager.
func (s *Service) replayAddition(ctx context.Context, closing Closing) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		conversation, err := lockConversation(tx, closing.ConversationID)
		if errors.Is(err, ErrNotFound) || err == nil && conversation.ClosedAt != nil {
			return nil
		}
		if err != nil {
			return err
		}
		var known int64
		if err := tx.Model(&participantRow{}).Where("id = ?", closing.ID).Count(&known).Error; err != nil || known > 0 {
			return err
		}
		position, err := lastPosition(tx, conversation.ID)
		if err != nil {
			return err
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		row := participantRow{ID: closing.ID, ConversationID: conversation.ID, Role: Companion, Position: position + 1}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		request := requestRow{ParticipantID: row.ID, ConversationID: row.ConversationID, AskedAt: now, ByWhom: byParticipant}
		secret, err := s.withSecret(ctx, tx, request)
		if err != nil {
			s.Log.WarnContext(ctx, "no link for someone asked again after a restore", "error", err)
			secret = request
		}
		if err := tx.Create(&secret).Error; err != nil {
			return err
		}
		if _, err := dropExtension(tx, conversation.ID); err != nil {
			return err
		}
		return raise(tx, conversation.ID)
	})
}
