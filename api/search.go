package api

import (
	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/review"
)

// searchNotes looks through what the actor wrote. review finds only what they
// may read at this moment.
func (s *Server) searchNotes(c *call) (reply, error) {
	body, err := decode[contract.SearchQuery](s, c, "SearchQuery")
	if err != nil {
		return reply{}, err
	}
	found, err := s.Review.Search(c.ctx(), c.actor, body.Query)
	if err != nil {
		return reply{}, err
	}
	var conversations []uuid.UUID
	for _, hit := range found.Hits {
		conversations = append(conversations, hit.Readable.ConversationID)
	}
	labels, err := s.Consent.Labels(c.ctx(), c.actor.ID, conversations)
	if err != nil {
		return reply{}, err
	}
	result := contract.SearchResult{Items: []contract.SearchHit{}, More: found.More}
	for _, hit := range found.Hits {
		result.Items = append(result.Items, searchHit(hit, labels[hit.Readable.ConversationID]))
	}
	return ok(result), nil
}

func searchHit(from review.Hit, label string) contract.SearchHit {
	out := contract.SearchHit{
		RecordingID: from.Readable.ID, ConversationID: from.Readable.ConversationID, StartedAt: from.Readable.StartedAt,
		What: contract.SearchHitWhat(from.What), ID: from.ID, StartMs: from.StartMs, Body: from.Body,
	}
	if label != "" {
		out.Label = &label
	}
	if from.Heading.NL != "" {
		out.Heading = &contract.Label{Nl: from.Heading.NL, En: from.Heading.EN}
	}
	return out
}
