package api

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review"
	"vakspiegel/review/session"
	"vakspiegel/review/signal"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The answers that clients rely on: changing a line here changes the contract.
func TestEveryErrorHasItsStatusAndCode(t *testing.T) {
	cases := map[error]struct {
		status int
		code   string
	}{
		errNotFound: {404, "not_found"}, consent.ErrNotFound: {404, "not_found"}, media.ErrNotFound: {404, "not_found"},
		review.ErrNotFound: {404, "not_found"}, policies.ErrNoPerson: {404, "not_found"}, consent.ErrClosed: {404, "not_found"},
		signal.ErrNotFound: {404, "not_found"}, policies.ErrNoPerson: {404, "not_found"}, consent.ErrClosed: {404, "not_found"},
		consent.ErrUnknownLink: {404, "not_found"},
		consent.ErrLongerAsked: {409, "already_asked"},
		consent.ErrMailed:      {409, "already_mailed"}, consent.ErrMailUnavailable: {503, "mail_unavailable"}, consent.ErrMailUnsure: {502, "mail_unsure"},
		errMethod: {405, "method_not_allowed"}, media.ErrMethod: {405, "method_not_allowed"},
		errUnauthorized: {401, "unauthorized"}, policies.ErrNoSession: {401, "unauthorized"}, policies.ErrSessionLocked: {401, "screen_locked"},
		policies.ErrNoPhoto: {404, "not_found"}, policies.ErrPortrait: {415, "not_photo"},
		consent.ErrSamePerson: {403, "same_person"}, consent.ErrDecided: {409, "already_decided"},
		consent.ErrProposed: {409, "already_proposed"}, consent.ErrNotPossible: {409, "not_possible"},
		errForbidden: {403, "forbidden"}, errCrossOrigin: {403, "cross_origin"},
		consent.ErrWaiting: {403, "consent_missing"}, consent.ErrEvaluator: {403, "evaluator"},
		consent.ErrUnconfirmed: {403, "consent_unconfirmed"}, media.ErrUnconfirmed: {403, "consent_unconfirmed"},
		consent.ErrRepresented: {409, "represented"}, errTextChanged: {409, "text_changed"},
		consent.ErrMissing: {403, "consent_missing"}, media.ErrConsentMissing: {403, "consent_missing"},
		consent.ErrAnswered: {409, "already_answered"}, media.ErrOffset: {409, "wrong_offset"}, media.ErrLocked: {423, "locked"},
		media.ErrTooLarge: {413, "too_large"}, errTooLarge: {413, "too_large"}, media.ErrNotVideo: {415, "not_video"},
		media.ErrUnplayable: {415, "unplayable"}, media.ErrContentType: {415, "unsupported_media_type"}, errMediaType: {415, "unsupported_media_type"}, errNotWebVTT: {415, "unsupported_media_type"},
		media.ErrLength: {400, "too_long"}, media.ErrInterrupted: {400, "interrupted"}, errInterrupted: {400, "interrupted"},
		errForm: {400, "invalid"}, consent.ErrInvalid: {400, "invalid"}, media.ErrInvalid: {400, "invalid"},
		media.ErrTusVersion: {412, "tus_version"}, review.ErrChanged: {412, "changed"}, errPrecondition: {428, "precondition_required"},
		review.ErrListChanged: {412, "changed"}, review.ErrEnough: {409, "fragments_enough"},
		signal.ErrChanged: {412, "changed"}, review.ErrEnough: {409, "fragments_enough"},
		errAcceptable: {406, "not_acceptable"}, errTooMany: {429, "too_many_attempts"}, media.ErrRange: {416, "range_not_satisfiable"},
		media.ErrUnavailable: {503, "unavailable"}, errUnavailable: {503, "unavailable"}, media.ErrDamaged: {500, "damaged"},
		session.ErrNotFound: {404, "not_found"}, session.ErrChanged: {412, "changed"}, session.ErrState: {409, "session_state"},
		session.ErrAgreement: {409, "agreement_missing"}, session.ErrAgreementOld: {409, "text_changed"},
		session.ErrEvaluator: {409, "evaluator"}, session.ErrScope: {409, "scope_missing"}, session.ErrSharing: {409, "sharing_not_open"},
		session.ErrCuts: {409, "cuts_unavailable"}, media.ErrCutsUnavailable: {409, "cuts_unavailable"}, session.ErrPeople: {409, "people_count"}, session.ErrEarly: {409, "too_early"},
		session.ErrPlan: {409, "session_plan"}, session.ErrStepGate: {409, "step_gate"}, session.ErrEnough: {409, "contributions_enough"},
		// Without a line of their own.
		errUndecided: {500, "internal"}, errPanic: {500, "internal"}, errors.New("anything"): {500, "internal"},
		media.ErrLeaseOver: {500, "internal"}, media.ErrKeyGone: {500, "internal"},
	}
	for err, want := range cases {
		t.Run(err.Error(), func(t *testing.T) {
			w := httptest.NewRecorder()
			writeProblem(w, problemOf(fmt.Errorf("in a room: %w", err)))
			p := wantProblem(t, w, want.status, want.code)
			if strings.Contains(w.Body.String(), "in a room") {
				t.Errorf("the inner error shows: %s", w.Body)
			}
			if p.Title != http.StatusText(want.status) {
				t.Errorf("title %q", p.Title)
			}
			if (w.Header().Get("Retry-After") != "") != (want.status == 503) {
				t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
			}
		})
	}
	for _, k := range table {
		if _, ok := cases[k.err]; !ok {
			t.Errorf("no case for %v", k.err)
		}
		if !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(k.code) || k.detail == "" {
			t.Errorf("%v: code %q, detail %q", k.err, k.code, k.detail)
		}
	}
}

func TestFaultsOfRoomsArriveAllAtOnce(t *testing.T) {
	for name, err := range map[string]error{
		"own": &fault{[]contract.Fault{{Field: "a", Code: "x"}, {Field: "b", Code: "y"}}},
		"media": fmt.Errorf("upload: %w", &media.InvalidError{Faults: []media.Fault{
			{Field: "a", Code: "x"}, {Field: "b", Code: "y"}}}),
		"session": fmt.Errorf("plan: %w", &session.Invalid{Faults: []session.Fault{{Field: "a", Code: "x"}, {Field: "b", Code: "y"}}}),
		"review":  fmt.Errorf("note: %w", &review.Invalid{Faults: []review.Fault{{Field: "a", Code: "x"}, {Field: "b", Code: "y"}}}),
	} {
		p := problemOf(err)
		if p.Status != 400 || p.Code != "invalid" || p.Faults == nil || len(*p.Faults) != 2 || (*p.Faults)[1].Field != "b" {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestAnUnavailableRoomIs503EvenWithAnErrorOfItsOwn(t *testing.T) {
	down := errors.New("connection refused to 10.0.0.3")
	d := newDoor(t, "http://127.0.0.1", nil, route{http.MethodGet, "/x", public, "", false, noBody, quick, func(*call) (reply, error) { return reply{}, down }})
	d.Unavailable = func(err error) bool { return errors.Is(err, down) }
	w := d.ask("GET", "/x", nil, "")
	wantProblem(t, w, 503, "unavailable")
	if strings.Contains(w.Body.String(), "10.0.0.3") || !strings.Contains(d.log.String(), "10.0.0.3") {
		t.Error("the cause belongs in the log and not in the answer")
	}
}

// Invariant 3, and nothing of a panic's value in the log.
func TestAPanicIsAProblemWithoutItsWords(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil, route{http.MethodGet, "/boom", public, "", false, noBody, quick, panics})
	w := d.ask("GET", "/boom", nil, "")
	wantProblem(t, w, 500, "internal")
	for where, text := range map[string]string{"answer": w.Body.String(), "log": d.log.String()} {
		if strings.Contains(text, "secret words") {
			t.Errorf("the %s holds the panic's value", where)
		}
	}
	if log := d.log.String(); !strings.Contains(log, "msg=panic") || !strings.Contains(log, "route=/boom status=500 ") {
		t.Errorf("the log does not tell of it:\n%s", log)
	}
}

// An answer that broke off must not look whole to the client.
func TestAnAnswerThatBreaksOffCutsTheConnection(t *testing.T) {
	half := func(abort any) func(c *call) (reply, error) {
		return func(c *call) (reply, error) {
			c.Header("Content-Type", "text/plain")
			_, _ = c.Writer.WriteString("half")
			_ = http.NewResponseController(c.Writer).Flush()
			panic(abort)
		}
	}
	d := newDoor(t, "http://127.0.0.1", nil,
		route{http.MethodGet, "/panic", public, "", false, noBody, quick, half("x")},
		route{http.MethodGet, "/abort", public, "", false, noBody, quick, half(http.ErrAbortHandler)})
	server := httptest.NewServer(d)
	defer server.Close()
	for _, path := range []string{"/panic", "/abort"} {
		response, err := server.Client().Get(server.URL + path)
		must(t, err)
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err == nil || string(body) != "half" {
			t.Errorf("%s: %q ended with %v; the client takes it for whole", path, body, err)
		}
		if !strings.Contains(d.log.String(), "route="+path+" status=200") {
			t.Errorf("%s is not in the log", path)
		}
	}
	if strings.Count(d.log.String(), "msg=panic") != 1 {
		t.Error("a stream that is cut on purpose is no panic")
	}
}

// net/http leaves a write deadline on the connection: what an earlier request
// set there must not break a later one (invariant 6).
func TestADeadlineOfOneRequestIsNotTheNextOnes(t *testing.T) {
	past := func(c *call) (reply, error) {
		c.String(200, "ok")
		control := http.NewResponseController(c.Writer)
		must(t, control.Flush())
		must(t, control.SetReadDeadline(time.Now().Add(-time.Hour)))
		must(t, control.SetWriteDeadline(time.Now().Add(time.Millisecond)))
		return written(), nil
	}
	endless := func(c *call) (reply, error) {
		c.String(200, "ok")
		return written(), http.NewResponseController(c.Writer).Flush()
	}
	d := newDoor(t, "http://127.0.0.1", nil,
		route{http.MethodPost, "/past", public, "", false, small, quick, past},
		route{http.MethodPost, "/stream", public, "", false, small, forever, endless})
	server := httptest.NewServer(d)
	defer server.Close()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	must(t, err)
	defer conn.Close()
	reader := bufio.NewReader(conn)
	send := func(method, path string) int {
		t.Helper()
		_, err := fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", method, path)
		must(t, err)
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatalf("%s %s after a deadline has passed: %v", method, path, err)
		}
		_, err = io.Copy(io.Discard, response.Body)
		must(t, err)
		return response.StatusCode
	}
	for path, want := range map[string]int{"/stream": 200, "/nothing": 404, "/assets/app-1.js": 200} {
		if got := send("POST", "/past"); got != 200 {
			t.Fatalf("/past: %d", got)
		}
		<-time.After(5 * time.Millisecond) // the deadline passes
		method := "GET"
		if path == "/stream" {
			method = "POST"
		}
		if got := send(method, path); got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

func TestABodyIsReadOnlyAsTheContractSays(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil)
	d.handler = d.build([]route{{http.MethodPost, base + "/login", public, "", false, small, quick, func(c *call) (reply, error) {
		body, err := decode[contract.Login](d.Server, c, "Login")
		return ok(body), err
	}}})
	kind := map[string]string{"Content-Type": "application/json"}
	for name, test := range map[string]struct {
		kind, body string
		status     int
		code       string
		fields     string
	}{
		"no type":                 {"", `{"person":"noor"}`, 415, "unsupported_media_type", ""},
		"a form's type":           {"application/x-www-form-urlencoded", `{"person":"noor"}`, 415, "unsupported_media_type", ""},
		"plain text":              {"text/plain", `{"person":"noor"}`, 415, "unsupported_media_type", ""},
		"no JSON":                 {"application/json", `{"person":`, 400, "invalid", " not_json"},
		"nothing":                 {"application/json", ``, 400, "invalid", " not_json"},
		"two objects":             {"application/json", `{"person":"noor"}{}`, 400, "invalid", " not_json"},
		"a list":                  {"application/json", `[]`, 400, "invalid", " type"},
		"null":                    {"application/json", `null`, 400, "invalid", " nullable"},
		"a missing field":         {"application/json", `{}`, 400, "invalid", "person required"},
		"several faults":          {"application/json", `{"person":"","admin":true}`, 400, "invalid", " properties,person min_length"},
		"another type of value":   {"application/json", `{"person":7}`, 400, "invalid", "person type"},
		"a field in another case": {"application/json", `{"Person":"noor"}`, 400, "invalid", " properties,person required"},
		"too much":                {"application/json", `{"person":"` + strings.Repeat("x", small) + `"}`, 413, "too_large", ""},
	} {
		t.Run(name, func(t *testing.T) {
			header := map[string]string{}
			if test.kind != "" {
				header["Content-Type"] = test.kind
			}
			w := d.ask("POST", base+"/login", header, test.body)
			p := wantProblem(t, w, test.status, test.code)
			var fields []string
			if p.Faults != nil {
				for _, f := range *p.Faults {
					fields = append(fields, f.Field+" "+f.Code)
				}
			}
			if got := strings.Join(sorted(fields), ","); got != test.fields {
				t.Errorf("faults %q, want %q", got, test.fields)
			}
			if strings.Contains(w.Body.String(), "xxxx") {
				t.Error("the answer holds what was sent")
			}
		})
	}
	w := d.ask("POST", base+"/login", kind, `{"person":"noor"}`)
	var login contract.Login
	must(t, json.Unmarshal(w.Body.Bytes(), &login))
	if w.Code != 200 || login.Person != "noor" {
		t.Errorf("a good body: %d %s", w.Code, w.Body)
	}
}

func TestABodyThatBreaksOffIsTheClientsFault(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil)
	d.handler = d.build([]route{{http.MethodPost, base + "/login", public, "", false, small, quick, func(c *call) (reply, error) {
		_, err := decode[contract.Login](d.Server, c, "Login")
		return reply{}, err
	}}})
	r := httptest.NewRequest("POST", base+"/login", io.MultiReader(strings.NewReader("{"), brokenBody{}))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	wantProblem(t, w, 400, "interrupted")
}

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAClientThatWentIsNoFaultOfOurs(t *testing.T) {
	ctx, gone := context.WithCancel(t.Context())
	d := newDoor(t, "http://127.0.0.1", nil, route{http.MethodGet, "/x", public, "", false, noBody, quick, func(c *call) (reply, error) {
		gone()
		return reply{}, c.ctx().Err()
	}})
	w := httptest.NewRecorder()
	d.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/x", nil))
	wantProblem(t, w, 500, "internal") // never an empty 200
	if log := d.log.String(); strings.Contains(log, "level=ERROR") || !strings.Contains(log, "code=client_gone") {
		t.Errorf("the log: %s", log)
	}
}

// A request that takes too long gets an answer: its own end comes before that
// of the connection.
func TestARequestThatTakesTooLongGetsAnAnswer(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil, route{http.MethodGet, "/slow", public, "", false, noBody, 20 * time.Millisecond, func(c *call) (reply, error) {
		<-c.ctx().Done()
		return reply{}, c.ctx().Err()
	}})
	d.Unavailable = func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }
	server := httptest.NewServer(d)
	defer server.Close()
	response, err := server.Client().Get(server.URL + "/slow")
	must(t, err)
	defer response.Body.Close()
	if response.StatusCode != 503 || response.Header.Get("Retry-After") == "" {
		t.Errorf("%d", response.StatusCode)
	}
}
