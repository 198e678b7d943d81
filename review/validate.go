package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Fault is one thing that is wrong with an input: the field as the contract
// names it, a stable code, and what to do.
type Fault struct{ Field, Code, Detail string }

// Invalid are all faults of an input at once.
type Invalid struct{ Faults []Fault }

func (e *Invalid) Error() string {
	return fmt.Sprintf("review: %d faults in the input", len(e.Faults)) // never the text itself
}

// check finds every fault of a note. durationMs is the film's length, nil
// where its container does not tell.
func (n Note) check(durationMs *int64) error {
	faults := n.checkPlace(durationMs)
	add := func(field, code, detail string) { faults = append(faults, Fault{field, code, detail}) }
	if !slices.Contains(kinds, n.Kind) {
		add("kind", "unknown", "Choose one of the kinds of the contract.")
	}
	if n.Visibility != Self && n.Visibility != Session {
		add("visibility", "unknown", "Choose self or session.")
	}
	if utf8.RuneCountInString(n.Body) > MaxBody {
		add("body", "too_long", fmt.Sprintf("A note is at most %d characters.", MaxBody))
	}
	if !utf8.ValidString(n.Body) {
		add("body", "not_text", "A note is text in UTF-8.")
	}
	if strings.TrimSpace(n.Body) == "" && n.Kind != Moment {
		add("body", "empty", "Write something; only a moment may be without words.")
	}
	if n.Marker != "" && n.Kind != Moment {
		add("marker", "not_moment", "Only a moment has a marker.")
	}
	if n.Marker != "" && !listCode.MatchString(n.Marker) {
		add("marker", "format", "A marker is a code of the moment list, as in weerstand.")
	}
	faults = append(faults, checkTags(n.Tags)...)
	if faults != nil {
		return &Invalid{faults}
	}
	return nil
}

func (n Note) checkPlace(durationMs *int64) (faults []Fault) {
	add := func(field, code, detail string) { faults = append(faults, Fault{field, code, detail}) }
	if n.StartMs < 0 {
		add("startMs", "negative", "A position counts from the film's start: 0 or more.")
	}
	if durationMs != nil && n.StartMs > *durationMs {
		add("startMs", "after_end", fmt.Sprintf("The film ends at %d ms.", *durationMs))
	}
	if n.EndMs != nil && *n.EndMs < n.StartMs {
		add("endMs", "before_start", "An interval ends at or after its start.")
	}
	if n.EndMs != nil && durationMs != nil && *n.EndMs > *durationMs {
		add("endMs", "after_end", fmt.Sprintf("The film ends at %d ms.", *durationMs))
	}
	return faults
}

func checkTags(tags []string) (faults []Fault) {
	if len(tags) > MaxTags {
		faults = append(faults, Fault{"tags", "too_many", fmt.Sprintf("A note has at most %d tags.", MaxTags)})
	}
	for i, tag := range tags {
		if n := utf8.RuneCountInString(tag); n == 0 || n > MaxTag || !utf8.ValidString(tag) {
			faults = append(faults, Fault{fmt.Sprintf("tags[%d]", i), "length", fmt.Sprintf("A tag is 1 to %d characters.", MaxTag)})
		}
	}
	return faults
}
