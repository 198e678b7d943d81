package review

import (
	"errors"
	"time"

	"github.com/google/uuid"
)

// Errors of this room.
var (
	// ErrNotFound: no such note or recording for this actor.
	ErrNotFound = errors.New("review: not found")
	// ErrChanged: the note has another version than the one that was read.
	ErrChanged = errors.New("review: changed meanwhile")
)

// Kind is what a note is.
type Kind string

// The kinds.
const (
	Observation Kind = "observation"
	Question    Kind = "question"
	Strength    Kind = "strength"
	Feeling     Kind = "feeling"
	Alternative Kind = "alternative"
	Moment      Kind = "moment" // a mark; it may be without words
)

var kinds = []Kind{Observation, Question, Strength, Feeling, Alternative, Moment}

// Visibility is who else may read a note.
type Visibility string

// The visibilities. Session opens nothing by itself: it takes a session.
const (
	Self    Visibility = "self"
	Session Visibility = "session"
)

// Limits of a note.
const (
	MaxBody = 10_000 // characters
	MaxTags = 20
	MaxTag  = 40 // characters
)

// Undo is how long what was deleted can be put back, and undoGrace how much
// later a request may still be on its way.
const (
	Undo      = 10 * time.Second
	undoGrace = 2 * time.Second
)

// Note is what someone writes: a moment (EndMs nil) or an interval.
type Note struct {
	StartMs    int64 // from the film's start
	EndMs      *int64
	Kind       Kind
	Body       string
	Tags       []string
	Marker     string // of a Moment: its code in the moment list; "" for none
	Visibility Visibility
	// ParentID is the note that this one replies to; nil for none. A reply has
	// its parent's place in the film, whatever place is given with it.
	ParentID *uuid.UUID
}

// Annotation is a note as it is kept.
type Annotation struct {
	Note
	ID          uuid.UUID
	RecordingID uuid.UUID
	AuthorID    uuid.UUID
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Change is what an author changes of a note; nil leaves it as it is.
type Change struct {
	StartMs    *int64
	EndMs      *int64
	Point      bool // EndMs goes: a moment again
	Kind       *Kind
	Body       *string
	Tags       *[]string
	Marker     *string // "" for none
	Visibility *Visibility
}

func (c Change) apply(n Note) Note {
	if c.StartMs != nil {
		n.StartMs = *c.StartMs
	}
	if c.EndMs != nil {
		n.EndMs = c.EndMs
	}
	if c.Point {
		n.EndMs = nil
	}
	if c.Kind != nil {
		n.Kind = *c.Kind
	}
	if c.Body != nil {
		n.Body = *c.Body
	}
	if c.Tags != nil {
		n.Tags = *c.Tags
	}
	if c.Marker != nil {
		n.Marker = *c.Marker
	}
	if c.Visibility != nil {
		n.Visibility = *c.Visibility
	}
	// What is no moment any more has no marker either.
	if n.Kind != Moment && c.Marker == nil {
		n.Marker = ""
	}
	return n
}
