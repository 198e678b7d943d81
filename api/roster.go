package api

import (
	"io"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

// Who is in the room, as its klantmanager arranges it: someone more, a spoken or
// written answer, the letter, and "Klopt het nog?".

func newParticipant(from contract.NewParticipant) consent.NewParticipant {
	p := consent.NewParticipant{
		Role: consent.Role(from.Role), PersonID: from.PersonID, Represents: from.Represents,
		Told: from.Told != nil && *from.Told, Telephone: from.Telephone != nil && *from.Telephone,
	}
	if from.Capacity != nil {
		p.Capacity = consent.Capacity(*from.Capacity)
	}
	return p
}

func (s *Server) addParticipant(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.NewParticipant](s, c, "NewParticipant")
	if err != nil {
		return reply{}, err
	}
	_, outcome, err := s.Consent.Add(c.ctx(), c.actor.ID, id, newParticipant(body))
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	conversation, err := s.Consent.Get(c.ctx(), c.actor.ID, id)
	if err != nil {
		return reply{}, err
	}
	out, err := s.conversation(c, conversation)
	location := map[string]string{"Location": base + "/conversations/" + id.String()}
	return reply{status: created(outcome), header: location, body: out}, err
}

func created(outcome consent.Outcome) int {
	if outcome.Confirmed {
		return http.StatusCreated
	}
	return http.StatusAccepted
}

func (s *Server) confirmConversation(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	if err := s.Consent.StillHolds(c.ctx(), c.actor.ID, id); err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return noContent(), nil
}

// participantOf is the participant of the path, of one's own conversation.
func (s *Server) participantOf(c *call) (consent.Conversation, consent.Participant, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return consent.Conversation{}, consent.Participant{}, err
	}
	participant, err := c.id("participantId")
	if err != nil {
		return consent.Conversation{}, consent.Participant{}, err
	}
	conversation, err := s.Consent.Get(c.ctx(), c.actor.ID, id)
	if err != nil {
		return consent.Conversation{}, consent.Participant{}, err
	}
	for _, p := range conversation.Participants {
		if p.ID == participant {
			return conversation, p, nil
		}
	}
	return consent.Conversation{}, consent.Participant{}, errNotFound
}

// registers tells whether staff may note this participant's answer: a colleague
// answers behind their own sign-in, and for the represented someone else does.
func registers(p consent.Participant, all []consent.Participant) bool {
	return p.Open && p.Role != consent.Colleague && !represented(p, all)
}

func represented(p consent.Participant, all []consent.Participant) bool {
	return slices.ContainsFunc(all, func(other consent.Participant) bool {
		return other.Represents != nil && *other.Represents == p.ID
	})
}

func (s *Server) getSpokenText(c *call) (reply, error) {
	conversation, p, err := s.participantOf(c)
	if err != nil {
		return reply{}, err
	}
	lang := s.Texts.Negotiate(c.Query("language"), c.GetHeader("Accept-Language"))
	spoken, err := s.Pages.Spoken(lang, s.asksOf(conversation.HeldAt, c.actor.Name, p.ID, p.Role))
	if err != nil {
		return reply{}, err
	}
	out := contract.SpokenText{
		Version: spoken.Version, PaperVersion: s.Texts.Consent(lang).Version, Language: lang,
		Direction: contract.SpokenTextDirection(spoken.Direction), Text: spoken.Text, Scopes: scopes(s.offered()),
	}
	if p.Telephone {
		out.Text, out.Scopes = spoken.Telephone, []contract.Scope{} // yes or no
	}
	for _, l := range s.Texts.Languages() {
		out.Languages = append(out.Languages, contract.SpokenLanguage{Tag: l.Tag, Name: l.Name})
	}
	return ok(out), nil
}

// registerAnswer answers a yes and a no alike.
func (s *Server) registerAnswer(c *call) (reply, error) {
	conversation, p, err := s.participantOf(c)
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.SpokenAnswer](s, c, "SpokenAnswer")
	if err != nil {
		return reply{}, err
	}
	if body.Choice == contract.SpokenAnswerChoiceNo {
		if err := s.Consent.RegisterNo(c.ctx(), c.actor.ID, conversation.ID, p.ID); err != nil {
			return reply{}, err
		}
		s.vanished()
		return noContent(), nil
	}
	answer, err := s.spokenAnswer(body, p)
	if err != nil {
		return reply{}, err
	}
	if err := s.Consent.RegisterYes(c.ctx(), c.actor.ID, conversation.ID, p.ID, answer); err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return noContent(), nil
}

// spokenAnswer is the yes, on the text that was read out or stood on the paper.
func (s *Server) spokenAnswer(body contract.SpokenAnswer, p consent.Participant) (consent.Answer, error) {
	if body.Language == nil || body.TextVersion == nil {
		return consent.Answer{}, &fault{[]contract.Fault{{Field: "textVersion", Code: "required", Detail: "A yes says on which text, in which language."}}}
	}
	answer := consent.Answer{Scopes: s.offeredOf(body.Scopes), Method: string(body.Method), Language: *body.Language, TextVersion: *body.TextVersion}
	if body.Method == contract.SpokenAnswerMethodPaper {
		text, found := s.Texts.ConsentVersion(answer.Language, answer.TextVersion)
		if !found || p.Telephone {
			return answer, errTextChanged
		}
		answer.TextHash = text.Hash
		return answer, nil
	}
	spoken := s.Texts.Spoken(answer.Language)
	if spoken.Language != answer.Language || spoken.Version != answer.TextVersion {
		return answer, errTextChanged
	}
	if p.Telephone || body.ByTelephone != nil && *body.ByTelephone {
		answer.Method = "telephone"
	}
	answer.TextHash = spoken.Hash
	return answer, nil
}

// offeredOf keeps, of what was ticked, what is offered.
func (s *Server) offeredOf(ticked *[]contract.Scope) consent.Scopes {
	if ticked == nil {
		return consent.Scopes{}
	}
	names := make([]string, len(*ticked))
	for i, scope := range *ticked {
		names[i] = string(scope)
	}
	return consent.ParseScopes(names).Intersect(s.offered())
}

// showLetter is the letter to print and post, until it is handed over.
func (s *Server) showLetter(c *call) (reply, error) {
	conversation, p, err := s.inHand(c)
	if err != nil {
		return reply{}, err
	}
	if represented(p, conversation.Participants) {
		return reply{}, errNotFound // their representative is asked, and gets the letter
	}
	svg, err := qrSVG(s.consentURL(p.Token))
	if err != nil {
		return reply{}, err
	}
	page := citizen.LetterPage{
		ConsentPage: s.asksOf(conversation.HeldAt, c.actor.Name, p.ID, p.Role), Link: s.consentURL(p.Token),
		Code: spaced(p.Code), CodeAddress: s.PublicURL.Host + citizen.PathCode, QR: svg, Path: c.Request.URL.Path, Now: s.Clock(),
	}
	lang := s.language(c)
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Letter(w, lang, page) })
}

// mayAsk tells whether the owner may still ask someone more.
func (s *Server) mayAsk(c *call, from consent.Conversation) bool {
	facts := policies.Facts{OwnerID: from.OwnerID, Closed: from.Paused}
	return s.Policy.Decide(c.actor, policies.ConversationAsk, facts, policies.NoPurpose).Allowed
}

// colleagueName is what the klantmanager calls someone who signs in.
func (s *Server) colleagueName(c *call, id *uuid.UUID) *string {
	if id == nil {
		return nil
	}
	name := s.name(c, *id)
	return &name
}
