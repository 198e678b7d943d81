package api

import (
	"net/http"

	ics "github.com/arran4/golang-ical"
	"github.com/google/uuid"

	"vakspiegel/consent"
	"vakspiegel/review/session"
	"vakspiegel/web/citizen"
)

// What leaves the product for a calendar says this and nothing else: calendars are
// read by many (trust.md 6).
const (
	invitationTitle = "Intervisie"
	callOffTitle    = "Intervisie gaat niet door"
	typeCalendar    = "text/calendar; charset=utf-8"
	calendarProgram = "-//Vakspiegel//Intervisie//NL"
	sessionsPage    = "/sessies"
)

func (s *Server) getSessionCalendar(c *call) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	invitation, err := s.Together.Invitation(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	method := ics.MethodPublish
	if invitation.Off {
		method = ics.MethodCancel // takes it out of the calendar it was put in
	}
	c.Header("Content-Disposition", `attachment; filename="intervisie.ics"`)
	c.Data(http.StatusOK, typeCalendar, []byte(s.calendar(invitation, method)))
	return written(), nil
}

// calendar is a session as a calendar shows it (RFC 5545). Its id is not that of
// the session, and the same each time, so that a session that is moved moves there
// too, and one that is off goes there too (RFC 5546, 3.2.1 and 3.2.5). The product
// is the organiser: it names nobody.
func (s *Server) calendar(of session.Invitation, method ics.Method) string {
	calendar := ics.NewCalendarFor("Vakspiegel")
	calendar.SetProductId(calendarProgram)
	calendar.SetMethod(method)
	event := calendar.AddEvent(uuid.NewSHA1(uuid.NameSpaceURL, of.SessionID[:]).String())
	event.SetDtStampTime(s.Clock().UTC())
	event.SetStartAt(of.StartsAt.UTC())
	event.SetEndAt(of.StartsAt.UTC().Add(of.Takes))
	event.SetSummary(invitationTitle)
	event.SetURL(s.site() + sessionsPage)
	event.SetDescription(s.site() + sessionsPage)
	event.SetClass(ics.ClassificationPrivate)
	event.SetSequence(int(of.Sequence))
	if s.Organiser != "" {
		event.SetOrganizer(s.Organiser)
	}
	if method == ics.MethodCancel {
		event.SetStatus(ics.ObjectStatusCancelled)
	}
	return calendar.Serialize(ics.WithNewLineWindows)
}

// Invitation writes the one letter that invites to a session, without an address.
func (s *Server) Invitation(of session.Invitation) (consent.Letter, error) {
	return s.sessionLetter(invitationTitle, of, ics.MethodPublish), nil
}

// CallOff writes the one letter that says that it is off, without an address or a
// cause: whether the session is cancelled or goes on without them is the same.
func (s *Server) CallOff(of session.Invitation) (consent.Letter, error) {
	return s.sessionLetter(callOffTitle, of, ics.MethodCancel), nil
}

func (s *Server) sessionLetter(title string, of session.Invitation, method ics.Method) consent.Letter {
	when := citizen.InAmsterdam(of.StartsAt)
	return consent.Letter{
		Subject: title, Language: "nl", Calendar: s.calendar(of, method), Method: string(method),
		Text: title + "\n\n" + when.Format("02-01-2006 15:04") + "\n" + s.site() + sessionsPage + "\n",
	}
}
