package media

import (
	"context"
	"time"
)

// leaseClock measures time that passes, also while the machine sleeps where the
// system can tell. It has no date: only differences mean something.
type leaseClock interface {
	// Now is the time since some fixed moment.
	Now() time.Duration
	// Sleep waits for d by the system's timer, or until ctx ends.
	Sleep(ctx context.Context, d time.Duration) error
	// Deadline is the moment d from now, for a connection's deadline.
	Deadline(d time.Duration) time.Time
}

// systemClock is the clock of this machine.
type systemClock struct{}

// Sleep implements leaseClock.
func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Deadline implements leaseClock.
func (systemClock) Deadline(d time.Duration) time.Time { return time.Now().Add(d) }
