package consent

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Answer is a yes: what is allowed beside filming and the klantmanager's own
// looking back, and which text was read.
type Answer struct {
	Scopes      Scopes
	Method      string // own_device, shared_screen, spoken, telephone, paper, signed_in
	TextVersion string
	TextHash    string
	Language    string
	// Cookie is the sitting in which it is given with a link; empty when it is
	// spoken, or on paper.
	Cookie string
}

// Yes keeps a participant's yes; the last one of the room turns all of them
// into records. Of someone who came in later it opens what stood before.
// Errors: ErrUnknownLink; ErrAnswered when there was a yes already (a second
// press of the button changes nothing); ErrRepresented.
func (s *Service) Yes(ctx context.Context, participantID uuid.UUID, answer Answer) error {
	return s.yes(ctx, participantID, answer, byParticipant)
}

func (s *Service) yes(ctx context.Context, participantID uuid.UUID, answer Answer, byWhom string) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		participant, conversation, err := openRequest(tx, participantID)
		if err != nil {
			return err
		}
		other, err := isRepresented(tx, participantID)
		if err != nil {
			return err
		}
		if other {
			return ErrRepresented
		}
		if participant.Telephone {
			answer.Scopes = AllScopes() // only heard: a yes is a yes, the others' scopes decide
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		kept, err := s.keepAnswer(tx, participantID, answer, byWhom, now)
		if err != nil {
			return err
		}
		if !kept {
			return errSaidYes
		}
		if err := markSitting(tx, answer.Cookie, participantID, now); err != nil {
			return err
		}
		if participant.RepresentsID != nil {
			answer.Method = methodRepresented
			if _, err := s.keepAnswer(tx, *participant.RepresentsID, answer, byWhom, now); err != nil {
				return err
			}
		}
		if err := s.settle(tx, conversation, now); err != nil {
			return err
		}
		return raise(tx, conversation.ID)
	})
}

// errSaidYes is ErrAnswered while there is no record yet.
var errSaidYes = fmt.Errorf("%w, and waits for the others", ErrAnswered)

// keepAnswer is the compare-and-set on a request; false when it was answered,
// or has become a record.
func (s *Service) keepAnswer(tx *gorm.DB, participantID uuid.UUID, answer Answer, byWhom string, now time.Time) (bool, error) {
	change := map[string]any{
		"answered_at": now, "scopes": answer.Scopes.String(), "method": answer.Method, "by_whom": byWhom,
		"text_version": answer.TextVersion, "text_hash": answer.TextHash, "language": answer.Language,
	}
	maps.Copy(change, s.shown().columns())
	kept := tx.Model(&requestRow{}).Where("participant_id = ? AND answered_at IS NULL", participantID).Updates(change)
	return kept.RowsAffected == 1, kept.Error
}

// Refuse makes the conversation disappear for everyone: no row, no event, no
// count. It needs no reason and takes none. Of someone who came in later it
// erases everything like the end of a term, and nothing stays of who said it;
// since they were asked nobody could look, so nothing needs to be waited for.
// Errors: ErrUnknownLink; ErrAnswered when everyone has said yes (then it ends
// by Withdraw).
func (s *Service) Refuse(ctx context.Context, participantID uuid.UUID) error {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		_, conversation, err := openRequest(tx, participantID)
		if err != nil {
			return err
		}
		if conversation.ConsentSince != nil {
			return s.endBySystem(ctx, tx, conversation)
		}
		return s.vanish(ctx, tx, conversation.ID)
	})
}

// openRequest locks the conversation of a request that may be answered. Errors:
// ErrUnknownLink; ErrAnswered where there is a record.
func openRequest(tx *gorm.DB, participantID uuid.UUID) (participantRow, conversationRow, error) {
	var participant participantRow
	if err := tx.Where("id = ?", participantID).Take(&participant).Error; err != nil {
		return participant, conversationRow{}, unknownLink(err)
	}
	conversation, err := lockConversation(tx, participant.ConversationID)
	if errors.Is(err, ErrNotFound) {
		err = ErrUnknownLink
	}
	if err != nil {
		return participant, conversation, err
	}
	var request requestRow
	err = tx.Where("participant_id = ?", participantID).Take(&request).Error
	if errors.Is(err, gorm.ErrRecordNotFound) && conversation.ConsentSince != nil {
		var record recordRow
		if err = tx.Where("id = ?", participantID).Take(&record).Error; err == nil {
			err = ErrAnswered
		}
	}
	return participant, conversation, unknownLink(err)
}

// changeAnswer changes a yes that waits for the others and is no record yet:
// false when it is one, or there is none (lockOpenRecord tells). Errors: ErrClosed
// before the yes.
func changeAnswer(tx *gorm.DB, participantID uuid.UUID, change func(requestRow) map[string]any) (bool, error) {
	_, _, err := openRequest(tx, participantID)
	if errors.Is(err, ErrAnswered) || errors.Is(err, ErrUnknownLink) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var request requestRow
	if err := tx.Where("participant_id = ?", participantID).Take(&request).Error; err != nil {
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

// waitingAnswer is a request with what its record will need of the participant.
type waitingAnswer struct {
	Request  requestRow `gorm:"embedded"`
	Role     Role
	Capacity Capacity
}

// settle turns the requests into records and first events when nobody's answer
// is missing (invariant 1). The conversation is locked.
func (s *Service) settle(tx *gorm.DB, conversation conversationRow, now time.Time) error {
	var answers []waitingAnswer
	err := tx.Table("consent_requests q").
		Select("q.*, p.role, COALESCE(x.capacity, p.capacity) AS capacity"). // the represented have their representative's
		Joins("JOIN participants p ON p.id = q.participant_id").
		Joins("LEFT JOIN participants x ON x.represents_id = p.id").
		Where("q.conversation_id = ?", conversation.ID).Order("p.position").Find(&answers).Error
	if err != nil {
		return err
	}
	for _, answer := range answers {
		if answer.Request.AnsweredAt == nil {
			return nil
		}
	}
	for _, answer := range answers {
		if err := s.makeRecord(tx, answer, now); err != nil {
			return err
		}
	}
	if err := owned(tx, conversation.ID); err != nil {
		return err
	}
	if err := tx.Where("conversation_id = ?", conversation.ID).Delete(&requestRow{}).Error; err != nil {
		return err
	}
	// Of someone who came in later it does not move: what was filmed since then stays filmed with consent.
	return tx.Model(&conversationRow{}).Where("id = ? AND consent_since IS NULL", conversation.ID).Update("consent_since", now).Error
}

func (s *Service) makeRecord(tx *gorm.DB, answer waitingAnswer, now time.Time) error {
	q := answer.Request
	record := recordRow{
		ID: q.ParticipantID, ConversationID: q.ConversationID, Role: answer.Role, State: Given, Scopes: q.Scopes,
		LinkHash: q.LinkHash, CodeHmac: q.CodeHmac, SecretSealed: q.SecretSealed, Method: q.Method,
		TextVersion: q.TextVersion, TextHash: q.TextHash, Language: q.Language, Lookback: q.Lookback,
		GivenAt: *q.AnsweredAt, ChangedAt: now, PurgeAfter: s.proofEnds(now),
		Capacity: answer.Capacity, Told: answer.Capacity != "", Shown: q.Shown,
	}
	if err := tx.Create(&record).Error; err != nil {
		return err
	}
	return s.appendEvent(tx, newID(), record, string(Given), q.ByWhom, *q.AnsweredAt)
}
