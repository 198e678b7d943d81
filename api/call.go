package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// call is one request on its way through a handler.
type call struct {
	*gin.Context
	route   route
	answers []string // the route's media types, by the contract; nil: not of the API
	actor   policies.Actor
	token   string // of the staff session
	decided bool   // a policy decision allowed this request
}

// reply is what a handler answers: a status with headers and JSON, or done
// when it has written its answer itself.
type reply struct {
	status int
	header map[string]string
	body   any // nil: no content
	done   bool
}

func ok(body any) reply              { return reply{status: http.StatusOK, body: body} }
func noContent() reply               { return reply{status: http.StatusNoContent} }
func written() reply                 { return reply{done: true} }
func (c *call) ctx() context.Context { return c.Request.Context() }

// serve is the way of every request: limits, who, whether, the handler, the
// answer. A staff answer without a decision is not sent (invariant 2).
func (s *Server) serve(r route) gin.HandlerFunc {
	answers := s.contract.answers(r)
	return func(g *gin.Context) {
		c := &call{Context: g, route: r, answers: answers}
		cancel := s.limit(c)
		defer cancel()
		out, err := s.admit(c)
		if err != nil {
			s.fail(g, err)
			return
		}
		if out.done {
			return
		}
		if r.who == staff && !c.decided {
			s.fail(g, errUndecided)
			return
		}
		send(g, out)
	}
}

func (s *Server) admit(c *call) (reply, error) {
	if err := s.authenticate(c); err != nil {
		return reply{}, err
	}
	if c.route.who == staff && !c.route.object {
		facts, err := s.standing(c)
		if err != nil {
			return reply{}, err
		}
		if err := s.allow(c, facts); err != nil {
			return reply{}, err
		}
	}
	if err := acceptable(c); err != nil {
		return reply{}, err
	}
	return c.route.handle(c)
}

// allow asks the policy about the route's action on an object with these
// facts. No and not there answer alike.
func (s *Server) allow(c *call, facts policies.Facts) error {
	decision := s.Policy.Decide(c.actor, c.route.action, facts, policies.NoPurpose)
	if !decision.Allowed {
		if c.route.action.Kind() == policies.Register {
			return errors.Join(errForbidden, s.registerEntry(c, c.route.action, audit.Refused, decision.Rule))
		}
		if c.route.object {
			return errNotFound
		}
		return errForbidden
	}
	c.decided = true
	return nil
}

// limit bounds body and time of the request.
func (s *Server) limit(c *call) context.CancelFunc {
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, c.route.body)
	if c.route.timeout == forever {
		setDeadlines(c.Writer, time.Time{})
		return func() {}
	}
	setDeadlines(c.Writer, time.Now().Add(c.route.timeout))
	ctx, cancel := context.WithTimeout(c.Request.Context(), c.route.timeout)
	c.Request = c.Request.WithContext(ctx)
	return cancel
}

func send(g *gin.Context, r reply) {
	for name, value := range r.header {
		g.Header(name, value)
	}
	if r.body == nil {
		g.Status(r.status)
		g.Writer.WriteHeaderNow()
		return
	}
	body, err := json.Marshal(r.body)
	if err != nil {
		panic(err) // types of the contract always marshal
	}
	g.Data(r.status, "application/json", body)
}

// id reads a UUID of the path; one that is none is not found.
func (c *call) id(name string) (uuid.UUID, error) {
	id, err := uuid.Parse(c.Param(name))
	if err != nil || c.Param(name) != id.String() {
		return uuid.Nil, errNotFound
	}
	return id, nil
}
