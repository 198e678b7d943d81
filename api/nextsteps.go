package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// nextStepRoutes are "voornemens": everyone's own, kept apart from recordings.
// Those of another are not there: the room looks among the actor's own.
func (s *Server) nextStepRoutes() []route {
	const get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	return []route{
		{get, base + "/next-steps", staff, policies.NextStepKeep, false, noBody, quick, s.listNextSteps},
		{post, base + "/next-steps", staff, policies.NextStepKeep, false, small, quick, s.createNextStep},
		{patch, base + "/next-steps/:nextStepId", staff, policies.NextStepKeep, true, small, quick, s.updateNextStep},
		{del, base + "/next-steps/:nextStepId", staff, policies.NextStepKeep, true, noBody, quick, s.deleteNextStep},
	}
}

func (s *Server) listNextSteps(c *call) (reply, error) {
	steps, err := s.Review.NextSteps(c.ctx(), c.actor)
	if err != nil {
		return reply{}, err
	}
	list := contract.NextStepList{Items: []contract.NextStep{}}
	for _, step := range steps {
		list.Items = append(list.Items, nextStep(step))
	}
	return ok(list), nil
}

func (s *Server) createNextStep(c *call) (reply, error) {
	body, err := decode[contract.NewNextStep](s, c, "NewNextStep")
	if err != nil {
		return reply{}, err
	}
	date := ""
	if body.Date != nil {
		date = body.Date.Format(time.DateOnly)
	}
	made, err := s.Review.AddNextStep(c.ctx(), c.actor, body.Text, date)
	if err != nil {
		return reply{}, err
	}
	return reply{
		status: 201, body: nextStep(made),
		header: map[string]string{"ETag": etag(made.Version), "Location": base + "/next-steps/" + made.ID.String()},
	}, nil
}

func (s *Server) updateNextStep(c *call) (reply, error) {
	id, version, err := c.versioned("nextStepId")
	if err != nil {
		return reply{}, err
	}
	if err := s.allow(c, policies.Facts{}); err != nil {
		return reply{}, err
	}
	change, err := s.nextStepChange(c)
	if err != nil {
		return reply{}, err
	}
	changed, err := s.Review.ChangeNextStep(c.ctx(), c.actor, id, version, change)
	if err != nil {
		return reply{}, err
	}
	return reply{status: 200, body: nextStep(changed), header: map[string]string{"ETag": etag(changed.Version)}}, nil
}

// nextStepChange reads what changes; "date": null takes the date away.
func (s *Server) nextStepChange(c *call) (review.NextStepChange, error) {
	raw, err := decode[map[string]json.RawMessage](s, c, "NextStepChange")
	if err != nil {
		return review.NextStepChange{}, err
	}
	var body contract.NextStepChange
	whole, err := json.Marshal(raw)
	if err != nil {
		return review.NextStepChange{}, err
	}
	if err := json.Unmarshal(whole, &body); err != nil {
		return review.NextStepChange{}, &fault{[]contract.Fault{typeFault(err)}}
	}
	change := review.NextStepChange{Text: body.Text, Insight: body.Insight}
	if body.State != nil {
		state := review.NextStepState(*body.State)
		change.State = &state
	}
	switch {
	case body.Date != nil:
		date := body.Date.Format(time.DateOnly)
		change.Date = &date
	case bytes.Equal(raw["date"], []byte("null")):
		change.Date = new(string)
	}
	return change, nil
}

func (s *Server) deleteNextStep(c *call) (reply, error) {
	id, version, err := c.versioned("nextStepId")
	if err != nil {
		return reply{}, err
	}
	if err := s.allow(c, policies.Facts{}); err != nil {
		return reply{}, err
	}
	if err := s.Review.DeleteNextStep(c.ctx(), c.actor, id, version); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}

func nextStep(from review.NextStep) contract.NextStep {
	out := contract.NextStep{ID: from.ID, Text: from.Text, State: contract.NextStepState(from.State), Version: from.Version}
	if date, err := time.Parse(time.DateOnly, from.Date); err == nil {
		out.Date = &types.Date{Time: date}
	}
	if from.Insight != "" {
		out.Insight = &from.Insight
	}
	return out
}
