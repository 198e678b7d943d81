package session

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// Said is what the people of a session that has ended said about a recording, for
// its owner.
type Said struct {
	SessionID     uuid.UUID
	At            time.Time // when it began
	Contributions []Contribution
}

// SaidAbout is what was said about one's own recording in sessions that have
// ended, the last one first: of what was revealed, and what the owner wrote
// themselves (invariant 5). Who evaluates someone of a session by now reads no word
// of it (invariant 1). Errors: ErrNotFound.
func (s *Service) SaidAbout(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) ([]Said, error) {
	var said []Said
	err := s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Looks.Allow(ctx, tx, actor, policies.AnnotationRead, recordingID, actor.ID); err != nil {
			return err
		}
		var rows []contributionRow
		if err := tx.Where("recording_id = ?", recordingID).Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		sessions, err := s.ended(ctx, tx, actor, rows)
		if err != nil {
			return err
		}
		texts, err := s.Keys.Texts(ctx, tx, recordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		said = nil
		for _, seen := range sessions {
			part, err := s.saidIn(seen, rows, texts)
			if err != nil {
				return err
			}
			if len(part.Contributions) > 0 {
				said = append(said, part)
			}
		}
		return nil
	})
	return said, err
}

// saidIn is what the actor of the sight reads of these contributions about their
// recording.
func (s *Service) saidIn(seen sight, rows []contributionRow, texts words.Texts) (Said, error) {
	part := Said{SessionID: seen.row.ID, At: *seen.row.StartedAt}
	now, err := s.stage(seen.row)
	if err != nil {
		return part, err
	}
	for _, row := range now.visible(ownerOf(seen.actor.ID, rows), of(seen.row, rows)) {
		one, err := row.read(texts)
		if err != nil {
			return part, err
		}
		part.Contributions = append(part.Contributions, one)
	}
	return part, nil
}

// ended are the sessions of these contributions that ran and have ended, the last
// one first, as far as the actor may read them.
func (s *Service) ended(ctx context.Context, tx *gorm.DB, actor policies.Actor, rows []contributionRow) ([]sight, error) {
	var ids []uuid.UUID
	for _, row := range rows {
		if !slices.Contains(ids, row.SessionID) {
			ids = append(ids, row.SessionID)
		}
	}
	var sessions []sessionRow
	err := tx.Where("id IN ? AND state = ? AND started_at IS NOT NULL", ids, Finished).Order("started_at DESC, id").Find(&sessions).Error
	if err != nil {
		return nil, err
	}
	return s.readable(ctx, tx, actor, sessions)
}

func of(session sessionRow, rows []contributionRow) (those []contributionRow) {
	for _, row := range rows {
		if row.SessionID == session.ID {
			those = append(those, row)
		}
	}
	slices.SortFunc(those, byPlace)
	return those
}

// ownerOf is the owner before what was said about their recording, which they may
// look back at.
func ownerOf(owner uuid.UUID, rows []contributionRow) viewer {
	who := viewer{id: owner, owns: map[int]bool{}}
	for _, row := range rows {
		who.owns[*row.N] = true
	}
	return who
}
