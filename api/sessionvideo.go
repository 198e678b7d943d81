package api

import (
	"vakspiegel/media"
)

// getSessionVideo hands out a fragment to who looks along: its cut, so nothing
// else of the film, or the whole film where its owner chose that. The purpose
// follows from the session.
func (s *Server) getSessionVideo(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	n, err := c.number("n")
	if err != nil {
		return reply{}, err
	}
	return s.play(c, func() (*media.Playback, error) {
		return s.Media.OpenAlong(c.ctx(), c.actor, media.Along{SessionID: id, N: n})
	})
}
