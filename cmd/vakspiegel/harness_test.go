package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
)

// pair is a database with a store.
type pair struct {
	name  string
	dsn   string
	store string
	cred  blob.S3Credentials
}

// eachPair runs a test on SQLite with a folder and on PostgreSQL with MinIO.
func eachPair(t *testing.T, test func(t *testing.T, p pair)) {
	t.Run("sqlite and folder", func(t *testing.T) {
		test(t, pair{"sqlite", databasetest.Migrated(t, database.SQLite), "dir:" + filepath.Join(t.TempDir(), "store"), blob.S3Credentials{}})
	})
	t.Run("postgres and minio", func(t *testing.T) {
		store, cred := blobtest.MinIO(t)
		test(t, pair{"postgres", databasetest.Migrated(t, database.Postgres), store, cred})
	})
}

// system is a running program with everything it logged.
type system struct {
	*App
	t       *testing.T
	pair    pair
	log     *safeBuffer
	secrets *secrets
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// start runs the program on a pair, in demo mode so that a test can be anyone.
func start(t *testing.T, p pair) *system {
	t.Helper()
	s, _ := launch(t, p, nil)
	return s
}

// browser is one person's browser: cookies, no redirects unless asked for, and
// every answer of the API held against the contract.
type browser struct {
	*http.Client
	t    *testing.T
	base string
}

func (s *system) browser() *browser {
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	client := &http.Client{Jar: jar, Transport: watched{contractTransport(s.t), s.secrets, s.t}, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	s.t.Cleanup(client.CloseIdleConnections)
	return &browser{client, s.t, s.URL()}
}

func (s *system) as(person string) *browser {
	b := s.browser()
	b.want(http.StatusNoContent, b.json("POST", "/api/v1/login", map[string]string{"person": person}))
	return b
}

// answer is a response that was read whole.
type answer struct {
	*http.Response
	body []byte
}

func (a answer) problem(t *testing.T) map[string]any {
	t.Helper()
	if kind := a.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("%s %s: an error of type %q: %.200s", a.Request.Method, a.Request.URL.Path, kind, a.body)
	}
	var problem map[string]any
	_ = json.Unmarshal(a.body, &problem)
	return problem
}

func (b *browser) send(method, path string, header map[string]string, body io.Reader) answer {
	b.t.Helper()
	if !strings.HasPrefix(path, "http") {
		path = b.base + path
	}
	r, err := http.NewRequestWithContext(context.Background(), method, path, body)
	must(b.t, err)
	for name, value := range header {
		r.Header.Set(name, value)
	}
	response, err := b.Do(r)
	must(b.t, err)
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	must(b.t, err)
	return answer{response, read}
}

func (b *browser) get(path string) answer {
	b.t.Helper()
	return b.send("GET", path, nil, nil)
}

func (b *browser) json(method, path string, body any) answer {
	b.t.Helper()
	encoded, err := json.Marshal(body)
	must(b.t, err)
	return b.send(method, path, map[string]string{"Content-Type": "application/json"}, bytes.NewReader(encoded))
}

func (b *browser) form(path string, values url.Values) answer {
	b.t.Helper()
	return b.send("POST", path, map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, strings.NewReader(values.Encode()))
}

func (b *browser) want(status int, a answer) answer {
	b.t.Helper()
	if a.StatusCode != status {
		b.t.Fatalf("%s %s: %d, want %d: %.300s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.body)
	}
	return a
}

func (b *browser) wantCode(status int, code string, a answer) {
	b.t.Helper()
	if got := b.want(status, a).problem(b.t)["code"]; got != code {
		b.t.Errorf("%s %s: code %v, want %s", a.Request.Method, a.Request.URL.Path, got, code)
	}
}

func decodeAs[T any](t *testing.T, a answer) T {
	t.Helper()
	var into T
	if err := json.Unmarshal(a.body, &into); err != nil {
		t.Fatalf("%s: %v: %.200s", a.Request.URL.Path, err, a.body)
	}
	return into
}

// contractDocument is the contract, to be read only.
var contractDocument = sync.OnceValues(func() (*openapi3.T, error) {
	return openapi3.NewLoader().LoadFromFile("../../api/openapi.yaml")
})

var contractRouter = sync.OnceValues(func() (routers.Router, error) {
	document, err := contractDocument()
	if err != nil {
		return nil, err
	}
	return legacy.NewRouter(document)
})

// contractTransport fails the test for every answer of the API that is not as
// the contract says.
func contractTransport(t *testing.T) http.RoundTripper {
	router, err := contractRouter()
	must(t, err)
	return &checked{http.DefaultTransport.(*http.Transport).Clone(), router, t}
}

type checked struct {
	*http.Transport
	router routers.Router
	t      *testing.T
}

func (c *checked) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := c.Transport.RoundTrip(r)
	if err != nil || !strings.HasPrefix(r.URL.Path, "/api/v1/") {
		return response, err
	}
	if version := response.Header.Get("API-Version"); version == "" {
		c.t.Errorf("%s %s: no API-Version", r.Method, r.URL.Path)
	}
	asked := r.Clone(r.Context())
	asked.URL.Scheme, asked.URL.Host = "", ""
	route, params, err := c.router.FindRoute(asked)
	if err != nil || response.Header.Get("Content-Type") == "text/event-stream" || strings.HasPrefix(response.Header.Get("Content-Type"), "video/") {
		return response, nil //nolint:nilerr // an address outside the contract answers a problem, which the test reads
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return response, err
	}
	_ = response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(body))
	if r.Method == http.MethodHead {
		return response, nil
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: asked, PathParams: params, Route: route},
		Status:                 response.StatusCode, Header: response.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	input.SetBodyBytes(body)
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		c.t.Errorf("%s %s: the answer is not as the contract says: %v", r.Method, r.URL.Path, err)
	}
	return response, nil
}

func init() {
	openapi3filter.RegisterBodyDecoder("image/jpeg", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/vtt", openapi3filter.FileBodyDecoder)
	// A QR code is a text to the contract.
	openapi3filter.RegisterBodyDecoder("image/svg+xml", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/calendar", openapi3filter.FileBodyDecoder)
	openapi3filter.RegisterBodyDecoder("application/ld+json", openapi3filter.JSONBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/vtt", openapi3filter.FileBodyDecoder)
}

// conversation is what a test reads of one.
type conversation struct {
	ID           string
	Consent      string
	Participants []struct{ ID, Role, ConsentURL, Code string }
	RecordingIDs []string `json:"recordingIds"`
	Scopes       []string
}

func (b *browser) ask(roles ...string) conversation {
	b.t.Helper()
	participants := []map[string]string{}
	for _, role := range roles {
		participants = append(participants, map[string]string{"role": role})
	}
	return decodeAs[conversation](b.t, b.want(201, b.json("POST", "/api/v1/conversations", map[string]any{
		"heldAt": time.Now().UTC().Format(time.RFC3339), "label": "eerste gesprek, brief", "participants": participants,
	})))
}

var hiddenRef = regexp.MustCompile(`name="r" value="([^"]+)"`)

// visit opens a link in this browser and returns the record's reference.
func (b *browser) visit(link string) (ref, page string) {
	b.t.Helper()
	a := b.want(http.StatusSeeOther, b.get(link))
	a = b.want(200, b.get(a.Header.Get("Location")))
	found := hiddenRef.FindSubmatch(a.body)
	if found == nil {
		return "", string(a.body)
	}
	return string(found[1]), string(a.body)
}

func (b *browser) choose(ref, choice string, more url.Values) answer {
	b.t.Helper()
	values := url.Values{"r": {ref}, "keuze": {choice}}
	for name, value := range more {
		values[name] = value
	}
	return b.form("/toestemming", values)
}

// sayYes opens a link in a fresh browser and says yes.
func (s *system) sayYes(link string, scopes ...string) *browser {
	s.t.Helper()
	citizen := s.browser()
	ref, _ := citizen.visit(link)
	citizen.want(http.StatusSeeOther, citizen.choose(ref, "ja", url.Values{"scope": scopes}))
	return citizen
}

func metadata(pairs ...string) string {
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		parts = append(parts, pairs[i]+" "+base64Of(pairs[i+1]))
	}
	return strings.Join(parts, ",")
}

// createUpload asks for an upload of n bytes.
func (b *browser) createUpload(conversationID string, n int) answer {
	b.t.Helper()
	return b.send("POST", "/api/v1/uploads", map[string]string{
		"Tus-Resumable": "1.0.0", "Upload-Length": fmt.Sprint(n),
		"Upload-Metadata": metadata("conversationId", conversationID, "filename", "opname.mp4", "filetype", "video/mp4",
			"startedAt", time.Now().UTC().Format(time.RFC3339)),
	}, nil)
}

func (b *browser) patch(location string, offset int, body io.Reader) answer {
	b.t.Helper()
	return b.send("PATCH", location, map[string]string{
		"Tus-Resumable": "1.0.0", "Upload-Offset": fmt.Sprint(offset), "Content-Type": "application/offset+octet-stream",
	}, body)
}

// upload sends a whole film and waits until it can be watched.
func (b *browser) upload(conversationID string, film []byte) (recordingID string) {
	b.t.Helper()
	location := b.want(201, b.createUpload(conversationID, len(film))).Header.Get("Location")
	b.want(204, b.patch(location, 0, bytes.NewReader(film)))
	id := location[strings.LastIndexByte(location, '/')+1:]
	b.until("the film is ready", func() bool {
		return decodeAs[struct{ State string }](b.t, b.want(200, b.get("/api/v1/recordings/"+id))).State == "ready"
	})
	return id
}

// until polls for what another goroutine of the program does.
func (b *browser) until(what string, done func() bool) {
	b.t.Helper()
	deadline := time.After(20 * time.Second)
	for !done() {
		select {
		case <-deadline:
			b.t.Fatalf("waited in vain until %s", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
