package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review/session"
)

// sessionLiveRoutes are the film of a session and the stream of what is new there.
func (s *Server) sessionLiveRoutes() []route {
	return []route{
		{http.MethodPut, base + "/review-sessions/:sessionId/film", staff, policies.SessionTakePart, true, small, quick, s.steerFilm},
		{http.MethodGet, base + "/review-sessions/:sessionId/live", staff, policies.SessionRead, true, noBody, forever, s.followSession},
	}
}

// steerFilm lets everyone's film stand as whoever leads it says.
func (s *Server) steerFilm(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.FilmCommand](s, c, "FilmCommand")
	if err != nil {
		return reply{}, err
	}
	command := session.Command{N: body.N, PositionMs: body.PositionMs, Playing: body.Playing, Rate: float64(body.Rate)}
	film, err := s.Together.Steer(c.ctx(), c.actor, id, command)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return ok(filmOf(&film, s.Clock())), nil
}

// followSession streams what is new at a session to one screen: until it goes, may
// follow no longer, or a write does not get through in time.
func (s *Server) followSession(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	err = s.Together.Attend(c.ctx(), c.actor, id)
	if errors.Is(err, session.ErrState) {
		s.streamOf(c).end()
		return written(), nil
	}
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	f := newFollower(id, c.actor.ID, c.token)
	if err := s.Together.Arrive(c.ctx(), f.Screen); err != nil {
		return reply{}, err
	}
	s.followers.listen(f)
	defer func() {
		s.followers.leave(f)
		leaving, cancel := context.WithTimeout(context.WithoutCancel(c.ctx()), aliveEvery)
		defer cancel()
		if err := s.Together.Leave(leaving, f.Screen); err != nil {
			s.Log.WarnContext(leaving, "a screen that closed is present for some seconds", "error", err)
		}
	}()
	s.tell(c, f)
	return written(), nil
}

// streamOf begins a stream of events.
func (s *Server) streamOf(c *call) *eventWriter {
	c.Header("Content-Type", "text/event-stream")
	c.Header("X-Accel-Buffering", "no")
	c.Status(http.StatusOK)
	c.Writer.WriteHeaderNow()
	return &eventWriter{w: c.Writer, control: http.NewResponseController(c.Writer)}
}

// reconnect is when a browser whose stream broke is to come back.
const reconnect = "retry: 1000\n\n"

// tell writes what is new until the stream ends.
func (s *Server) tell(c *call, f *follower) {
	out := s.streamOf(c)
	out.write(reconnect)
	out.flush()
	for out.err == nil {
		select {
		case <-c.ctx().Done():
			return
		case <-s.followers.over: // the server stops: the browser comes back to another
			return
		case <-f.ended:
			if f.isOver() {
				out.end()
			}
			return
		case <-f.wake:
		}
		out.news(f.take(), s.Clock())
	}
}

// eventWriter writes events to one stream; after an error it writes nothing.
type eventWriter struct {
	w       io.Writer
	control *http.ResponseController
	wrote   bool
	err     error
}

// news writes what there is to say, with the server's clock.
func (o *eventWriter) news(n news, now time.Time) {
	if n.session != nil {
		o.event("session", contract.SessionNews{
			Version: n.session.live.Version, Open: n.session.open, Film: n.session.live.Film != nil, Now: now.UnixMilli(),
		})
	}
	if n.film != nil {
		o.event("film", filmOf(n.film, now))
	}
	if n.people != nil {
		o.event("people", contract.SessionPresence{Present: append([]uuid.UUID{}, *n.people...)})
	}
	if !n.alive.IsZero() {
		o.event("alive", contract.SessionAlive{Now: now.UnixMilli()})
	}
	o.flush()
}

// end says that nothing more will come.
func (o *eventWriter) end() {
	o.event("over", struct{}{})
	o.flush()
}

func (o *eventWriter) event(kind string, data any) {
	encoded, err := json.Marshal(data)
	if err != nil {
		panic(err) // types of the contract always marshal
	}
	o.write(fmt.Sprintf("event: %s\ndata: %s\n\n", kind, encoded))
}

func (o *eventWriter) write(text string) {
	if o.err != nil {
		return
	}
	if !o.wrote {
		o.wrote = true
		_ = o.control.SetWriteDeadline(time.Now().Add(quick))
	}
	_, o.err = io.WriteString(o.w, text)
}

func (o *eventWriter) flush() {
	if o.err == nil && o.wrote {
		o.err = o.control.Flush()
	}
	o.wrote = false
}

func filmOf(film *session.Film, now time.Time) contract.SessionFilm {
	return contract.SessionFilm{
		N: film.N, PositionMs: film.PositionMs, Playing: film.Playing, Rate: film.Rate,
		At: film.At.UnixMilli(), Seq: film.Seq, By: film.ByID, Now: now.UnixMilli(),
	}
}
