package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// ownBrake is the rule by which an owner takes back what is theirs. It asks for no
// role, no membership and no state: it only takes away.
const ownBrake = "session:own_fragment"

// TakeBack closes a fragment of the actor's own for everyone, at once, in every
// state of the session, and deletes what was said about it. It needs no reason.
// What was taken back already is no error. Errors: ErrNotFound.
func (s *Service) TakeBack(ctx context.Context, actor policies.Actor, id uuid.UUID, n int) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.see(ctx, tx, actor, id, true)
		if err != nil {
			return err
		}
		f, there := seen.circle.fragments[n]
		if !there || f.OwnerID != actor.ID || actor.Kind != policies.ActorPerson {
			return &refusal{entryOf(seen, policies.RecordingBring, "session:not_own", audit.Refused)}
		}
		if f.TakenBackAt != nil {
			return nil
		}
		if err := s.takeBack(ctx, tx, f); err != nil {
			return err
		}
		if err := s.raise(tx, &seen.row); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, broughtEntry(actor, f, policies.RecordingBring, ownBrake))
	})
}

// takeBack closes fragments, with what was said about them and their cuts.
func (s *Service) takeBack(ctx context.Context, tx *gorm.DB, fragments ...fragmentRow) error {
	if err := s.dropCuts(ctx, tx, fragments); err != nil {
		return err
	}
	tx = tx.WithContext(ctx)
	for _, f := range fragments {
		one := tx.Model(&fragmentRow{}).Where("session_id = ? AND n = ?", f.SessionID, f.N)
		if err := one.Updates(map[string]any{"taken_back_at": s.now(), "cut_id": nil}).Error; err != nil {
			return err
		}
		if err := tx.Where("session_id = ? AND n = ?", f.SessionID, f.N).Delete(&contributionRow{}).Error; err != nil {
			return err
		}
	}
	return nil
}

// dropCuts ends the cuts of fragments that nobody is to see any more.
func (s *Service) dropCuts(ctx context.Context, tx *gorm.DB, fragments []fragmentRow) error {
	var cuts []uuid.UUID
	for _, f := range fragments {
		if f.CutID != nil {
			cuts = append(cuts, *f.CutID)
		}
	}
	return s.Looks.DropCuts(ctx, tx, cuts...)
}
