package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// askedFor is how long after a session its owners are offered to write what they
// take along. They can do so later too; nothing is ever late.
const askedFor = 14 * 24 * time.Hour

// fresh: it ended not long ago.
func (r sessionRow) fresh(now time.Time) bool {
	return r.State == Finished && r.EndedAt != nil && now.Sub(*r.EndedAt) < askedFor
}

// takeAlong tells in which of these sessions the actor has an own recording, that
// can be looked back at now, of which they have not said what they take along.
func (s *Service) takeAlong(ctx context.Context, tx *gorm.DB, seen []sight) (map[uuid.UUID]bool, error) {
	var ids, recordings []uuid.UUID
	for _, one := range seen {
		if own := one.ownBrought(); one.row.fresh(s.now()) && len(own) > 0 {
			ids = append(ids, one.row.ID)
			for _, f := range own {
				recordings = append(recordings, f.RecordingID)
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	var said []insightRow
	if err := tx.Select("session_id", "recording_id").Where("session_id IN ?", ids).Find(&said).Error; err != nil {
		return nil, err
	}
	standing, err := s.Looks.Standings(ctx, tx, recordings)
	if err != nil {
		return nil, err
	}
	done := map[[2]uuid.UUID]bool{}
	for _, row := range said {
		done[[2]uuid.UUID{row.SessionID, row.RecordingID}] = true
	}
	asked := map[uuid.UUID]bool{}
	for _, one := range seen {
		for _, f := range one.ownBrought() {
			if one.row.fresh(s.now()) && standing[f.RecordingID].Open && !done[[2]uuid.UUID{f.SessionID, f.RecordingID}] {
				asked[one.row.ID] = true
			}
		}
	}
	return asked, nil
}
