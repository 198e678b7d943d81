package consent

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Mark tells whether anything of a person's rows changed, without reading them:
// a change raises the sum of the versions, a row that goes lowers the count, and
// one that comes is the newest.
type Mark struct {
	Count    int64
	Versions int64
	Newest   string // a time, in the database's own words
}

// Marks are the marks of the present conversations of these people: what is the
// same as before needs no Versions. Who has none is not in the answer.
func (s *Service) Marks(ctx context.Context, ownerIDs []uuid.UUID) (map[uuid.UUID]Mark, error) {
	return MarksOf(ctx, s.DB, conversationRow{}.TableName(), ownerIDs)
}

// MarksOf reads the marks of a table with owner_id, version, created_at and
// closed_at. Other rooms mark their rows with it too.
func MarksOf(ctx context.Context, db *gorm.DB, table string, ownerIDs []uuid.UUID) (map[uuid.UUID]Mark, error) {
	var rows []struct {
		OwnerID uuid.UUID
		Mark    Mark `gorm:"embedded"`
	}
	err := db.WithContext(ctx).Table(table).
		Select("owner_id, COUNT(*) AS count, SUM(version) AS versions, MAX(created_at) AS newest").
		Where("owner_id IN ? AND closed_at IS NULL", ownerIDs).Group("owner_id").Find(&rows).Error
	marks := make(map[uuid.UUID]Mark, len(rows))
	for _, row := range rows {
		marks[row.OwnerID] = row.Mark
	}
	return marks, err
}
