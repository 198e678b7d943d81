package api

import (
	"vakspiegel/api/contract"
)

// listOriginals are the files that the klantmanager has still to erase where they
// first stood.
func (s *Server) listOriginals(c *call) (reply, error) {
	originals, err := s.Media.Originals(c.ctx(), c.actor)
	if err != nil {
		return reply{}, err
	}
	list := contract.OriginalList{Items: []contract.Original{}}
	for _, o := range originals {
		list.Items = append(list.Items, contract.Original{
			RecordingID: o.RecordingID, ConversationID: o.ConversationID, AddedAt: o.AddedAt,
		})
	}
	return ok(list), nil
}

// originalErased keeps that it was done. There is nothing to take back: the
// contract takes no other value than true.
func (s *Server) originalErased(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	if _, err := decode[contract.OriginalErased](s, c, "OriginalErased"); err != nil {
		return reply{}, err
	}
	if err := s.Media.OriginalErased(c.ctx(), c.actor, id); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}
