package session

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"vakspiegel/review/protocol"
	"vakspiegel/review/words"
)

// MaxContribution is how many characters a contribution has at most, and
// MaxContributions how many one person posts in a session.
const (
	MaxContribution  = 4_000
	MaxContributions = 300
)

// Contribution is what someone posted in a session.
type Contribution struct {
	ID        uuid.UUID
	AuthorID  uuid.UUID
	Step      int // in which it was posted; -1 while preparing
	Kind      protocol.Kind
	N         *int   // the fragment it is about
	StartMs   *int64 // of the film, within the fragment; a moment when EndMs is nil
	EndMs     *int64
	ParentID  *uuid.UUID // what it replies to, which is no reply itself
	Body      string
	Version   int64
	CreatedAt time.Time
	UpdatedAt time.Time
	// Changeable and Removable are for its author: as long as its step lasts and
	// it was not revealed, and as long as the session is open.
	Changeable, Removable bool
}

// NewContribution is what someone wants to post. Step is the one that they see: a
// contribution that comes when the step has moved on is not posted in another.
// DraftID is what its author calls it before it has an id, the same for every try to
// post it; nil for none.
type NewContribution struct {
	DraftID        *uuid.UUID
	Step           int
	Kind           protocol.Kind
	N              *int
	StartMs, EndMs *int64
	ParentID       *uuid.UUID
	Body           string
}

// ContributionChange is what its author makes of it. At is where it is from now on,
// in the fragment that it is about; nil leaves it where it was.
type ContributionChange struct {
	Body string
	At   *At
}

// At is a place in a film, in ms: a moment when EndMs is nil, no place when both are.
type At struct {
	StartMs, EndMs *int64
}

// contributionWords are what is sealed of it.
type contributionWords struct {
	Body string `json:"body"`
}

const kindContribution = "contribution"

// subject is whose key the words are under: the recording's they are about, or
// the session's.
func (r contributionRow) subject() uuid.UUID {
	if r.RecordingID != nil {
		return *r.RecordingID
	}
	return r.SessionID
}

func (r *contributionRow) write(body string, texts words.Texts) (err error) {
	r.Sealed, err = words.Seal(texts, kindContribution, words.Place(r.ID, r.Version), contributionWords{body})
	return err
}

func (r contributionRow) read(texts words.Texts) (Contribution, error) {
	w, err := words.Open[contributionWords](texts, kindContribution, words.Place(r.ID, r.Version), r.Sealed)
	if err != nil {
		return Contribution{}, err
	}
	return Contribution{
		ID: r.ID, AuthorID: r.AuthorID, Step: r.Step, Kind: protocol.Kind(r.Kind), N: r.N, StartMs: r.StartMs, EndMs: r.EndMs,
		ParentID: r.ParentID, Body: w.Body, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}, nil
}

// interval is a fragment in its film, in ms; to is nil where nobody knows the end.
type interval struct {
	from int64
	to   *int64
}

func (i interval) holds(at *int64) bool {
	return at == nil || *at >= i.from && (i.to == nil || *at <= *i.to)
}

// check finds every fault of a place, whose fields are named after prefix. within is
// nil for what has no place of its own.
func (at At) check(prefix string, within *interval) (faults []Fault) {
	add := func(field, code, detail string) { faults = append(faults, Fault{prefix + field, code, detail}) }
	if within == nil {
		if at.StartMs != nil || at.EndMs != nil {
			add("startMs", "no_fragment", "Only what is about a fragment, and no reply, has a moment: leave it out.")
		}
		return faults
	}
	if at.EndMs != nil && at.StartMs == nil {
		add("startMs", "missing", "An interval has a start.")
	}
	for _, place := range []struct {
		field string
		at    *int64
	}{{"startMs", at.StartMs}, {"endMs", at.EndMs}} {
		if !within.holds(place.at) {
			add(place.field, "outside", "It lies outside the fragment, which alone is looked at here.")
		}
	}
	if at.StartMs != nil && at.EndMs != nil && *at.EndMs < *at.StartMs {
		add("endMs", "before_start", "An interval ends at or after its start.")
	}
	return faults
}

func checkBody(body string) (faults []Fault) {
	switch {
	case !utf8.ValidString(body):
		faults = append(faults, Fault{"body", "not_text", "It is text in UTF-8."})
	case strings.TrimSpace(body) == "":
		faults = append(faults, Fault{"body", "empty", "Write something."})
	case utf8.RuneCountInString(body) > MaxContribution:
		faults = append(faults, Fault{"body", "too_long", fmt.Sprintf("It is at most %d characters.", MaxContribution)})
	}
	return faults
}

func invalid(faults []Fault) error {
	if faults == nil {
		return nil
	}
	return &Invalid{faults}
}

func (r contributionRow) is(kind protocol.Kind) bool { return r.Kind == string(kind) }
