package session

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// fragmentOf is a fragment with what decides whether its session goes.
type fragmentOf struct {
	SessionID   uuid.UUID
	RecordingID *uuid.UUID // nil: none of its fragments is left
	Back        bool       // taken back
	State       State
}

// Forget lets go of every session whose last recording is gone, closed for good or
// erased: its words go at once, with its key, in every state. Its row goes too,
// unless people are in the middle of it, or expect to be (outlive). A session in
// which everything was taken back goes when it is over; until then its owners can
// bring in another fragment. What a killed program left is done by the next round.
func (s *Service) Forget(ctx context.Context) error {
	var fragments []fragmentOf
	err := s.DB.WithContext(ctx).Table("review_sessions s").
		Select("s.id AS session_id, s.state, f.recording_id, f.taken_back_at IS NOT NULL AS back").
		Joins("LEFT JOIN session_fragments f ON f.session_id = s.id").
		Where("s.next_n > 1 AND NOT (s.state = ? AND length(s.sealed) = 0)", Running).Scan(&fragments).Error
	if err != nil || len(fragments) == 0 {
		return err
	}
	alive, err := s.alive(ctx, s.DB, fragments)
	if err != nil {
		return err
	}
	seen, errs := map[uuid.UUID]bool{}, []error(nil)
	for _, f := range fragments {
		if !alive[f.SessionID] && !seen[f.SessionID] {
			seen[f.SessionID] = true
			errs = append(errs, s.forget(ctx, f.SessionID))
		}
	}
	return errors.Join(errs...)
}

// alive are the sessions that still have a recording.
func (s *Service) alive(ctx context.Context, db *gorm.DB, fragments []fragmentOf) (map[uuid.UUID]bool, error) {
	var recordings []uuid.UUID
	for _, f := range fragments {
		if f.RecordingID != nil {
			recordings = append(recordings, *f.RecordingID)
		}
	}
	standings, err := s.Looks.Standings(ctx, db, compact(recordings))
	if err != nil {
		return nil, err
	}
	alive := map[uuid.UUID]bool{}
	for _, f := range fragments {
		if f.RecordingID == nil || f.Back && f.State.over() {
			continue
		}
		if now, there := standings[*f.RecordingID]; there && !now.Gone {
			alive[f.SessionID] = true
		}
	}
	return alive, nil
}

// forget looks once more, under the lock, and lets go of the session.
func (s *Service) forget(ctx context.Context, id uuid.UUID) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.see(ctx, tx, policies.Actor{Kind: policies.ActorSystem}, id, true)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		var fragments []fragmentOf
		for _, f := range seen.circle.fragments {
			fragments = append(fragments, fragmentOf{id, &f.RecordingID, f.TakenBackAt != nil, seen.row.State})
		}
		alive, err := s.alive(ctx, tx, fragments)
		if err != nil || alive[id] {
			return err
		}
		return s.outlive(ctx, tx, &seen)
	})
}

// outlive takes the words of a session whose last recording is gone, and its row
// unless people still need it: who is in the middle of it goes on without, with
// nothing left but who they are and which step they are at, until it ends; and who
// was asked to it hears first that it is off (lettersDue).
func (s *Service) outlive(ctx context.Context, tx *gorm.DB, seen *sight) error {
	if seen.row.State == Running {
		return s.empty(ctx, tx, seen)
	}
	if seen.row.State == Preparing {
		if err := s.close(ctx, tx, seen, Cancelled, "session:last_recording"); err != nil {
			return err
		}
	}
	due, err := s.lettersDue(tx, seen.row.ID)
	if err != nil {
		return err
	}
	if due {
		return s.empty(ctx, tx, seen)
	}
	return s.drop(ctx, tx, seen.row.ID)
}

// empty destroys the key of a session and what was sealed under it.
func (s *Service) empty(ctx context.Context, tx *gorm.DB, seen *sight) error {
	if seen.row.emptied() {
		return nil
	}
	if err := s.Keys.ForgetAll(ctx, tx, []uuid.UUID{seen.row.ID}); err != nil {
		return err
	}
	if err := tx.WithContext(ctx).Where("session_id = ?", seen.row.ID).Delete(&contributionRow{}).Error; err != nil {
		return err
	}
	seen.row.Sealed = nil
	return s.raise(tx, &seen.row)
}
