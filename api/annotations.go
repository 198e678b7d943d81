package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// annotationRoutes are the notes on a recording.
func (s *Server) annotationRoutes() []route {
	const get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	return []route{
		{get, base + "/recordings/:recordingId/annotations", staff, policies.AnnotationRead, true, noBody, quick, s.listAnnotations},
		{post, base + "/recordings/:recordingId/annotations", staff, policies.AnnotationCreate, true, small, quick, s.createAnnotation},
		{patch, base + "/annotations/:annotationId", staff, policies.AnnotationUpdate, true, small, quick, s.updateAnnotation},
		{del, base + "/annotations/:annotationId", staff, policies.AnnotationDelete, true, noBody, quick, s.deleteAnnotation},
		{post, base + "/annotations/:annotationId/restore", staff, policies.AnnotationDelete, true, noBody, quick, s.restoreAnnotation},
	}
}

// The room decides on the live facts of the recording (review.Recordings.Allow)
// and answers ErrNotFound when it may not: a result is a decision.

func (s *Server) listAnnotations(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	notes, err := s.Review.List(c.ctx(), c.actor, recordingID)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	names, err := s.names(c, notes)
	if err != nil {
		return reply{}, err
	}
	list := contract.AnnotationList{Items: []contract.Annotation{}}
	for _, note := range notes {
		list.Items = append(list.Items, annotation(c, note, names[note.AuthorID]))
	}
	return ok(list), nil
}

func (s *Server) createAnnotation(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.NewAnnotation](s, c, "NewAnnotation")
	if err != nil {
		return reply{}, err
	}
	note := review.Note{
		StartMs: body.StartMs, EndMs: body.EndMs, Kind: review.Kind(body.Kind), Body: body.Body, Visibility: review.Self,
		ParentID: body.ParentID,
	}
	if body.Marker != nil {
		note.Marker = *body.Marker
	}
	if body.Tags != nil {
		note.Tags = *body.Tags
	}
	if body.Visibility != nil {
		note.Visibility = review.Visibility(*body.Visibility)
	}
	var created review.Annotation
	if body.Draft == nil {
		created, err = s.Review.Create(c.ctx(), c.actor, recordingID, note)
	} else {
		created, err = s.Review.CreateFrom(c.ctx(), c.actor, recordingID, note, review.DraftRef{ID: body.Draft.ID, Version: body.Draft.Version})
	}
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return reply{
		status: 201, body: annotation(c, created, c.actor.Name),
		header: map[string]string{"ETag": etag(created.Version), "Location": base + "/annotations/" + created.ID.String()},
	}, nil
}

func (s *Server) updateAnnotation(c *call) (reply, error) {
	id, version, err := c.versioned("annotationId")
	if err != nil {
		return reply{}, err
	}
	change, draft, err := s.annotationChange(c)
	if err != nil {
		return reply{}, err
	}
	var updated review.Annotation
	if draft == nil {
		updated, err = s.Review.Update(c.ctx(), c.actor, id, version, change)
	} else {
		updated, err = s.Review.UpdateFrom(c.ctx(), c.actor, id, version, change, review.DraftRef{ID: draft.ID, Version: draft.Version})
	}
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return reply{
		status: 200, body: annotation(c, updated, c.actor.Name), header: map[string]string{"ETag": etag(updated.Version)},
	}, nil
}

// annotationChange reads what changes. JSON tells "endMs": null (a moment
// again) from no endMs (as it was); the generated type does not. The draft is
// the one that it is saved from.
func (s *Server) annotationChange(c *call) (review.Change, *contract.DraftRef, error) {
	raw, err := decode[map[string]json.RawMessage](s, c, "AnnotationChange")
	if err != nil {
		return review.Change{}, nil, err
	}
	var body contract.AnnotationChange
	whole, err := json.Marshal(raw)
	if err != nil {
		return review.Change{}, nil, err
	}
	if err := json.Unmarshal(whole, &body); err != nil {
		return review.Change{}, nil, &fault{[]contract.Fault{typeFault(err)}}
	}
	change := review.Change{StartMs: body.StartMs, EndMs: body.EndMs, Body: body.Body, Tags: body.Tags, Marker: body.Marker}
	change.Point = bytes.Equal(raw["endMs"], []byte("null"))
	if body.Kind != nil {
		kind := review.Kind(*body.Kind)
		change.Kind = &kind
	}
	if body.Visibility != nil {
		visibility := review.Visibility(*body.Visibility)
		change.Visibility = &visibility
	}
	return change, body.Draft, nil
}

func (s *Server) deleteAnnotation(c *call) (reply, error) {
	id, version, err := c.versioned("annotationId")
	if err != nil {
		return reply{}, err
	}
	if err := s.Review.Delete(c.ctx(), c.actor, id, version); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}

func (s *Server) restoreAnnotation(c *call) (reply, error) {
	id, err := c.id("annotationId")
	if err != nil {
		return reply{}, err
	}
	restored, err := s.Review.Restore(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return reply{
		status: 200, body: annotation(c, restored, c.actor.Name), header: map[string]string{"ETag": etag(restored.Version)},
	}, nil
}

// versioned reads an id of the path and the version in If-Match.
func (c *call) versioned(name string) (uuid.UUID, int64, error) {
	id, err := c.id(name)
	if err != nil {
		return id, 0, err
	}
	version, err := c.ifMatch()
	return id, version, err
}

// ifMatch reads the version in If-Match.
func (c *call) ifMatch() (int64, error) {
	match := c.GetHeader("If-Match")
	if match == "" {
		return 0, errPrecondition
	}
	version, err := strconv.ParseInt(strings.Trim(match, `"`), 10, 64)
	if err != nil || match != etag(version) {
		return 0, &fault{[]contract.Fault{{Field: "If-Match", Code: "format", Detail: `Send the version in quotes, as in "3".`}}}
	}
	return version, nil
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

func annotation(c *call, from review.Annotation, author string) contract.Annotation {
	out := contract.Annotation{
		ID: from.ID, RecordingID: from.RecordingID, Author: contract.Author{ID: from.AuthorID, Name: author},
		StartMs: from.StartMs, EndMs: from.EndMs, Kind: contract.AnnotationKind(from.Kind), Body: from.Body,
		Tags: from.Tags, Visibility: contract.Visibility(from.Visibility), Version: from.Version,
		CreatedAt: from.CreatedAt, UpdatedAt: from.UpdatedAt, ParentID: from.ParentID,
	}
	if from.Marker != "" {
		out.Marker = &from.Marker
	}
	if out.Tags == nil {
		out.Tags = []string{}
	}
	out.Can.Edit = from.AuthorID == c.actor.ID
	return out
}

// names are the authors' names.
func (s *Server) names(c *call, notes []review.Annotation) (map[uuid.UUID]string, error) {
	return namesOf(s, c, notes, func(note review.Annotation) uuid.UUID { return note.AuthorID })
}
