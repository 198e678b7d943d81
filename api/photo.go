package api

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

// getPhoto shows one's own photo.
func (s *Server) getPhoto(c *call) (reply, error) {
	photo, err := s.People.Photo(c.ctx(), c.actor.ID)
	if err != nil {
		return reply{}, err
	}
	c.Data(http.StatusOK, "image/jpeg", photo)
	return written(), nil
}

// putPhoto keeps a small one, made anew of what comes.
func (s *Server) putPhoto(c *call) (reply, error) {
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || kind != "image/jpeg" && kind != "image/png" {
		return reply{}, policies.ErrPortrait
	}
	file, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return reply{}, broken(err, errInterrupted)
	}
	if err := s.People.SetPhoto(c.ctx(), c.actor.ID, file); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}

func (s *Server) deletePhoto(c *call) (reply, error) {
	if err := s.People.RemovePhoto(c.ctx(), c.actor.ID); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}

// showPhoto shows the klantmanager's photo to who holds an open link of theirs.
func (s *Server) showPhoto(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return reply{}, err
	}
	if c.Query(citizen.FieldRef) != v.ParticipantID.String() {
		return reply{}, errNotFound
	}
	photo, err := s.People.Photo(c.ctx(), v.OwnerID)
	if err != nil {
		return reply{}, err
	}
	c.Data(http.StatusOK, "image/jpeg", photo)
	return written(), nil
}

// hasPhoto says whether there is one to show of the klantmanager.
func (s *Server) hasPhoto(c *call, v visit) (bool, error) {
	_, err := s.People.Photo(c.ctx(), v.OwnerID)
	if errors.Is(err, policies.ErrNoPhoto) {
		return false, nil
	}
	return err == nil, err
}
