package api

import (
	"fmt"
	"net/http"
	"time"

	"vakspiegel/api/contract"
)

func (s *Server) isLive(*call) (reply, error) { return ok(contract.Health{Status: contract.Ok}), nil }

func (s *Server) isReady(c *call) (reply, error) {
	if err := s.Ready(c.ctx()); err != nil {
		s.Log.WarnContext(c.ctx(), "not ready", "error", err)
		return reply{}, errUnavailable
	}
	return ok(contract.Health{Status: contract.Ok}), nil
}

// securityTxtFor is how long the file is good (RFC 9116 advises under a year).
const securityTxtFor = 180 * 24 * time.Hour

func (s *Server) securityTxt(c *call) (reply, error) {
	c.String(http.StatusOK, fmt.Sprintf("Contact: %s/privacy\nExpires: %s\nPreferred-Languages: nl, en\n",
		s.PublicURL, s.Clock().UTC().Add(securityTxtFor).Truncate(time.Hour).Format(time.RFC3339)))
	return written(), nil
}
