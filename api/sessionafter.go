package api

import (
	"net/http"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review/session"
)

// sessionAfterRoutes are what stays after a session: an owner's own insight, and
// the thread of the rounds. The room decides on live facts; a result is a decision.
func (s *Server) sessionAfterRoutes() []route {
	const get, put = http.MethodGet, http.MethodPut
	const one = base + "/review-sessions/:sessionId"
	return []route{
		{get, one + "/insight", staff, policies.SessionRead, true, noBody, quick, s.getInsights},
		{put, one + "/insight", staff, policies.SessionRead, true, small, quick, s.keepInsight},
		{get, base + "/recordings/:recordingId/contributions", staff, policies.AnnotationRead, true, noBody, quick, s.listSaid},
		{get, one + "/thread", staff, policies.SessionRead, true, noBody, quick, s.getThread},
	}
}

func (s *Server) getInsights(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	insights, err := s.Together.Insights(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	list := contract.InsightList{Items: []contract.Insight{}}
	for _, one := range insights {
		list.Items = append(list.Items, contract.Insight(one))
	}
	return ok(list), nil
}

func (s *Server) keepInsight(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.NewInsight](s, c, "NewInsight")
	if err != nil {
		return reply{}, err
	}
	kept, err := s.Together.KeepInsight(c.ctx(), c.actor, id, body.N, body.Text)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return ok(contract.Insight(kept)), nil
}

func (s *Server) listSaid(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	said, err := s.Together.SaidAbout(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	var all []session.Contribution
	for _, one := range said {
		all = append(all, one.Contributions...)
	}
	names, err := namesOf(s, c, all, func(one session.Contribution) uuid.UUID { return one.AuthorID })
	if err != nil {
		return reply{}, err
	}
	list := contract.SaidList{Items: []contract.Said{}}
	for _, from := range said {
		out := contract.Said{SessionID: from.SessionID, At: from.At, Contributions: []contract.Contribution{}}
		for _, one := range from.Contributions {
			out.Contributions = append(out.Contributions, contribution(one, names[one.AuthorID]))
		}
		list.Items = append(list.Items, out)
	}
	return ok(list), nil
}

func (s *Server) getThread(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	rounds, err := s.Together.Thread(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	var all []session.Tried
	for _, round := range rounds {
		all = append(all, round.Tried...)
	}
	names, err := namesOf(s, c, all, func(one session.Tried) uuid.UUID { return one.AuthorID })
	if err != nil {
		return reply{}, err
	}
	thread := contract.SessionThread{Rounds: []contract.SessionRound{}}
	for _, round := range rounds {
		out := contract.SessionRound{
			ID: round.ID, Round: round.Round, State: contract.SessionState(round.State), StartsAt: round.StartsAt, Tried: []contract.TriedLine{},
		}
		for _, one := range round.Tried {
			out.Tried = append(out.Tried, contract.TriedLine{Author: contract.Author{ID: one.AuthorID, Name: names[one.AuthorID]}, Body: one.Body})
		}
		thread.Rounds = append(thread.Rounds, out)
	}
	return ok(thread), nil
}
