package api

import (
	"net/http"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/policies"
	"vakspiegel/review/session"
)

// sessionRoutes are the plan of looking together: review/session decides on the
// live facts, and what is not one's own is not there.
func (s *Server) sessionRoutes() []route {
	const get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	const one = base + "/review-sessions/:sessionId"
	return []route{
		{get, base + "/agreement", public, "", false, noBody, quick, s.getAgreement},
		{get, base + "/review-sessions", staff, policies.SelfRead, false, noBody, quick, s.listSessions},
		{post, base + "/review-sessions", staff, policies.SessionCreate, false, small, quick, s.createSession},
		{get, one, staff, policies.SessionRead, true, noBody, quick, s.getSession},
		{get, one + "/qr", staff, policies.SessionRead, true, noBody, quick, s.getSessionQR},
		{patch, one, staff, policies.SessionPlan, true, small, quick, s.changeSession},
		{get, one + "/calendar", staff, policies.SessionRead, true, noBody, quick, s.getSessionCalendar},
		{post, one + "/request", staff, policies.SessionLead, true, small, quick, s.answerSessionRequest},
		{post, one + "/open", staff, policies.SessionPlan, true, noBody, quick, s.openSession},
		{post, one + "/cancel", staff, policies.SessionPlan, true, noBody, quick, s.cancelSession},
		{post, one + "/start", staff, policies.SessionLead, true, small, quick, s.startSession},
		{put, one + "/people/:personId", staff, policies.SessionLead, true, small, quick, s.saySessionPresent},
		{post, one + "/finish", staff, policies.SessionLead, true, small, quick, s.finishSession},
		{post, one + "/fragments", staff, policies.RecordingBring, true, small, quick, s.bringFragment},
		{del, one + "/fragments/:n", staff, policies.RecordingBring, true, noBody, quick, s.takeFragmentBack},
		{get, one + "/fragments/:n/video", staff, policies.RecordingWatch, true, noBody, forever, s.getSessionVideo},
		{http.MethodHead, one + "/fragments/:n/video", staff, policies.RecordingWatch, true, noBody, quick, s.getSessionVideo},
		{post, one + "/agreement", staff, policies.SessionTakePart, true, small, quick, s.acceptAgreement},
	}
}

func (s *Server) getAgreement(*call) (reply, error) {
	return ok(contract.Agreement{Version: session.AgreementVersion, Nl: session.Agreement.NL, En: session.Agreement.EN}), nil
}

func (s *Server) listSessions(c *call) (reply, error) {
	items, next, err := paged(c, func(cursor string, limit int) ([]session.Summary, string, error) {
		return s.Together.List(c.ctx(), c.actor, cursor, limit)
	})
	if err != nil {
		return reply{}, err
	}
	list := contract.SessionList{Items: []contract.SessionSummary{}, Next: next}
	for _, item := range items {
		list.Items = append(list.Items, sessionSummary(item))
	}
	return ok(list), nil
}

func (s *Server) createSession(c *call) (reply, error) {
	body, err := decode[contract.NewSession](s, c, "NewSession")
	if err != nil {
		return reply{}, err
	}
	plan := session.Plan{
		Title: body.Title, Question: value(body.LearningQuestion), Protocol: body.Protocol, LeaderID: body.FacilitatorID,
		People: value(body.ParticipantIds), Place: session.Place(value(body.Place)), Clock: value(body.Clock),
		StartsAt: body.StartsAt, Further: value(body.FurtherRounds),
	}
	for _, fragment := range value(body.Fragments) {
		plan.Pieces = append(plan.Pieces, piece(fragment))
	}
	made, err := s.Together.Create(c.ctx(), c.actor, plan)
	if err != nil {
		return reply{}, err
	}
	s.hub.nudge()
	out := s.sessionReply(c, made)
	out.status, out.header["Location"] = http.StatusCreated, base+"/review-sessions/"+made.ID.String()
	return out, nil
}

// value is what an optional field holds; the zero value when it was left out.
func value[T any](field *T) (held T) {
	if field != nil {
		held = *field
	}
	return held
}

func (s *Server) getSession(c *call) (reply, error) {
	return s.onSession(c, func(id uuid.UUID) (session.Session, error) { return s.Together.Get(c.ctx(), c.actor, id) })
}

func (s *Server) acceptAgreement(c *call) (reply, error) {
	body, err := decode[contract.AgreementAcceptance](s, c, "AgreementAcceptance")
	if err != nil {
		return reply{}, err
	}
	return s.onSession(c, func(id uuid.UUID) (session.Session, error) {
		return s.Together.Agree(c.ctx(), c.actor, id, body.Version)
	})
}

// onSession does something to the session of the path and answers what it has
// become.
func (s *Server) onSession(c *call, do func(id uuid.UUID) (session.Session, error)) (reply, error) {
	id, err := c.id("sessionId")
	if err != nil {
		return reply{}, err
	}
	now, err := do(id)
	if err != nil {
		return reply{}, err
	}
	if c.Request.Method != http.MethodGet {
		s.hub.nudge()
	}
	return s.sessionReply(c, now), nil
}

// sessionReply is a session that the room let the caller read.
func (s *Server) sessionReply(c *call, from session.Session) reply {
	c.decided = true
	return reply{status: http.StatusOK, body: reviewSession(from), header: map[string]string{"ETag": etag(from.Version)}}
}
