package api

import (
	"context"
	"errors"
	"net/http"

	"vakspiegel/api/contract"
	"vakspiegel/media"
	"vakspiegel/policies"
)

type callKey struct{}

// newTus is the resumable uploads of media behind our own authentication and
// problems.
func (s *Server) newTus() (http.Handler, error) {
	const path = base + "/uploads"
	tus, err := s.Media.TusHandler(path,
		func(r *http.Request) (policies.Actor, bool) {
			c, ok := r.Context().Value(callKey{}).(*call)
			if !ok {
				return policies.Actor{}, false
			}
			return c.actor, true
		},
		func(w http.ResponseWriter, r *http.Request, err error) {
			if c, ok := r.Context().Value(callKey{}).(*call); ok {
				s.fail(c.Context, err)
			}
		})
	if err != nil {
		return nil, err
	}
	return http.StripPrefix(path, tus), nil
}

// tus hands the request to media, which decides on the live facts of the
// conversation. A wide body limit and no time-out of the route: tusd moves the
// connection's deadline with every read.
func (s *Server) tus(c *call) (reply, error) {
	r := c.Request.WithContext(context.WithValue(c.ctx(), callKey{}, c))
	s.uploads.ServeHTTP(c.Writer, r)
	if c.Request.Method != http.MethodHead {
		s.hub.nudge()
	}
	return written(), nil
}

func (s *Server) uploadOptions(c *call) (reply, error) {
	s.uploads.ServeHTTP(c.Writer, c.Request)
	return written(), nil
}

// uploadFaults are the faults that media found in the metadata.
func uploadFaults(err error) ([]contract.Fault, bool) {
	var invalid *media.InvalidError
	if !errors.As(err, &invalid) {
		return nil, false
	}
	faults := make([]contract.Fault, len(invalid.Faults))
	for i, f := range invalid.Faults {
		faults[i] = contract.Fault{Field: f.Field, Code: f.Code, Detail: f.Detail}
	}
	return faults, true
}
