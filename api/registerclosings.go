package api

import (
	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/policies"
)

func (s *Server) proposeClosing(c *call) (reply, error) {
	return s.propose(c, func() (consent.NewProposal, error) {
		body, err := decode[contract.NewRegisterClosing](s, c, "NewRegisterClosing")
		return consent.NewProposal{Kind: string(body.Kind), How: string(body.How)}, err
	})
}

func (s *Server) proposeInvalidation(c *call) (reply, error) {
	return s.propose(c, func() (consent.NewProposal, error) {
		body, err := decode[contract.NewInvalidation](s, c, "NewInvalidation")
		return consent.NewProposal{Kind: string(consent.Invalidated), Reason: string(body.Reason)}, err
	})
}

func (s *Server) propose(c *call, read func() (consent.NewProposal, error)) (reply, error) {
	id, err := c.id("recordId")
	if err != nil {
		return reply{}, err
	}
	by, err := s.decideRecord(c, id)
	if err != nil {
		return reply{}, err
	}
	n, err := read()
	if err != nil {
		return reply{}, err
	}
	n.RecordID = id
	p, err := s.Consent.Propose(c.ctx(), by, n)
	if err != nil {
		return reply{}, err
	}
	return reply{
		status: 201, body: s.registerClosing(c, p), header: map[string]string{"Location": base + "/register/closings/" + p.ID.String()},
	}, nil
}

func (s *Server) listWaitingClosings(c *call) (reply, error) {
	if err := s.reading(c, policies.RegisterRead); err != nil {
		return reply{}, err
	}
	hidden, err := s.People.Evaluated(c.ctx(), nil, c.actor.ID)
	if err != nil {
		return reply{}, err
	}
	waiting, err := s.Consent.WaitingProposals(c.ctx(), hidden)
	if err != nil {
		return reply{}, err
	}
	list := contract.RegisterClosingList{Items: []contract.RegisterClosing{}}
	for _, p := range waiting {
		list.Items = append(list.Items, s.registerClosing(c, p))
	}
	return ok(list), nil
}

// proposal reads the closing of the path and decides on its record.
func (s *Server) proposal(c *call) (consent.Proposal, consent.Decider, error) {
	id, err := c.id("closingId")
	if err != nil {
		return consent.Proposal{}, consent.Decider{}, err
	}
	p, err := s.Consent.Proposal(c.ctx(), id)
	if err != nil {
		return p, consent.Decider{}, err
	}
	by, err := s.decideRecord(c, p.RecordID)
	return p, by, err
}

func (s *Server) getClosing(c *call) (reply, error) {
	p, _, err := s.proposal(c)
	if err != nil {
		return reply{}, err
	}
	return ok(s.registerClosing(c, p)), nil
}

func (s *Server) confirmClosing(c *call) (reply, error) {
	p, by, err := s.proposal(c)
	if err != nil {
		return reply{}, err
	}
	outcome, err := s.Consent.ConfirmProposal(c.ctx(), by, p.ID)
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	s.Media.Nudge()
	return ok(contract.ClosingDone{InForce: outcome.Confirmed}), nil
}

func (s *Server) takeBackClosing(c *call) (reply, error) {
	p, by, err := s.proposal(c)
	if err != nil {
		return reply{}, err
	}
	if err := s.Consent.TakeBackProposal(c.ctx(), by, p.ID); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}

func (s *Server) registerClosing(c *call, p consent.Proposal) contract.RegisterClosing {
	out := contract.RegisterClosing{
		ID: p.ID, RecordID: p.RecordID, Kind: contract.RegisterClosingKind(p.Kind), State: contract.RegisterClosingState(p.State),
		ProposedBy: s.name(c, p.ProposedBy), ProposedAt: p.ProposedAt, LapsesAt: p.LapsesAt, DecidedAt: p.DecidedAt,
	}
	if p.How != "" {
		how := contract.ClosingChannel(p.How)
		out.How = &how
	}
	if p.Reason != "" {
		reason := contract.InvalidationReason(p.Reason)
		out.Reason = &reason
	}
	if p.DecidedBy != uuid.Nil {
		name := s.name(c, p.DecidedBy)
		out.DecidedBy = &name
	}
	waits := p.State == string(contract.RegisterClosingStateWaiting) &&
		s.Policy.Decide(c.actor, policies.RegisterClose, policies.Facts{}, policies.NoPurpose).Allowed
	out.Can.Confirm, out.Can.TakeBack = waits && p.ProposedBy != c.actor.ID, waits
	return out
}
