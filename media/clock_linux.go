package media

import (
	"time"

	"golang.org/x/sys/unix"
)

// Now implements leaseClock by CLOCK_BOOTTIME, which goes on while the machine
// sleeps: a lease does not outlive a laptop's lid.
func (systemClock) Now() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		return time.Since(started)
	}
	return time.Duration(ts.Nano())
}

// started serves kernels without CLOCK_BOOTTIME (before 2.6.39).
var started = time.Now()
