package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// Invariant 1: table and contract are the same, both ways.
func TestTableAndContractAreTheSame(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil)
	seen := map[string]bool{}
	for _, r := range d.routes() {
		if !strings.HasPrefix(r.path, "/api/") {
			continue
		}
		operation := d.contract.operation(r)
		if operation == nil {
			t.Errorf("%s %s is not in the contract", r.method, r.path)
			continue
		}
		seen[operation.OperationID] = true
		open := operation.Security != nil && len(*operation.Security) == 0
		if open != (r.who == public) {
			t.Errorf("%s %s: %s in the table, without session in the contract: %v", r.method, r.path, r.who, open)
		}
	}
	for path, item := range d.contract.document.Paths.Map() {
		for method, operation := range item.Operations() {
			if !seen[operation.OperationID] {
				t.Errorf("%s %s is in the contract and not in the table", method, path)
			}
		}
	}
	if len(seen) < 25 {
		t.Errorf("only %d operations were compared", len(seen))
	}
}

// Invariant 6. The routes that no clock ends are known by name.
func TestEveryRouteHasItsLimits(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil)
	endless := map[string]string{ // why it is cut all the same
		"GET /api/v1/events":                                        "session, write deadline",
		"GET /api/v1/review-sessions/:sessionId/live":               "session, what is open, write deadline",
		"GET /api/v1/recordings/:recordingId/video":                 "lease",
		"GET /api/v1/review-sessions/:sessionId/fragments/:n/video": "lease",
		"GET /api/v1/register/records.csv":                          "session and write deadline, page by page",
		"GET /toestemming/geluid":                                   "a deadline for each write, at most 20 MB",
		"POST /api/v1/uploads":                                      "tusd's deadline at each read",
		"PATCH /api/v1/uploads/:uploadId":                           "tusd's deadline at each read",
	}
	for _, r := range d.routes() {
		name := r.method + " " + r.path
		if r.path != "/" && strings.HasSuffix(r.path, "/") {
			t.Errorf("%s ends in a slash", name)
		}
		if _, known := endless[name]; (r.timeout == forever) != known || r.timeout < 0 || r.timeout > closing {
			t.Errorf("%s has the time-out %v", name, r.timeout)
		}
		limit := int64(small)
		switch r.method {
		case http.MethodGet, http.MethodHead, http.MethodOptions:
			limit = noBody
		case http.MethodPatch, http.MethodPost:
			if strings.HasPrefix(r.path, base+"/uploads") {
				limit = d.MaxUpload
			}
		case http.MethodPut:
			limit = policies.MaxPhoto
		}
		if r.body > limit || r.body < 0 {
			t.Errorf("%s reads %d bytes", name, r.body)
		}
	}
}

// Default deny: staff routes name an action of the policy, and only a route
// with an object in its address leaves the decision to its handler.
func TestEveryStaffRouteAsksThePolicy(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil)
	for _, r := range d.routes() {
		name := r.method + " " + r.path
		if known := slices.Contains(policies.Actions(), r.action); known != (r.who == staff) {
			t.Errorf("%s of %s: action %q", name, r.who, r.action)
		}
		if r.who == staff && r.object != strings.Contains(r.path, ":") && r.path != base+"/uploads" {
			t.Errorf("%s: object %v", name, r.object)
		}
		if strings.HasPrefix(r.path, "/api/") && r.who == link {
			t.Errorf("%s is for %s", name, r.who)
		}
	}
}

// Invariant 2: a staff handler that forgot to decide sends nothing.
func TestAnAnswerWithoutADecisionIsThrownAway(t *testing.T) {
	ctx := context.Background()
	db := databasetest.New(t, "sqlite")
	must(t, policies.SeedDemo(ctx, db))
	d := newDoor(t, "http://127.0.0.1", nil)
	var err error
	d.Sessions = policies.NewSessions(db)
	d.Policy, err = policies.Load()
	must(t, err)
	leak := func(*call) (reply, error) { return ok("the film"), nil }
	d.handler = d.build([]route{
		{http.MethodGet, "/leak", staff, policies.RecordingWatch, true, noBody, quick, leak},
		{http.MethodGet, "/decided", staff, policies.SelfRead, false, noBody, quick, leak},
		{http.MethodGet, "/refused", staff, policies.ConversationCreate, false, noBody, quick, leak},
	})
	token, err := d.Sessions.Create(ctx, policies.DemoID("omar"))
	must(t, err)
	as := map[string]string{"Cookie": staffCookie + "=" + token}
	wantProblem(t, d.ask("GET", "/leak", nil, ""), 401, "unauthorized")
	wantProblem(t, d.ask("GET", "/refused", as, ""), 403, "forbidden")
	if w := d.ask("GET", "/decided", as, ""); w.Code != 200 {
		t.Errorf("with a decision: %d", w.Code)
	}
	w := d.ask("GET", "/leak", as, "")
	wantProblem(t, w, 500, "internal")
	if strings.Contains(w.Body.String(), "the film") || !strings.Contains(d.log.String(), errUndecided.Error()) {
		t.Errorf("sent %s; log %s", w.Body, d.log)
	}
}

func TestUnknownAddressesAndMethods(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil)
	d.handler = d.build(d.routes())
	for _, path := range []string{"/api/v1/me/", "/api/v1/", "/api/v1", "/api/v2/me", "/api/v1/openapi.json/", "//api/v1/me", "/toestemming/", "/nergens", "/api/v1/ME", "/assets/../index.html", "/assets/", "/assets/%00"} {
		for _, method := range []string{"GET", "POST", "PUT", "DELETE"} {
			w := d.ask(method, path, nil, "")
			if w.Header().Get("Location") != "" {
				t.Errorf("%s %s redirects", method, path)
			}
			wantProblem(t, w, 404, "not_found")
		}
	}
	allow := map[string][]string{}
	for _, r := range d.routes() {
		allow[r.path] = append(allow[r.path], r.method)
	}
	for path, methods := range allow {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"} {
			if slices.Contains(methods, method) {
				continue
			}
			w := d.ask(method, strings.NewReplacer(":", "", "*", "").Replace(path), nil, "")
			wantProblem(t, w, 405, "method_not_allowed")
			got := strings.Split(w.Header().Get("Allow"), ", ")
			if !slices.Equal(sorted(got), sorted(slices.Clone(methods))) {
				t.Errorf("%s %s: Allow %q, want %v", method, path, w.Header().Get("Allow"), methods)
			}
		}
	}
}
