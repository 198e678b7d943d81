package api

import (
	"encoding/base64"
	"net/http"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// draftBody is what a draft may weigh: more than a note, in bytes of UTF-8.
const draftBody = 128 << 10

// draftRoutes are what someone is still typing.
func (s *Server) draftRoutes() []route {
	const get, put, del = http.MethodGet, http.MethodPut, http.MethodDelete
	const one = base + "/recordings/:recordingId/drafts/:draftId"
	return []route{
		{get, base + "/recordings/:recordingId/drafts", staff, policies.AnnotationRead, true, noBody, quick, s.listDrafts},
		{put, one, staff, policies.AnnotationCreate, true, draftBody, quick, s.keepDraft},
		{del, one, staff, policies.AnnotationDelete, true, noBody, quick, s.deleteDraft},
		{get, base + "/recordings/:recordingId/draft-key", staff, policies.AnnotationCreate, true, noBody, quick, s.getDraftKey},
	}
}

func (s *Server) listDrafts(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	drafts, err := s.Review.Drafts(c.ctx(), c.actor, recordingID)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	list := contract.DraftList{Items: []contract.Draft{}}
	for _, d := range drafts {
		out := contract.Draft{
			ID: d.ID, AnnotationID: d.AnnotationID, BaseVersion: d.BaseVersion, Version: d.Version, UpdatedAt: d.UpdatedAt,
			Start: d.Start, End: d.End, Kind: contract.AnnotationKind(d.Kind), Body: d.Body, Tags: d.Tags, ParentID: d.ParentID,
		}
		if d.Marker != "" {
			out.Marker = &d.Marker
		}
		list.Items = append(list.Items, out)
	}
	return ok(list), nil
}

func (s *Server) keepDraft(c *call) (reply, error) {
	draft, version, err := s.draftOf(c)
	if err != nil {
		return reply{}, err
	}
	kept, err := s.Review.KeepDraft(c.ctx(), c.actor, draft, version)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return reply{status: 204, header: map[string]string{"ETag": etag(kept)}}, nil
}

// draftOf reads a draft and the version it is kept over; nil is none yet.
func (s *Server) draftOf(c *call) (review.Draft, *int64, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return review.Draft{}, nil, err
	}
	id, version, err := c.draftVersion()
	if err != nil {
		return review.Draft{}, nil, err
	}
	body, err := decode[contract.DraftChange](s, c, "DraftChange")
	if err != nil {
		return review.Draft{}, nil, err
	}
	draft := review.Draft{
		ID: id, RecordingID: recordingID, AnnotationID: body.AnnotationID, BaseVersion: body.BaseVersion,
		DraftWords: review.DraftWords{
			Start: body.Start, End: body.End, Kind: review.Kind(body.Kind), Body: body.Body, Tags: body.Tags, ParentID: body.ParentID,
		},
	}
	if body.Marker != nil {
		draft.Marker = *body.Marker
	}
	return draft, version, nil
}

// draftVersion reads the draft's id and If-Match, or If-None-Match: * for the
// first time.
func (c *call) draftVersion() (uuid.UUID, *int64, error) {
	if c.GetHeader("If-None-Match") == "*" && c.GetHeader("If-Match") == "" {
		id, err := c.id("draftId")
		return id, nil, err
	}
	id, version, err := c.versioned("draftId")
	return id, &version, err
}

func (s *Server) deleteDraft(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	id, version, err := c.versioned("draftId")
	if err != nil {
		return reply{}, err
	}
	if err := s.Review.DropDraft(c.ctx(), c.actor, recordingID, review.DraftRef{ID: id, Version: version}); err != nil {
		return reply{}, err
	}
	c.decided = true
	return noContent(), nil
}

func (s *Server) getDraftKey(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	key, err := s.Review.DraftKey(c.ctx(), c.actor, recordingID)
	if err != nil {
		return reply{}, err
	}
	defer clear(key)
	c.decided = true
	return ok(contract.DraftKey{Key: base64.StdEncoding.EncodeToString(key)}), nil
}
