package consent

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Answer is a yes: what is allowed beside filming and the klantmanager's own
// looking back, and which text was read.
type Answer struct {
	Scopes      Scopes
	Method      string // own_device, shared_screen, spoken, paper
	TextVersion string
	TextHash    string
	Language    string
	// Cookie is the sitting in which it is given with a link; empty when it is
	// spoken, or on paper.
	Cookie string
}

// Yes keeps a participant's yes; the last one of the room turns all of them
// into records. Errors: ErrUnknownLink; ErrAnswered when there was a yes
// already (a second press of the button changes nothing).
func (s *Service) Yes(ctx context.Context, participantID uuid.UUID, answer Answer) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		request, err := openRequest(tx, participantID)
		if err != nil {
			return err
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		change := map[string]any{
			"answered_at": now, "scopes": answer.Scopes.String(), "method": answer.Method,
			"text_version": answer.TextVersion, "text_hash": answer.TextHash, "language": answer.Language,
		}
		maps.Copy(change, s.shown().columns())
		kept := tx.Model(&requestRow{}).Where("participant_id = ? AND answered_at IS NULL", participantID).Updates(change)
		if kept.Error != nil {
			return kept.Error
		}
		if kept.RowsAffected == 0 {
			return ErrAnswered
		}
		if err := markSitting(tx, answer.Cookie, participantID, now); err != nil {
			return err
		}
		if err := s.settle(tx, request.ConversationID, now); err != nil {
			return err
		}
		return raise(tx, request.ConversationID)
	})
}

// Refuse makes the conversation disappear for everyone: no row, no event, no
// count. It needs no reason and takes none. Errors: ErrUnknownLink; ErrAnswered
// when everyone has said yes (then it ends by Withdraw).
func (s *Service) Refuse(ctx context.Context, participantID uuid.UUID) error {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		request, err := openRequest(tx, participantID)
		if err != nil {
			return err
		}
		return s.vanish(ctx, tx, request.ConversationID)
	})
}

// openRequest locks the conversation of a request and reads the request under
// the lock. Errors: ErrUnknownLink, ErrAnswered when records exist.
func openRequest(tx *gorm.DB, participantID uuid.UUID) (requestRow, error) {
	var participant participantRow
	if err := tx.Where("id = ?", participantID).Take(&participant).Error; err != nil {
		return requestRow{}, unknownLink(err)
	}
	conversation, err := lockConversation(tx, participant.ConversationID)
	if errors.Is(err, ErrNotFound) {
		return requestRow{}, ErrUnknownLink
	}
	if err != nil {
		return requestRow{}, err
	}
	if conversation.ConsentSince != nil {
		return requestRow{}, ErrAnswered
	}
	var request requestRow
	if err := tx.Where("participant_id = ?", participantID).Take(&request).Error; err != nil {
		return requestRow{}, unknownLink(err)
	}
	return request, nil
}

// changeAnswer changes a yes that waits for the others and is no record yet:
// false when it is one, or there is none (lockOpenRecord tells). Errors: ErrClosed
// before the yes.
func changeAnswer(tx *gorm.DB, participantID uuid.UUID, change func(requestRow) map[string]any) (bool, error) {
	request, err := openRequest(tx, participantID)
	if errors.Is(err, ErrAnswered) || errors.Is(err, ErrUnknownLink) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if request.AnsweredAt == nil {
		return false, ErrClosed
	}
	return true, tx.Model(&requestRow{}).Where("participant_id = ?", participantID).Updates(change(request)).Error
}

func unknownLink(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return ErrUnknownLink
	}
	return err
}

// settle turns the requests into records and first events when nobody's answer
// is missing (invariant 1). The conversation is locked.
func (s *Service) settle(tx *gorm.DB, conversationID uuid.UUID, now time.Time) error {
	var answers []struct {
		Request requestRow `gorm:"embedded"`
		Role    Role
	}
	err := tx.Table("consent_requests q").Select("q.*, p.role").
		Joins("JOIN participants p ON p.id = q.participant_id").
		Where("q.conversation_id = ?", conversationID).Order("p.position").Find(&answers).Error
	if err != nil {
		return err
	}
	for _, answer := range answers {
		if answer.Request.AnsweredAt == nil {
			return nil
		}
	}
	purge := now.Add(s.Proof)
	for _, answer := range answers {
		q := answer.Request
		record := recordRow{
			ID: q.ParticipantID, ConversationID: conversationID, Role: answer.Role, State: Given, Scopes: q.Scopes,
			LinkHash: q.LinkHash, CodeHmac: q.CodeHmac, SecretSealed: q.SecretSealed, Method: q.Method,
			TextVersion: q.TextVersion, TextHash: q.TextHash, Language: q.Language, Lookback: q.Lookback,
			GivenAt: *q.AnsweredAt, ChangedAt: now, PurgeAfter: purge, Shown: q.Shown,
		}
		if err := tx.Create(&record).Error; err != nil {
			return err
		}
		if err := s.appendEvent(tx, newID(), record, string(Given), q.ByWhom, *q.AnsweredAt); err != nil {
			return err
		}
	}
	if err := owned(tx, conversationID); err != nil {
		return err
	}
	if err := tx.Where("conversation_id = ?", conversationID).Delete(&requestRow{}).Error; err != nil {
		return err
	}
	return tx.Model(&conversationRow{}).Where("id = ?", conversationID).Update("consent_since", now).Error
}
