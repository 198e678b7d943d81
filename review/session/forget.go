package session

import (
	"context"
	"errors"
	"slices"

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

// askedAtOnce is how many sessions one round of queries is about.
const askedAtOnce = 500

// Forget lets go of every session whose last recording is gone, closed for good or
// erased: its words go at once, with its key, in every state. Its row goes too,
// unless people are in the middle of it, or expect to be (outlive). A session in
// which everything was taken back goes when it is over; until then its owners can
// bring in another fragment. What a killed program left is done by the next round.
//
// It runs every few seconds, so it asks only about those that something happened to:
// none of their fragments is left, or a recording of theirs is closing.
func (s *Service) Forget(ctx context.Context) error {
	db := s.DB.WithContext(ctx)
	counts := db.Table("session_fragments f").Select("1").
		Where("f.session_id = s.id AND (f.taken_back_at IS NULL OR s.state NOT IN ?)", []State{Finished, Cancelled})
	var due []uuid.UUID
	if err := db.Table("review_sessions s").Where("s.next_n > 1 AND NOT EXISTS (?)", counts).Pluck("s.id", &due).Error; err != nil {
		return err
	}
	closing, err := s.Looks.Closing(ctx, s.DB)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(closing, askedAtOnce) {
		var ids []uuid.UUID
		if err := db.Model(&fragmentRow{}).Where("recording_id IN ?", part).Pluck("session_id", &ids).Error; err != nil {
			return err
		}
		due = append(due, ids...)
	}
	return s.forgetAmong(ctx, compact(due))
}

// forgetAll is Forget that asks about every session: whatever it was that took a
// recording away, its sessions go by the next sweep.
func (s *Service) forgetAll(ctx context.Context) error {
	var errs []error
	for last := uuid.Nil; ; {
		var ids []uuid.UUID
		err := s.DB.WithContext(ctx).Model(&sessionRow{}).Where("id > ?", last).Order("id").Limit(askedAtOnce).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return errors.Join(append(errs, err)...)
		}
		errs = append(errs, s.forgetAmong(ctx, ids))
		last = ids[len(ids)-1]
	}
}

// forgetAmong lets go of those of the sessions that have no recording any more.
func (s *Service) forgetAmong(ctx context.Context, ids []uuid.UUID) error {
	var errs []error
	for part := range slices.Chunk(ids, askedAtOnce) {
		var fragments []fragmentOf
		err := s.DB.WithContext(ctx).Table("review_sessions s").
			Select("s.id AS session_id, s.state, f.recording_id, f.taken_back_at IS NOT NULL AS back").
			Joins("LEFT JOIN session_fragments f ON f.session_id = s.id").
			Where("s.id IN ? AND s.next_n > 1 AND NOT (s.state = ? AND length(s.sealed) = 0)", part, Running).Scan(&fragments).Error
		if err != nil {
			return err
		}
		alive, err := s.alive(ctx, s.DB, fragments)
		if err != nil {
			return err
		}
		seen := map[uuid.UUID]bool{}
		for _, f := range fragments {
			if !alive[f.SessionID] && !seen[f.SessionID] {
				seen[f.SessionID] = true
				errs = append(errs, s.forget(ctx, f.SessionID))
			}
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
//
// The key goes first: whoever erases a recording locks the keys' epoch and then what
// hangs on the recording, which is touched here too.
func (s *Service) outlive(ctx context.Context, tx *gorm.DB, seen *sight) error {
	if !seen.row.emptied() {
		if err := s.Keys.ForgetAll(ctx, tx, []uuid.UUID{seen.row.ID}); err != nil {
			return err
		}
	}
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

// empty takes away what was sealed under the key of a session, which is forgotten.
func (s *Service) empty(ctx context.Context, tx *gorm.DB, seen *sight) error {
	if seen.row.emptied() {
		return nil
	}
	if err := tx.WithContext(ctx).Where("session_id = ?", seen.row.ID).Delete(&contributionRow{}).Error; err != nil {
		return err
	}
	seen.row.Sealed = nil
	return s.raise(tx, &seen.row)
}
