package session

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
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
// themselves (invariant 5). Errors: ErrNotFound.
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
		sessions, err := ended(tx, rows)
		if err != nil {
			return err
		}
		texts, err := s.Keys.Texts(ctx, tx, recordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		said = nil
		for _, session := range sessions {
			now, err := s.stage(session)
			if err != nil {
				return err
			}
			part := Said{SessionID: session.ID, At: *session.StartedAt}
			for _, row := range now.visible(ownerOf(actor.ID, rows), of(session, rows)) {
				one, err := row.read(texts)
				if err != nil {
					return err
				}
				part.Contributions = append(part.Contributions, one)
			}
			if len(part.Contributions) > 0 {
				said = append(said, part)
			}
		}
		return nil
	})
	return said, err
}

// ended are the sessions of these contributions that ran and have ended, the last
// one first.
func ended(tx *gorm.DB, rows []contributionRow) (sessions []sessionRow, err error) {
	var ids []uuid.UUID
	for _, row := range rows {
		if !slices.Contains(ids, row.SessionID) {
			ids = append(ids, row.SessionID)
		}
	}
	err = tx.Where("id IN ? AND state = ? AND started_at IS NOT NULL", ids, Finished).Order("started_at DESC, id").Find(&sessions).Error
	return sessions, err
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
