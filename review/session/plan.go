package session

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"vakspiegel/review/protocol"
)

// Limits of a plan, in characters, people and rounds.
const (
	MaxTitle    = 120
	MaxQuestion = 300
	MaxInvited  = protocol.MaxPeople + 1 // a coach on top
	MaxRounds   = 8
)

// Plan is what a session is made of.
type Plan struct {
	Title    string
	Question string
	Protocol string     // its id
	LeaderID *uuid.UUID // nil: the maker
	People   []uuid.UUID
	Place    Place // "": at a distance
	Clock    bool
	StartsAt *time.Time
	Further  []time.Time // when the further rounds of a series begin
	Pieces   []Piece     // of the maker's own; of a series in its first round
}

// check finds every fault of a plan that can be seen without a database.
func (p Plan) check(now time.Time) (faults []Fault) {
	faults = slices.Concat(checkTitle(p.Title), checkLine("learningQuestion", p.Question, MaxQuestion), checkPlace(p.Place), checkInvited(p.People))
	if p.StartsAt != nil {
		faults = append(faults, checkStart("startsAt", *p.StartsAt, now)...)
	}
	if len(p.Further) > 0 && p.StartsAt == nil {
		faults = append(faults, Fault{"startsAt", "missing", "A series says when each of its rounds begins."})
	}
	if len(p.Further) > MaxRounds-1 {
		faults = append(faults, Fault{"furtherRounds", "too_many", fmt.Sprintf("A series has at most %d rounds.", MaxRounds)})
	}
	for _, piece := range p.Pieces {
		faults = append(faults, piece.check()...)
	}
	before := p.StartsAt
	for i, round := range p.Further {
		field := fmt.Sprintf("furtherRounds[%d]", i)
		faults = append(faults, checkStart(field, round, now)...)
		if before != nil && !round.After(*before) {
			faults = append(faults, Fault{field, "order", "Each round begins after the one before it."})
		}
		before = &round
	}
	return faults
}

func checkTitle(title string) []Fault {
	if strings.TrimSpace(title) == "" {
		return []Fault{{"title", "empty", "Give the session a title."}}
	}
	return checkLine("title", title, MaxTitle)
}

// checkLine: text of one line, as it is written on a screen.
func checkLine(field, text string, most int) (faults []Fault) {
	if utf8.RuneCountInString(text) > most {
		faults = append(faults, Fault{field, "too_long", fmt.Sprintf("It is at most %d characters.", most)})
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		faults = append(faults, Fault{field, "not_text", "It is one line of text."})
	}
	return faults
}

func checkPlace(place Place) []Fault {
	if place != "" && place != AtDistance && place != InRoom {
		return []Fault{{"place", "unknown", "Choose distance or room."}}
	}
	return nil
}

func checkInvited(people []uuid.UUID) []Fault {
	if len(people) > MaxInvited {
		return []Fault{{"participantIds", "too_many", fmt.Sprintf("Invite at most %d people.", MaxInvited)}}
	}
	return nil
}

// checkStart: a session is planned ahead, and not for a year that nobody means.
func checkStart(field string, at, now time.Time) []Fault {
	switch {
	case at.Before(now.Add(-time.Hour)):
		return []Fault{{field, "past", "Choose a moment that is still to come."}}
	case at.After(now.AddDate(2, 0, 0)):
		return []Fault{{field, "far", "Choose a moment within two years."}}
	}
	return nil
}

// members are who leads it, and everyone of it.
func (p Plan) members(maker uuid.UUID) (leader uuid.UUID, members []uuid.UUID) {
	leader = maker
	if p.LeaderID != nil {
		leader = *p.LeaderID
	}
	members = append(members, maker, leader)
	return leader, compact(append(members, p.People...))
}

// compact is each of them once, in one order.
func compact(people []uuid.UUID) []uuid.UUID {
	slices.SortFunc(people, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(people)
}
