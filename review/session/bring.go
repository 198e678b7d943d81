package session

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review/protocol"
)

// MaxFragments is how many fragments a session can hold at a time.
const MaxFragments = 12

// Piece is what an owner brings in: an interval of their film, or all of it.
type Piece struct {
	RecordingID    uuid.UUID
	StartMs, EndMs int64 // of the film; both 0 for the whole
	Whole          bool
}

// check finds every fault of a piece that can be seen without its film.
func (p Piece) check() []Fault {
	switch {
	case p.Whole && (p.StartMs != 0 || p.EndMs != 0):
		return []Fault{{"whole", "interval", "Send an interval or whole, not both."}}
	case !p.Whole && p.StartMs < 0:
		return []Fault{{"startMs", "negative", "A position counts from the film's start: 0 or more."}}
	case !p.Whole && p.EndMs <= p.StartMs:
		return []Fault{{"endMs", "before_start", "A fragment ends after its start."}}
	}
	return nil
}

// Bring puts a fragment of the actor's own recording into a session that is
// planned, for all of its people. Errors: ErrNotFound, also for a recording that
// is not theirs or closed; ErrState; *Invalid; *Barred of ErrEvaluator, ErrScope,
// ErrSharing or ErrPlan; ErrCuts.
func (s *Service) Bring(ctx context.Context, actor policies.Actor, id uuid.UUID, piece Piece) (Session, error) {
	if faults := piece.check(); faults != nil {
		return Session{}, &Invalid{faults}
	}
	var out Session
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionTakePart, id, true)
		if err != nil {
			return err
		}
		if !seen.row.State.planned() {
			return ErrState
		}
		if err := s.bring(ctx, tx, &seen, piece); err != nil {
			return err
		}
		if err := s.raise(tx, &seen.row); err != nil {
			return err
		}
		out, err = s.reread(ctx, tx, actor, id)
		return err
	})
	return out, err
}

// bring is Bring inside the lock of the session's row.
func (s *Service) bring(ctx context.Context, tx *gorm.DB, seen *sight, piece Piece) error {
	subject, err := s.Looks.Allow(ctx, tx, seen.actor, policies.RecordingBring, piece.RecordingID, seen.actor.ID)
	if err != nil {
		return err
	}
	if err := s.bringable(ctx, tx, *seen, piece.RecordingID); err != nil {
		return err
	}
	row := fragmentRow{SessionID: seen.row.ID, N: seen.row.NextN, RecordingID: piece.RecordingID, OwnerID: seen.actor.ID, BroughtAt: s.now()}
	if !piece.Whole {
		if err := s.order(ctx, tx, &row, piece); err != nil {
			return err
		}
	}
	if err := tx.WithContext(ctx).Create(&row).Error; err != nil {
		return err
	}
	seen.row.NextN++
	seen.circle.fragments[row.N] = row
	return s.Audit.Append(ctx, tx, broughtEntry(seen.actor, row, policies.RecordingBring, subject.Rule))
}

// order has an interval cut: the others are shown that and never the film.
func (s *Service) order(ctx context.Context, tx *gorm.DB, row *fragmentRow, piece Piece) error {
	cut, err := s.Looks.OrderCut(ctx, tx, piece.RecordingID, piece.StartMs, piece.EndMs)
	var invalid *media.InvalidError
	switch {
	case errors.Is(err, media.ErrCutsUnavailable):
		return errors.Join(ErrCuts, err)
	case errors.As(err, &invalid):
		faults := make([]Fault, len(invalid.Faults))
		for i, f := range invalid.Faults {
			faults[i] = Fault{f.Field, f.Code, f.Detail}
		}
		return &Invalid{faults}
	case err != nil:
		return err
	}
	row.StartMs, row.EndMs, row.CutID = piece.StartMs, &piece.EndMs, &cut
	return nil
}

// CutSettled tells the screens of a session that one of its fragments was cut, or
// could not be. A cut of no session is no error.
func (s *Service) CutSettled(ctx context.Context, cut uuid.UUID) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		var ids []uuid.UUID
		if err := tx.Model(&fragmentRow{}).Where("cut_id = ?", cut).Limit(1).Pluck("session_id", &ids).Error; err != nil || len(ids) == 0 {
			return err
		}
		seen, err := s.see(ctx, tx, policies.Actor{Kind: policies.ActorSystem}, ids[0], true)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return s.raise(tx, &seen.row)
	})
}

// bringable says what keeps a recording of the actor's from being looked at by
// everyone of the session.
func (s *Service) bringable(ctx context.Context, tx *gorm.DB, seen sight, recording uuid.UUID) error {
	standings, err := s.Looks.Standings(ctx, tx, []uuid.UUID{recording})
	if err != nil {
		return err
	}
	names, err := s.names(ctx, tx, seen.circle)
	if err != nil {
		return err
	}
	plan, err := s.plan(seen.row)
	if err != nil {
		return err
	}
	owner, now := seen.actor.ID, standings[recording]
	var problems []Problem
	for _, pair := range seen.circle.evaluations() {
		if pair.OwnerID == owner {
			problems = append(problems, Problem{Code: ProblemEvaluator, PersonName: names[pair.ActorID], OwnerName: names[owner]})
		}
	}
	if !now.SharingOpen {
		problems = append(problems, Problem{Code: ProblemCoolingOff, OwnerName: names[owner]})
	}
	if len(missing(seen.circle.needs(owner), now.Scopes)) > 0 {
		problems = append(problems, Problem{Code: ProblemScope, OwnerName: names[owner]})
	}
	if owners := seen.circle.owners(); plan.Cases == protocol.OneCase && len(owners) > 0 && !slices.Contains(owners, owner) {
		problems = append(problems, Problem{Code: ProblemOneCase})
	}
	if len(problems) == 0 && seen.circle.brought() >= MaxFragments {
		return &Invalid{[]Fault{{"recordingId", "too_many", "A session holds twelve fragments at most. Take one back first."}}}
	}
	return barred(problems)
}

// broughtEntry is written in the chain of the recording: it is what its owner did
// with it.
func broughtEntry(actor policies.Actor, f fragmentRow, action policies.Action, rule string) audit.Entry {
	return audit.Entry{
		ActorKind: string(actor.Kind), ActorID: actor.ID.String(), Action: string(action), Rule: rule, Result: audit.Done,
		ObjectKind: string(policies.Recording), ObjectID: f.RecordingID.String(), ChainID: f.RecordingID.String(),
		FromMs: &f.StartMs, ToMs: f.EndMs,
	}
}
