package session

import (
	"slices"

	"github.com/google/uuid"

	"vakspiegel/policies"
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

// members are those who are in it. In a blind step that was not revealed nobody
// knows who is ready (invariant 4).
func (seen sight) members(names called, progress Progress) (members []Member) {
	for _, person := range seen.people {
		if person.RemovedAt != nil {
			continue
		}
		member := Member{
			Named: names.of(person.PersonID), Part: seen.row.partOf(person.PersonID), Agreed: seen.circle.agreed[person.PersonID],
			Present: person.Present, OnPaper: person.OnPaper, Mailed: person.MailedAt != nil,
		}
		if ready, known := progress.Ready[person.PersonID]; known {
			member.Ready = &ready
		}
		members = append(members, member)
	}
	return members
}

// me is what the actor is in it.
func (there attending) me(progress Progress) Me {
	id, seen := there.actor.ID, there.sight
	me := Me{Part: seen.row.partOf(id), Leads: seen.row.LeaderID == id, Agreed: seen.circle.agreed[id], Ready: progress.MeReady, Posts: progress.Posts}
	for n, f := range seen.circle.fragments {
		if f.TakenBackAt != nil {
			continue
		}
		if f.OwnerID == id {
			me.Owns = append(me.Owns, n)
		}
		me.FilmLead = me.FilmLead || me.Agreed && there.stage.leadsFilm(n, f.OwnerID == id, me.Leads, seen.onTheOneScreen())
	}
	slices.Sort(me.Owns)
	return me
}

// can is what the policy and the state let the actor do.
func (s *Service) can(seen sight) Can {
	may := func(action policies.Action) bool {
		return s.Policy.Decide(seen.actor, action, seen.facts, policies.NoPurpose).Allowed
	}
	plan, lead, state := may(policies.SessionPlan), may(policies.SessionLead), seen.row.State
	return Can{
		Plan: plan && state.planned(), Open: plan && state == Draft, Cancel: plan && state.planned(),
		Lead: lead && state != Finished && state != Cancelled, Start: lead && state == Preparing && seen.row.Request != Asked, Finish: lead && state == Running,
	}
}
