//go:build !linux

package media

import "time"

// started is what Now counts from; Go reads a monotonic clock with it.
var started = time.Now()

// Now implements leaseClock. The clock may stop while the machine sleeps: run a
// production server on Linux.
func (systemClock) Now() time.Duration { return time.Since(started) }
