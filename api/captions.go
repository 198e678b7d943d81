package api

import (
	"io"
	"mime"
	"net/http"
	"strings"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

const webVTT = "text/vtt"

// captionRoutes are what was said, beside the film. review decides on the live
// facts, as it does for notes: who may watch may read them.
func (s *Server) captionRoutes() []route {
	const path = base + "/recordings/:recordingId/captions"
	return []route{
		{http.MethodGet, path, staff, policies.RecordingWatch, true, noBody, quick, s.listCaptions},
		{http.MethodGet, path + "/:language", staff, policies.RecordingWatch, true, noBody, quick, s.getCaptions},
		{http.MethodPut, path + "/:language", staff, policies.CaptionsReplace, true, review.MaxCaptions, closing, s.putCaptions},
		{http.MethodDelete, path + "/:language", staff, policies.CaptionsReplace, true, noBody, quick, s.deleteCaptions},
	}
}

func (s *Server) listCaptions(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	tracks, err := s.Review.CaptionTracks(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	list := contract.CaptionList{Items: []contract.CaptionTrack{}}
	for _, track := range tracks {
		list.Items = append(list.Items, contract.CaptionTrack{Language: track.Language, UpdatedAt: track.UpdatedAt})
	}
	return ok(list), nil
}

// getCaptions hands them to a player of our own pages, as the film.
func (s *Server) getCaptions(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	if !ownPlayer(c.Request) {
		return reply{}, errNotFound
	}
	file, err := s.Review.Captions(c.ctx(), c.actor, id, c.Param("language"))
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	c.Header("Content-Disposition", "inline")
	c.Data(http.StatusOK, webVTT+"; charset=utf-8", file)
	return written(), nil
}

func (s *Server) putCaptions(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	kind, parameters, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	charset := parameters["charset"]
	if err != nil || kind != webVTT || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return reply{}, errNotWebVTT
	}
	file, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return reply{}, broken(err, errInterrupted)
	}
	if err := s.Review.ReplaceCaptions(c.ctx(), c.actor, id, c.Param("language"), file); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}

func (s *Server) deleteCaptions(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	if err := s.Review.RemoveCaptions(c.ctx(), c.actor, id, c.Param("language")); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}
