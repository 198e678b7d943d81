package api

import (
	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/review/session"
)

func reviewSession(from session.Session) contract.Session {
	out := contract.Session{
		ID: from.ID, Version: from.Version, State: contract.SessionState(from.State), Emptied: from.Emptied,
		Title: from.Title, LearningQuestion: from.Question,
		Protocol: protocolOf(from.Protocol), Purpose: contract.SessionPurpose(from.Purpose), Place: contract.SessionPlace(from.Place),
		Clock: from.Clock, StartsAt: from.StartsAt, Request: contract.SessionRequest(from.Request), Maker: sessionPerson(from.Maker),
		Facilitator: facilitator(from.Maker, from.Leader), People: []contract.SessionMember{}, Fragments: []contract.SessionFragment{},
		Step: from.Step, StepBeganAt: from.StepBeganAt, Chosen: from.ChosenN, Revealed: numbers(from.Revealed), EveryoneReady: from.EveryoneReady,
		Me: contract.SessionMe{
			Part: contract.SessionMemberPart(from.Me.Part), Leads: from.Me.Leads, Owns: numbers(from.Me.Owns), Agreed: from.Me.Agreed,
			Ready: from.Me.Ready, Posts: contributionKinds(from.Me.Posts), FilmLead: from.Me.FilmLead,
		},
		Can: sessionCan(from.Can),
	}
	out.SeriesID, out.Round, out.Rounds = series(from.SeriesID, from.Round, from.Rounds)
	for _, member := range from.Members {
		out.People = append(out.People, contract.SessionMember{
			ID: member.ID, Name: member.Name, Part: contract.SessionMemberPart(member.Part), Agreed: member.Agreed,
			Present: member.Present, OnPaper: member.OnPaper, Mailed: member.Mailed, Ready: member.Ready,
		})
	}
	for _, fragment := range from.Fragments {
		out.Fragments = append(out.Fragments, sessionFragment(fragment))
	}
	if problems := sessionProblems(from.Problems); len(problems) > 0 {
		out.Problems = &problems
	}
	return out
}

func sessionSummary(from session.Summary) contract.SessionSummary {
	out := contract.SessionSummary{
		ID: from.ID, Version: from.Version, State: contract.SessionState(from.State), Title: from.Title, Place: contract.SessionPlace(from.Place),
		StartsAt: from.StartsAt, Request: contract.SessionRequest(from.Request), Maker: sessionPerson(from.Maker),
		Facilitator: facilitator(from.Maker, from.Leader),
	}
	out.Protocol.ID, out.Protocol.Name = from.ProtocolID, both(from.ProtocolName)
	out.SeriesID, out.Round, out.Rounds = series(from.SeriesID, from.Round, from.Rounds)
	out.Me.Part, out.Me.Leads = contract.SessionMemberPart(from.Me.Part), from.Me.Leads
	out.Me.Owns, out.Me.Agreed, out.Me.TakeAlong = numbers(from.Me.Owns), from.Me.Agreed, from.TakeAlong
	return out
}

// sessionFragment tells nothing of a closed one but its number.
func sessionFragment(from session.Brought) contract.SessionFragment {
	out := contract.SessionFragment{N: from.N, State: contract.SessionFragmentState(from.State)}
	if from.State == session.FragmentClosed {
		return out
	}
	out.OwnerID, out.OwnerName, out.StartMs, out.EndMs = &from.Owner.ID, &from.Owner.Name, &from.StartMs, from.EndMs
	out.RecordingID = from.RecordingID
	out.Whole, out.LeadMs, out.DurationMs = &from.Whole, &from.LeadMs, from.DurationMs
	if from.Failure != "" {
		failure := contract.SessionFragmentFailure(from.Failure)
		out.Failure = &failure
	}
	return out
}

func sessionProblems(from []session.Problem) []contract.SessionProblem {
	var out []contract.SessionProblem
	for _, problem := range from {
		p := contract.SessionProblem{Code: contract.SessionProblemCode(problem.Code)}
		if problem.PersonName != "" {
			p.PersonName = &problem.PersonName
		}
		if problem.OwnerName != "" {
			p.OwnerName = &problem.OwnerName
		}
		out = append(out, p)
	}
	return out
}

func sessionPerson(from session.Named) contract.SessionPerson {
	return contract.SessionPerson{ID: from.ID, Name: from.Name}
}

// facilitator is who leads, if that is not its maker.
func facilitator(maker, leader session.Named) *contract.SessionPerson {
	if leader.ID == maker.ID {
		return nil
	}
	out := sessionPerson(leader)
	return &out
}

func series(id uuid.UUID, round, rounds int) (*uuid.UUID, *int, *int) {
	if rounds == 1 {
		return nil, nil, nil
	}
	return &id, &round, &rounds
}

// numbers is a list that is never null.
func numbers(from []int) []int { return append([]int{}, from...) }

func sessionCan(from session.Can) contract.SessionCan {
	return contract.SessionCan{Plan: from.Plan, Open: from.Open, Start: from.Start, Lead: from.Lead, Cancel: from.Cancel, Finish: from.Finish}
}
