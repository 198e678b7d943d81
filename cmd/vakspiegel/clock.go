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

// jitter is the least difference that counts.
const jitter = 50 * time.Millisecond

// ask takes the database's time over. SQLite's is this machine's own.
func (c *databaseClock) ask(ctx context.Context, db *gorm.DB) error {
	if db.Name() == database.SQLite {
		return nil
	}
	asked := time.Now()
	told, err := consent.DatabaseTime(ctx, db)
	if err != nil {
		return err
	}
	c.take(told, asked, time.Now())
	return nil
}

// take takes over what the database said between asked and answered. Nobody knows
// when within that: a difference that the waiting explains is none, so that an answer
// that was slow to come does not set the clock back.
func (c *databaseClock) take(told, asked, answered time.Time) {
	waited := answered.Sub(asked)
	middle := asked.Add(waited / 2)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.told.IsZero() && c.told.Add(middle.Sub(c.asked)).Sub(told).Abs() < waited/2+jitter {
		return
	}
	c.told, c.asked = told, middle
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
