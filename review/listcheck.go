package review

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a learning list, in entries and characters.
const (
	MaxMoments   = 9 // as many as there are keys
	MaxEntries   = 30
	MaxLabel     = 60
	MaxFormLabel = 200 // a question is a sentence
	MaxLead      = 400
)

// listCode is the form of a code: of a list, an entry, a marker.
var listCode = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// listFaults collects what is wrong with a list, each under its field.
type listFaults struct{ faults []Fault }

func (f *listFaults) add(field, code, detail string) {
	f.faults = append(f.faults, Fault{field, code, detail})
}

// check finds every fault of a list of the kind.
func (c ListContent) check(kind ListKind) error {
	var found listFaults
	found.head(kind, c)
	limit := MaxEntries
	if kind == MomentList {
		limit = MaxMoments
	}
	if n := len(c.Entries); n == 0 || n > limit {
		found.add("entries", "length", fmt.Sprintf("A list has 1 to %d entries.", limit))
	}
	codes, labels := map[string]bool{}, map[string]bool{}
	for i, entry := range c.Entries {
		field := fmt.Sprintf("entries[%d]", i)
		found.entry(field, kind, entry)
		if codes[entry.Code] {
			found.add(field+".code", "taken", "Another entry of the list has this code.")
		}
		name := strings.ToLower(entry.Label.NL)
		if name != "" && labels[name] {
			found.add(field+".label.nl", "taken", "Another entry of the list has this name.")
		}
		codes[entry.Code], labels[name] = true, true
	}
	if found.faults != nil {
		return &Invalid{found.faults}
	}
	return nil
}

// head is what a form has above its entries, and the other lists have not.
func (f *listFaults) head(kind ListKind, c ListContent) {
	switch {
	case kind == FormList && c.Title == nil:
		f.add("title", "required", "Give the form a name.")
	case kind == FormList:
		f.label("title", *c.Title, MaxLabel)
	case c.Title != nil:
		f.add("title", "unknown", "Only a form has a title.")
	}
	switch {
	case kind == FormList && c.Lead != nil:
		f.label("lead", *c.Lead, MaxLead)
	case c.Lead != nil:
		f.add("lead", "unknown", "Only a form has a lead.")
	}
	if kind != FormList && !c.Current {
		f.add("current", "fixed", "Only a form can be put away.")
	}
}

func (f *listFaults) entry(field string, kind ListKind, entry ListEntry) {
	if !listCode.MatchString(entry.Code) {
		f.add(field+".code", "pattern", "A code is 1 to 40 lower-case letters, digits and hyphens, and begins with a letter.")
	}
	limit := MaxLabel
	known := entry.Kind == ""
	if kind == FormList {
		limit = MaxFormLabel
		known = entry.Kind == AskQuestion || entry.Kind == LookBehaviour
	}
	if !known {
		f.add(field+".kind", "unknown", "An entry of a form is a question or a behaviour; other lists have no kinds.")
	}
	f.label(field+".label", entry.Label, limit)
}

// label takes one line of 1 to limit characters; English may be left out.
func (f *listFaults) label(field string, label Label, limit int) {
	f.line(field+".nl", label.NL, limit)
	if label.EN != "" {
		f.line(field+".en", label.EN, limit)
	}
}

func (f *listFaults) line(field, text string, limit int) {
	n := utf8.RuneCountInString(text)
	switch {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		f.add(field, "not_text", "Write one line of text.")
	case n == 0 || n > limit:
		f.add(field, "length", fmt.Sprintf("Write 1 to %d characters.", limit))
	case strings.TrimSpace(text) != text:
		f.add(field, "spaces", "Leave out the spaces before and after.")
	}
}
