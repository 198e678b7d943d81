package protocol

import "slices"

// Preparing is the index of the step before the first.
const Preparing = -1

// Role is what someone is in a step.
type Role string

// The roles.
const (
	Owner       Role = "owner"
	Participant Role = "participant"
	LeaderRole  Role = "leader"
)

// RoleOf is the role of who owns what the step is about, or leads the session, or
// neither. Owning goes before leading: see "Roles" in the package's comment.
func RoleOf(owns, leads bool) Role {
	switch {
	case owns:
		return Owner
	case leads:
		return LeaderRole
	}
	return Participant
}

// Step is the step with the index, Preparing for what comes before the first;
// false when there is none.
func (p Protocol) Step(i int) (Step, bool) {
	switch {
	case i == Preparing:
		return Step{
			ID: "prepare", Name: Text{NL: "Voorbereiden", EN: "Prepare"}, Asks: p.Prepare.Asks, Film: FilmAll, Leads: NobodyLeads,
			May: p.Prepare.May, Blind: p.Prepare.Blind, Gate: GateLeader, Refused: p.Prepare.Refused,
		}, true
	case i < 0 || i >= len(p.Steps):
		return Step{}, false
	}
	return p.Steps[i], true
}

// Index is where the step with the id is, Preparing when there is none.
func (p Protocol) Index(id string) int {
	return slices.IndexFunc(p.Steps, func(s Step) bool { return s.ID == id })
}

// CanGo says whether a session can go from one step to the other at all: to the
// first when it starts, and then one on or one back. Whether the gate is open and
// a case was chosen is the session's to know.
func (p Protocol) CanGo(from, to int) bool {
	if to < 0 || to >= len(p.Steps) || from < Preparing || from >= len(p.Steps) {
		return false
	}
	return to == from+1 || to == from-1
}

// Chooses says whether a case must have been chosen before going on from the step.
func (p Protocol) Chooses(i int) bool { return p.Choose != "" && i == p.Index(p.Choose) }

// AboutChosen says whether the step is about the chosen case alone: its owner is
// then the only owner.
func (p Protocol) AboutChosen(i int) bool { return p.Choose != "" && i > p.Index(p.Choose) }

// RevealedBy are the blind steps that a reveal in the step shows, in order and
// with Preparing among them: of a step that reveals, those before it, from its
// beginning; of a blind step itself, once everyone present is ready or the leader
// says so; of any other step none.
func (p Protocol) RevealedBy(i int) []int {
	step, there := p.Step(i)
	switch {
	case !there:
		return nil
	case step.Blind:
		return []int{i}
	case !step.Reveal:
		return nil
	}
	var shown []int
	for before := Preparing; before < i; before++ {
		if earlier, _ := p.Step(before); earlier.Blind {
			shown = append(shown, before)
		}
	}
	return shown
}

// Posts are the kinds that someone in the role can post in the step, none when it
// only asks them to look or listen. The answer is the caller's own.
func (s Step) Posts(role Role) []Kind { return slices.Clone(s.May.to(role)) }

func (k Kinds) to(role Role) []Kind {
	switch role {
	case Owner:
		return k.Owner
	case LeaderRole:
		return k.Leader
	case Participant:
		return k.Participant
	}
	return nil
}

// To is the sentence for the role.
func (a Asks) To(role Role) Text {
	switch role {
	case Owner:
		return a.Owner
	case LeaderRole:
		return a.Leader
	}
	return a.Participant
}

// Asked is what the step asks of someone: one sentence, and a second one of who
// leads and is its owner too.
func (s Step) Asked(owns, leads bool) []Text {
	if owns && leads {
		return []Text{s.Asks.Owner, s.Asks.Leader}
	}
	return []Text{s.Asks.To(RoleOf(owns, leads))}
}

// LeadsFilm says whether someone starts and stops the film for everyone: the
// owner of the fragment that is on, or the leader, as the step says. Nobody does
// where there is no film, where each sees their own, and while preparing.
func (s Step) LeadsFilm(ownsFragment, leads bool) bool {
	if s.Film == FilmNone || s.Film == FilmOwn {
		return false
	}
	return s.Leads == OwnerLeads && ownsFragment || s.Leads == LeaderLeads && leads
}

// Shows says whether a fragment can be on for someone in the step.
func (s Step) Shows(ownsFragment, chosen bool) bool {
	switch s.Film {
	case FilmAll:
		return true
	case FilmOwn:
		return ownsFragment
	case FilmChosen:
		return chosen
	}
	return false
}
