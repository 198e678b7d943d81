package api

import (
	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/policies"
)

func (s *Server) createConversation(c *call) (reply, error) {
	body, err := decode[contract.NewConversation](s, c, "NewConversation")
	if err != nil {
		return reply{}, err
	}
	n := consent.NewConversation{OwnerID: c.actor.ID, HeldAt: body.HeldAt}
	if body.Label != nil {
		n.Label = *body.Label
	}
	for _, p := range body.Participants {
		n.Others = append(n.Others, newParticipant(p))
	}
	conversation, err := s.Consent.Open(c.ctx(), n)
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	out, err := s.conversation(c, conversation)
	return reply{
		status: 201, body: out, header: map[string]string{"Location": base + "/conversations/" + conversation.ID.String()},
	}, err
}

// ownConversation reads the conversation of the path and decides on it.
func (s *Server) ownConversation(c *call) (uuid.UUID, error) {
	id, err := c.id("conversationId")
	if err != nil {
		return id, err
	}
	facts, err := s.Consent.Facts(c.ctx(), s.Consent.DB, []uuid.UUID{id})
	if err != nil {
		return id, err
	}
	// One that waits is open to its owner: only what hangs on consent is not.
	return id, s.allow(c, policies.Facts{OwnerID: facts[id].OwnerID, Closed: facts[id].Closed && !facts[id].Waiting})
}

func (s *Server) getConversation(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	conversation, err := s.Consent.Get(c.ctx(), c.actor.ID, id)
	if err != nil {
		return reply{}, err
	}
	out, err := s.conversation(c, conversation)
	return ok(out), err
}

func (s *Server) cancelConversation(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	if err := s.Consent.Cancel(c.ctx(), c.actor.ID, id); err != nil {
		return reply{}, err
	}
	s.vanished()
	return noContent(), nil
}

// vanished follows a conversation that is gone without trace: screens hear of
// it, and the key it had is destroyed with the next epoch.
func (s *Server) vanished() {
	s.hub.nudge()
	s.Media.Nudge()
}

func (s *Server) handOver(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	if err := s.Consent.HandOver(c.ctx(), c.actor.ID, id); err != nil {
		return reply{}, err
	}
	return noContent(), nil
}

func (s *Server) listConversations(c *call) (reply, error) {
	lines, next, err := paged(c, func(cursor string, limit int) ([]consent.Line, string, error) {
		return s.Consent.List(c.ctx(), c.actor.ID, cursor, limit)
	})
	if err != nil {
		return reply{}, err
	}
	var ids []uuid.UUID
	for _, line := range lines {
		if line.Conversation != nil {
			ids = append(ids, line.ID)
		}
	}
	recordings, err := s.Media.OfConversations(c.ctx(), c.actor, ids)
	if err != nil {
		return reply{}, err
	}
	list := contract.ConversationList{Items: []contract.ConversationLine{}, Next: next}
	for _, line := range lines {
		list.Items = append(list.Items, conversationLine(line, recordings[line.ID]))
	}
	return ok(list), nil
}

func conversationLine(line consent.Line, recordings []media.Recording) contract.ConversationLine {
	if line.Conversation == nil {
		at := line.ErasedAt
		return contract.ConversationLine{ID: line.ID, State: contract.ConversationLineStateErased, ErasedAt: &at}
	}
	items := []contract.Recording{}
	for _, r := range recordings {
		items = append(items, recording(r))
	}
	conversation := line.Conversation
	out := contract.ConversationLine{
		ID: line.ID, State: contract.ConversationLineStateWaiting, HeldAt: &conversation.HeldAt,
		Label: &conversation.Label, Recordings: &items,
	}
	if !conversation.Waiting {
		out.State = contract.ConversationLineStateGiven
	}
	return out
}

// conversation answers one conversation as its klantmanager may see it.
func (s *Server) conversation(c *call, from consent.Conversation) (contract.Conversation, error) {
	out := contract.Conversation{
		ID: from.ID, HeldAt: from.HeldAt, Label: from.Label, Consent: contract.ConversationConsentWaiting,
		ConsentSince: from.ConsentSince, Participants: []contract.Participant{}, RecordingIds: []uuid.UUID{}, Scopes: scopes(from.Scopes),
	}
	if !from.Waiting {
		out.Consent = contract.ConversationConsentGiven
	}
	if late := from.Waiting && from.ConsentSince != nil; late {
		out.Late = &late
	}
	if from.Unconfirmed {
		out.Unconfirmed = &from.Unconfirmed
	}
	for _, p := range from.Participants {
		out.Participants = append(out.Participants, s.participant(c, p, from.Participants))
	}
	recordings, err := s.Media.OfConversations(c.ctx(), c.actor, []uuid.UUID{from.ID})
	if err != nil {
		return out, err
	}
	for _, r := range recordings[from.ID] {
		out.RecordingIds = append(out.RecordingIds, r.ID)
		if r.SharingWaits && len(from.Scopes) > 0 {
			out.SharingWaits = &r.SharingWaits
		}
	}
	out.OwnRecordID = from.OwnRecord
	if from.Lookback {
		out.Lookback = &from.Lookback
	}
	facts := policies.Facts{OwnerID: from.OwnerID, Closed: from.Waiting || from.Paused}
	out.Can.Upload = !from.Unconfirmed && s.Policy.Decide(c.actor, policies.RecordingCreate, facts, policies.NoPurpose).Allowed
	out.Can.Ask = s.mayAsk(c, from)
	out.Can.Cancel = (from.Waiting || from.Unconfirmed) &&
		s.Policy.Decide(c.actor, policies.ConversationCancel, facts, policies.NoPurpose).Allowed
	return out, s.longer(c, from, &out)
}

func (s *Server) participant(c *call, p consent.Participant, all []consent.Participant) contract.Participant {
	out := contract.Participant{
		ID: p.ID, Role: contract.ParticipantRole(p.Role), Name: s.colleagueName(c, p.PersonID), Represents: p.Represents,
	}
	if p.Capacity != "" {
		capacity := contract.Capacity(p.Capacity)
		out.Capacity = &capacity
	}
	if p.Telephone {
		out.Telephone = &p.Telephone
	}
	if register := registers(p, all); register {
		out.Register = &register
	}
	if p.Token != "" {
		url := s.consentURL(p.Token)
		out.ConsentURL, out.Code = &url, &p.Code
	}
	if p.Mailed {
		out.Mailed = &p.Mailed
	}
	return out
}

func (s *Server) consentURL(token string) string { return s.PublicURL.JoinPath("c", token).String() }

func scopes(from consent.Scopes) []contract.Scope {
	out := []contract.Scope{}
	for _, scope := range from {
		out = append(out, contract.Scope(scope))
	}
	return out
}
