package api

import (
	"errors"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// registerEntry writes a decision about the register as a whole.
func (s *Server) registerEntry(c *call, action policies.Action, result, rule string) error {
	return s.Consent.Audit.Append(c.ctx(), nil, audit.Entry{
		ActorKind: string(c.actor.Kind), ActorID: c.actor.ID.String(), Action: string(action),
		ObjectKind: string(policies.Register), Rule: rule, Result: result,
	})
}

// reading is the entry of an allowed reading of a list.
func (s *Server) reading(c *call, action policies.Action) error {
	decision := s.Policy.Decide(c.actor, policies.RegisterRead, policies.Facts{}, policies.NoPurpose)
	if !decision.Allowed {
		return errForbidden
	}
	return s.registerEntry(c, action, audit.Allowed, decision.Rule)
}

// decideRecord decides on a record of the register with live facts. Who may read
// it and not do this is told so; to everyone else it does not exist.
func (s *Server) decideRecord(c *call, recordID uuid.UUID) (consent.Decider, error) {
	owner, conversation, err := s.Consent.RegisterOwner(c.ctx(), recordID)
	if err != nil {
		return consent.Decider{}, err
	}
	facts, err := s.registerFacts(c, owner)
	if err != nil {
		return consent.Decider{}, err
	}
	decision := s.Policy.Decide(c.actor, c.route.action, facts, policies.NoPurpose)
	entry := audit.Entry{
		ActorKind: string(c.actor.Kind), ActorID: c.actor.ID.String(), Action: string(c.route.action),
		ObjectKind: "record", ObjectID: recordID.String(), Rule: decision.Rule, Result: audit.Allowed, ChainID: conversation.String(),
	}
	if !decision.Allowed {
		entry.Result = audit.Refused
	}
	// What changes something has an entry with the change itself.
	if !decision.Allowed || c.route.action == policies.RegisterRead {
		if err := s.Consent.Audit.Append(c.ctx(), nil, entry); err != nil {
			return consent.Decider{}, err
		}
	}
	switch {
	case decision.Allowed:
		c.decided = true
		return consent.Decider{PersonID: c.actor.ID, Rule: decision.Rule}, nil
	case s.Policy.Decide(c.actor, policies.RegisterRead, facts, policies.NoPurpose).Allowed:
		return consent.Decider{}, errForbidden
	}
	return consent.Decider{}, errNotFound
}

// registerFacts are those of a record: whose it is, and whether the reader
// evaluates them. One of nobody known is hidden from everyone who evaluates
// somebody, in single look-ups as in lists.
func (s *Server) registerFacts(c *call, owner uuid.UUID) (policies.Facts, error) {
	pair := policies.Pair{ActorID: c.actor.ID, OwnerID: owner}
	live, err := s.People.Live(c.ctx(), nil, []policies.Pair{pair})
	if err != nil {
		return policies.Facts{}, err
	}
	facts := policies.Facts{OwnerID: owner, Evaluates: live[pair].Evaluates, Disabled: live[pair].Disabled}
	if owner == uuid.Nil {
		hidden, err := s.People.Evaluated(c.ctx(), nil, c.actor.ID)
		if err != nil {
			return policies.Facts{}, err
		}
		facts.Evaluates = len(hidden) > 0
	}
	return facts, nil
}

func (s *Server) listRegister(c *call) (reply, error) {
	if err := s.reading(c, policies.RegisterRead); err != nil {
		return reply{}, err
	}
	filter, err := s.registerFilter(c)
	if err != nil {
		return reply{}, err
	}
	records, next, err := paged(c, func(cursor string, limit int) ([]consent.RegisterRecord, string, error) {
		return s.Consent.RegisterPage(c.ctx(), filter, cursor, limit)
	})
	if err != nil {
		return reply{}, err
	}
	list := contract.RegisterList{Items: []contract.RegisterRecord{}, Next: next}
	for _, record := range records {
		list.Items = append(list.Items, registerRecord(record))
	}
	return ok(list), nil
}

func (s *Server) getRegisterRecord(c *call) (reply, error) {
	id, err := c.id("recordId")
	if err != nil {
		return reply{}, err
	}
	if _, err := s.decideRecord(c, id); err != nil {
		return reply{}, err
	}
	line, err := s.Consent.RegisterTimeline(c.ctx(), id)
	if err != nil {
		return reply{}, err
	}
	may := func(action policies.Action) bool {
		return s.Policy.Decide(c.actor, action, policies.Facts{}, policies.NoPurpose).Allowed
	}
	out := contract.RegisterTimeline{
		Record: registerRecord(line.RegisterRecord), Events: registerEvents(line.Events), Erasures: []contract.RegisterErasure{},
		Ledger: ledgerState(line), Closings: []contract.RegisterClosing{}, Unmaskings: []contract.RegisterUnmasking{}, ProofUntil: line.ProofUntil,
	}
	for _, erasure := range line.Erasures {
		out.Erasures = append(out.Erasures, registerErasure(erasure))
	}
	for _, p := range line.Proposals {
		out.Closings = append(out.Closings, s.registerClosing(c, p))
	}
	for _, u := range line.Unmaskings {
		out.Unmaskings = append(out.Unmaskings, contract.RegisterUnmasking{At: u.At, By: s.name(c, u.By), Reason: contract.UnmaskReason(u.Reason)})
	}
	closes := may(policies.RegisterClose)
	out.Can.Unmask = may(policies.RegisterUnmask) && line.Klantmanager != ""
	out.Can.Pause, out.Can.Resume, out.Can.End = closes && line.CanPause, closes && line.CanResume, closes && line.CanEnd
	return ok(out), nil
}

func (s *Server) unmask(c *call) (reply, error) {
	id, err := c.id("recordId")
	if err != nil {
		return reply{}, err
	}
	by, err := s.decideRecord(c, id)
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.UnmaskRequest](s, c, "UnmaskRequest")
	if err != nil {
		return reply{}, err
	}
	owner, err := s.Consent.Unmask(c.ctx(), by, id, string(body.Reason))
	if err != nil {
		return reply{}, err
	}
	person, err := s.People.ByID(c.ctx(), owner)
	if errors.Is(err, policies.ErrNoPerson) {
		return ok(contract.Unmasked{Name: "-"}), nil
	}
	return ok(contract.Unmasked{Name: person.Name}), err
}
