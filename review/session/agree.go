package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
)

// How an agreement was accepted.
const (
	byOwn  = "own"  // on one's own screen
	byRoom = "room" // said in the room, and recorded by the leader
)

// doNothing: what is there already stays.
var doNothing = clause.OnConflict{DoNothing: true}

// Agree records that the actor accepted the safe-haven agreement of this version.
// Nobody does so for another, but for who is in the room with who leads it, as they
// come (Start, SayPresent). Accepting it twice changes nothing. Errors: ErrNotFound,
// ErrAgreementOld, ErrState once it is over.
func (s *Service) Agree(ctx context.Context, actor policies.Actor, id uuid.UUID, version int) (Session, error) {
	var out Session
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionTakePart, id, true)
		if err != nil {
			return err
		}
		switch {
		case version != AgreementVersion:
			return ErrAgreementOld
		case seen.row.State.over():
			return ErrState
		}
		added, err := s.accept(ctx, tx, seen, actor.ID, byOwn)
		if err != nil {
			return err
		}
		if added {
			if err := s.arrives(tx, seen); err != nil {
				return err
			}
			if err := s.raise(tx, &seen.row); err != nil {
				return err
			}
		}
		out, err = s.reread(ctx, tx, actor, id)
		return err
	})
	return out, err
}

// arrives: at a distance, who accepts the agreement while the session runs is there
// from then on, as those are with whom it began.
func (s *Service) arrives(tx *gorm.DB, seen sight) error {
	if seen.row.State != Running || seen.row.Place != AtDistance {
		return nil
	}
	return personRow{SessionID: seen.row.ID, PersonID: seen.actor.ID}.mark(tx, map[string]any{"present": true})
}

// accept keeps that someone accepted the agreement of now, once; recorded by the
// actor of the sight.
func (s *Service) accept(ctx context.Context, tx *gorm.DB, seen sight, person uuid.UUID, method string) (added bool, err error) {
	row := agreementRow{
		SessionID: seen.row.ID, PersonID: person, Version: AgreementVersion, Method: method, RecordedBy: seen.actor.ID, AcceptedAt: s.now(),
	}
	done := tx.WithContext(ctx).Clauses(doNothing).Create(&row)
	return done.RowsAffected == 1, done.Error
}

// reread is the session as it has become, for an actor who may read it.
func (s *Service) reread(ctx context.Context, tx *gorm.DB, actor policies.Actor, id uuid.UUID) (Session, error) {
	seen, err := s.see(ctx, tx, actor, id, false)
	if err != nil {
		return Session{}, err
	}
	return s.view(ctx, tx, seen)
}
