package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const (
	// PresenceRefresh is how often an open screen says that it is still there.
	PresenceRefresh = 5 * time.Second
	// presenceTerm is after how long a screen that says nothing is gone: its process
	// ended without a word. A screen that closes is gone at once.
	presenceTerm = 12 * time.Second
	// presenceSwept is when what is left of such a screen goes.
	presenceSwept = time.Minute
)

// Screen is someone who has a session open: one stream.
type Screen struct {
	ID                  uuid.UUID
	SessionID, PersonID uuid.UUID
}

type presenceRow struct {
	ID        uuid.UUID `gorm:"primaryKey"`
	SessionID uuid.UUID
	PersonID  uuid.UUID
	SeenAt    time.Time
}

func (presenceRow) TableName() string { return "session_presence" }

// Remain notes that these screens are open now, new ones and old ones, and takes
// out those that nobody has heard of for a minute.
func (s *Service) Remain(ctx context.Context, screens []Screen) error {
	db, now := s.DB.WithContext(ctx), s.now()
	if err := db.Where("seen_at < ?", now.Add(-presenceSwept)).Delete(&presenceRow{}).Error; err != nil || len(screens) == 0 {
		return err
	}
	rows := make([]presenceRow, len(screens))
	for i, screen := range screens {
		rows[i] = presenceRow{screen.ID, screen.SessionID, screen.PersonID, now}
	}
	return db.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{"seen_at"}),
	}).Create(&rows).Error
}

// Arrive notes that a screen opened; everyone who follows the session hears of it.
func (s *Service) Arrive(ctx context.Context, screen Screen) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		row := presenceRow{screen.ID, screen.SessionID, screen.PersonID, s.now()}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return announce(tx, Word{SessionID: screen.SessionID})
	})
}

// Leave notes that a screen closed.
func (s *Service) Leave(ctx context.Context, screen Screen) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("id = ?", screen.ID).Delete(&presenceRow{}).Error; err != nil {
			return err
		}
		return announce(tx, Word{SessionID: screen.SessionID})
	})
}
