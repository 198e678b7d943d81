package api

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"

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
		return s.page(c, http.StatusConflict, func(w io.Writer) error { return s.pages(c).OtherLink(w, v.lang) })
	}
	out, err := s.choose(c, v)
	if err == nil {
		s.hub.nudge()
		return out, nil
	}
	// Answered twice, closed meanwhile: the page that fits now says what is so.
	if errors.Is(err, consent.ErrAnswered) || errors.Is(err, consent.ErrClosed) || errors.Is(err, consent.ErrRepresented) {
		return s.to(c, citizen.PathConsent)
	}
	return s.sorry(c, err)
}

// ticked says that the box of the form was ticked, where it has one. Erasing
// always needs it: mail scanners post forms too.
func ticked(c *call, choice string) bool {
	needs := c.PostForm(citizen.FieldTick) == citizen.TickNeeded || choice == citizen.ChoiceErase
	return !needs || c.PostForm(citizen.FieldConfirm) == citizen.ConfirmYes
}

// untick shows the page again, with what was chosen and what is missing.
func (s *Server) untick(c *call, v visit, choice string) (reply, error) {
	return s.show(c, v, http.StatusBadRequest, func(p *citizen.MinePage) { p.NotTicked = choice })
}

func (s *Server) choose(c *call, v visit) (reply, error) {
	choice := c.PostForm(citizen.FieldChoice)
	switch choice {
	case citizen.ChoiceYes, citizen.ChoiceNo, citizen.ChoicePause, citizen.ChoiceResume, citizen.ChoiceErase:
		// Who said yes already allows more: a tick of its own, and the PIN.
		if more := choice == citizen.ChoiceYes && v.Answered; !more && !ticked(c, choice) {
			return s.untick(c, v, choice)
		}
	}
	switch choice {
	case citizen.ChoiceYes:
		return s.sayYes(c, v)
	case citizen.ChoiceNo:
		if err := s.Consent.Refuse(c.ctx(), v.ParticipantID); err != nil {
			return reply{}, err
		}
		return s.afterNo(c)
	case citizen.ChoiceNarrow:
		outcome, err := s.Consent.Narrow(c.ctx(), v.ParticipantID, keep(c, v))
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
	case citizen.ChoicePIN, citizen.ChoiceWish, citizen.ChoiceAgain, citizen.ChoiceRemind, citizen.ChoiceNoRemind:
		return s.own(c, v)
	case citizen.ChoiceLonger:
		return s.own(c, v)
	case citizen.ChoiceNotLonger:
		return s.sayNotLonger(c, v)
	case citizen.ChoiceUnwish:
		return s.unwish(c, v)
	}
	return s.show(c, v, http.StatusBadRequest, func(*citizen.MinePage) {})
}

// outdated says that the form stood under another text than the one of now: a
// yes counts only for what was read. A form of one's own making names none.
func (s *Server) outdated(c *call, v visit) bool {
	read := c.PostForm(citizen.FieldVersion)
	return read != "" && read != s.Texts.Consent(v.lang).Version
}

func (s *Server) sayYes(c *call, v visit) (reply, error) {
	if s.outdated(c, v) {
		return s.show(c, v, http.StatusConflict, func(p *citizen.MinePage) { p.Own.Form, p.Own.Fault = citizen.ChoiceYes, "changed" })
	}
	if v.Answered {
		return s.own(c, v)
	}
	if err := s.Consent.Yes(c.ctx(), v.ParticipantID, s.answer(c, v)); err != nil {
		return reply{}, err
	}
	return s.answered(c)
}

// answer is what a yes says, on the text that was shown.
func (s *Server) answer(c *call, v visit) consent.Answer {
	text := s.Texts.Consent(v.lang)
	return consent.Answer{
		Scopes: consent.ParseScopes(c.PostFormArray(citizen.FieldScope)).Intersect(s.offered()),
		Method: v.Method, TextVersion: text.Version, TextHash: text.Hash, Language: text.Language,
		Cookie: s.cookie(c.Context, linkCookie),
	}
}

// keep is what stays after a narrowing: what is named, or, on our own form, what
// was not ticked to go.
func keep(c *call, v visit) consent.Scopes {
	if c.PostForm(citizen.FieldTick) != citizen.TickNeeded {
		return consent.ParseScopes(c.PostFormArray(citizen.FieldScope))
	}
	goes := consent.ParseScopes(c.PostFormArray(citizen.FieldLess))
	return slices.DeleteFunc(slices.Clone(v.Scopes), func(scope consent.Scope) bool { return slices.Contains(goes, scope) })
}

func (s *Server) erase(c *call, v visit) (reply, error) {
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
		return s.pages(c).Blocked(w, v.lang, citizen.BlockedPage{Conversation: about})
	})
}
