package api

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/review/session"
)

// changeSession changes a plan; null takes the date or the facilitator away.
func (s *Server) changeSession(c *call) (reply, error) {
	id, version, err := c.versioned("sessionId")
	if err != nil {
		return reply{}, err
	}
	change, err := s.planChange(c)
	if err != nil {
		return reply{}, err
	}
	changed, err := s.Together.Change(c.ctx(), c.actor, id, version, change)
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return s.sessionReply(c, changed), nil
}

func (s *Server) planChange(c *call) (session.Change, error) {
	raw, err := decode[map[string]json.RawMessage](s, c, "SessionChange")
	if err != nil {
		return session.Change{}, err
	}
	whole, err := json.Marshal(raw)
	if err != nil {
		return session.Change{}, err
	}
	var body contract.SessionChange
	if err := json.Unmarshal(whole, &body); err != nil {
		return session.Change{}, &fault{[]contract.Fault{typeFault(err)}}
	}
	change := session.Change{
		Title: body.Title, Question: body.LearningQuestion, Protocol: body.Protocol, People: body.ParticipantIds,
		Clock: body.Clock, LeaderID: nullable[uuid.UUID](raw, "facilitatorId", body.FacilitatorID), StartsAt: nullable[time.Time](raw, "startsAt", body.StartsAt),
	}
	if body.Place != nil {
		place := session.Place(*body.Place)
		change.Place = &place
	}
	return change, nil
}

// nullable tells a field that was left out (nil) from one that is null.
func nullable[T any](raw map[string]json.RawMessage, name string, value *T) **T {
	if value == nil && !bytes.Equal(raw[name], []byte("null")) {
		return nil
	}
	return &value
}

func (s *Server) answerSessionRequest(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.SessionAnswer](s, c, "SessionAnswer")
	if err != nil {
		return reply{}, err
	}
	if err := s.Together.Answer(c.ctx(), c.actor, id, body.Accept); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}

func (s *Server) openSession(c *call) (reply, error) {
	return s.onSession(c, func(id uuid.UUID) (session.Session, error) { return s.Together.Prepare(c.ctx(), c.actor, id) })
}

func (s *Server) cancelSession(c *call) (reply, error) {
	return s.onSession(c, func(id uuid.UUID) (session.Session, error) { return s.Together.Cancel(c.ctx(), c.actor, id) })
}

func (s *Server) finishSession(c *call) (reply, error) {
	body, err := decode[contract.SessionEnd](s, c, "SessionEnd")
	if err != nil {
		return reply{}, err
	}
	return s.onSession(c, func(id uuid.UUID) (session.Session, error) {
		return s.Together.Finish(c.ctx(), c.actor, id, value(body.Signal))
	})
}

func (s *Server) saySessionPresent(c *call) (reply, error) {
	person, err := c.id("personId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.SessionAttendance](s, c, "SessionAttendance")
	if err != nil {
		return reply{}, err
	}
	said := session.Attendance{PersonID: person, Present: body.Present, OnPaper: value(body.OnPaper), Agreed: value(body.Agreed)}
	return s.onSession(c, func(id uuid.UUID) (session.Session, error) { return s.Together.SayPresent(c.ctx(), c.actor, id, said) })
}

func (s *Server) startSession(c *call) (reply, error) {
	body, err := decode[contract.SessionStart](s, c, "SessionStart")
	if err != nil {
		return reply{}, err
	}
	who := session.Presence{Present: value(body.Present), OnPaper: value(body.OnPaper), Agreed: value(body.Agreed)}
	return s.onSession(c, func(id uuid.UUID) (session.Session, error) { return s.Together.Start(c.ctx(), c.actor, id, who) })
}
