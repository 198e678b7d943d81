package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies/audit"
)

// ConfirmProposal does what another person proposed: pause, lift, withdraw on
// someone's behalf, or call the consent invalid. What closes is confirmed like
// any closing. Errors: ErrNotFound, ErrSamePerson, ErrDecided, ErrNotPossible.
func (s *Service) ConfirmProposal(ctx context.Context, by Decider, id uuid.UUID) (Outcome, error) {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	var done applied
	err := s.decide(ctx, by, id, confirmed, func(tx *gorm.DB, p Proposal, now time.Time) (err error) {
		done, err = s.apply(tx, p, now)
		return err
	})
	switch {
	case err != nil:
		return Outcome{}, err
	case done.erasure != uuid.Nil:
		return s.outcome(ctx, s.Confirm(ctx, done.erasure))
	}
	return s.inForce(ctx, done.owed)
}

// TakeBackProposal ends a proposal; it closes nothing.
// Errors: ErrNotFound, ErrDecided.
func (s *Service) TakeBackProposal(ctx context.Context, by Decider, id uuid.UUID) error {
	return s.decide(ctx, by, id, retract, func(*gorm.DB, Proposal, time.Time) error { return nil })
}

// decide writes the one decision of a proposal, what follows from it, and the
// entry, in one transaction under the conversation's lock. An attempt that the
// rules refuse is an entry of its own.
func (s *Service) decide(ctx context.Context, by Decider, id uuid.UUID, outcome string, follow func(tx *gorm.DB, p Proposal, now time.Time) error) error {
	var p Proposal
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	err = s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		if p, err = lockProposal(tx, id, now); err != nil {
			return err
		}
		if p.State != "waiting" {
			return ErrDecided
		}
		if outcome == confirmed && p.ProposedBy == by.PersonID {
			return ErrSamePerson
		}
		row := decisionRow{ProposalID: id, Outcome: outcome, DecidedBy: by.PersonID, At: now, PurgeAfter: s.proofEnds(now)}
		if err := tx.Create(&row).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return ErrDecided
		} else if err != nil {
			return err
		}
		if err := follow(tx, p, now); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, registerEntry(by, decisionAction(outcome, p), p.RecordID, p.ConversationID, audit.Done, now))
	})
	if errors.Is(err, ErrSamePerson) || errors.Is(err, ErrNotPossible) || errors.Is(err, ErrDecided) {
		refused := registerEntry(by, decisionAction(outcome, p), p.RecordID, p.ConversationID, audit.Refused, now)
		err = errors.Join(err, s.Audit.Append(ctx, nil, refused))
	}
	return err
}

func decisionAction(outcome string, p Proposal) string {
	if outcome == retract {
		return "register:take_back_" + p.Kind
	}
	return "register:confirm_" + p.Kind
}

// lockProposal reads a proposal under its conversation's lock. Errors: ErrNotFound.
func lockProposal(tx *gorm.DB, id uuid.UUID, now time.Time) (Proposal, error) {
	read := func() (Proposal, error) {
		found, err := proposals(tx.Where("p.id = ?", id), now)
		if err == nil && len(found) == 0 {
			err = ErrNotFound
		}
		if err != nil {
			return Proposal{}, err
		}
		return found[0], nil
	}
	p, err := read()
	if err != nil {
		return p, err
	}
	if _, err := lockConversation(tx, p.ConversationID); err != nil && !errors.Is(err, ErrNotFound) {
		return p, err
	}
	return read()
}

// applied is what has to be confirmed after the commit.
type applied struct{ owed, erasure uuid.UUID }

// apply changes the record as a confirmed proposal says. Errors: ErrNotPossible.
func (s *Service) apply(tx *gorm.DB, p Proposal, now time.Time) (applied, error) {
	record, conversation, err := lockRecord(tx, p.RecordID)
	if errors.Is(err, ErrUnknownLink) {
		return applied{}, ErrNotPossible
	}
	if err != nil {
		return applied{}, err
	}
	if err := possible(tx, record, conversation, p.Kind); err != nil {
		return applied{}, err
	}
	switch p.Kind {
	case string(Paused):
		return s.pauseFor(tx, record, now)
	case kindResumed:
		if err := s.changeBy(tx, newEvent(kindResumed, byPrivacyManager, now), record, Given, record.Scopes); err != nil {
			return applied{}, err
		}
		return applied{}, raise(tx, record.ConversationID)
	}
	end := newEvent(p.Kind, byPrivacyManager, now)
	end.reason = p.Reason
	erasure, err := s.endFor(tx, end, record, conversation)
	return applied{erasure: erasure.ID}, err
}

// pauseFor is a pause on someone's behalf: like their own, and they can lift it
// with their link.
func (s *Service) pauseFor(tx *gorm.DB, record recordRow, now time.Time) (applied, error) {
	closing := Closing{ID: newID(), Kind: string(Paused), ConversationID: record.ConversationID, RecordID: &record.ID, At: now}
	event := newEvent(string(Paused), byPrivacyManager, now)
	event.id = closing.ID // so that a replay knows this pause
	if err := s.changeBy(tx, event, record, Paused, record.Scopes); err != nil {
		return applied{}, err
	}
	if _, err := dropExtension(tx, record.ConversationID); err != nil {
		return applied{}, err
	}
	if err := raise(tx, record.ConversationID); err != nil {
		return applied{}, err
	}
	owed, err := s.owe(tx, closing)
	return applied{owed: owed}, err
}

// endFor ends a consent for good, as a withdrawal does: the event, and all that
// is owed for the conversation.
func (s *Service) endFor(tx *gorm.DB, event newRecordEvent, record recordRow, conversation conversationRow) (Erasure, error) {
	if err := s.changeBy(tx, event, record, State(event.kind), record.Scopes); err != nil {
		return Erasure{}, err
	}
	return s.closeConversation(tx, conversation, Closing{
		Kind: event.kind, ConversationID: conversation.ID, RecordID: &record.ID, At: event.at,
	})
}
