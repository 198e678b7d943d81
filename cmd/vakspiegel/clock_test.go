package main

import (
	"testing"
	"time"
)

// An answer of the database that was slow to come tells less of the time: what the
// waiting explains does not set the clock, and a wrong clock is set all the same.
func TestAnAnswerThatWasSlowToComeDoesNotSetTheClock(t *testing.T) {
	var c databaseClock
	ahead := func(want time.Duration, when string) {
		t.Helper()
		if off := (time.Until(c.Now()) - want).Abs(); off > 80*time.Millisecond { // a busy machine counts as well
			t.Errorf("%s: the clock is %v off", when, off)
		}
	}
	says := func(ahead, before, after time.Duration) { // so long before and after the database looked
		at := time.Now()
		c.take(at.Add(ahead), at.Add(-before), at.Add(after))
	}
	says(3*time.Minute, time.Millisecond, time.Millisecond)
	ahead(3*time.Minute, "the database is three minutes ahead")
	says(3*time.Minute, 0, 4*time.Second)
	ahead(3*time.Minute, "its answer took four seconds to come")
	says(3*time.Minute, 4*time.Second, 0)
	ahead(3*time.Minute, "the question took four seconds to come")
	says(time.Minute, time.Second, time.Second)
	ahead(time.Minute, "the clock was wrong, and the answer slow")
	says(time.Minute+100*time.Millisecond, time.Millisecond, time.Millisecond)
	ahead(time.Minute+100*time.Millisecond, "a little wrong")
}
