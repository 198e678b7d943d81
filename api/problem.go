package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review"
	"vakspiegel/review/session"
	"vakspiegel/review/signal"
)

// Errors of the front door itself.
var (
	errNotFound     = errors.New("api: not found")
	errMethod       = errors.New("api: method not allowed")
	errUnauthorized = errors.New("api: not signed in")
	errForbidden    = errors.New("api: forbidden")
	errUndecided    = errors.New("api: an answer without a decision")
	errCrossOrigin  = errors.New("api: cross-origin")
	errNotWebVTT    = errors.New("api: not WebVTT")
	errMediaType    = errors.New("api: unsupported media type")
	errAcceptable   = errors.New("api: not acceptable")
	errTooLarge     = errors.New("api: body too large")
	errInterrupted  = errors.New("api: the body did not arrive whole")
	errForm         = errors.New("api: not a form")
	errPrecondition = errors.New("api: If-Match is missing")
	errTextChanged  = errors.New("api: not the text of now")
	errTooMany      = errors.New("api: too many attempts")
	errPanic        = errors.New("api: panic")
	errUnavailable  = errors.New("api: unavailable")
)

// fault is an invalid input with everything that is wrong with it.
type fault struct{ faults []contract.Fault }

func (f *fault) Error() string { return "api: invalid input" }

// known is one line of the table: an error of a room and how it is answered.
type known struct {
	err    error
	status int
	code   string
	detail string
}

// table is the only place that turns errors into HTTP. The first line that
// matches counts; an error without a line is a 500 without its text.
var table = []known{
	{errNotFound, 404, "not_found", "There is nothing at this address for you."},
	{consent.ErrNotFound, 404, "not_found", "There is nothing at this address for you."},
	{media.ErrNotFound, 404, "not_found", "There is nothing at this address for you."},
	{review.ErrNotFound, 404, "not_found", "There is nothing at this address for you."},
	{signal.ErrNotFound, 404, "not_found", "There is nothing at this address for you."},
	{policies.ErrNoPerson, 404, "not_found", "There is no such person."},
	{policies.ErrNoPhoto, 404, "not_found", "There is no photo."},
	{policies.ErrPortrait, 415, "not_photo", "This is no photo that can be shown. Choose a JPEG or PNG of at most 5 MB."},
	{errMethod, 405, "method_not_allowed", "This address does not take this method; see the contract."},
	{errUnauthorized, 401, "unauthorized", "Sign in and try again."},
	{policies.ErrNoSession, 401, "unauthorized", "Sign in and try again."},
	{policies.ErrSessionLocked, 401, "screen_locked", "This screen was handed over. Sign in again to go on."},
	{errForbidden, 403, "forbidden", "Your role does not do this."},
	{errCrossOrigin, 403, "cross_origin", "The request came from another site. Open Vakspiegel itself and try again."},
	{consent.ErrMissing, 403, "consent_missing", "Not everyone in the room had said yes when filming began. Nothing was stored."},
	{media.ErrConsentMissing, 403, "consent_missing", "Not everyone in the room had said yes when filming began. Nothing was stored."},
	{consent.ErrWaiting, 403, "consent_missing", "Someone in the room has not answered yet. Nothing was stored."},
	{consent.ErrUnconfirmed, 403, "consent_unconfirmed", "This was asked ahead. Ask everyone at the table whether it still holds, confirm it, and try again."},
	{media.ErrUnconfirmed, 403, "consent_unconfirmed", "This was asked ahead. Ask everyone at the table whether it still holds, confirm it, and try again."},
	{consent.ErrEvaluator, 403, "evaluator", "This colleague evaluates the klantmanager and takes no part. Nothing was stored."},
	{consent.ErrRepresented, 409, "represented", "Their representative decides; they themselves can only stop it."},
	{errTextChanged, 409, "text_changed", "The text is not the one that is asked now. Read it again and answer on that."},
	{consent.ErrClosed, 404, "not_found", "There is nothing at this address for you."},
	{consent.ErrAnswered, 409, "already_answered", "This was answered already; a link only closes."},
	{consent.ErrSamePerson, 403, "same_person", "Who proposed this cannot confirm it. Ask another privacy manager."},
	{consent.ErrDecided, 409, "already_decided", "It was confirmed, taken back or has lapsed. Read it again."},
	{consent.ErrProposed, 409, "already_proposed", "The same waits for a second person already."},
	{consent.ErrNotPossible, 409, "not_possible", "The record is not in a state in which this can be done. Read it again."},
	{consent.ErrLongerAsked, 409, "already_asked", "Everyone is being asked already. Wait for the answers, or take the question back."},
	{consent.ErrMailed, 409, "already_mailed", "An e-mail was sent already, or the link was handed over. Nothing was sent."},
	{consent.ErrMailUnavailable, 503, "mail_unavailable", "The mail server does not take the e-mail. Nothing was sent and nothing is kept; try again later."},
	{consent.ErrMailUnsure, 502, "mail_unsure", "The mail server did not say whether it took the e-mail. Ask whether it arrived; no second one is sent."},
	{consent.ErrUnknownLink, 404, "not_found", "There is nothing at this address for you."},
	{media.ErrOffset, 409, "wrong_offset", "Ask with HEAD how much has arrived and go on from there."},
	{media.ErrLocked, 423, "locked", "Another connection is sending this upload. Try again in a moment."},
	{media.ErrTooLarge, 413, "too_large", "The film is larger than this installation takes; see maxUploadBytes in /settings."},
	{media.ErrNotVideo, 415, "not_video", "This file is no film that a browser can play. Choose an MP4, MOV or WebM."},
	{media.ErrLength, 400, "too_long", "More bytes came than were declared. Begin again with the right length."},
	{media.ErrUnplayable, 415, "unplayable", "No browser plays this kind of file. Save it as MP4 and choose that."},
	{media.ErrTusVersion, 412, "tus_version", "Send Tus-Resumable: 1.0.0."},
	{media.ErrContentType, 415, "unsupported_media_type", "Send application/offset+octet-stream."},
	{media.ErrMethod, 405, "method_not_allowed", "This address does not take this method; see the contract."},
	{media.ErrInterrupted, 400, "interrupted", "The connection broke. What arrived is kept; ask with HEAD and go on."},
	{media.ErrDamaged, 500, "damaged", "The stored film is not what was stored. Tell your administrator."},
	{media.ErrRange, 416, "range_not_satisfiable", "Ask for one range within the film."},
	{media.ErrCutsUnavailable, 409, "cuts_unavailable", "Fragments cannot be cut here. Share the whole film if you want to; nothing was stored."},
	{review.ErrChanged, 412, "changed", "Someone was first. Read the note again; nothing of yours was stored."},
	{review.ErrListChanged, 412, "changed", "Someone published a newer version first. Read it; nothing of yours was stored."},
	{session.ErrNotFound, 404, "not_found", "There is nothing at this address for you."},
	{session.ErrChanged, 412, "changed", "Someone was first. Read it again; nothing of yours was stored."},
	{session.ErrState, 409, "session_state", "The session is not in a state in which this can be done. Read it again."},
	{session.ErrAgreement, 409, "agreement_missing", "Accept the safe-haven agreement first."},
	{session.ErrAgreementOld, 409, "text_changed", "The agreement is not the one of now. Read it again and accept that."},
	{session.ErrEvaluator, 409, "evaluator", "Nobody looks together with whom they evaluate; see problems. Nothing was stored."},
	{session.ErrScope, 409, "scope_missing", "Not everyone in that conversation allowed those who would look. Nothing was stored."},
	{session.ErrSharing, 409, "sharing_not_open", "Sharing of this recording is not open yet. Nothing was stored."},
	{session.ErrCuts, 409, "cuts_unavailable", "Fragments cannot be cut here. Share the whole film if you want to; nothing was stored."},
	{session.ErrPeople, 409, "people_count", "There are too few or too many people for this protocol; see problems."},
	{session.ErrEarly, 409, "too_early", "Preparing begins at most 14 days before the session."},
	{session.ErrPlan, 409, "session_plan", "The plan is not whole; see problems."},
	{signal.ErrChanged, 412, "changed", "Someone was first. Read the signal again; nothing of yours was stored."},
	{review.ErrEnough, 409, "fragments_enough", "As many fragments are chosen as the municipality set. Change one, or take one out; nothing was stored."},
	{session.ErrStepGate, 409, "step_gate", "The step that the session is at does not allow this; it says in one sentence what it does. Nothing was stored."},
	{session.ErrEnough, 409, "contributions_enough", "You posted as much as one can in a session. Take something back first; nothing was stored."},
	{errPrecondition, 428, "precondition_required", "Send If-Match with the version you read."},
	{errNotWebVTT, 415, "unsupported_media_type", "Send text/vtt in UTF-8."},
	{errMediaType, 415, "unsupported_media_type", "Send application/json."},
	{errAcceptable, 406, "not_acceptable", "This address answers other types; see the contract."},
	{errTooLarge, 413, "too_large", "The body is larger than this address takes."},
	{errInterrupted, 400, "interrupted", "The request did not arrive whole. Send it again."},
	{errForm, 400, "invalid", "This is no form of ours. Open the page again and fill it in there."},
	{errTooMany, 429, "too_many_attempts", "Wait a minute and try again."},
	{media.ErrUnavailable, 503, "unavailable", "A part of the service does not answer. Try again in a moment; nothing is lost."},
	{errUnavailable, 503, "unavailable", "A part of the service does not answer. Try again in a moment; nothing is lost."},
	{consent.ErrInvalid, 400, "invalid", "The input has faults; each is named."},
	{media.ErrInvalid, 400, "invalid", "The input has faults; each is named."},
}

// problemOf finds the answer for an error.
func problemOf(err error) contract.Problem {
	if faults, ok := faultsOf(err); ok {
		return problem(400, "invalid", "The input has faults; each is named.", faults)
	}
	for _, k := range table {
		if errors.Is(err, k.err) {
			return barring(problem(k.status, k.code, k.detail, nil), err)
		}
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return problemOf(errTooLarge)
	}
	return problem(500, "internal", "Something went wrong on our side. Try again; if it stays, tell your administrator.", nil)
}

// barring adds what bars the way of a session.
func barring(p contract.Problem, err error) contract.Problem {
	var barred *session.Barred
	if !errors.As(err, &barred) {
		return p
	}
	if problems := sessionProblems(barred.Problems); len(problems) > 0 {
		p.Problems = &problems
	}
	return p
}

func problem(status int, code, detail string, faults []contract.Fault) contract.Problem {
	p := contract.Problem{Status: status, Title: http.StatusText(status), Detail: detail, Code: code}
	if faults != nil {
		p.Faults = &faults
	}
	return p
}

// faultsOf collects the faults that a room or the front door found.
func faultsOf(err error) ([]contract.Fault, bool) {
	var own *fault
	if errors.As(err, &own) {
		return own.faults, true
	}
	var note *review.Invalid
	if errors.As(err, &note) {
		faults := make([]contract.Fault, len(note.Faults))
		for i, f := range note.Faults {
			faults[i] = contract.Fault{Field: f.Field, Code: f.Code, Detail: f.Detail}
		}
		return faults, true
	}
	var plan *session.Invalid
	if errors.As(err, &plan) {
		faults := make([]contract.Fault, len(plan.Faults))
		for i, f := range plan.Faults {
			faults[i] = contract.Fault{Field: f.Field, Code: f.Code, Detail: f.Detail}
		}
		return faults, true
	}
	var left *signal.Invalid
	if errors.As(err, &left) {
		faults := make([]contract.Fault, len(left.Faults))
		for i, f := range left.Faults {
			faults[i] = contract.Fault{Field: f.Field, Code: f.Code, Detail: f.Detail}
		}
		return faults, true
	}
	return uploadFaults(err)
}

// fail answers an error as a problem, or as nothing when the answer has begun.
func (s *Server) fail(c *gin.Context, err error) {
	if s.Unavailable(err) {
		err = errors.Join(errUnavailable, err)
	}
	p := problemOf(err)
	c.Set(logCode, p.Code)
	switch {
	case errors.Is(c.Request.Context().Err(), context.Canceled):
		// Who has gone away reads no answer, and it was no fault of ours.
		c.Set(logCode, "client_gone")
	case p.Status >= 500:
		c.Set(logError, err)
	}
	if c.Writer.Written() {
		return
	}
	writeProblem(c.Writer, p)
	c.Abort()
}

// writeProblem writes p; a 503 says when to come back.
func writeProblem(w http.ResponseWriter, p contract.Problem) {
	body, err := json.Marshal(p)
	if err != nil {
		panic(err) // a problem always marshals
	}
	w.Header().Set("Content-Type", "application/problem+json")
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}
