package api

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

// A colleague in the room has no link: they sign in, and decide here for
// themselves what anyone else decides with a link.

func (s *Server) listParticipations(c *call) (reply, error) {
	found, err := s.Consent.Participations(c.ctx(), c.actor.ID)
	if err != nil {
		return reply{}, err
	}
	list := contract.ParticipationList{Items: []contract.Participation{}}
	for _, p := range found {
		item, err := s.participation(c, p)
		if err != nil {
			return reply{}, err
		}
		list.Items = append(list.Items, item)
	}
	return ok(list), nil
}

func (s *Server) participation(c *call, p consent.Participation) (contract.Participation, error) {
	out := contract.Participation{
		ID: p.ParticipantID, Klantmanager: s.name(c, p.OwnerID), HeldAt: p.HeldAt, Late: p.Late,
		State: contract.ParticipationState(p.State), Scopes: scopes(p.Scopes),
	}
	switch {
	case p.State == consent.Requested && p.Answered:
		out.State = contract.ParticipationStateWaiting
	case p.State == consent.Requested:
		out.State = contract.ParticipationStateAsked
	case p.State == consent.Paused:
		out.PausedUntil = &p.PausedUntil
	}
	var err error
	out.Longer, err = s.participationLonger(c, p)
	return out, err
}

// ownParticipation reads the participation of the path and decides on it: it is
// there only for whom it is about, and not for an evaluator.
func (s *Server) ownParticipation(c *call) (consent.Participation, error) {
	id, err := c.id("participantId")
	if err != nil {
		return consent.Participation{}, err
	}
	p, err := s.Consent.Participation(c.ctx(), c.actor.ID, id)
	if err != nil {
		return p, err
	}
	return p, s.allow(c, policies.Facts{OwnerID: p.OwnerID})
}

func (s *Server) getParticipation(c *call) (reply, error) {
	p, err := s.ownParticipation(c)
	if err != nil {
		return reply{}, err
	}
	lang := s.Texts.Negotiate(c.Query("language"), c.GetHeader("Accept-Language"))
	text, err := s.consentText(lang, s.asksOf(p.HeldAt, s.name(c, p.OwnerID), p.ParticipantID, consent.Colleague))
	if err != nil {
		return reply{}, err
	}
	out, err := s.participation(c, p)
	return ok(contract.ParticipationDetail{Participation: out, Text: text}), err
}

// asksOf is what the consent text is filled with.
func (s *Server) asksOf(heldAt time.Time, klantmanager string, participant uuid.UUID, role consent.Role) citizen.ConsentPage {
	return citizen.ConsentPage{
		Conversation: citizen.Conversation{Ref: participant.String(), Role: string(role), Klantmanager: klantmanager, HeldAt: heldAt},
		Scopes:       s.offered().Names(), Retention: s.Retention, CoolingOff: s.CoolingOff,
	}
}

func (s *Server) consentText(lang string, page citizen.ConsentPage) (contract.ConsentText, error) {
	text, err := s.Pages.Text(lang, page)
	if err != nil {
		return contract.ConsentText{}, err
	}
	out := contract.ConsentText{
		Version: text.Version, Language: text.Language, Title: text.Title, Intro: text.Intro, Limits: text.Limits,
		ScopesAsk: text.ScopesAsk, ScopesFree: text.ScopesFree, ScopesWait: text.ScopesWait, Yes: text.Yes, No: text.No,
	}
	for _, section := range text.Sections {
		part := struct {
			Answer     *string  `json:"answer,omitempty"`
			Heading    string   `json:"heading"`
			Paragraphs []string `json:"paragraphs"`
		}{Heading: section.Heading, Paragraphs: section.Paragraphs}
		if section.Answer != "" {
			part.Answer = &section.Answer
		}
		out.Sections = append(out.Sections, part)
	}
	for _, name := range page.Scopes {
		out.Scopes = append(out.Scopes, struct {
			Scope    contract.Scope `json:"scope"`
			Sentence string         `json:"sentence"`
		}{contract.Scope(name), text.Scopes[name].Sentence})
	}
	return out, nil
}

func (s *Server) answerParticipation(c *call) (reply, error) {
	p, err := s.ownParticipation(c)
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.ParticipationChoice](s, c, "ParticipationChoice")
	if err != nil {
		return reply{}, err
	}
	outcome, err := s.participate(c, p, body)
	if err != nil {
		return reply{}, err
	}
	s.vanished()
	if !outcome.Confirmed {
		return reply{status: http.StatusAccepted}, nil
	}
	return noContent(), nil
}

func (s *Server) participate(c *call, p consent.Participation, body contract.ParticipationChoice) (consent.Outcome, error) {
	id := p.ParticipantID
	done := consent.Outcome{Confirmed: true}
	switch body.Choice {
	case contract.ParticipationChoiceChoiceYes:
		return done, s.colleagueYes(c, id, body)
	case contract.ParticipationChoiceChoiceLonger, contract.ParticipationChoiceChoiceNotLonger:
		return done, s.participateLonger(c, p, body)
	case contract.ParticipationChoiceChoiceNo:
		return done, s.Consent.Refuse(c.ctx(), id)
	case contract.ParticipationChoiceChoicePause:
		return s.Consent.Pause(c.ctx(), id)
	case contract.ParticipationChoiceChoiceResume:
		return done, s.Consent.Resume(c.ctx(), id)
	case contract.ParticipationChoiceChoiceNarrow:
		return s.Consent.Narrow(c.ctx(), id, s.offeredOf(body.Scopes))
	}
	if body.Confirm == nil || !*body.Confirm {
		return done, &fault{[]contract.Fault{{Field: "confirm", Code: "required", Detail: "Erasing everything has to be confirmed."}}}
	}
	return s.Consent.Withdraw(c.ctx(), id)
}

func (s *Server) colleagueYes(c *call, id uuid.UUID, body contract.ParticipationChoice) error {
	if body.Language == nil || body.TextVersion == nil {
		return &fault{[]contract.Fault{{Field: "textVersion", Code: "required", Detail: "A yes says on which text, in which language."}}}
	}
	text := s.Texts.Consent(*body.Language)
	if text.Language != *body.Language || text.Version != *body.TextVersion {
		return errTextChanged
	}
	return s.Consent.Yes(c.ctx(), id, consent.Answer{
		Scopes: s.offeredOf(body.Scopes), Method: consent.MethodSignedIn,
		TextVersion: text.Version, TextHash: text.Hash, Language: text.Language,
	})
}
