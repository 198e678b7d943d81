package api

import (
	"net/http"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// formRoutes are the observation forms that people fill in at a recording. They
// have the rights of notes.
func (s *Server) formRoutes() []route {
	const get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	return []route{
		{get, base + "/recordings/:recordingId/forms", staff, policies.AnnotationRead, true, noBody, quick, s.listForms},
		{post, base + "/recordings/:recordingId/forms", staff, policies.AnnotationCreate, true, small, quick, s.beginForm},
		{patch, base + "/forms/:formId", staff, policies.AnnotationUpdate, true, small, quick, s.fillForm},
		{del, base + "/forms/:formId", staff, policies.AnnotationDelete, true, noBody, quick, s.deleteForm},
	}
}

func (s *Server) listForms(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	forms, err := s.Review.Forms(c.ctx(), c.actor, recordingID)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	names, err := namesOf(s, c, forms, func(form review.Form) uuid.UUID { return form.AuthorID })
	if err != nil {
		return reply{}, err
	}
	list := contract.ObservationFormList{Items: []contract.ObservationForm{}}
	for _, form := range forms {
		list.Items = append(list.Items, observationForm(c, form, names[form.AuthorID]))
	}
	return ok(list), nil
}

func (s *Server) beginForm(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.NewObservationForm](s, c, "NewObservationForm")
	if err != nil {
		return reply{}, err
	}
	form, isNew, err := s.Review.BeginForm(c.ctx(), c.actor, recordingID, body.Code)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	out := reply{status: 200, body: observationForm(c, form, c.actor.Name), header: map[string]string{"ETag": etag(form.Version)}}
	if isNew {
		s.hub.nudge()
		out.status, out.header["Location"] = 201, base+"/forms/"+form.ID.String()
	}
	return out, nil
}

func (s *Server) fillForm(c *call) (reply, error) {
	id, version, err := c.versioned("formId")
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.ObservationFormChange](s, c, "ObservationFormChange")
	if err != nil {
		return reply{}, err
	}
	form, err := s.Review.FillForm(c.ctx(), c.actor, id, version, formChange(body))
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return reply{status: 200, body: observationForm(c, form, c.actor.Name), header: map[string]string{"ETag": etag(form.Version)}}, nil
}

func (s *Server) deleteForm(c *call) (reply, error) {
	id, version, err := c.versioned("formId")
	if err != nil {
		return reply{}, err
	}
	if err := s.Review.DeleteForm(c.ctx(), c.actor, id, version); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}

func formChange(from contract.ObservationFormChange) review.FormChange {
	var change review.FormChange
	if from.Visibility != nil {
		visibility := review.Visibility(*from.Visibility)
		change.Visibility = &visibility
	}
	if from.Answers == nil {
		return change
	}
	for _, answer := range *from.Answers {
		in := review.Answer{Code: answer.Code, Text: answer.Text}
		for _, moment := range answer.Moments {
			in.Moments = append(in.Moments, review.Seen{StartMs: moment.StartMs, EndMs: moment.EndMs})
		}
		change.Answers = append(change.Answers, in)
	}
	return change
}

func observationForm(c *call, from review.Form, author string) contract.ObservationForm {
	out := contract.ObservationForm{
		ID: from.ID, RecordingID: from.RecordingID, Author: contract.Author{ID: from.AuthorID, Name: author},
		Perspective: contract.Perspective(from.Perspective), Template: formTemplate(from.Template), Answers: []contract.FormAnswer{},
		Visibility: contract.Visibility(from.Visibility), Version: from.Version, CreatedAt: from.CreatedAt, UpdatedAt: from.UpdatedAt,
	}
	for _, answer := range from.Answers {
		moments := []contract.FormMoment{}
		for _, moment := range answer.Moments {
			moments = append(moments, contract.FormMoment{StartMs: moment.StartMs, EndMs: moment.EndMs})
		}
		out.Answers = append(out.Answers, contract.FormAnswer{Code: answer.Code, Text: answer.Text, Moments: moments})
	}
	out.Can.Edit = from.AuthorID == c.actor.ID
	return out
}
