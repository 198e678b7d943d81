package api

import (
	"vakspiegel/api/contract"
	"vakspiegel/policies"
)

// listNotices are what the signed-in person is told on their first screen.
func (s *Server) listNotices(c *call) (reply, error) {
	unseen, err := s.Consent.Unseen(c.ctx(), c.actor.ID)
	if err != nil {
		return reply{}, err
	}
	list := contract.NoticeList{Items: []contract.Notice{}}
	for _, u := range unseen {
		list.Items = append(list.Items, contract.Notice{
			ID: u.ID, Kind: contract.NoticeKindUnmasked, At: u.At, By: s.name(c, u.By), Reason: contract.UnmaskReason(u.Reason),
		})
	}
	return ok(list), nil
}

func (s *Server) putNoticeAway(c *call) (reply, error) {
	id, err := c.id("noticeId")
	if err != nil {
		return reply{}, err
	}
	if err := s.allow(c, policies.Facts{}); err != nil {
		return reply{}, err
	}
	if err := s.Consent.Seen(c.ctx(), c.actor.ID, id); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}
