package api

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review/signal"
)

// signalRoutes are causes outside a conversation, for those whom an
// administrator names. There is one list: a no is 403, and 404 of one signal.
func (s *Server) signalRoutes() []route {
	const get, put, patch, del = http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete
	return []route{
		{get, base + "/signal-keepers", staff, policies.SignalName, false, noBody, quick, s.listSignalKeepers},
		{put, base + "/signal-keepers", staff, policies.SignalName, false, small, quick, s.nameSignalKeepers},
		{get, base + "/signals", staff, policies.SignalKeep, false, noBody, quick, s.listSignals},
		{patch, base + "/signals/:signalId", staff, policies.SignalKeep, true, small, quick, s.changeSignal},
		{del, base + "/signals/:signalId", staff, policies.SignalKeep, true, noBody, quick, s.putSignalAway},
	}
}

// standing is what the actor is without an object: only of the list of signals
// is someone anything.
func (s *Server) standing(c *call) (policies.Facts, error) {
	if c.route.action != policies.SignalKeep {
		return policies.Facts{}, nil
	}
	keeps, err := s.Signals.Keeps(c.ctx(), c.actor.ID)
	return policies.Facts{Keeper: keeps}, err
}

func (s *Server) listSignalKeepers(c *call) (reply, error) {
	people, err := s.People.List(c.ctx())
	if err != nil {
		return reply{}, err
	}
	keepers, err := s.Signals.Keepers(c.ctx())
	if err != nil {
		return reply{}, err
	}
	list := contract.PersonList{Items: []contract.Person{}}
	for _, p := range people {
		if slices.Contains(keepers, p.ID) {
			list.Items = append(list.Items, s.person(p))
		}
	}
	return ok(list), nil
}

func (s *Server) nameSignalKeepers(c *call) (reply, error) {
	body, err := decode[contract.SignalKeepers](s, c, "SignalKeepers")
	if err != nil {
		return reply{}, err
	}
	people, err := s.People.List(c.ctx())
	if err != nil {
		return reply{}, err
	}
	known := func(id uuid.UUID) bool {
		return slices.ContainsFunc(people, func(p policies.Person) bool { return p.ID == id })
	}
	for _, id := range body.PersonIds {
		if !known(id) {
			return reply{}, &fault{[]contract.Fault{{Field: "personIds", Code: "unknown", Detail: "Choose people who work here."}}}
		}
	}
	rule := s.Policy.Decide(c.actor, c.route.action, policies.Facts{}, policies.NoPurpose).Rule
	if err := s.Signals.Name(c.ctx(), c.actor, rule, body.PersonIds); err != nil {
		return reply{}, err
	}
	return s.listSignalKeepers(c)
}

func (s *Server) listSignals(c *call) (reply, error) {
	signals, err := s.Signals.List(c.ctx())
	if err != nil {
		return reply{}, err
	}
	list := contract.SignalList{Items: []contract.Signal{}}
	for _, one := range signals {
		list.Items = append(list.Items, signalOf(one))
	}
	return ok(list), nil
}

// keeping is the signal of the path with the version in If-Match, for a keeper,
// and what allowed it.
func (s *Server) keeping(c *call) (id uuid.UUID, version int64, rule string, err error) {
	facts, err := s.standing(c)
	if err != nil {
		return id, 0, "", err
	}
	decision := s.Policy.Decide(c.actor, c.route.action, facts, policies.NoPurpose)
	if !decision.Allowed {
		return id, 0, "", errNotFound
	}
	c.decided = true
	id, version, err = c.versioned("signalId")
	return id, version, decision.Rule, err
}

func (s *Server) changeSignal(c *call) (reply, error) {
	id, version, rule, err := s.keeping(c)
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.SignalChange](s, c, "SignalChange")
	if err != nil {
		return reply{}, err
	}
	change := signal.Change{Answer: body.Answer, FollowedBy: body.FollowedBy}
	if body.State != nil {
		state := signal.State(*body.State)
		change.State = &state
	}
	changed, err := s.Signals.Change(c.ctx(), c.actor, rule, id, version, change)
	if err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusOK, body: signalOf(changed), header: map[string]string{"ETag": etag(changed.Version)}}, nil
}

func (s *Server) putSignalAway(c *call) (reply, error) {
	id, version, rule, err := s.keeping(c)
	if err != nil {
		return reply{}, err
	}
	if err := s.Signals.PutAway(c.ctx(), c.actor, rule, id, version); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}

func signalOf(from signal.Signal) contract.Signal {
	return contract.Signal{
		ID: from.ID, Month: from.Month, Text: from.Text, State: contract.SignalState(from.State),
		Answer: filled(from.Answer), FollowedBy: filled(from.FollowedBy), Version: from.Version,
	}
}

// filled is a text that is there, nil where it is not.
func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
