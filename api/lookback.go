package api

import (
	"bytes"
	"encoding/json"
	"net/http"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// lookBackRoutes are where someone is in looking back: only for themselves.
func (s *Server) lookBackRoutes() []route {
	const path = base + "/recordings/:recordingId/look-back"
	return []route{
		{http.MethodGet, path, staff, policies.LookBackKeep, true, noBody, quick, s.getLookBack},
		{http.MethodPatch, path, staff, policies.LookBackKeep, true, small, quick, s.keepLookBack},
	}
}

func (s *Server) getLookBack(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	found, err := s.Review.LookBack(c.ctx(), c.actor, recordingID)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return ok(lookBack(found)), nil
}

func (s *Server) keepLookBack(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	change, err := s.lookBackChange(c)
	if err != nil {
		return reply{}, err
	}
	kept, err := s.Review.KeepLookBack(c.ctx(), c.actor, recordingID, change)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return ok(lookBack(kept)), nil
}

// lookBackChange reads what changes; null takes a choice back.
func (s *Server) lookBackChange(c *call) (review.LookBackChange, error) {
	raw, err := decode[map[string]json.RawMessage](s, c, "LookBackChange")
	if err != nil {
		return review.LookBackChange{}, err
	}
	var body contract.LookBackChange
	whole, err := json.Marshal(raw)
	if err != nil {
		return review.LookBackChange{}, err
	}
	if err := json.Unmarshal(whole, &body); err != nil {
		return review.LookBackChange{}, &fault{[]contract.Fault{typeFault(err)}}
	}
	change := review.LookBackChange{
		PositionMs: body.PositionMs, MemoryIndex: body.MemoryIndex, NextStep: body.NextStep,
		Begin: choice[review.Begin](raw["begin"], body.Begin),
		Phase: choice[review.Phase](raw["phase"], body.Phase),
		Step:  choice[review.Step](raw["step"], body.Step),
	}
	if body.Memories != nil {
		memories := make([]review.Memory, len(*body.Memories))
		for i, m := range *body.Memories {
			memories[i] = review.Memory{Text: m.Text, Part: review.Part(m.Part)}
		}
		change.Memories = &memories
	}
	return change, nil
}

// choice tells null (taken back) from absent (as it was); the generated type does not.
func choice[To, From ~string](raw json.RawMessage, value *From) *To {
	if bytes.Equal(raw, []byte("null")) {
		return new(To)
	}
	if value == nil {
		return nil
	}
	to := To(*value)
	return &to
}

func lookBack(from review.LookBack) contract.LookBack {
	out := contract.LookBack{PositionMs: from.PositionMs, MemoryIndex: from.MemoryIndex, Memories: []contract.Memory{}, NextStep: from.NextStep}
	for _, m := range from.Memories {
		out.Memories = append(out.Memories, contract.Memory{Text: m.Text, Part: contract.MemoryPart(m.Part)})
	}
	out.Begin = given[contract.LookBackBegin](from.Begin)
	out.Phase = given[contract.LookBackPhase](from.Phase)
	out.Step = given[contract.LookBackStep](from.Step)
	return out
}

// given is a choice as the contract has it: absent while nothing was chosen.
func given[To, From ~string](from From) *To {
	if from == "" {
		return nil
	}
	to := To(from)
	return &to
}
