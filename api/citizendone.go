package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"vakspiegel/consent"
	"vakspiegel/web/citizen"
)

// A no takes exactly as many steps as a yes and looks the same from outside: one
// redirect to one address, the same headers, and one page of one size. So neither
// touches the cookie; after a no it opens nothing any more.

// answered sends the browser on after a yes and after a no alike.
func (s *Server) answered(c *call) (reply, error) { return s.to(c, citizen.PathDone) }

// afterNo is answered for what has disappeared.
func (s *Server) afterNo(c *call) (reply, error) {
	s.vanished()
	return s.answered(c)
}

// showDone is the page after an answer. Who has no open link reads that nothing
// is filmed: after a no there is nothing left to know them by.
func (s *Server) showDone(c *call) (reply, error) {
	v, err := s.visit(c)
	if errors.Is(err, consent.ErrUnknownLink) {
		if s.returned(c) {
			return s.showReturned(c)
		}
		return s.showRefused(c)
	}
	if err != nil {
		return s.sorry(c, err)
	}
	if !v.Answered || v.Erasure != nil {
		return s.to(c, citizen.PathConsent)
	}
	return s.showAnswered(c, v)
}

// showKept is the page to keep once more, while code and QR may be shown.
func (s *Server) showKept(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	_, shown, err := s.Consent.Secret(c.ctx(), v.Sitting)
	if err != nil {
		return s.sorry(c, err)
	}
	if !shown || !v.Answered || v.Erasure != nil {
		return s.to(c, citizen.PathConsent)
	}
	return s.showAnswered(c, v)
}

// showAnswered says what was agreed to, with code and QR until they are handed over.
func (s *Server) showAnswered(c *call, v visit) (reply, error) {
	about, err := s.about(c, v)
	if err != nil {
		return s.sorry(c, err)
	}
	page := citizen.AnsweredPage{
		Conversation: about, Scopes: v.Scopes.Names(), Waiting: !v.EveryoneYes, CodeAddress: s.PublicURL.Host + citizen.PathCode,
		Own: s.ownPart(v),
	}
	secret, shown, err := s.Consent.Secret(c.ctx(), v.Sitting)
	if err != nil {
		return s.sorry(c, err)
	}
	if shown {
		page.Code = spaced(secret.Code)
		if page.QR, err = qrSVG(s.consentURL(secret.Token)); err != nil {
			return s.sorry(c, err)
		}
	}
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Answered(w, v.lang, page) })
}

func (s *Server) showRefused(c *call) (reply, error) {
	lang := s.language(c)
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Refused(w, lang) })
}

// spaced groups a code by four, to be read out.
func spaced(code string) string {
	var out bytes.Buffer
	for i, digit := range code {
		if i > 0 && i%4 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(digit)
	}
	return out.String()
}
