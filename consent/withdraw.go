package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies/audit"
)

// Outcome of a closing.
type Outcome struct {
	// Confirmed: no server hands out any more of it, and the ledger has it.
	// False: it is closed in the database and will be confirmed (202).
	Confirmed bool
	// Vanished: nothing had been given by all yet, so everything of the
	// conversation is gone, like after a no.
	Vanished bool
}

// closingTime is the most that a closing takes: locks, ledger and lease.
const closingTime = 20 * time.Second

// seenThrough is a context for what someone asked to close: it goes on when
// their browser goes away.
func seenThrough(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), closingTime)
}

// Withdraw takes a participant's consent back and closes the conversation for
// everyone: playing stops, and all of it is erased for good. It needs no
// reason. A second one finds it closed and changes nothing.
// Errors: ErrUnknownLink; the database's.
func (s *Service) Withdraw(ctx context.Context, participantID uuid.UUID) (Outcome, error) {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	if err := s.Refuse(ctx, participantID); err == nil {
		return Outcome{Confirmed: true, Vanished: true}, nil
	} else if !errors.Is(err, ErrAnswered) && !errors.Is(err, ErrUnknownLink) {
		return Outcome{}, err
	}
	var erasure Erasure
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		erasure, err = s.withdraw(ctx, tx, participantID, s.now())
		return err
	})
	if err != nil {
		return Outcome{}, s.auditFailure(ctx, participantID, "consent:withdraw", err)
	}
	return s.outcome(ctx, s.Confirm(ctx, erasure.ID))
}

// withdraw is the transaction: compare-and-set, event, what is owed, audit.
func (s *Service) withdraw(ctx context.Context, tx *gorm.DB, participantID uuid.UUID, now time.Time) (Erasure, error) {
	record, conversation, err := lockRecord(tx, participantID)
	if err != nil {
		return Erasure{}, err
	}
	if conversation.ClosedAt != nil || record.State != Given && record.State != Paused {
		return conversationErasure(tx, record.ConversationID)
	}
	if err := s.change(tx, record, Withdrawn, record.Scopes, string(Withdrawn), now); err != nil {
		return Erasure{}, err
	}
	closing := Closing{Kind: string(Withdrawn), ConversationID: conversation.ID, RecordID: &record.ID, At: now}
	erasure, err := s.closeConversation(tx, conversation, closing)
	if err != nil {
		return Erasure{}, err
	}
	return erasure, s.Audit.Append(ctx, tx, auditEntry(participantID, "consent:withdraw", conversation.ID, "done", now))
}

// Narrow takes scopes back and keeps the rest: only keep stays, of what there
// was, also while others have not answered yet. It never widens. Errors: ErrUnknownLink, ErrClosed.
func (s *Service) Narrow(ctx context.Context, participantID uuid.UUID, keep Scopes) (Outcome, error) {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	var owed uuid.UUID
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		waits, err := changeAnswer(tx, participantID, func(request requestRow) map[string]any {
			return map[string]any{"scopes": scopesOf(request.Scopes).Intersect(keep).String()}
		})
		if waits || err != nil {
			return err
		}
		record, conversation, err := lockOpenRecord(tx, participantID)
		if err != nil {
			return err
		}
		left := scopesOf(record.Scopes).Intersect(keep)
		if left.String() == record.Scopes {
			return nil
		}
		owed, err = s.narrow(ctx, tx, record, conversation, left, record.Lookback)
		return err
	})
	if err != nil {
		return Outcome{}, s.auditFailure(ctx, participantID, "consent:narrow", err)
	}
	return s.inForce(ctx, owed)
}

// narrow is the transaction: what stays of the record, event, what the ledger is
// owed, audit.
func (s *Service) narrow(ctx context.Context, tx *gorm.DB, record recordRow, conversation conversationRow, left Scopes, lookback bool) (uuid.UUID, error) {
	now, err := s.date(ctx, tx)
	if err != nil {
		return uuid.Nil, err
	}
	closing := Closing{
		ID: newID(), Kind: kindNarrowed, ConversationID: conversation.ID, RecordID: &record.ID,
		Scopes: left, Lookback: lookback, At: now,
	}
	if err := s.narrowTo(tx, record, closing); err != nil {
		return uuid.Nil, err
	}
	if _, err := s.owe(tx, closing); err != nil {
		return uuid.Nil, err
	}
	return closing.ID, s.Audit.Append(ctx, tx, auditEntry(record.ID, "consent:narrow", conversation.ID, "done", closing.At))
}

// narrowTo leaves the record what the closing says. The event carries the
// ledger's number, so that a replay knows this narrowing, also after a widening.
func (s *Service) narrowTo(tx *gorm.DB, record recordRow, closing Closing) error {
	record, err := setLookback(tx, record, closing.Lookback)
	if err != nil {
		return err
	}
	if err := s.changeAs(tx, closing.ID, record, record.State, closing.Scopes.String(), kindNarrowed, closing.At); err != nil {
		return err
	}
	if _, err := dropExtension(tx, record.ConversationID); err != nil {
		return err
	}
	return raise(tx, record.ConversationID)
}

// inForce confirms a closing that erases nothing: the ledger has it and every
// lease from before has run out. uuid.Nil: nothing was closed.
func (s *Service) inForce(ctx context.Context, owed uuid.UUID) (Outcome, error) {
	if owed == uuid.Nil {
		return Outcome{Confirmed: true}, nil
	}
	return s.outcome(ctx, errors.Join(s.pay(ctx, owed), s.Leases.AwaitExpiry(ctx)))
}

// outcome turns a confirmation that could not be completed into "closed, will
// be confirmed": the closing itself stands.
func (s *Service) outcome(ctx context.Context, confirm error) (Outcome, error) {
	if confirm != nil {
		s.Log.WarnContext(ctx, "closing not confirmed yet", "error", confirm)
	}
	return Outcome{Confirmed: confirm == nil}, nil
}

// change is the compare-and-set on the record with its event.
func (s *Service) change(tx *gorm.DB, record recordRow, state State, scopes, kind string, now time.Time) error {
	return s.changeAs(tx, newID(), record, state, scopes, kind, now)
}

// changeAs is change with the event's id, for what the ledger must recognise.
func (s *Service) changeAs(tx *gorm.DB, eventID uuid.UUID, record recordRow, state State, scopes, kind string, now time.Time) error {
	return s.changeBy(tx, newRecordEvent{id: eventID, kind: kind, byWhom: byWhom(kind), at: now}, record, state, scopes)
}

// changeBy is change with an event whose maker the kind does not tell.
func (s *Service) changeBy(tx *gorm.DB, event newRecordEvent, record recordRow, state State, scopes string) error {
	since := event.at
	if state == record.State {
		since = record.ChangedAt // narrowing does not make a pause begin anew
	}
	done := tx.Model(&recordRow{}).Where("id = ? AND version = ? AND state = ?", record.ID, record.Version, record.State).
		Updates(map[string]any{"state": state, "scopes": scopes, "changed_at": since, "purge_after": s.proofEnds(event.at)})
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		return ErrClosed
	}
	record.Scopes = scopes
	return s.append(tx, record, event)
}

// lockOpenRecord is lockRecord for what may still change: given or paused, and
// nothing of the conversation withdrawn. Errors: ErrUnknownLink, ErrClosed.
func lockOpenRecord(tx *gorm.DB, participantID uuid.UUID) (recordRow, conversationRow, error) {
	record, conversation, err := lockRecord(tx, participantID)
	if err == nil && (conversation.ClosedAt != nil || record.State != Given && record.State != Paused) {
		err = ErrClosed
	}
	return record, conversation, err
}

// lockRecord locks the conversation of a record and reads the record under the
// lock. A conversation that was erased already leaves only its record.
// Errors: ErrUnknownLink.
func lockRecord(tx *gorm.DB, participantID uuid.UUID) (recordRow, conversationRow, error) {
	var record recordRow
	if err := tx.Where("id = ?", participantID).Take(&record).Error; err != nil {
		return record, conversationRow{}, unknownLink(err)
	}
	conversation, err := lockConversation(tx, record.ConversationID)
	if errors.Is(err, ErrNotFound) {
		at := record.ChangedAt
		return record, conversationRow{ID: record.ConversationID, ClosedAt: &at}, nil
	}
	if err != nil {
		return record, conversation, err
	}
	err = tx.Where("id = ?", participantID).Take(&record).Error
	return record, conversation, unknownLink(err)
}

func auditEntry(participantID uuid.UUID, action string, conversationID uuid.UUID, result string, at time.Time) audit.Entry {
	return audit.Entry{
		At: at, ActorKind: "participant", ActorID: participantID.String(), Action: action,
		ObjectKind: "conversation", ObjectID: conversationID.String(), Rule: "link", Result: result,
		ChainID: conversationID.String(),
	}
}

// auditFailure records an attempt to close that did not succeed: it is the
// citizen's proof that they tried. One that never had consent leaves nothing.
func (s *Service) auditFailure(ctx context.Context, participantID uuid.UUID, action string, cause error) error {
	if errors.Is(cause, ErrUnknownLink) {
		return cause
	}
	var record recordRow
	if err := s.DB.WithContext(ctx).Where("id = ?", participantID).Take(&record).Error; err != nil {
		return cause
	}
	entry := auditEntry(participantID, action, record.ConversationID, "failed", s.now())
	return errors.Join(cause, s.Audit.Append(ctx, nil, entry))
}
