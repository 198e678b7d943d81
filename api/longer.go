package api

import (
	"errors"
	"net/http"
	"time"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/web/citizen"
)

// Keeping a recording longer: its klantmanager asks, everyone says yes anew, and
// until the last of them nothing changes.

func (s *Server) askLonger(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.LongerQuestion](s, c, "LongerQuestion")
	if err != nil {
		return reply{}, err
	}
	if err := s.Consent.AskLonger(c.ctx(), c.actor.ID, id, body.Until); err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return noContent(), nil
}

func (s *Server) takeLongerBack(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	if err := s.Consent.TakeLongerBack(c.ctx(), c.actor.ID, id); err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return noContent(), nil
}

func (s *Server) getLongerText(c *call) (reply, error) {
	conversation, p, err := s.participantOf(c)
	if err != nil {
		return reply{}, err
	}
	question, err := s.Consent.AskedLonger(c.ctx(), conversation.ID, p.ID)
	if err != nil {
		return reply{}, err
	}
	kept, err := s.Media.Kept(c.ctx(), conversation.ID)
	if err != nil {
		return reply{}, err
	}
	lang := s.Texts.Negotiate(c.Query("language"), c.GetHeader("Accept-Language"))
	text, err := s.Pages.LongerText(lang, c.actor.Name, kept.ExpiresAt, question.Until)
	if err != nil {
		return reply{}, err
	}
	version := s.Texts.Consent(lang).Version
	out := contract.SpokenText{
		Version: version, PaperVersion: version, Language: lang, Text: text, Scopes: []contract.Scope{},
		Direction: contract.SpokenTextDirection(s.Texts.Language(lang).Direction),
	}
	for _, l := range s.Texts.Languages() {
		out.Languages = append(out.Languages, contract.SpokenLanguage{Tag: l.Tag, Name: l.Name})
	}
	return ok(out), nil
}

// registerLonger answers a yes and a no alike.
func (s *Server) registerLonger(c *call) (reply, error) {
	conversation, p, err := s.participantOf(c)
	if err != nil {
		return reply{}, err
	}
	body, err := decode[contract.LongerAnswer](s, c, "LongerAnswer")
	if err != nil {
		return reply{}, err
	}
	if body.Choice == contract.LongerAnswerChoiceNo {
		err = s.Consent.RegisterLongerNo(c.ctx(), c.actor.ID, conversation.ID, p.ID)
	} else {
		if body.Language == nil {
			return reply{}, &fault{[]contract.Fault{{Field: "language", Code: "required", Detail: "A yes says in which language it was asked."}}}
		}
		text := s.Texts.Consent(*body.Language)
		if text.Language != *body.Language {
			return reply{}, errTextChanged
		}
		answer := consent.Answer{Method: string(body.Method), TextVersion: text.Version, TextHash: text.Hash, Language: text.Language}
		err = s.Consent.RegisterLongerYes(c.ctx(), c.actor.ID, conversation.ID, p.ID, body.Until, answer)
	}
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return noContent(), nil
}

// longer is what its klantmanager may know: nothing where nobody can be asked.
func (s *Server) longer(c *call, from consent.Conversation, out *contract.Conversation) error {
	if from.Waiting || from.Paused || !out.Can.Ask || len(out.RecordingIds) == 0 {
		return nil
	}
	found, err := s.Consent.Longer(c.ctx(), from.ID)
	if err != nil {
		return err
	}
	out.Longer = &contract.Longer{Options: found.Options}
	if out.Longer.Options == nil {
		out.Longer.Options = []time.Time{}
	}
	if found.Until.IsZero() {
		return nil
	}
	out.Longer.Until = &found.Until
	for i, p := range from.Participants {
		p.Open = true // of this question
		if register := registers(p, from.Participants); register {
			out.Participants[i].RegisterLonger = &register
		}
	}
	return nil
}

// participateLonger is a colleague's answer, in their own screen.
func (s *Server) participateLonger(c *call, p consent.Participation, body contract.ParticipationChoice) error {
	if body.Choice == contract.ParticipationChoiceChoiceNotLonger {
		return s.Consent.LongerNo(c.ctx(), p.ParticipantID)
	}
	if body.Until == nil {
		return &fault{[]contract.Fault{{Field: "until", Code: "required", Detail: "A yes says until when."}}}
	}
	text := s.Texts.Consent(s.Texts.Negotiate("", c.GetHeader("Accept-Language")))
	return s.Consent.ColleagueLongerYes(c.ctx(), p, *body.Until, consent.Answer{
		Method: consent.MethodSignedIn, TextVersion: text.Version, TextHash: text.Hash, Language: text.Language,
	})
}

// participationLonger is what a colleague is asked, nil when nothing is.
func (s *Server) participationLonger(c *call, p consent.Participation) (*contract.ParticipationLonger, error) {
	if p.State != consent.Given {
		return nil, nil // nothing is asked
	}
	asked, err := s.Consent.AskedLonger(c.ctx(), p.ConversationID, p.ParticipantID)
	if errors.Is(err, consent.ErrClosed) {
		return nil, nil // nothing is asked
	}
	return &contract.ParticipationLonger{Until: asked.Until, Answered: asked.Answered}, err
}

// ownLonger is what the participant's page asks, nil when nothing is.
func (s *Server) ownLonger(c *call, v visit) (*citizen.Longer, error) {
	if v.State != consent.Given {
		return nil, nil // nothing is asked
	}
	asked, err := s.Consent.AskedLonger(c.ctx(), v.Conversation, v.ParticipantID)
	if errors.Is(err, consent.ErrClosed) {
		return nil, nil // nothing is asked
	}
	return &citizen.Longer{
		Until: asked.Until, Answered: asked.Answered, Decides: asked.Decides, Screen: v.Method == consent.SharedScreen,
	}, err
}

// sayNotLonger takes the link alone, and a tick: mail scanners post forms too.
func (s *Server) sayNotLonger(c *call, v visit) (reply, error) {
	if !ticked(c, citizen.ChoiceNotLonger) {
		return s.show(c, v, http.StatusBadRequest, func(p *citizen.MinePage) { p.Own.Form, p.Own.Fault = citizen.ChoiceNotLonger, "tick" })
	}
	if err := s.Consent.LongerNo(c.ctx(), v.ParticipantID); err != nil {
		return reply{}, err
	}
	return s.to(c, citizen.PathConsent)
}
