package review

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// ErrEnough: the recording has as many fragments as the municipality set.
var ErrEnough = errors.New("review: enough fragments")

// Limits of a fragment.
const (
	MinFragmentMs = 1000
	MaxTitle      = 80    // characters
	MaxReason     = 1_000 // characters

	// DefaultFragments is how many fragments a recording has at most: Video
	// Interaction Guidance looks at no more than three moments of a film.
	DefaultFragments = 3
)

// Passage is what its owner writes of a fragment: an interval in ms from the
// film's start, and why it is worth looking at together.
type Passage struct {
	StartMs int64
	EndMs   int64
	Title   string
	Reason  string
}

// Fragment is a passage chosen for later, as it is kept. It is of the
// recording's owner, and nobody else sees it.
type Fragment struct {
	Passage
	ID          uuid.UUID
	RecordingID uuid.UUID
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// PassageChange is what an owner changes of a fragment; nil leaves it as it is.
type PassageChange struct {
	StartMs *int64
	EndMs   *int64
	Title   *string
	Reason  *string
}

func (c PassageChange) apply(p Passage) Passage {
	if c.StartMs != nil {
		p.StartMs = *c.StartMs
	}
	if c.EndMs != nil {
		p.EndMs = *c.EndMs
	}
	if c.Title != nil {
		p.Title = *c.Title
	}
	if c.Reason != nil {
		p.Reason = *c.Reason
	}
	return p
}

// check finds every fault of a passage. durationMs is the film's length, nil
// where its container does not tell.
func (p Passage) check(durationMs *int64) error {
	var faults []Fault
	add := func(field, code, detail string) { faults = append(faults, Fault{field, code, detail}) }
	if p.StartMs < 0 {
		add("startMs", "negative", "A position counts from the film's start: 0 or more.")
	}
	if durationMs != nil && p.StartMs > *durationMs {
		add("startMs", "after_end", fmt.Sprintf("The film ends at %d ms.", *durationMs))
	}
	switch {
	case p.EndMs < p.StartMs:
		add("endMs", "before_start", "A fragment ends after its start.")
	case p.EndMs-p.StartMs < MinFragmentMs:
		add("endMs", "too_short", fmt.Sprintf("A fragment is at least %d ms.", MinFragmentMs))
	}
	if durationMs != nil && p.EndMs > *durationMs {
		add("endMs", "after_end", fmt.Sprintf("The film ends at %d ms.", *durationMs))
	}
	if strings.TrimSpace(p.Title) == "" {
		add("title", "empty", "Give the fragment a title.")
	}
	faults = append(faults, checkText("title", p.Title, MaxTitle)...)
	faults = append(faults, checkText("reason", p.Reason, MaxReason)...)
	if faults != nil {
		return &Invalid{faults}
	}
	return nil
}

func checkText(field, text string, most int) (faults []Fault) {
	if utf8.RuneCountInString(text) > most {
		faults = append(faults, Fault{field, "too_long", fmt.Sprintf("At most %d characters.", most)})
	}
	if !utf8.ValidString(text) {
		faults = append(faults, Fault{field, "not_text", "Send text in UTF-8."})
	}
	return faults
}
