package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// GoTo leads a session one step on or back, or only points out the case when to is
// the present step. Who asks for the step where they are changes nothing, so that
// a request can be sent again. Going on needs an open gate, and a case where one is
// chosen and any is left. Errors: ErrNotFound, ErrState, ErrAgreement, ErrStepGate, *Invalid for a
// case that is not open.
func (s *Service) GoTo(ctx context.Context, actor policies.Actor, id uuid.UUID, to int, choose *int) error {
	return s.lead(ctx, actor, id, func(tx *gorm.DB, there *attending) error {
		next := there.stage
		var err error
		if choose != nil && !there.already(to, *choose) {
			if next, err = s.chosen(ctx, tx, *there, *choose); err != nil {
				return err
			}
		}
		at, err := s.gate(ctx, tx, *there)
		if err != nil {
			return err
		}
		if next, err = next.move(to, at); err != nil {
			return err
		}
		if next.step == there.stage.step {
			there.stage = next
			return nil
		}
		now := s.now()
		there.stage, there.row.StepBeganAt = next, &now
		// Ready with one step is not ready with the next, nor with this one again.
		return tx.Model(&personRow{}).Where("session_id = ?", id).Update("ready_step", nil).Error
	})
}

// Reveal shows at once, to everyone, what was posted blind in the present step. It
// is never undone. step is the one that the leader sees. Errors: ErrNotFound,
// ErrState, ErrAgreement, ErrStepGate.
func (s *Service) Reveal(ctx context.Context, actor policies.Actor, id uuid.UUID, step int) error {
	return s.lead(ctx, actor, id, func(_ *gorm.DB, there *attending) (err error) {
		if step != there.stage.step {
			return ErrStepGate
		}
		there.stage, err = there.stage.reveal()
		return err
	})
}

// lead changes the stage, inside the lock of the session.
func (s *Service) lead(ctx context.Context, actor policies.Actor, id uuid.UUID, change func(tx *gorm.DB, there *attending) error) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		there, err := s.onStage(ctx, tx, actor, policies.SessionLead, id)
		if err != nil {
			return err
		}
		if err := change(tx, &there); err != nil {
			return err
		}
		before := there.row
		there.stage.put(&there.row)
		if there.row.Step == before.Step && there.row.Revealed == before.Revealed && lessOr(there.row.ChosenN, before.ChosenN) == 0 {
			return nil
		}
		return s.raise(tx, &there.row)
	})
}

// gate asks what the way on depends on. A case that its leader cannot see is none.
func (s *Service) gate(ctx context.Context, tx *gorm.DB, there attending) (gate, error) {
	at := gate{everyone: there.everyone()}
	if !there.stage.protocol.Chooses(there.stage.step) {
		return at, nil
	}
	who, err := s.viewer(ctx, tx, there)
	for _, open := range who.open {
		at.cases = at.cases || open
	}
	return at, err
}

// already: the step and the case are those that are asked for.
func (there attending) already(to, choose int) bool {
	return there.stage.step == to && there.stage.chosen != nil && *there.stage.chosen == choose
}

// chosen points out a case that is open now.
func (s *Service) chosen(ctx context.Context, tx *gorm.DB, there attending, n int) (stage, error) {
	next, err := there.stage.choose(n)
	if err != nil {
		return next, err
	}
	onlooker := there.onlooker(n)
	open, err := s.Looks.OpenTo(ctx, tx, []media.Onlooker{onlooker})
	if err == nil && !open[onlooker] {
		err = &Invalid{[]Fault{{"choose", "unknown", "There is no open fragment with this number."}}}
	}
	return next, err
}
