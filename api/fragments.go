package api

import (
	"net/http"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// fragmentRoutes are the passages that one chose of one's own recording. review
// decides on the live facts, as it does for notes.
func (s *Server) fragmentRoutes() []route {
	const get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	return []route{
		{get, base + "/recordings/:recordingId/fragments", staff, policies.FragmentChoose, true, noBody, quick, s.listFragments},
		{post, base + "/recordings/:recordingId/fragments", staff, policies.FragmentChoose, true, small, quick, s.chooseFragment},
		{patch, base + "/fragments/:fragmentId", staff, policies.FragmentChoose, true, small, quick, s.changeFragment},
		{del, base + "/fragments/:fragmentId", staff, policies.FragmentChoose, true, noBody, quick, s.dropFragment},
		{post, base + "/search", staff, policies.SelfRead, false, small, quick, s.searchNotes},
		{get, base + "/recordings/:recordingId/export/:format", staff, policies.AnnotationExport, true, noBody, quick, s.exportNotes},
	}
}

func (s *Server) listFragments(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	fragments, err := s.Review.Fragments(c.ctx(), c.actor, recordingID)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	list := contract.FragmentList{Items: []contract.Fragment{}, Most: s.Review.MaxFragments}
	for _, f := range fragments {
		list.Items = append(list.Items, fragment(f))
	}
	return ok(list), nil
}

func (s *Server) chooseFragment(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.NewFragment](s, c, "NewFragment")
	if err != nil {
		return reply{}, err
	}
	passage := review.Passage{StartMs: body.StartMs, EndMs: body.EndMs, Title: body.Title}
	if body.Reason != nil {
		passage.Reason = *body.Reason
	}
	chosen, err := s.Review.Choose(c.ctx(), c.actor, recordingID, passage)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return reply{status: 201, body: fragment(chosen), header: map[string]string{
		"ETag": etag(chosen.Version), "Location": base + "/fragments/" + chosen.ID.String(),
	}}, nil
}

func (s *Server) changeFragment(c *call) (reply, error) {
	id, version, err := c.versioned("fragmentId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.FragmentChange](s, c, "FragmentChange")
	if err != nil {
		return reply{}, err
	}
	change := review.PassageChange{StartMs: body.StartMs, EndMs: body.EndMs, Title: body.Title, Reason: body.Reason}
	changed, err := s.Review.ChangeFragment(c.ctx(), c.actor, id, version, change)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return reply{status: 200, body: fragment(changed), header: map[string]string{"ETag": etag(changed.Version)}}, nil
}

func (s *Server) dropFragment(c *call) (reply, error) {
	id, version, err := c.versioned("fragmentId")
	if err != nil {
		return reply{}, err
	}
	if err := s.Review.DropFragment(c.ctx(), c.actor, id, version); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}

func fragment(from review.Fragment) contract.Fragment {
	return contract.Fragment{
		ID: from.ID, RecordingID: from.RecordingID, StartMs: from.StartMs, EndMs: from.EndMs,
		Title: from.Title, Reason: from.Reason, Version: from.Version, CreatedAt: from.CreatedAt, UpdatedAt: from.UpdatedAt,
	}
}
