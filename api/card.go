package api

import (
	"io"
	"net/http"

	"vakspiegel/consent"
	"vakspiegel/web/citizen"
)

// The card to hand over is one page, for the citizen on the own page and for
// staff to print; both until it is handed over.

// showOwnCard is the card behind the link's cookie.
func (s *Server) showOwnCard(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	secret, shown, err := s.Consent.Secret(c.ctx(), v.Sitting)
	if err != nil {
		return s.sorry(c, err)
	}
	if !shown || !v.Answered || v.Erasure != nil {
		return s.to(c, citizen.PathConsent)
	}
	about, err := s.about(c, v)
	if err != nil {
		return s.sorry(c, err)
	}
	return s.card(c, about, secret, citizen.PathCard)
}

// showCard is the same page for staff. It needs no yes: who says no keeps a card
// that opens nothing.
func (s *Server) showCard(c *call) (reply, error) {
	conversation, p, err := s.inHand(c)
	if err != nil {
		return reply{}, err
	}
	return s.card(c, citizen.Conversation{
		Ref: p.ID.String(), Role: string(p.Role), Klantmanager: c.actor.Name, HeldAt: conversation.HeldAt,
	}, p, c.Request.URL.Path)
}

func (s *Server) card(c *call, about citizen.Conversation, p consent.Participant, path string) (reply, error) {
	svg, err := qrSVG(s.consentURL(p.Token))
	if err != nil {
		return reply{}, err
	}
	page := citizen.CardPage{
		Conversation: about, Code: spaced(p.Code), CodeAddress: s.PublicURL.Host + citizen.PathCode, QR: svg,
		Neutral: c.Query(citizen.FieldNeutral) == "ja", Path: path,
	}
	lang := s.language(c)
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Card(w, lang, page) })
}
