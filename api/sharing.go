package api

import (
	"net/http"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review/session"
)

// sharingRoutes are what an owner reads of who sees their recording. It goes with
// reading who looked: whoever is no klantmanager any more keeps both.
func (s *Server) sharingRoutes() []route {
	return []route{
		{http.MethodGet, base + "/recordings/:recordingId/sharing", staff, policies.RecordingViews, true, noBody, quick, s.getSharing},
	}
}

func (s *Server) getSharing(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	shared, err := s.Together.Sharing(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	list := contract.SharingList{Items: []contract.Sharing{}}
	for _, one := range shared {
		list.Items = append(list.Items, sharing(one))
	}
	return ok(list), nil
}

func sharing(from session.Sharing) contract.Sharing {
	out := contract.Sharing{
		SessionID: from.SessionID, State: contract.SessionState(from.State), StartsAt: from.StartsAt, Fragments: []contract.SharedFragment{},
	}
	if from.Title != "" {
		out.Title = &from.Title
	}
	for _, f := range from.Fragments {
		out.Fragments = append(out.Fragments, contract.SharedFragment{
			N: f.N, State: contract.SharedFragmentState(f.State), StartMs: f.StartMs, EndMs: f.EndMs, Whole: f.Whole,
			OpenTo: sessionPeople(f.OpenTo), Later: sessionPeople(f.Later),
		})
	}
	return out
}

// sessionPeople is a list that is never null.
func sessionPeople(from []session.Named) []contract.SessionPerson {
	people := make([]contract.SessionPerson, 0, len(from))
	for _, one := range from {
		people = append(people, sessionPerson(one))
	}
	return people
}
