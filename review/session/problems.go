package session

import (
	"maps"
	"slices"
	"time"

	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// prepareAhead is how long before a session its fragments can be open at most.
const prepareAhead = 14 * 24 * time.Hour

// problems are what keeps a planned session from being opened or started, for its
// maker and leader. That a recording closed is told without a cause, except to its
// owner, who knows what the citizen allows.
func (seen sight) problems(plan protocol.Protocol, names called, there shelf, now time.Time) (list []Problem) {
	list = append(list, seen.judging(names)...)
	list = append(list, seen.peopleProblems(plan)...)
	open := 0
	for _, n := range slices.Sorted(maps.Keys(seen.circle.fragments)) {
		f := seen.circle.fragments[n]
		if f.TakenBackAt != nil || seen.circle.judged(f.OwnerID) {
			continue
		}
		if seen.circle.shared(f, there.standing[f.RecordingID]) {
			open++
			continue
		}
		list = append(list, seen.closedProblem(f, names, there))
	}
	if open == 0 {
		list = append(list, Problem{Code: ProblemNoFragment})
	}
	if plan.Cases == protocol.OneCase && len(seen.circle.owners()) > 1 {
		list = append(list, Problem{Code: ProblemOneCase})
	}
	if seen.row.Request == Asked {
		list = append(list, Problem{Code: ProblemRequest})
	}
	switch {
	case seen.row.StartsAt == nil:
		list = append(list, Problem{Code: ProblemNoDate})
	case seen.row.StartsAt.Sub(now) > prepareAhead:
		list = append(list, Problem{Code: ProblemTooEarly})
	}
	return list
}

func (seen sight) closedProblem(f fragmentRow, names called, there shelf) Problem {
	now := there.standing[f.RecordingID]
	if f.OwnerID != seen.actor.ID || !now.Open {
		return Problem{Code: ProblemClosed}
	}
	if !now.SharingOpen {
		return Problem{Code: ProblemCoolingOff, OwnerName: names[f.OwnerID]}
	}
	return Problem{Code: ProblemScope, OwnerName: names[f.OwnerID]}
}

// judging names who evaluates whom: one of the two has to leave.
func (seen sight) judging(names called) (list []Problem) {
	for _, pair := range seen.circle.evaluations() {
		list = append(list, Problem{Code: ProblemEvaluator, PersonName: names[pair.ActorID], OwnerName: names[pair.OwnerID]})
	}
	return list
}

// evaluations are the pairs of a member and an owner or member whom they evaluate.
func (c circle) evaluations() (found []policies.Pair) {
	for _, pair := range c.pairs() {
		if now := c.live[pair]; now.Evaluates && !now.Disabled && !slices.Contains(found, pair) {
			found = append(found, pair)
		}
	}
	return found
}

// coached: a coach leads it, who comes on top of the people that are counted.
func (c circle) coached() bool {
	return !slices.Contains(c.owners(), c.session.LeaderID) && c.leaderIs(policies.Coach)
}

func (c circle) leaderIs(role policies.Role) bool {
	leader := c.session.LeaderID
	return slices.Contains(c.live[policies.Pair{ActorID: leader, OwnerID: leader}].Roles, role)
}

func (seen sight) peopleProblems(plan protocol.Protocol) (list []Problem) {
	c := seen.circle
	switch fit := plan.People.Fit(len(c.members), c.coached()); {
	case fit < 0:
		list = append(list, Problem{Code: ProblemFewPeople})
	case fit > 0:
		list = append(list, Problem{Code: ProblemManyPeople})
	}
	if plan.Leader == protocol.CoachLeads && !c.coached() || plan.Leader == protocol.PeerLeads && c.coached() {
		list = append(list, Problem{Code: ProblemLeader})
	}
	return list
}
