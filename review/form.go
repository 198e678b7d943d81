package review

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Perspective is whose view a filled form is. The three lead questions go to
// professional, citizen and coach apart, under the same codes, so that the three
// can be laid side by side.
type Perspective string

// The perspectives. For now only the professional fills in a form here.
const (
	ProfessionalView Perspective = "professional"
	CitizenView      Perspective = "citizen"
	CoachView        Perspective = "coach"
)

// Limits of an answer.
const (
	MaxAnswer      = 5_000 // characters
	MaxAnswerSeens = 20
)

// Seen is where in the film something was seen: a moment (EndMs nil) or an
// interval, in ms from its start.
type Seen struct {
	StartMs int64  `json:"startMs"`
	EndMs   *int64 `json:"endMs,omitempty"`
}

// Answer is what someone answered to one entry of a form.
type Answer struct {
	Code    string `json:"code"` // of the entry
	Text    string `json:"text,omitempty"`
	Moments []Seen `json:"moments,omitempty"` // only to a behaviour
}

func (a Answer) empty() bool { return a.Text == "" && len(a.Moments) == 0 }

// Form is an observation form as someone fills it in, on the version of its
// template that it was begun with.
type Form struct {
	ID          uuid.UUID
	RecordingID uuid.UUID
	AuthorID    uuid.UUID
	Perspective Perspective
	Template    ListVersion
	Answers     []Answer // in the order of the template; what is not answered is not there
	Visibility  Visibility
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// FormChange is what an author changes. Each answer replaces the one under its
// code; an empty one takes it away; others stay.
type FormChange struct {
	Answers    []Answer
	Visibility *Visibility // nil leaves it as it is
}

// apply puts the changed answers among those that were there.
func (c FormChange) apply(answers []Answer, template ListVersion) []Answer {
	byCode := map[string]Answer{}
	for _, answer := range slices.Concat(answers, c.Answers) {
		byCode[answer.Code] = answer
	}
	kept := []Answer{}
	for _, entry := range template.Entries {
		if answer, there := byCode[entry.Code]; there && !answer.empty() {
			kept = append(kept, answer)
		}
	}
	return kept
}

// check finds every fault of a change to a form of the template.
func (c FormChange) check(template ListVersion, durationMs *int64) error {
	var faults []Fault
	if c.Visibility != nil && *c.Visibility != Self && *c.Visibility != Session {
		faults = append(faults, Fault{"visibility", "unknown", "Choose self or session."})
	}
	asked := map[string]EntryKind{}
	for _, entry := range template.Entries {
		asked[entry.Code] = entry.Kind
	}
	seen := map[string]bool{}
	for i, answer := range c.Answers {
		field := fmt.Sprintf("answers[%d]", i)
		kind, known := asked[answer.Code]
		switch {
		case !known:
			faults = append(faults, Fault{field + ".code", "unknown", "The form asks nothing under this code."})
		case seen[answer.Code]:
			faults = append(faults, Fault{field + ".code", "taken", "There is another answer under this code."})
		}
		seen[answer.Code] = true
		faults = append(faults, answer.check(field, kind, durationMs)...)
	}
	if faults != nil {
		return &Invalid{faults}
	}
	return nil
}

func (a Answer) check(field string, kind EntryKind, durationMs *int64) (faults []Fault) {
	if utf8.RuneCountInString(a.Text) > MaxAnswer {
		faults = append(faults, Fault{field + ".text", "too_long", fmt.Sprintf("An answer is at most %d characters.", MaxAnswer)})
	}
	if !utf8.ValidString(a.Text) {
		faults = append(faults, Fault{field + ".text", "not_text", "An answer is text in UTF-8."})
	}
	if kind == AskQuestion && len(a.Moments) > 0 {
		faults = append(faults, Fault{field + ".moments", "not_behaviour", "A question is answered in words alone."})
	}
	if len(a.Moments) > MaxAnswerSeens {
		faults = append(faults, Fault{field + ".moments", "too_many", fmt.Sprintf("At most %d moments.", MaxAnswerSeens)})
	}
	for j, moment := range a.Moments {
		for _, fault := range (Note{StartMs: moment.StartMs, EndMs: moment.EndMs}).checkPlace(durationMs) {
			fault.Field = fmt.Sprintf("%s.moments[%d].%s", field, j, fault.Field)
			faults = append(faults, fault)
		}
	}
	return faults
}
