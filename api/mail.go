package api

import (
	"errors"
	"slices"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/consent/texts"
	"vakspiegel/web/citizen"
)

// mailLink sends one e-mail with a participant's link. The address is in the
// request and in the letter, and nowhere else.
func (s *Server) mailLink(c *call) (reply, error) {
	id, err := s.ownConversation(c)
	if err != nil {
		return reply{}, err
	}
	participantID, err := c.id("participantId")
	if err != nil {
		return reply{}, err
	}
	if s.Mailer == nil {
		return reply{}, errNotFound
	}
	body, err := decode[contract.MailLink](s, c, "MailLink")
	if err != nil {
		return reply{}, err
	}
	address, err := consent.ParseAddress(body.Address)
	if err != nil {
		return reply{}, addressFault()
	}
	if !slices.ContainsFunc(s.Texts.Languages(), func(l texts.Language) bool { return l.Tag == body.Language }) {
		return reply{}, &fault{[]contract.Fault{{Field: "language", Code: "unknown", Detail: "Choose one of the languages in /settings."}}}
	}
	participant, err := s.Consent.TakeLetter(c.ctx(), c.actor.ID, id, participantID)
	if err != nil {
		return reply{}, err
	}
	letter, err := s.letter(body.Language, citizen.MailPage{Kind: "ask", Link: s.consentURL(participant.Token)})
	if err == nil {
		letter.To = address
		err = s.Mailer.Send(c.ctx(), letter)
	}
	if err != nil && !errors.Is(err, consent.ErrMailUnsure) {
		err = errors.Join(err, s.Consent.ReleaseLetter(c.ctx(), participantID))
	}
	if errors.Is(err, consent.ErrMailAddress) {
		return reply{}, addressFault()
	}
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	return noContent(), nil
}

func addressFault() error {
	return &fault{[]contract.Fault{{Field: "address", Code: "invalid", Detail: "This is no e-mail address that takes mail. Nothing was sent."}}}
}

// letter writes a letter without an address.
func (s *Server) letter(language string, page citizen.MailPage) (consent.Letter, error) {
	mail, err := s.Pages.Mail(language, page)
	return consent.Letter{Subject: mail.Subject, Text: mail.Text, HTML: mail.HTML, Language: language}, err
}

// Reminder writes the one message before others may look. The link is kept
// nowhere, so it names the page where the code is typed.
func (s *Server) Reminder(due consent.Reminder) (consent.Letter, error) {
	page := citizen.MailPage{Kind: "remind", Code: s.PublicURL.JoinPath(citizen.PathCode).String(), OpensAt: due.Opens}
	if !due.Telephone {
		return s.letter(due.Language, page)
	}
	page.Kind = "text"
	letter, err := s.letter(due.Language, page)
	letter.HTML = ""
	return letter, err
}

// mailSettings are the languages that letters can be written in; nil without mail.
func (s *Server) mailSettings() *struct {
	Languages []contract.MailLanguage `json:"languages"`
} {
	if s.Mailer == nil {
		return nil
	}
	out := &struct {
		Languages []contract.MailLanguage `json:"languages"`
	}{}
	for _, l := range s.Texts.Languages() {
		out.Languages = append(out.Languages, contract.MailLanguage{Tag: l.Tag, Name: l.Name})
	}
	return out
}
