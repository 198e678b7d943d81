package session

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// Answer is what a coach who was asked to lead says, for every round of the series
// that asks it. A coach who says no is out of it, with what they brought, and its
// maker leads. Errors:
// ErrNotFound; ErrState when nothing is asked.
func (s *Service) Answer(ctx context.Context, actor policies.Actor, id uuid.UUID, accept bool) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		first, err := s.allow(ctx, tx, actor, policies.SessionLead, id, false)
		if err != nil {
			return err
		}
		if first.row.Request != Asked || !first.row.State.planned() {
			return ErrState
		}
		var rounds []uuid.UUID
		same := tx.Model(&sessionRow{}).Where("series_id = ? AND leader_id = ? AND request = ? AND state IN ?",
			first.row.SeriesID, actor.ID, Asked, []State{Draft, Preparing})
		if err := same.Order("id").Pluck("id", &rounds).Error; err != nil {
			return err
		}
		for _, round := range rounds {
			if err := s.answer(ctx, tx, actor, round, accept); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Service) answer(ctx context.Context, tx *gorm.DB, actor policies.Actor, id uuid.UUID, accept bool) error {
	seen, err := s.allow(ctx, tx, actor, policies.SessionLead, id, true)
	if err != nil {
		return err
	}
	if seen.row.Request != Asked || !seen.row.State.planned() {
		return ErrState
	}
	seen.row.Request = Accepted
	if !accept {
		seen.row.Request, seen.row.LeaderID = Declined, seen.row.MakerID
		if err := s.takeBack(ctx, tx, seen.circle.broughtBy(actor.ID)...); err != nil {
			return err
		}
		if err := s.keepPeople(ctx, tx, id, []uuid.UUID{actor.ID}, nil); err != nil {
			return err
		}
	}
	return s.raise(tx, &seen.row)
}

// Prepare lets preparing begin: from then on everyone who accepted the agreement may
// look at its fragments. Errors: ErrNotFound, ErrState, *Barred.
func (s *Service) Prepare(ctx context.Context, actor policies.Actor, id uuid.UUID) (Session, error) {
	return s.turn(ctx, actor, policies.SessionPlan, id, func(tx *gorm.DB, seen *sight) error {
		if seen.row.State != Draft {
			return ErrState
		}
		if err := s.bars(ctx, tx, *seen, opening); err != nil {
			return err
		}
		now := s.now()
		seen.row.State, seen.row.OpenedAt = Preparing, &now
		return nil
	})
}

// Cancel ends a session that was not started. Errors: ErrNotFound, ErrState.
func (s *Service) Cancel(ctx context.Context, actor policies.Actor, id uuid.UUID) (Session, error) {
	return s.turn(ctx, actor, policies.SessionPlan, id, func(tx *gorm.DB, seen *sight) error {
		if !seen.row.State.planned() {
			return ErrState
		}
		return s.end(ctx, tx, seen, Cancelled)
	})
}

// Finish ends a session that runs: nobody looks along any more. signal is the line
// about a cause outside the conversation that it leaves, "" for none. Errors:
// ErrNotFound, ErrState, *signal.Invalid.
func (s *Service) Finish(ctx context.Context, actor policies.Actor, id uuid.UUID, signal string) (Session, error) {
	return s.turn(ctx, actor, policies.SessionLead, id, func(tx *gorm.DB, seen *sight) error {
		if seen.row.State != Running {
			return ErrState
		}
		if err := s.Signals.Leave(ctx, tx, signal); err != nil {
			return err
		}
		return s.end(ctx, tx, seen, Finished)
	})
}

// end ends a session, with the cuts that were made for it and what nobody was shown.
// It ends too when its protocol cannot be read any more: then nothing counts as shown.
func (s *Service) end(ctx context.Context, tx *gorm.DB, seen *sight, state State) error {
	shown, err := s.stage(seen.row)
	if err != nil {
		shown = stage{state: seen.row.State}
	}
	if err := shown.deleteUnseen(tx.WithContext(ctx), seen.row.ID, seen.circle.fragments); err != nil {
		return err
	}
	if err := forgetPosted(tx.WithContext(ctx), seen.row.ID); err != nil {
		return err
	}
	now := s.now()
	seen.row.State, seen.row.EndedAt = state, &now
	return s.dropCuts(ctx, tx, slices.Collect(maps.Values(seen.circle.fragments)))
}

// turn changes the state of a session, inside the lock of its row, and has it in
// the audit log.
func (s *Service) turn(ctx context.Context, actor policies.Actor, action policies.Action, id uuid.UUID, do func(tx *gorm.DB, seen *sight) error) (Session, error) {
	var out Session
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, action, id, true)
		if err != nil {
			return err
		}
		if err := do(tx, &seen); err != nil {
			return err
		}
		if err := s.raise(tx, &seen.row); err != nil {
			return err
		}
		if out, err = s.reread(ctx, tx, actor, id); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, entryOf(seen, action, seen.rule, audit.Done))
	})
	return out, err
}

// What bars the way to a state. That one of several fragments closed does not: the
// session goes on without it.
var (
	opening = []ProblemCode{
		ProblemEvaluator, ProblemFewPeople, ProblemManyPeople, ProblemLeader, ProblemRequest, ProblemNoFragment, ProblemOneCase, ProblemNoDate, ProblemTooEarly,
	}
	joining  = []ProblemCode{ProblemEvaluator, ProblemManyPeople}
	starting = []ProblemCode{ProblemEvaluator, ProblemManyPeople, ProblemLeader, ProblemRequest, ProblemNoFragment}
)

// bars are those problems of a session that are among codes, as an error.
func (s *Service) bars(ctx context.Context, tx *gorm.DB, seen sight, codes []ProblemCode) error {
	plan, err := s.plan(seen.row)
	if err != nil {
		return err
	}
	names, err := s.names(ctx, tx, seen.circle)
	if err != nil {
		return err
	}
	there, err := s.shelf(ctx, tx, seen)
	if err != nil {
		return err
	}
	return barred(slices.DeleteFunc(seen.problems(plan, names, there, s.now()), func(p Problem) bool {
		return !slices.Contains(codes, p.Code)
	}))
}
