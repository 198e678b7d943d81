package consent

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// DatabaseTime asks the database what time it is: the one clock that all
// processes share, so that a server whose own clock is wrong keeps nothing
// longer and erases nothing earlier (trust.md 6). UTC, in microseconds.
func DatabaseTime(ctx context.Context, db *gorm.DB) (time.Time, error) {
	var at time.Time
	var err error
	if db = db.WithContext(ctx); db.Name() == "sqlite" {
		var written string
		if err = db.Raw("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')").Scan(&written).Error; err == nil {
			at, err = time.Parse(time.RFC3339, written)
		}
	} else {
		err = db.Raw("SELECT clock_timestamp()").Scan(&at).Error
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("the database's clock: %w", err)
	}
	return at.UTC().Truncate(time.Microsecond), nil
}

// date is the time that terms begin and end by. It is asked inside tx where
// one is open, and otherwise of s.DB.
func (s *Service) date(ctx context.Context, tx *gorm.DB) (time.Time, error) {
	at, err := s.Date(ctx, tx)
	return at.UTC().Truncate(time.Microsecond), err
}
