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
	c.Header("Content-Disposition", `attachment; filename="intervisie.ics"`)
	c.Data(http.StatusOK, typeCalendar, []byte(s.calendar(invitation)))
	return written(), nil
}

// calendar is a session as a calendar shows it (RFC 5545). Its id is not that of
// the session, and the same each time, so that a moved session moves there too.
func (s *Server) calendar(of session.Invitation) string {
	calendar := ics.NewCalendarFor("Vakspiegel")
	calendar.SetProductId(calendarProgram)
	calendar.SetMethod(ics.MethodPublish)
	event := calendar.AddEvent(uuid.NewSHA1(uuid.NameSpaceURL, of.SessionID[:]).String())
	event.SetDtStampTime(s.Clock().UTC())
	event.SetStartAt(of.StartsAt.UTC())
	event.SetEndAt(of.StartsAt.UTC().Add(of.Takes))
	event.SetSummary(invitationTitle)
	event.SetURL(s.site() + sessionsPage)
	event.SetDescription(s.site() + sessionsPage)
	event.SetClass(ics.ClassificationPrivate)
	event.SetSequence(int(of.Sequence))
	return calendar.Serialize(ics.WithNewLineWindows)
}

// Invitation writes the one letter that invites to a session, without an address.
func (s *Server) Invitation(of session.Invitation) (consent.Letter, error) {
	when := citizen.InAmsterdam(of.StartsAt)
	return consent.Letter{
		Subject: invitationTitle, Language: "nl", Calendar: s.calendar(of),
		Text: invitationTitle + "\n\n" + when.Format("02-01-2006 15:04") + "\n" + s.site() + sessionsPage + "\n",
	}, nil
}
