package session

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type filmRow struct {
	SessionID  uuid.UUID `gorm:"primaryKey"`
	N          int
	PositionMs int64
	Playing    bool
	Rate       float64
	At         time.Time
	ByID       uuid.UUID
	Seq        int64
}

func (filmRow) TableName() string { return "session_films" }

func (r filmRow) film() *Film {
	return &Film{
		Command: Command{N: r.N, PositionMs: r.PositionMs, Playing: r.Playing, Rate: r.Rate},
		At:      r.At.UTC(), ByID: r.ByID, Seq: r.Seq,
	}
}

// putFilm stores how the film stands now; whoever writes last counts, with the
// higher number.
func putFilm(tx *gorm.DB, row filmRow) (filmRow, error) {
	row.Seq = 1
	latest := clause.Assignments(map[string]any{
		"n": row.N, "position_ms": row.PositionMs, "playing": row.Playing, "rate": row.Rate, "at": row.At, "by_id": row.ByID,
		"seq": gorm.Expr("session_films.seq + 1"),
	})
	err := tx.Clauses(
		clause.OnConflict{Columns: []clause.Column{{Name: "session_id"}}, DoUpdates: latest},
		clause.Returning{Columns: []clause.Column{{Name: "seq"}}},
	).Create(&row).Error
	return row, err
}
