package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// Every route that changes something refuses another site, whoever asks.
func TestAnotherSiteIsRefusedEverywhere(t *testing.T) {
	d := newDoor(t, "https://vakspiegel.example", nil)
	d.handler = d.build(d.routes())
	for _, r := range d.routes() {
		if slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, r.method) {
			continue
		}
		path := strings.ReplaceAll(r.path, ":", "")
		for _, header := range []map[string]string{
			{"Sec-Fetch-Site": "cross-site"},
			{"Sec-Fetch-Site": "same-site"}, // a subdomain is another department
			{"Origin": "https://elders.example"},
			{"Origin": "null"},
			{"Origin": "http://vakspiegel.example"},
			{"Origin": "https://vakspiegel.example.elders.example"},
			{"Origin": "https://vakspiegel.example:8443"},
			{"Sec-Fetch-Site": "cross-site", "X-HTTP-Method-Override": "GET"},
		} {
			wantProblem(t, d.ask(r.method, path, header, ""), 403, "cross_origin")
		}
	}
	log := d.log.String()
	if !strings.Contains(log, "route=/api/v1/login status=403") || !strings.Contains(log, "code=cross_origin") {
		t.Error("refusals are not in the log")
	}
}

func TestOurOwnPagesGetThroughAlsoBehindAProxyThatRewritesHost(t *testing.T) {
	d := newDoor(t, "https://vakspiegel.example", nil, route{http.MethodPost, "/form", public, "", false, small, quick, answersText})
	for name, header := range map[string]map[string]string{
		"no browser":                   {},
		"same origin":                  {"Sec-Fetch-Site": "same-origin"},
		"typed by the user":            {"Sec-Fetch-Site": "none"},
		"Host is the backend's":        {"Origin": "https://vakspiegel.example"},
		"the same, by a newer browser": {"Origin": "https://vakspiegel.example", "Sec-Fetch-Site": "same-origin"},
	} {
		if w := d.ask("POST", "/form", header, ""); w.Code != http.StatusOK { // Host is example.com
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// gin trusts every proxy unless told not to (trust.md 6).
func TestAForgedClientCountsOnlyFromATrustedProxy(t *testing.T) {
	tries := func(d *door) route {
		return route{http.MethodGet, "/try", public, "", false, noBody, quick, func(c *call) (reply, error) {
			if !d.guesses.allow(c.ClientIP()) {
				return reply{}, errTooMany
			}
			return noContent(), nil
		}}
	}
	for name, test := range map[string]struct {
		proxies []string
		forged  bool
	}{
		"no trusted proxy":       {nil, false},
		"another trusted proxy":  {[]string{"10.0.0.0/8"}, false},
		"this proxy is trusted":  {[]string{"192.0.2.0/24"}, true},
		"this one and a further": {[]string{"10.0.0.0/8", "192.0.2.1/32"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDoor(t, "http://127.0.0.1", test.proxies)
			d.handler = d.build([]route{tries(d)})
			refused := 0
			for i := range maxAttempts + 5 {
				forged := fmt.Sprintf("203.0.113.%d", i)
				for _, header := range []string{"X-Forwarded-For", "X-Real-IP"} {
					if w := d.ask("GET", "/try", map[string]string{header: forged}, ""); w.Code == http.StatusTooManyRequests {
						refused++
					}
				}
			}
			if (refused == 0) != test.forged {
				t.Errorf("%d refused of %d", refused, 2*(maxAttempts+5))
			}
			log := d.log.String()
			if strings.Contains(log, "client=203.0.113.") != test.forged || strings.Contains(log, "client=192.0.2.1") == test.forged {
				t.Errorf("the log's clients are wrong:\n%.400s", log)
			}
		})
	}
}

func TestOnlyTheContractIsOpenToOtherSites(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1", nil)
	d.handler = d.build(d.routes())
	w := d.ask("GET", base+"/openapi.json", map[string]string{"Origin": "https://elders.example"}, "")
	if w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("the contract: %d %v", w.Code, w.Header())
	}
	wantSafe(t, w.Header(), "no-store")
	for _, r := range d.routes() {
		if r.path == base+"/openapi.json" || r.who == public && r.path != base+"/uploads" {
			continue // public ones need their rooms; cmd/vakspiegel walks them
		}
		if r.who == link {
			continue
		}
		w := d.ask("OPTIONS", strings.ReplaceAll(r.path, ":", ""), map[string]string{"Origin": "https://elders.example", "Access-Control-Request-Method": r.method}, "")
		for name := range w.Header() {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s answers %s to another site", r.path, name)
			}
		}
	}
}

func TestAcceptByTheContract(t *testing.T) {
	for _, test := range []struct {
		method, path, accept string
		ok                   bool
	}{
		{"GET", base + "/settings", "", true},
		{"GET", base + "/settings", "*/*", true},
		{"GET", base + "/settings", "application/*", true},
		{"GET", base + "/settings", "application/json; charset=utf-8", true},
		{"GET", base + "/settings", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true},
		{"GET", base + "/settings", "text/html", false},
		{"GET", base + "/settings", "application/xml, text/csv", false},
		{"GET", base + "/settings", "application/json;q=0", false},
		{"GET", base + "/settings", "nonsense", false},
		{"GET", base + "/events", "text/event-stream", true},
		{"GET", base + "/events", "application/json", false},
		{"GET", base + "/recordings/:recordingId/video", "video/mp4", true},
		{"GET", base + "/recordings/:recordingId/video", "video/webm,video/ogg,video/*;q=0.9", true},
		{"GET", base + "/recordings/:recordingId/video", "image/png", false},
		{"POST", base + "/logout", "text/html", true}, // answers no content
		{"GET", "/fine", "image/png", true},           // not of the API
	} {
		t.Run(test.path+" "+test.accept, func(t *testing.T) {
			d := newDoor(t, "http://127.0.0.1", nil)
			d.handler = d.build([]route{{test.method, test.path, public, "", false, noBody, quick, answersText}})
			w := d.ask(test.method, strings.ReplaceAll(test.path, ":", ""), map[string]string{"Accept": test.accept}, "")
			if test.ok && w.Code != http.StatusOK {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if !test.ok {
				wantProblem(t, w, 406, "not_acceptable")
			}
		})
	}
}
