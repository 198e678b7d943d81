package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vakspiegel/api"
	"vakspiegel/cmd/config"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

// sqlitePair is the pair for what does not depend on the engines.
func sqlitePair(t *testing.T) pair {
	return pair{"sqlite", databasetest.Migrated(t, "sqlite"), "dir:" + filepath.Join(t.TempDir(), "store"), s3None}
}

// launch is start with other settings: several programs on one pair, a small
// limit, sign-in by OIDC; before it runs, each wrap may put something before its
// front door. stop ends it before the test does, and may be called twice.
func launch(t *testing.T, p pair, change func(*Settings), wrap ...func(http.Handler) http.Handler) (s *system, stop func()) {
	t.Helper()
	ctx := context.Background()
	must(t, migrate(ctx, p.dsn))
	s = &system{t: t, pair: p, log: &safeBuffer{}, secrets: newSecrets()}
	settings := Settings{
		Learning: config.Learning{CoolingOff: 72 * time.Hour, Retention: 60 * 24 * time.Hour, Proof: 365 * 24 * time.Hour, MaxUpload: 64 << 20},
		Mode:     api.Demo, Addr: "127.0.0.1:0", Organisation: "Gemeente Voorbeeld", DatabaseURL: p.dsn, StoreURL: p.store, S3: p.cred,
		KeyHolders: []string{"file:" + filepath.Join(t.TempDir(), "keys", "keys.json")},
		Log:        slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&settings)
	}
	app, err := New(ctx, settings)
	must(t, err)
	s.App = app
	if settings.Mode == api.Demo {
		must(t, policies.SeedDemo(ctx, app.db))
	}
	for _, around := range wrap {
		app.server.Handler = around(app.server.Handler)
	}
	running, quit := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- app.Run(running) }()
	stop = sync.OnceFunc(func() {
		s.hunt()
		quit()
		if err := errors.Join(<-ended, app.Close()); err != nil {
			t.Errorf("the program ended with %v", err)
		}
	})
	t.Cleanup(s.tellErrors)
	t.Cleanup(stop)
	return s, stop
}

// tellErrors prints what the program logged of errors when its test failed: a 500
// says nothing of its cause to the browser that gets it.
func (s *system) tellErrors() {
	if !s.t.Failed() {
		return
	}
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "status=5") {
			s.t.Log(strings.TrimSpace(line))
		}
	}
}

// film12 is the sample with padding behind it, like longFilm: more than one
// segment, more than sockets hold, and half as long to send.
var film12 = append(bytes.Clone(sampleFilm), append([]byte{0, 192, 0, 0, 'f', 'r', 'e', 'e'}, make([]byte, 12<<20-8)...)...)

// given is a conversation that everyone said yes to.
func (s *system) given(b *browser) (conversation, *browser) {
	s.t.Helper()
	c := b.ask("citizen")
	citizen := s.sayYes(c.Participants[0].ConsentURL, "coach")
	return c, citizen
}

// withdraw posts the citizen's form and returns the answer.
func (b *browser) withdraw(link string) answer {
	b.t.Helper()
	ref, _ := b.visit(link)
	return b.choose(ref, "wis", map[string][]string{"bevestig": {"ja"}})
}

// endpoint is one operation of the contract with its ids filled in.
type endpoint struct{ method, path string }

func (e endpoint) String() string { return e.method + " " + e.path }

// idNames are the ids that addresses of the contract have.
func idNames(t *testing.T) (names []string) {
	t.Helper()
	contract, err := os.ReadFile("../../api/openapi.yaml")
	must(t, err)
	for _, found := range regexp.MustCompile(`\{(\w+Id)\}`).FindAllStringSubmatch(string(contract), -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// endpoints are all operations of the contract, in order; fill puts ids in.
func endpoints(t *testing.T, fill map[string]string) (list []endpoint, open map[endpoint]bool) {
	t.Helper()
	document, err := contractDocument()
	must(t, err)
	open = map[endpoint]bool{}
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			filled := path
			for name, id := range fill {
				filled = strings.ReplaceAll(filled, "{"+name+"}", id)
			}
			// A list or a format is nobody's: it has no id that could be another's.
			filled = strings.NewReplacer("{listKind}", "moments", "{listCode}", "standard", "{language}", "nl", "{format}", "csv", "{n}", "1").Replace(filled)
			if strings.Contains(filled, "{") {
				t.Fatalf("no id for %s", filled)
			}
			e := endpoint{method, "/api/v1" + filled}
			list = append(list, e)
			open[e] = operation.Security != nil && len(*operation.Security) == 0
		}
	}
	slices.SortFunc(list, func(a, b endpoint) int { return strings.Compare(a.String(), b.String()) })
	return list, open
}

// call asks an endpoint in the way that gets furthest in: right types, right
// versions, a good body.
func (b *browser) call(e endpoint, conversationID string) answer {
	b.t.Helper()
	header := map[string]string{"Tus-Resumable": "1.0.0", "If-Match": `"1"`}
	body := ""
	last := e.path[strings.LastIndexByte(e.path, '/')+1:]
	switch {
	case strings.HasPrefix(e.path, "/api/v1/review-sessions") && sessionBodies[e.method+" "+last] != "":
		body = sessionBodies[e.method+" "+last]
	case e.method == http.MethodPatch && path.Dir(e.path) == "/api/v1/review-sessions":
		body = `{"title":"van een ander"}`
	case strings.HasPrefix(e.path, "/api/v1/uploads"):
		if e.method == http.MethodPost {
			header["Upload-Length"] = "1000"
			header["Upload-Metadata"] = metadata("conversationId", conversationID, "filename", "a.mp4", "startedAt", fixedStart)
		} else {
			header["Upload-Offset"], header["Content-Type"] = "0", "application/offset+octet-stream"
		}
	case e.method == http.MethodPut && strings.HasPrefix(e.path, "/api/v1/review-sessions") && strings.Contains(e.path, "/people/"):
		body = `{"present":true}`
	case e.method == http.MethodPut && strings.Contains(e.path, "/drafts/"):
		body = `{"start":"","end":"","kind":"moment","body":"","tags":[]}`
	case e.method == http.MethodPost && last == "annotations":
		body = `{"startMs":0,"kind":"moment","body":""}`
	case e.method == http.MethodPost && last == "forms":
		body = `{"code":"drie-leidvragen"}`
	case e.method == http.MethodPatch && strings.HasPrefix(e.path, "/api/v1/forms/"):
		body = `{"visibility":"session"}`
	case e.method == http.MethodPost && last == "search":
		body = `{"query":"a"}`
	case e.method == http.MethodPost && last == "fragments":
		body = `{"startMs":0,"endMs":1000,"title":"van een ander"}`
	case e.method == http.MethodPatch && strings.HasPrefix(e.path, "/api/v1/fragments/"):
		body = `{"title":"van een ander"}`
	case e.method == http.MethodPost && last == "original":
		body = `{"erased":true}`
	case e.method == http.MethodPost && last == "participants":
		body = `{"role":"partner"}`
	case e.method == http.MethodPost && last == "answer":
		body = `{"choice":"no","method":"spoken","language":"nl","textVersion":"v1"}`
	case e.method == http.MethodPatch && strings.Contains(e.path, "/next-steps/"):
		body = `{"state":"tried"}`
	case e.method == http.MethodPatch && last == "look-back":
		body = `{"step":"film"}`
	case e.method == http.MethodPatch:
		body = `{"body":"van een ander"}`
	case e.method == http.MethodPost && last == "conversations":
		body = fmt.Sprintf(`{"heldAt":%q,"participants":[{"role":"citizen"}]}`, fixedStart)
	}
	if body != "" {
		header["Content-Type"] = "application/json"
	}
	if e.method == http.MethodPut && strings.Contains(e.path, "/captions/") {
		body, header["Content-Type"] = captionFile, "text/vtt"
	}
	return b.send(e.method, e.path, header, strings.NewReader(body))
}

var fixedStart = time.Now().UTC().Format(time.RFC3339)

// view is what a client can tell two answers apart by.
func (a answer) view() string {
	h := a.Header.Clone()
	for _, volatile := range []string{"Date", "X-Request-Id", "Set-Cookie"} {
		h.Del(volatile)
	}
	return fmt.Sprintf("%d\n%v\n%s", a.StatusCode, h, a.body)
}
