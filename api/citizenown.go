package api

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"vakspiegel/consent"
	"vakspiegel/web/citizen"
)

// Link and code only close. What opens something takes the sitting in which the
// yes was given, or the PIN.

// own takes a form that takes the sitting of the yes, or the PIN.
func (s *Server) own(c *call, v visit) (reply, error) {
	form := c.PostForm(citizen.FieldChoice)
	fault, err := s.doOwn(c, v, form)
	if err == nil && fault == "" {
		path := citizen.PathConsent
		if v.Consenting && form != citizen.ChoiceYes && form != citizen.ChoiceLonger {
			path = citizen.PathDone // where they were
		}
		return s.to(c, path)
	}
	status := http.StatusBadRequest
	switch {
	case fault != "":
	case errors.Is(err, consent.ErrPINWeak):
		fault = "weak"
	case errors.Is(err, consent.ErrPINWrong):
		fault, status = "wrong", http.StatusForbidden
	case errors.Is(err, consent.ErrPINWait):
		fault, status = "wait", http.StatusTooManyRequests
	case errors.Is(err, consent.ErrNoPIN):
		fault, status = "nopin", http.StatusForbidden
	case errors.Is(err, consent.ErrTooSoon), errors.Is(err, consent.ErrInvalid):
		return s.to(c, citizen.PathConsent) // not offered: the page says what is so
	default:
		return reply{}, err
	}
	return s.show(c, v, status, func(p *citizen.MinePage) { p.Own.Form, p.Own.Fault = form, fault })
}

// doOwn does what the form asks; fault is what was not filled in.
func (s *Server) doOwn(c *call, v visit, form string) (fault string, err error) {
	pin := c.PostForm(citizen.FieldPIN)
	switch form {
	case citizen.ChoicePIN:
		chosen := c.PostForm(citizen.FieldNewPIN)
		if chosen != c.PostForm(citizen.FieldNewAgain) {
			return "differs", nil
		}
		return "", s.Consent.ChoosePIN(c.ctx(), v.Sitting, chosen, pin)
	case citizen.ChoiceWish:
		if c.PostForm(citizen.FieldConfirm) != citizen.ConfirmYes {
			return "tick", nil
		}
		return "", s.Consent.WishLookback(c.ctx(), v.Sitting, pin)
	case citizen.ChoiceRemind:
		if c.PostForm(citizen.FieldConfirm) != citizen.ConfirmYes {
			return "tick", nil
		}
		if s.Mailer == nil {
			return "", nil
		}
		err := s.Consent.KeepReminder(c.ctx(), v.Sitting, c.PostForm(citizen.FieldEmail), v.lang)
		if errors.Is(err, consent.ErrMailAddress) {
			return "address", nil
		}
		return "", err
	case citizen.ChoiceNoRemind:
		if !ticked(c, form) {
			return "tick", nil
		}
		return "", s.Consent.DropReminder(c.ctx(), v.ParticipantID)
	case citizen.ChoiceLonger:
		if v.Method == consent.SharedScreen && !ticked(c, form) {
			return "tick", nil
		}
		until, err := time.Parse(time.RFC3339Nano, c.PostForm(citizen.FieldUntil))
		if err != nil {
			return "", consent.ErrClosed // no form of ours: the page says what is asked
		}
		return "", s.Consent.LongerYes(c.ctx(), v.Sitting, pin, until, s.answer(c, v))
	case citizen.ChoiceAgain:
		return "", s.Consent.SecondYes(c.ctx(), v.ParticipantID, pin, s.answer(c, v))
	}
	answer := s.answer(c, v)
	if len(pin) > 0 && len(answer.Scopes) == 0 {
		return "none", nil
	}
	if len(pin) == 0 && len(answer.Scopes) == 0 {
		return "", nil // a second press of the button that says yes changes nothing
	}
	return "", s.Consent.Widen(c.ctx(), v.ParticipantID, pin, answer)
}

// ownPart is what the pages offer beyond closing.
func (s *Server) ownPart(v visit) citizen.Own {
	own := citizen.Own{
		Consenting: v.Consenting, HasPIN: v.HasPIN, CoolingOff: s.CoolingOff,
		MayRemind: s.Mailer != nil && v.Consenting && s.CoolingOff > 0, Telephone: s.Consent.SMSGateway != "", Reminder: v.Reminder,
		MayWish: v.Role.MayLookBack(), Lookback: v.Lookback,
	}
	for _, scope := range s.offered().Names() {
		if !slices.Contains(v.Scopes.Names(), scope) {
			own.More = append(own.More, scope)
		}
	}
	return own
}

// secondYes is what the page says of it, "" where the municipality does not wait
// for one or nobody else may look anyway.
func (s *Server) secondYes(v visit, page citizen.MinePage) string {
	opens := page.SharingOpensAt
	switch {
	case !s.SecondYes || !page.HasRecording || len(page.Scopes) == 0 || page.Paused:
		return ""
	case page.Now.Before(opens):
		return "later"
	case v.SecondYesAt != nil && !v.SecondYesAt.Before(opens):
		return "given"
	}
	return "ask"
}

// unwish takes the wish to look back away; the link is enough.
func (s *Server) unwish(c *call, v visit) (reply, error) {
	if !ticked(c, citizen.ChoiceUnwish) {
		return s.show(c, v, http.StatusBadRequest, func(p *citizen.MinePage) { p.Own.Form, p.Own.Fault = citizen.ChoiceUnwish, "tick" })
	}
	outcome, err := s.Consent.DropLookback(c.ctx(), v.ParticipantID)
	if err != nil {
		return reply{}, err
	}
	return s.closed(c, v, outcome, citizen.PathConsent+"?gewijzigd=ja&"+citizen.FieldLanguage+"="+v.lang)
}
