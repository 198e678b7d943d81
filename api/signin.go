package api

import (
	"context"
	"strings"
	"unicode"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
)

// login signs in by choosing a person: the demo's way, and only the demo's.
func (s *Server) login(c *call) (reply, error) {
	if s.Mode != Demo {
		return reply{}, errNotFound
	}
	body, err := decode[contract.Login](s, c, "Login")
	if err != nil {
		return reply{}, err
	}
	person, err := s.byLogin(c.ctx(), body.Person)
	if err != nil {
		return reply{}, err
	}
	if err := s.begin(c, person); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}

// byLogin finds a person by what came from outside: no login name has a control
// character in it, and PostgreSQL takes no NUL.
func (s *Server) byLogin(ctx context.Context, login string) (policies.Person, error) {
	if strings.ContainsFunc(login, unicode.IsControl) {
		return policies.Person{}, policies.ErrNoPerson
	}
	return s.People.ByLogin(ctx, login)
}

// begin gives the person a new session; an older one of this browser ends, so
// that a session is never taken over (ASVS 7.2.4).
func (s *Server) begin(c *call, person policies.Person) error {
	token, err := s.Sessions.Create(c.ctx(), person.ID)
	if err != nil {
		return err
	}
	if old := s.cookie(c.Context, staffCookie); old != "" {
		if err := s.Sessions.End(c.ctx(), old); err != nil {
			return err
		}
	}
	s.setCookie(c.Context, staffCookie, token)
	return s.takeBack(c)
}

func (s *Server) logout(c *call) (reply, error) {
	if err := s.Sessions.End(c.ctx(), c.token); err != nil {
		return reply{}, err
	}
	s.setCookie(c.Context, staffCookie, "")
	c.Header("Clear-Site-Data", `"cache", "storage"`)
	return noContent(), nil
}

func (s *Server) getMe(c *call) (reply, error) {
	me := contract.Me{ID: c.actor.ID, Name: c.actor.Name, Roles: roles(c.actor.Roles)}
	me.Can.CreateConversation = s.Policy.Decide(c.actor, policies.ConversationCreate, policies.Facts{}, policies.NoPurpose).Allowed
	me.Can.JoinSessions = s.Together.Invitable(c.actor.Roles)
	me.Can.CreateSession = me.Can.JoinSessions && s.Policy.Decide(c.actor, policies.SessionCreate, policies.Facts{}, policies.NoPurpose).Allowed
	me.Can.ReadRegister = s.Policy.Decide(c.actor, policies.RegisterRead, policies.Facts{}, policies.NoPurpose).Allowed
	me.Can.Administer = s.Policy.Decide(c.actor, policies.AdministrationRead, policies.Facts{}, policies.NoPurpose).Allowed
	me.Can.NameSignalKeepers = s.Policy.Decide(c.actor, policies.SignalName, policies.Facts{}, policies.NoPurpose).Allowed
	keeps, err := s.Signals.Keeps(c.ctx(), c.actor.ID)
	if err != nil {
		return reply{}, err
	}
	me.Can.KeepSignals = s.Policy.Decide(c.actor, policies.SignalKeep, policies.Facts{Keeper: keeps}, policies.NoPurpose).Allowed
	return ok(me), nil
}

func (s *Server) listPeople(c *call) (reply, error) {
	people, err := s.People.List(c.ctx())
	if err != nil {
		return reply{}, err
	}
	list := contract.PersonList{Items: []contract.Person{}}
	for _, p := range people {
		list.Items = append(list.Items, s.person(p))
	}
	return ok(list), nil
}

func (s *Server) person(p policies.Person) contract.Person {
	return contract.Person{ID: p.ID, Name: p.Name, Roles: roles(p.Roles), JoinsSessions: s.Together.Invitable(p.Roles)}
}
