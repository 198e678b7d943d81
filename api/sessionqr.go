package api

import "net/http"

// getSessionQR draws the way to a session for a phone in the room: the address of
// its page and nothing else. It opens nothing: whoever follows it signs in, and is
// a member or finds nothing.
func (s *Server) getSessionQR(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	if _, err := s.Together.Get(c.ctx(), c.actor, id); err != nil {
		return reply{}, err
	}
	c.decided = true
	svg, err := qrSVG(s.site() + "/sessies/" + id.String() + "/telefoon")
	if err != nil {
		return reply{}, err
	}
	c.Data(http.StatusOK, "image/svg+xml", []byte(svg))
	return written(), nil
}
