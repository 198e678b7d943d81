package review

import (
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// Limits of a draft: more than of a note, for what is too long to be a note is
// not to be lost either.
const (
	MaxDraftBody = 20_000 // characters
	MaxDraftTime = 40     // characters
)

// Draft is what someone is still typing on a recording. Only they read it.
type Draft struct {
	DraftWords
	ID          uuid.UUID // chosen by who types, theirs on this recording
	RecordingID uuid.UUID
	// AnnotationID is the note that is being changed, and BaseVersion the version
	// of it that was read; nil for a new one, or when that note is gone.
	AnnotationID *uuid.UUID
	BaseVersion  *int64
	Version      int64
	UpdatedAt    time.Time
}

// DraftWords is a note as it stands in the form, right or not.
type DraftWords struct {
	Start    string // as typed: "1:15"
	End      string
	Kind     Kind
	Body     string
	Tags     []string
	Marker   string
	ParentID *uuid.UUID // the note it is to reply to
}

// DraftRef is a draft at a version: the one that a note is saved from.
type DraftRef struct {
	ID      uuid.UUID
	Version int64
}

// check refuses only what can be no form of ours: a draft may be wrong.
func (w DraftWords) check() error {
	var faults []Fault
	long := func(field, text string, most int) {
		if utf8.RuneCountInString(text) > most || !utf8.ValidString(text) {
			faults = append(faults, Fault{field, "too_long", fmt.Sprintf("At most %d characters of text.", most)})
		}
	}
	long("body", w.Body, MaxDraftBody)
	long("start", w.Start, MaxDraftTime)
	long("end", w.End, MaxDraftTime)
	if !slices.Contains(kinds, w.Kind) {
		faults = append(faults, Fault{"kind", "unknown", "Choose one of the kinds of the contract."})
	}
	if w.Marker != "" && !listCode.MatchString(w.Marker) {
		faults = append(faults, Fault{"marker", "format", "A marker is a code of the moment list, as in weerstand."})
	}
	if faults = append(faults, checkTags(w.Tags)...); faults != nil {
		return &Invalid{faults}
	}
	return nil
}
