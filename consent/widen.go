package consent

import (
	"context"
	"maps"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

const kindWidened = "widened"

// Widen adds scopes to what the participant allows, with the PIN (invariant 3).
// It is a new yes: on the text that answer names, and the cooling-off counts
// from it again. What may be used is still what all allow. It takes nothing
// away; a scope that was allowed already changes nothing.
// Errors: ErrUnknownLink, ErrClosed, ErrNoPIN, ErrPINWrong, ErrPINWait.
func (s *Service) Widen(ctx context.Context, participantID uuid.UUID, pin string, answer Answer) error {
	if _, err := s.provePIN(ctx, participantID, pin); err != nil {
		return err
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		other, err := isRepresented(tx, participantID)
		if err != nil {
			return err
		}
		if other {
			return ErrRepresented
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		if err := s.widen(ctx, tx, participantID, answer, now); err != nil {
			return err
		}
		also, err := decidedBy(tx, participantID)
		if err != nil || also == nil {
			return err
		}
		answer.Method = methodRepresented
		return s.widen(ctx, tx, *also, answer, now)
	})
}

func (s *Service) widen(ctx context.Context, tx *gorm.DB, participantID uuid.UUID, answer Answer, now time.Time) error {
	waits, err := changeAnswer(tx, participantID, func(request requestRow) map[string]any {
		change := s.newYes(answer)
		change["answered_at"], change["scopes"] = now, scopesOf(request.Scopes).union(answer.Scopes).String()
		return change
	})
	if waits || err != nil {
		return err
	}
	record, conversation, err := lockOpenRecord(tx, participantID)
	if err != nil {
		return err
	}
	wider := scopesOf(record.Scopes).union(answer.Scopes)
	if wider.String() == record.Scopes {
		return nil
	}
	change := s.newYes(answer)
	change["given_at"] = now
	if err := tx.Model(&recordRow{}).Where("id = ?", record.ID).Updates(change).Error; err != nil {
		return err
	}
	record = s.readOn(record, answer)
	return s.widened(ctx, tx, record, conversation, wider, now)
}

// widened changes the record to scopes and its wish, with the event, and tells.
func (s *Service) widened(ctx context.Context, tx *gorm.DB, record recordRow, conversation conversationRow, scopes Scopes, now time.Time) error {
	if err := s.change(tx, record, record.State, scopes.String(), kindWidened, now); err != nil {
		return err
	}
	if err := raise(tx, conversation.ID); err != nil {
		return err
	}
	entry := auditEntry(record.ID, "consent:widen", conversation.ID, "done", now)
	return s.Audit.Append(ctx, tx, entry)
}

// newYes are the columns that say on what a yes was given.
func (s *Service) newYes(answer Answer) map[string]any {
	change := map[string]any{
		"method": answer.Method, "text_version": answer.TextVersion, "text_hash": answer.TextHash, "language": answer.Language,
	}
	maps.Copy(change, s.shown().columns())
	return change
}

// readOn is the record with what newYes writes, for its next event.
func (s *Service) readOn(record recordRow, answer Answer) recordRow {
	record.Method, record.TextVersion, record.TextHash, record.Language = answer.Method, answer.TextVersion, answer.TextHash, answer.Language
	record.Shown = s.shown()
	return record
}
