package review

import (
	"cmp"
	"errors"
	"time"
)

// ErrListChanged: the list has a newer version than the one a change is based on.
var ErrListChanged = errors.New("review: the list changed meanwhile")

// ListKind is what a learning list is for.
type ListKind string

// The kinds. There is one list of moments and one of codes, and any number of forms.
const (
	MomentList ListKind = "moments" // raakmomenten: marked with the keys 1 to 9
	CodeList   ListKind = "codes"   // what a note is about
	FormList   ListKind = "form"    // a kijkwijzer
)

// StandardList is the code of the one list of moments, and of the one of codes.
const StandardList = "standard"

// EntryKind is what an entry of a form asks. There are two, and neither is a
// number, a scale or a score: nobody can make one (invariant 7).
type EntryKind string

// The kinds of entries of a form; a moment or a code has none.
const (
	AskQuestion   EntryKind = "question"  // answered in words
	LookBehaviour EntryKind = "behaviour" // answered with the moments where it was seen
)

// Label is what people read. English may be empty: then Dutch is read.
type Label struct {
	NL string `json:"nl" yaml:"nl"`
	EN string `json:"en,omitempty" yaml:"en"`
}

// Whole is the label with its English, or Dutch in its place.
func (l Label) Whole() Label { return Label{l.NL, cmp.Or(l.EN, l.NL)} }

// ListEntry is a moment, a code, or what a form asks. Its code stays when it is
// renamed.
type ListEntry struct {
	Code  string    `json:"code" yaml:"code"`
	Kind  EntryKind `json:"kind,omitempty" yaml:"kind"`
	Label Label     `json:"label" yaml:"label"`
}

// ListContent is what is published of a list.
type ListContent struct {
	Title   *Label      `json:"title,omitempty" yaml:"title"` // of a form
	Lead    *Label      `json:"lead,omitempty" yaml:"lead"`   // of a form, if it has one
	Current bool        `json:"current" yaml:"current"`       // whether a form can be begun
	Entries []ListEntry `json:"entries" yaml:"entries"`
}

// ListVersion is a list as it was published once. Version 0 came with the
// program; PublishedAt is then nil.
type ListVersion struct {
	ListContent
	Kind        ListKind
	Code        string
	Version     int64
	PublishedAt *time.Time
}

// KnownEntry is an entry of a list, or one that was taken out and is still on
// older notes.
type KnownEntry struct {
	ListEntry
	Current bool
}

// LearningList is the newest version of a list of moments or codes, with what
// was taken out of it behind.
type LearningList struct {
	Version     int64
	PublishedAt *time.Time
	Entries     []KnownEntry
}

// LearningLists are all lists as they apply now.
type LearningLists struct {
	Moments, Codes LearningList
	Forms          []ListVersion // the newest of each, also of those that cannot be begun any more
}
