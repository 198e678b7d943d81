package policies

import "time"

type settings struct{ now func() time.Time }

// Option changes how People or Sessions work.
type Option func(*settings)

// WithClock sets the clock; the default is the system's.
func WithClock(now func() time.Time) Option {
	return func(s *settings) { s.now = now }
}

func apply(options []Option) settings {
	s := settings{now: time.Now}
	for _, option := range options {
		option(&s)
	}
	return s
}

// utc is the clock as the database keeps it: UTC, whole microseconds.
func (s settings) utc() time.Time { return s.now().UTC().Truncate(time.Microsecond) }
