package session

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// How long a session waits for someone to end it.
const (
	runsAtMost  = 24 * time.Hour      // after it began
	waitsAtMost = 7 * 24 * time.Hour  // preparing, after the moment it was to begin
	draftAtMost = 60 * 24 * time.Hour // without a fragment, after its last change
)

// termRule is the rule by which a session ends that nobody ended.
const termRule = "session:term"

// sweepBatch is how many sessions one round ends; the next one does the rest.
const sweepBatch = 100

// Sweep ends what nobody ended: a session that runs for a day, one that was to
// begin a week ago, and a plan without fragments that nobody touched for 60 days,
// which goes with its key. The clock is the database's.
func (s *Service) Sweep(ctx context.Context) error {
	now := s.now()
	return errors.Join(
		s.sweep(ctx, Running, "started_at", now.Add(-runsAtMost), func(tx *gorm.DB, seen *sight) error { return s.close(ctx, tx, seen, Finished, termRule) }),
		s.sweep(ctx, Preparing, "starts_at", now.Add(-waitsAtMost), func(tx *gorm.DB, seen *sight) error { return s.close(ctx, tx, seen, Cancelled, termRule) }),
		s.sweep(ctx, Draft, "updated_at", now.Add(-draftAtMost), s.dropEmpty(ctx)),
		s.sweep(ctx, Cancelled, "updated_at", now.Add(-draftAtMost), s.dropEmpty(ctx)),
		s.forgetAll(ctx),
	)
}

// sweep does something to each session in a state whose time came, under its lock.
func (s *Service) sweep(ctx context.Context, state State, column string, before time.Time, do func(tx *gorm.DB, seen *sight) error) error {
	due := func(db *gorm.DB) *gorm.DB {
		return db.Model(&sessionRow{}).Where("state = ?", state).Where(clause.Lte{Column: column, Value: before})
	}
	var ids []uuid.UUID
	if err := due(s.DB.WithContext(ctx)).Order("id").Limit(sweepBatch).Pluck("id", &ids).Error; err != nil {
		return err
	}
	var errs []error
	for _, id := range ids {
		errs = append(errs, s.within(ctx, func(tx *gorm.DB) error {
			seen, err := s.see(ctx, tx, policies.Actor{Kind: policies.ActorSystem}, id, true)
			if errors.Is(err, ErrNotFound) {
				return nil
			}
			var still int64
			if err == nil {
				err = due(tx).Where("id = ?", id).Count(&still).Error
			}
			if err != nil || still == 0 {
				return err
			}
			return do(tx, &seen)
		}))
	}
	return errors.Join(errs...)
}

// close ends a session on the program's own account, by a rule of its own.
func (s *Service) close(ctx context.Context, tx *gorm.DB, seen *sight, state State, rule string) error {
	if err := s.end(ctx, tx, seen, state); err != nil {
		return err
	}
	if err := s.raise(tx, &seen.row); err != nil {
		return err
	}
	return s.Audit.Append(ctx, tx, audit.Entry{
		ActorKind: string(policies.ActorSystem), Action: string(policies.SessionPlan), ObjectKind: string(policies.Session),
		ObjectID: seen.row.ID.String(), Rule: rule, Result: audit.Done,
	})
}

// dropEmpty forgets a session in which no fragment is.
func (s *Service) dropEmpty(ctx context.Context) func(tx *gorm.DB, seen *sight) error {
	return func(tx *gorm.DB, seen *sight) error {
		if seen.circle.brought() > 0 {
			return nil
		}
		return s.drop(ctx, tx, seen.row.ID)
	}
}

// drop forgets the key of a session and deletes its row, with all that hangs on it.
func (s *Service) drop(ctx context.Context, tx *gorm.DB, id uuid.UUID) error {
	if err := s.Keys.ForgetAll(ctx, tx, []uuid.UUID{id}); err != nil {
		return err
	}
	return tx.WithContext(ctx).Where("id = ?", id).Delete(&sessionRow{}).Error
}
