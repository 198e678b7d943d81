package signal

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Term is how many months a signal is kept at most, the one it was left in not
// counted.
const Term = 24

// Limits, in characters.
const (
	MaxText       = 500
	MaxAnswer     = 500
	MaxFollowedBy = 100
)

// State is what became of a signal.
type State string

// The states; each may follow any other.
const (
	Open     State = "open"
	PickedUp State = "picked_up" // "opgepakt"
	Done     State = "done"
)

// Signal is a cause outside a conversation.
type Signal struct {
	ID         uuid.UUID
	Month      string // YYYY-MM, UTC
	Text       string
	State      State
	Answer     string // "" until a keeper wrote one
	FollowedBy string // who follows it up, in a keeper's words
	Version    int64
}

// Change is what changes of a signal; nil leaves it as it is. The line itself
// never changes.
type Change struct {
	State      *State
	Answer     *string
	FollowedBy *string
}

func (c Change) apply(s Signal) Signal {
	if c.State != nil {
		s.State = *c.State
	}
	if c.Answer != nil {
		s.Answer = line(*c.Answer)
	}
	if c.FollowedBy != nil {
		s.FollowedBy = line(*c.FollowedBy)
	}
	return s
}

// The errors of this room.
var (
	// ErrNotFound: there is no such signal.
	ErrNotFound = errors.New("signal: not found")
	// ErrChanged: someone was first; nothing was stored.
	ErrChanged = errors.New("signal: changed meanwhile")
)

// Fault is one thing that is wrong with the input.
type Fault struct{ Field, Code, Detail string }

// Invalid is every fault of the input at once.
type Invalid struct{ Faults []Fault }

// Error says nothing of what was sent.
func (e *Invalid) Error() string { return fmt.Sprintf("signal: %d faults in the input", len(e.Faults)) }

// check finds every fault of a signal.
func (s Signal) check() error {
	var faults []Fault
	for _, field := range []struct {
		name, text string
		most       int
	}{{"signal", s.Text, MaxText}, {"answer", s.Answer, MaxAnswer}, {"followedBy", s.FollowedBy, MaxFollowedBy}} {
		if utf8.RuneCountInString(field.text) > field.most {
			faults = append(faults, Fault{field.name, "too_long", fmt.Sprintf("It is at most %d characters.", field.most)})
		}
		if !utf8.ValidString(field.text) {
			faults = append(faults, Fault{field.name, "not_text", "It is text in UTF-8."})
		}
	}
	if !slices.Contains([]State{Open, PickedUp, Done}, s.State) {
		faults = append(faults, Fault{"state", "unknown", "Choose open, picked_up or done."})
	}
	if faults != nil {
		return &Invalid{faults}
	}
	return nil
}

// line makes one line of what was typed.
func line(text string) string { return strings.Join(strings.Fields(text), " ") }

// monthOf is the month of a moment, as it is kept.
func monthOf(at time.Time) string { return at.UTC().Format("2006-01") }

// oldest is the oldest month that is kept at a moment.
func oldest(at time.Time) string {
	at = at.UTC()
	return monthOf(time.Date(at.Year(), at.Month()-Term, 1, 0, 0, 0, 0, time.UTC))
}
