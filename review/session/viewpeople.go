package session

import (
	"slices"

	"github.com/google/uuid"

	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// planned: its people, fragments and date can still change.
func (s State) planned() bool { return s == Draft || s == Preparing }

func (r sessionRow) partOf(person uuid.UUID) MemberPart {
	switch person {
	case r.MakerID:
		return PartMaker
	case r.LeaderID:
		return PartLeader
	}
	return PartParticipant
}

// ready says whether someone is ready with the present step.
func (r personRow) ready(step int) bool { return r.ReadyStep != nil && *r.ReadyStep == step }

// everyoneReady: who is there, and not only on paper, said so.
func (seen sight) everyoneReady() bool {
	there := 0
	for _, person := range seen.people {
		if person.RemovedAt != nil || !person.Present {
			continue
		}
		there++
		if !person.ready(seen.row.Step) {
			return false
		}
	}
	return there > 0
}

// members are those who are in it. In a blind step that was not revealed nobody
// knows who is ready (invariant 4).
func (seen sight) members(names called, plan protocol.Protocol, revealed []int) (members []Member) {
	step, _ := plan.Step(seen.row.Step)
	hidden := step.Blind && !slices.Contains(revealed, seen.row.Step)
	for _, person := range seen.people {
		if person.RemovedAt != nil {
			continue
		}
		member := Member{
			Named: names.of(person.PersonID), Part: seen.row.partOf(person.PersonID), Agreed: seen.circle.agreed[person.PersonID],
			Present: person.Present, OnPaper: person.OnPaper,
		}
		if ready := person.ready(seen.row.Step); !hidden {
			member.Ready = &ready
		}
		members = append(members, member)
	}
	return members
}

// me is what the actor is in it.
func (seen sight) me(plan protocol.Protocol) Me {
	id := seen.actor.ID
	me := Me{Part: seen.row.partOf(id), Leads: seen.row.LeaderID == id, Agreed: seen.circle.agreed[id]}
	for _, person := range seen.people {
		if person.PersonID == id && person.RemovedAt == nil {
			me.Ready = person.ready(seen.row.Step)
		}
	}
	for n, f := range seen.circle.fragments {
		if f.OwnerID == id && f.TakenBackAt == nil {
			me.Owns = append(me.Owns, n)
		}
	}
	slices.Sort(me.Owns)
	step, there := plan.Step(seen.row.Step)
	if !there || !seen.row.State.open() || !me.Agreed {
		return me
	}
	me.Posts = step.Posts(protocol.RoleOf(seen.owns(plan, me.Owns), me.Leads))
	me.FilmLead = seen.row.State == Running && step.LeadsFilm(seen.owns(plan, me.Owns), me.Leads)
	return me
}

// owns: the actor is an owner in the present step. Once a case is chosen only
// whose case it is.
func (seen sight) owns(plan protocol.Protocol, own []int) bool {
	if chosen := seen.row.ChosenN; plan.AboutChosen(seen.row.Step) && chosen != nil {
		return slices.Contains(own, *chosen)
	}
	return len(own) > 0
}

// can is what the policy and the state let the actor do.
func (s *Service) can(seen sight) Can {
	may := func(action policies.Action) bool {
		return s.Policy.Decide(seen.actor, action, seen.facts, policies.NoPurpose).Allowed
	}
	plan, lead, state := may(policies.SessionPlan), may(policies.SessionLead), seen.row.State
	answered := seen.row.Request == NotAsked || seen.row.Request == Accepted
	return Can{
		Plan: plan && state.planned(), Open: plan && state == Draft, Cancel: plan && state.planned(),
		Lead: lead && state != Finished && state != Cancelled, Start: lead && state == Preparing && answered, Finish: lead && state == Running,
	}
}
