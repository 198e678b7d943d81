package api

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"vakspiegel/api/contract"
)

// door is a front door without rooms behind it: for what it does by itself.
type door struct {
	*Server
	log *logBuffer
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newDoor(t *testing.T, publicURL string, proxies []string, routes ...route) *door {
	t.Helper()
	schemas, err := loadContract()
	must(t, err)
	public, err := url.Parse(publicURL)
	must(t, err)
	d := &door{log: &logBuffer{}}
	var trusted []netip.Prefix
	for _, proxy := range proxies {
		trusted = append(trusted, netip.MustParsePrefix(proxy))
	}
	d.Server = &Server{
		Config: Config{
			Mode: Serve, PublicURL: public, MaxUpload: 1 << 20, TrustedProxies: trusted, Clock: time.Now,
			App:         fstest.MapFS{"index.html": {Data: []byte("<!doctype html><title>app</title>")}, "assets/app-1.js": {Data: []byte("1")}},
			Unavailable: func(error) bool { return false },
			Log:         slog.New(slog.NewTextHandler(d.log, nil)),
		},
		contract: schemas, guesses: newAttempts(time.Now), signIns: newAttempts(time.Now),
	}
	d.handler = d.build(routes)
	return d
}

func (d *door) ask(method, path string, header map[string]string, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for name, value := range header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

func wantProblem(t *testing.T, w *httptest.ResponseRecorder, status int, code string) contract.Problem {
	t.Helper()
	var p contract.Problem
	if kind := w.Header().Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("an error of type %q", kind)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("%d, no problem: %v: %.200s", w.Code, err, w.Body)
	}
	if w.Code != status || p.Status != status || p.Code != code || p.Title == "" || p.Detail == "" {
		t.Errorf("%d %+v; want %d %s with title and detail", w.Code, p, status, code)
	}
	return p
}

// wantSafe holds a response against internet.nl and ASVS 3.4.
func wantSafe(t *testing.T, h http.Header, cache string) {
	t.Helper()
	for name, want := range map[string]string{
		"Api-Version": apiVersion, "Cache-Control": cache, "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
		"X-Frame-Options": "DENY", "Cross-Origin-Opener-Policy": "same-origin",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	policy := h.Get("Content-Security-Policy")
	for _, must := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "script-src 'self'", "style-src 'self'"} {
		if !strings.Contains(policy, must) {
			t.Errorf("the CSP has no %s: %q", must, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("the CSP is open: %q", policy)
	}
}

func answersText(c *call) (reply, error) {
	c.String(http.StatusOK, "ok")
	return written(), nil
}

func panics(*call) (reply, error) { panic("secret words of a citizen") }

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil,
		route{http.MethodGet, "/fine", public, "", false, noBody, quick, answersText},
		route{http.MethodGet, "/panic", public, "", false, noBody, quick, panics},
		route{http.MethodPost, "/form", public, "", false, small, quick, answersText})
	for name, w := range map[string]*httptest.ResponseRecorder{
		"fine": d.ask("GET", "/fine", nil, ""), "panic": d.ask("GET", "/panic", nil, ""), "not found": d.ask("GET", "/nothing", nil, ""),
		"wrong method": d.ask("DELETE", "/fine", nil, ""), "the app": d.ask("GET", "/", map[string]string{"Accept": "text/html"}, ""),
		"another site": d.ask("POST", "/form", map[string]string{"Sec-Fetch-Site": "cross-site"}, ""),
		"no file":      d.ask("GET", "/assets/none.js", nil, ""), "unknown page": d.ask("GET", "/nergens", map[string]string{"Accept": "text/html"}, ""),
	} {
		t.Run(name, func(t *testing.T) {
			wantSafe(t, w.Header(), "no-store")
			if w.Header().Get("Strict-Transport-Security") != "" {
				t.Error("HSTS over plain HTTP locks a browser out")
			}
			if w.Header().Get("Access-Control-Allow-Origin") != "" {
				t.Error("CORS is open")
			}
			if w.Header().Get("X-Request-Id") == "" {
				t.Error("nothing to find its log line by")
			}
		})
	}
	asset := d.ask("GET", "/assets/app-1.js", map[string]string{"Range": "bytes=900-"}, "")
	if asset.Code != http.StatusOK {
		t.Errorf("an asset: %d", asset.Code)
	}
	wantSafe(t, asset.Header(), "public, max-age=31536000, immutable")
}

func TestOverHTTPSEverythingIsStrict(t *testing.T) {
	var d *door
	d = newDoor(t, "https://vakspiegel.example", nil, route{http.MethodPost, "/in", public, "", false, small, quick, func(c *call) (reply, error) {
		d.setCookie(c.Context, staffCookie, "secret")
		return noContent(), nil
	}})
	w := d.ask("POST", "/in", nil, "")
	wantSafe(t, w.Header(), "no-store")
	if hsts := w.Header().Get("Strict-Transport-Security"); !strings.HasPrefix(hsts, "max-age=63072000") {
		t.Errorf("HSTS %q", hsts)
	}
	cookie := w.Result().Cookies()[0]
	if cookie.Name != "__Host-vakspiegel_session" || !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" {
		t.Errorf("the cookie is %s", cookie)
	}
}
