package api

import (
	"fmt"
	"net/http"
	"strconv"

	"vakspiegel/api/contract"
	"vakspiegel/review/session"
)

func (s *Server) bringFragment(c *call) (reply, error) {
	body, err := decode[contract.NewSessionFragment](s, c, "NewSessionFragment")
	if err != nil {
		return reply{}, err
	}
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	now, err := s.Together.Bring(c.ctx(), c.actor, id, piece(body))
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	out := s.sessionReply(c, now)
	out.status = http.StatusCreated
	out.header["Location"] = fmt.Sprintf("%s/review-sessions/%s/fragments/%d", base, id, now.Fragments[len(now.Fragments)-1].N)
	return out, nil
}

// piece is what is brought in. Of one that says nothing of an interval the room
// says what is missing.
func piece(from contract.NewSessionFragment) session.Piece {
	return session.Piece{RecordingID: from.RecordingID, StartMs: value(from.StartMs), EndMs: value(from.EndMs), Whole: value(from.Whole)}
}

func (s *Server) takeFragmentBack(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	n, err := c.number("n")
	if err != nil {
		return reply{}, err
	}
	if err := s.Together.TakeBack(c.ctx(), c.actor, id, n); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}

// number reads a number of the path, from 1; what is none is not found.
func (c *call) number(name string) (int, error) {
	n, err := strconv.ParseInt(c.Param(name), 10, 32)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != c.Param(name) {
		return 0, errNotFound
	}
	return int(n), nil
}
