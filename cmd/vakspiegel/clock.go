package main

import (
	"context"
	"sync"
	"time"

	"gorm.io/gorm"

	"vakspiegel/cmd/database"
	"vakspiegel/consent"
)

// databaseClock is every room's clock: the database's, so that of several
// servers one with a wrong clock stamps, keeps and deletes like the others. In
// between it goes on by time that passes, which setting a clock does not change.
// What ends by a term asks the database itself (consent.DatabaseTime).
type databaseClock struct {
	mu          sync.Mutex
	told, asked time.Time // what the database said, and when that was
}

// jitter is how much a question and its answer may take: less is no difference.
const jitter = 50 * time.Millisecond

// ask takes the database's time over. SQLite's is this machine's own.
func (c *databaseClock) ask(ctx context.Context, db *gorm.DB) error {
	if db.Name() == database.SQLite {
		return nil
	}
	told, err := consent.DatabaseTime(ctx, db)
	if err != nil {
		return err
	}
	now := c.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.told.IsZero() && now.Sub(told).Abs() < jitter {
		return nil
	}
	c.told, c.asked = told, time.Now()
	return nil
}

// Now is the time; the machine's own until the database has told it once.
func (c *databaseClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told.IsZero() {
		return time.Now()
	}
	return c.told.Add(time.Since(c.asked))
}
