package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Ready is someone's saying that they are ready with a step, or are not after all.
// Step is the one they see: said too late, it does not count for the next.
type Ready struct {
	Step  int
	Ready bool
	// PersonID is for whom the leader says it: who takes part on paper, or whose
	// connection fell away. Nil: for oneself.
	PersonID *uuid.UUID
	Room     bool // the leader says it for everyone present
}

// SayReady keeps it. When everyone present is ready with a blind step, that step
// is revealed in the same transaction. Errors: ErrNotFound, ErrState, ErrAgreement,
// ErrStepGate, *Invalid.
func (s *Service) SayReady(ctx context.Context, actor policies.Actor, id uuid.UUID, said Ready) error {
	action := policies.SessionTakePart
	if said.Room || said.PersonID != nil && *said.PersonID != actor.ID {
		action = policies.SessionLead
	}
	return s.within(ctx, func(tx *gorm.DB) error {
		there, err := s.onStage(ctx, tx, actor, action, id)
		switch {
		case err != nil:
			return err
		case there.stage.state != Running:
			return ErrState
		case said.Step != there.stage.step:
			return ErrStepGate
		}
		if err := there.sayReady(tx, said); err != nil {
			return err
		}
		return s.settled(tx, there)
	})
}

// sayReady writes it down, in the rows and in the attending.
func (there attending) sayReady(tx *gorm.DB, said Ready) error {
	var step *int
	if said.Ready {
		step = &there.stage.step
	}
	met := false
	for i, person := range there.people {
		if !said.isAbout(person, there.actor.ID) {
			continue
		}
		met = true
		there.people[i].ReadyStep = step
		err := tx.Model(&personRow{}).Where("session_id = ? AND person_id = ?", person.SessionID, person.PersonID).Update("ready_step", step).Error
		if err != nil {
			return err
		}
	}
	if !met {
		return &Invalid{[]Fault{{"personId", "unknown", "Nobody with this id is present."}}}
	}
	return nil
}

func (said Ready) isAbout(person personRow, actor uuid.UUID) bool {
	switch {
	case person.RemovedAt != nil:
		return false
	case said.Room:
		return person.Present
	case said.PersonID == nil || *said.PersonID == actor:
		return person.PersonID == actor
	}
	return person.PersonID == *said.PersonID && person.Present
}

// settled follows a change in who is present or ready: it reveals the step that
// everyone is ready with. The session only moves for others when they may know of
// it: in a blind step nobody learns who is ready (invariant 4).
func (s *Service) settled(tx *gorm.DB, there attending) error {
	next := there.stage.settle(there.everyone())
	if !next.told(next.step) {
		return nil
	}
	next.put(&there.row)
	return s.raise(tx, &there.row)
}
