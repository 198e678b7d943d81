package api

import (
	"net/http"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review/protocol"
	"vakspiegel/review/session"
)

// sessionRunRoutes are what happens inside a session: what is posted, who is ready,
// the steps and the reveal. The room decides on live facts and answers ErrNotFound
// when it may not: a result is a decision.
//
// None of these answers tells more than one's own change: what others did comes
// with the session, when it may be known.
func (s *Server) sessionRunRoutes() []route {
	const get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	const one = base + "/review-sessions/:sessionId"
	return []route{
		{get, one + "/contributions", staff, policies.SessionTakePart, true, noBody, quick, s.listContributions},
		{post, one + "/contributions", staff, policies.SessionTakePart, true, small, quick, s.postContribution},
		{patch, one + "/contributions/:contributionId", staff, policies.SessionTakePart, true, small, quick, s.changeContribution},
		{del, one + "/contributions/:contributionId", staff, policies.SessionTakePart, true, noBody, quick, s.removeContribution},
		{post, one + "/ready", staff, policies.SessionTakePart, true, small, quick, s.sayReady},
		{post, one + "/steps", staff, policies.SessionLead, true, small, quick, s.goToStep},
		{post, one + "/reveal", staff, policies.SessionLead, true, small, quick, s.revealStep},
	}
}

func (s *Server) listContributions(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	posted, err := s.Together.Contributions(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	names, err := namesOf(s, c, posted, func(one session.Contribution) uuid.UUID { return one.AuthorID })
	if err != nil {
		return reply{}, err
	}
	list := contract.ContributionList{Items: []contract.Contribution{}}
	for _, one := range posted {
		list.Items = append(list.Items, contribution(one, names[one.AuthorID]))
	}
	return ok(list), nil
}

func (s *Server) postContribution(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.NewContribution](s, c, "NewContribution")
	if err != nil {
		return reply{}, err
	}
	made, err := s.Together.Contribute(c.ctx(), c.actor, id, session.NewContribution{
		DraftID: body.DraftID, Step: body.Step, Kind: protocol.Kind(body.Kind), N: body.N, StartMs: body.StartMs, EndMs: body.EndMs,
		ParentID: body.ParentID, Body: body.Body,
	})
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return reply{status: 201, body: contribution(made, c.actor.Name), header: map[string]string{
		"ETag": etag(made.Version), "Location": base + "/review-sessions/" + id.String() + "/contributions/" + made.ID.String(),
	}}, nil
}

func (s *Server) changeContribution(c *call) (reply, error) {
	id, one, version, err := c.ownContribution()
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.ContributionChange](s, c, "ContributionChange")
	if err != nil {
		return reply{}, err
	}
	changed, err := s.Together.ChangeContribution(c.ctx(), c.actor, id, one, version, contributionChange(body))
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return reply{status: 200, body: contribution(changed, c.actor.Name), header: map[string]string{"ETag": etag(changed.Version)}}, nil
}

func contributionChange(body contract.ContributionChange) session.ContributionChange {
	change := session.ContributionChange{Body: body.Body}
	if at := body.At; at != nil {
		change.At = &session.At{StartMs: at.StartMs, EndMs: at.EndMs}
	}
	return change
}

func (s *Server) removeContribution(c *call) (reply, error) {
	id, one, version, err := c.ownContribution()
	if err != nil {
		return reply{}, err
	}
	return s.changed(c, s.Together.RemoveContribution(c.ctx(), c.actor, id, one, version))
}

func (s *Server) sayReady(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.Readiness](s, c, "Readiness")
	if err != nil {
		return reply{}, err
	}
	said := session.Ready{Step: body.Step, Ready: body.Ready, PersonID: body.PersonID, Room: body.Room != nil && *body.Room}
	return s.changed(c, s.Together.SayReady(c.ctx(), c.actor, id, said))
}

func (s *Server) goToStep(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.StepMove](s, c, "StepMove")
	if err != nil {
		return reply{}, err
	}
	return s.changed(c, s.Together.GoTo(c.ctx(), c.actor, id, body.To, body.Choose))
}

func (s *Server) revealStep(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.Reveal](s, c, "Reveal")
	if err != nil {
		return reply{}, err
	}
	return s.changed(c, s.Together.Reveal(c.ctx(), c.actor, id, body.Step))
}

// changed answers a change that has nothing to show for itself. Nobody is told of
// it from here: the session's version is, when it moved (session.tell).
func (s *Server) changed(c *call, err error) (reply, error) {
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return noContent(), nil
}

// ownContribution reads the ids of the path and the version in If-Match.
func (c *call) ownContribution() (id, one uuid.UUID, version int64, err error) {
	if id, err = c.id("sessionId"); err != nil {
		return id, one, 0, err
	}
	one, version, err = c.versioned("contributionId")
	return id, one, version, err
}

func contribution(from session.Contribution, author string) contract.Contribution {
	out := contract.Contribution{
		ID: from.ID, Author: contract.Author{ID: from.AuthorID, Name: author}, Step: from.Step, Kind: contract.ContributionKind(from.Kind),
		Body: from.Body, N: from.N, StartMs: from.StartMs, EndMs: from.EndMs, ParentID: from.ParentID, Version: from.Version,
		CreatedAt: from.CreatedAt, UpdatedAt: from.UpdatedAt,
	}
	out.Can.Edit, out.Can.Remove = from.Changeable, from.Removable
	return out
}
