package review

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// NextStepState is what became of a next step. There is no late and no failed.
type NextStepState string

// The states; each may follow any other.
const (
	NextStepOpen  NextStepState = "open"
	NextStepTried NextStepState = "tried"  // "geprobeerd"
	NextStepLetGo NextStepState = "let_go" // "losgelaten"
)

// Limits of a next step, in characters.
const (
	MaxNextStep = 300
	MaxInsight  = 500
)

// NextStep is the one small thing that someone wants to try, in their own
// words ("voornemen"). It knows of no recording, and not when it was made:
// after an erasure nothing tells which conversation it came from.
type NextStep struct {
	ID      uuid.UUID
	Text    string
	State   NextStepState
	Date    string // YYYY-MM-DD, "" where none is wanted; never overdue
	Insight string // what was noticed when trying
	Version int64
}

// NextStepChange is what changes of a next step; nil leaves it as it is.
type NextStepChange struct {
	Text    *string
	State   *NextStepState
	Date    *string // "" takes it away
	Insight *string
}

func (c NextStepChange) apply(n NextStep) NextStep {
	put(&n.Text, c.Text)
	put(&n.State, c.State)
	put(&n.Date, c.Date)
	put(&n.Insight, c.Insight)
	return n
}

// check finds every fault of a next step.
func (n NextStep) check() error {
	var faults []Fault
	add := func(field, code, detail string) { faults = append(faults, Fault{field, code, detail}) }
	if strings.TrimSpace(n.Text) == "" {
		add("text", "empty", "Write what you want to try.")
	}
	faults = append(faults, checkLine("text", n.Text, MaxNextStep)...)
	faults = append(faults, checkLine("insight", n.Insight, MaxInsight)...)
	if !slices.Contains([]NextStepState{NextStepOpen, NextStepTried, NextStepLetGo}, n.State) {
		add("state", "unknown", "Choose open, tried or let_go.")
	}
	if _, err := time.Parse(time.DateOnly, n.Date); n.Date != "" && err != nil {
		add("date", "format", "A date is written as in 2026-11-03.")
	}
	if faults != nil {
		return &Invalid{faults}
	}
	return nil
}
