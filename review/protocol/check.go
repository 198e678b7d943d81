package protocol

import "fmt"

// check finds what is wrong between fields that are right by themselves. A field
// that was refused already is its zero value, and is not refused twice.
func (s *source) check(p Protocol) {
	if p.People.Max != 0 && p.People.Min > p.People.Max {
		s.at("people.min", "is more than people.max, so no session could open: make it %d or less", p.People.Max)
	}
	if p.People.Max == 1 && p.Leader == PeerLeads {
		s.at("people.max", "is 1 and no coach comes on top, so no session could open: make it 2 or more, or leader coach or any")
	}
	s.checkMinutes(p)
	s.checkChoice(p)
	s.checkIDs(p)
	for i := Preparing; i < len(p.Steps); i++ {
		s.checkStep(p, i)
	}
}

func (s *source) checkMinutes(p Protocol) {
	total := 0
	for _, step := range p.Steps {
		if step.Minutes == 0 {
			return
		}
		total += step.Minutes
	}
	if p.Minutes != 0 && len(p.Steps) > 0 && total != p.Minutes {
		s.at("minutes", "must be %d, the minutes of the steps together", total)
	}
}

func (s *source) checkChoice(p Protocol) {
	if p.Choose == "" {
		return
	}
	i := p.Index(p.Choose)
	switch {
	case p.Cases == OneCase:
		s.at("choose", "is only for cases: several; leave it out, there is one case")
	case i < 0:
		s.at("choose", "must be the id of a step, and no step is %q", p.Choose)
	case i == len(p.Steps)-1:
		s.at("choose", "is the last step, so nothing is done with the choice: choose earlier")
	}
}

func (s *source) checkIDs(p Protocol) {
	first := map[string]int{}
	for i, step := range p.Steps {
		if step.ID == "" {
			continue
		}
		before, taken := first[step.ID]
		switch {
		case taken:
			s.at(field(i, "id"), "is that of steps[%d] too: give each step an id of its own", before)
		case step.ID == "prepare":
			s.at(field(i, "id"), "is kept for preparing: choose another one")
		}
		first[step.ID] = i
	}
}

func (s *source) checkStep(p Protocol, i int) {
	step, _ := p.Step(i)
	if step.Blind && step.Reveal {
		s.at(field(i, "reveal"), "and blind do not go together: let a later step reveal")
		return
	}
	if step.Blind && !p.shown(i) {
		s.at(field(i, "blind"), "is never revealed: %s", remedy(i))
	}
	if step.Reveal && len(p.RevealedBy(i)) == 0 {
		s.at(field(i, "reveal"), "has nothing to show: no step before it is blind")
	}
	if step.Film == FilmChosen && !p.AboutChosen(i) {
		s.at(field(i, "film"), "is chosen, but no case is chosen before this step: name an earlier step in choose, or write all")
	}
	if step.Film == FilmNone && step.Leads != NobodyLeads {
		s.at(field(i, "leads"), "is for a step with film: leave it out, or show film")
	}
	if step.Film == FilmOwn && step.Leads != NobodyLeads {
		s.at(field(i, "leads"), "is for film that all see together: leave it out, each looks at their own")
	}
}

// shown says whether what is posted blind in the step is revealed for certain.
func (p Protocol) shown(i int) bool {
	if i >= 0 && p.Steps[i].Gate == GateReady {
		return true
	}
	for _, later := range p.Steps[i+1:] {
		if later.Reveal {
			return true
		}
	}
	return false
}

func remedy(i int) string {
	if i == Preparing {
		return "write reveal: true at a step"
	}
	return "write gate: ready here, or reveal: true at a later step"
}

func field(i int, key string) string {
	if i == Preparing {
		return "prepare." + key
	}
	return fmt.Sprintf("steps[%d].%s", i, key)
}
