package session

import (
	"context"

	"github.com/google/uuid"

	"vakspiegel/consent"
)

// Marks tell whether a session of these people changed, without reading them
// (consent.Mark). Who is in none is not in the answer.
func (s *Service) Marks(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]consent.Mark, error) {
	var rows []struct {
		PersonID uuid.UUID
		Mark     consent.Mark `gorm:"embedded"`
	}
	err := s.DB.WithContext(ctx).Table("session_people p").Joins("JOIN review_sessions s ON s.id = p.session_id").
		Select("p.person_id, COUNT(*) AS count, SUM(s.version) AS versions, MAX(p.added_at) AS newest").
		Where("p.person_id IN ? AND p.removed_at IS NULL", people).Group("p.person_id").Scan(&rows).Error
	marks := make(map[uuid.UUID]consent.Mark, len(rows))
	for _, row := range rows {
		marks[row.PersonID] = row.Mark
	}
	return marks, err
}

// Versions are the sessions that each of these people may read, with their
// versions: exactly those that List gives.
func (s *Service) Versions(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]map[uuid.UUID]int64, error) {
	var rows []struct {
		PersonID  uuid.UUID
		SessionID uuid.UUID
		Version   int64
	}
	err := s.DB.WithContext(ctx).Table("session_people p").Joins("JOIN review_sessions s ON s.id = p.session_id").
		Select("p.person_id, p.session_id, s.version").Where("p.person_id IN ? AND p.removed_at IS NULL", people).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.SessionID
	}
	circles, err := (Roster{s.People}).circles(ctx, s.DB, compact(ids))
	if err != nil {
		return nil, err
	}
	versions := map[uuid.UUID]map[uuid.UUID]int64{}
	for _, row := range rows {
		circle, there := circles[row.SessionID]
		if !there || !s.reads(circle, row.PersonID) {
			continue
		}
		if versions[row.PersonID] == nil {
			versions[row.PersonID] = map[uuid.UUID]int64{}
		}
		versions[row.PersonID][row.SessionID] = row.Version
	}
	return versions, nil
}
