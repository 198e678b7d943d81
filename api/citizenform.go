package api

import (
	"errors"
	"io"
	"mime"
	"net/http"

	"vakspiegel/consent"
	"vakspiegel/web/citizen"
)

// answerConsent takes every form of the citizen's pages.
func (s *Server) answerConsent(c *call) (reply, error) {
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return reply{}, errMediaType
	}
	if err := c.Request.ParseForm(); err != nil {
		return reply{}, broken(err, errForm)
	}
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	if c.PostForm(citizen.FieldRef) != v.ParticipantID.String() {
		return s.page(c, http.StatusConflict, func(w io.Writer) error { return s.Pages.OtherLink(w, v.lang) })
	}
	out, err := s.choose(c, v)
	if err == nil {
		s.hub.nudge()
		return out, nil
	}
	// Answered twice, closed meanwhile: the page that fits now says what is so.
	if errors.Is(err, consent.ErrAnswered) || errors.Is(err, consent.ErrClosed) {
		return s.to(c, citizen.PathConsent)
	}
	return s.sorry(c, err)
}

func (s *Server) choose(c *call, v visit) (reply, error) {
	switch c.PostForm(citizen.FieldChoice) {
	case citizen.ChoiceYes:
		return s.sayYes(c, v)
	case citizen.ChoiceNo:
		if err := s.Consent.Refuse(c.ctx(), v.ParticipantID); err != nil {
			return reply{}, err
		}
		return s.afterNo(c)
	case citizen.ChoiceNarrow:
		keep := consent.ParseScopes(c.PostFormArray(citizen.FieldScope))
		outcome, err := s.Consent.Narrow(c.ctx(), v.ParticipantID, keep)
		if err != nil {
			return reply{}, err
		}
		return s.closed(c, v, outcome, citizen.PathConsent+"?gewijzigd=ja&"+citizen.FieldLanguage+"="+v.lang)
	case citizen.ChoicePause:
		outcome, err := s.Consent.Pause(c.ctx(), v.ParticipantID)
		if err != nil {
			return reply{}, err
		}
		return s.closed(c, v, outcome, citizen.PathConsent+"?"+citizen.FieldLanguage+"="+v.lang)
	case citizen.ChoiceResume:
		if err := s.Consent.Resume(c.ctx(), v.ParticipantID); err != nil {
			return reply{}, err
		}
		return s.to(c, citizen.PathConsent)
	case citizen.ChoiceErase:
		return s.erase(c, v)
	}
	return s.show(c, v, http.StatusBadRequest, func(*citizen.MinePage) {})
}

func (s *Server) sayYes(c *call, v visit) (reply, error) {
	text := s.Texts.Consent(v.lang)
	err := s.Consent.Yes(c.ctx(), v.ParticipantID, consent.Answer{
		Scopes: consent.ParseScopes(c.PostFormArray(citizen.FieldScope)).Intersect(consent.ParseScopes(offered)),
		Method: "own_device", TextVersion: text.Version, TextHash: text.Hash, Language: text.Language,
	})
	if err != nil {
		return reply{}, err
	}
	return s.answered(c)
}

// erase withdraws when the box was ticked: mail scanners post forms too.
func (s *Server) erase(c *call, v visit) (reply, error) {
	if c.PostForm(citizen.FieldConfirm) != citizen.ConfirmYes {
		return s.show(c, v, http.StatusBadRequest, func(p *citizen.MinePage) { p.NotConfirmed = true })
	}
	outcome, err := s.Consent.Withdraw(c.ctx(), v.ParticipantID)
	if err != nil {
		return reply{}, err
	}
	s.Media.Nudge()
	if outcome.Vanished {
		return s.afterNo(c)
	}
	return s.closed(c, v, outcome, citizen.PathConsent+"?"+citizen.FieldLanguage+"="+v.lang)
}

// closed goes on when the closing is confirmed; else it says that looking is
// blocked and that the confirmation follows (trust.md P2).
func (s *Server) closed(c *call, v visit, outcome consent.Outcome, next string) (reply, error) {
	if outcome.Confirmed {
		c.Redirect(http.StatusSeeOther, next)
		return written(), nil
	}
	about, err := s.about(c, v)
	if err != nil {
		return reply{}, err
	}
	c.Header("Refresh", "2; url="+next)
	return s.page(c, http.StatusAccepted, func(w io.Writer) error {
		return s.Pages.Blocked(w, v.lang, citizen.BlockedPage{Conversation: about})
	})
}
