package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"vakspiegel/policies"
)

// dump is every row of every table, but for sittings at the citizen's page and
// what ticks by itself.
func (s *system) dump() string {
	s.t.Helper()
	names, err := s.db.Migrator().GetTables()
	must(s.t, err)
	slices.Sort(names)
	var out strings.Builder
	tables := 0
	for _, name := range names {
		if name == "link_sessions" || name == "upload_locks" || strings.HasPrefix(name, "sqlite_") || strings.HasPrefix(name, "goose") {
			continue
		}
		tables++
		rows, err := s.db.Raw("SELECT * FROM " + name).Rows()
		must(s.t, err)
		out.WriteString(name + "\n" + strings.Join(readAll(s.t, rows), "\n") + "\n")
	}
	if tables < 15 {
		s.t.Fatalf("only %d tables were read", tables)
	}
	return out.String()
}

func readAll(t *testing.T, rows *sql.Rows) (lines []string) {
	t.Helper()
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	for rows.Next() {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		must(t, rows.Scan(into...))
		lines = append(lines, fmt.Sprintf("%v", values))
	}
	must(t, rows.Err())
	slices.Sort(lines)
	return lines
}

// Link previews, mail scanners, crawlers: whatever follows a link without
// choosing changes nothing (invariant 5, trust.md 5).
func TestFollowingALinkChangesNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		asked := noor.ask("citizen", "partner")
		given, _ := s.given(noor)
		noor.upload(given.ID, sampleFilm)
		handed, _ := s.given(noor)
		noor.want(204, noor.send("POST", "/api/v1/conversations/"+handed.ID+"/handover", nil, nil))
		before := s.dump()
		form := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
		visits := 0
		for _, link := range []string{asked.Participants[0].ConsentURL, asked.Participants[1].ConsentURL, given.Participants[0].ConsentURL, handed.Participants[0].ConsentURL} {
			scanner, stranger := s.browser(), s.browser()
			for _, method := range []string{"HEAD", "OPTIONS", "GET", "POST", "PUT", "DELETE", "PATCH"} {
				scanner.send(method, link, nil, nil)
				visits++
			}
			ref, _ := scanner.visit(link)
			for _, path := range []string{"/toestemming", "/toestemming/bewaren", "/toestemming/klaar", "/toestemming/nee", "/code"} {
				for _, method := range []string{"HEAD", "OPTIONS", "GET"} {
					scanner.send(method, path, nil, nil)
				}
				scanner.send("GET", path+"?keuze=wis&bevestig=ja&r="+ref, nil, nil)
				scanner.send("GET", path+"?keuze=nee&r="+ref, nil, nil)
			}
			for _, body := range []string{
				"", "r=" + ref, "keuze=nee", "keuze=ja", "keuze=wis&bevestig=ja", // the reference is missing
				"r=" + ref + "&keuze=wis", "r=" + ref + "&keuze=wis&bevestig=", "r=" + ref + "&keuze=wis&bevestig=on", // the tick is
				"r=" + ref + "&keuze=WIS&bevestig=ja", "r=" + ref + "&keuze=alles", "r=x&keuze=nee",
			} {
				a := scanner.send("POST", "/toestemming", form, strings.NewReader(body))
				if a.StatusCode < 400 {
					t.Errorf("the form %q is answered %d", body, a.StatusCode)
				}
				// The same form without the cookie.
				if a := stranger.send("POST", "/toestemming", form, strings.NewReader(body+"&keuze=nee&bevestig=ja")); a.StatusCode != 404 {
					t.Errorf("without a cookie: %d", a.StatusCode)
				}
			}
			scanner.want(415, scanner.send("POST", "/toestemming", map[string]string{"Content-Type": "text/plain"}, strings.NewReader("r="+ref+"&keuze=nee")))
		}
		if visits != 28 {
			t.Fatalf("%d visits", visits)
		}
		if after := s.dump(); after != before {
			t.Errorf("something changed:\n%s\nwas:\n%s", after, before)
		}
		s.sayYes(asked.Participants[0].ConsentURL)
		if s.dump() == before {
			t.Error("a yes changes nothing in the dump: the comparison proves nothing")
		}
	})
}

// Every page of a citizen and every file is as safe as the rest, and hardly
// anything may be kept.
func TestTheCitizensPagesHaveTheHeaders(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	c := noor.ask("citizen", "partner")
	citizen := s.browser()
	_, page := citizen.visit(c.Participants[0].ConsentURL)
	sheet := page[strings.Index(page, "/citizen/"):]
	sheet = sheet[:strings.IndexByte(sheet, '"')]
	yes := s.sayYes(c.Participants[1].ConsentURL)
	for _, a := range []answer{
		citizen.get("/toestemming"), citizen.get("/code"), citizen.get("/toestemming/nee"), citizen.get("/privacy"), citizen.get("/eerlijke-grenzen"),
		citizen.get("/toegankelijkheid"), citizen.get("/link-kwijt"), citizen.get("/c/onzin"), s.browser().get("/toestemming"), citizen.get("/toestemming/onzin"),
		yes.get("/toestemming"), yes.get("/toestemming/bewaren"), yes.get("/toestemming/klaar"), citizen.get("/.well-known/security.txt"), citizen.get(sheet), citizen.get("/citizen/geen.css"),
		citizen.send("GET", "/", map[string]string{"Accept": "text/html"}, nil), citizen.get("/api/v1/settings"), noor.get("/api/v1/me"), citizen.get("/api/v1/me"),
		citizen.send("PUT", "/toestemming", nil, nil), citizen.send("POST", "/code", map[string]string{"Sec-Fetch-Site": "cross-site"}, nil),
	} {
		path := a.Request.URL.Path
		h := a.Header
		if csp := h.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: CSP %q", path, csp)
		}
		want := "no-store"
		if path == sheet {
			want = "public, max-age=31536000, immutable"
			if a.StatusCode != 200 || !strings.HasPrefix(h.Get("Content-Type"), "text/css") {
				t.Errorf("the style sheet: %d %s", a.StatusCode, h.Get("Content-Type"))
			}
		}
		if h.Get("Cache-Control") != want || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "same-origin" || h.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: %v", path, h)
		}
		if h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s is open to other sites", path)
		}
		if strings.HasPrefix(h.Get("Content-Type"), "text/html") && path != "/" && strings.Contains(string(a.body), "<script") {
			t.Errorf("%s has a script", path)
		}
	}
	if text := string(citizen.get("/.well-known/security.txt").body); !strings.Contains(text, "Contact: ") || !strings.Contains(text, "Expires: ") {
		t.Errorf("security.txt: %s", text)
	}
}

func cookieOf(t *testing.T, a answer, name string) *http.Cookie {
	t.Helper()
	for _, cookie := range a.Cookies() {
		if cookie.Name == name {
			if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" || cookie.Domain != "" || cookie.MaxAge > 0 {
				t.Errorf("the cookie %s", strings.Replace(cookie.String(), cookie.Value, "…", 1))
			}
			return cookie
		}
	}
	t.Fatalf("no cookie %s", name)
	return nil
}

// with sends one request with this session and no other.
func (s *system) with(token, path string) answer {
	s.t.Helper()
	return s.browser().send("GET", path, map[string]string{"Cookie": "vakspiegel_session=" + token}, nil)
}

// ASVS 7.2.4, 7.4: a session is new at every sign-in, and ends on the server.
func TestASessionIsNeverTakenOverNorKept(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		b := s.browser()
		const planted = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		signIn := func(as, with string) string {
			a := b.send("POST", "/api/v1/login", map[string]string{"Content-Type": "application/json", "Cookie": "vakspiegel_session=" + with}, strings.NewReader(`{"person":"`+as+`"}`))
			return cookieOf(t, b.want(204, a), "vakspiegel_session").Value
		}
		first := signIn("noor", planted)
		if first == planted || s.with(planted, "/api/v1/me").StatusCode != 401 {
			t.Error("a session that was planted is in use")
		}
		second := signIn("sem", first)
		if second == first || len(second) < 43 {
			t.Errorf("the second session has the token of the first, or a short one of %d characters", len(second))
		}
		if got := s.with(first, "/api/v1/me").StatusCode; got != 401 {
			t.Errorf("the session before signing in again answers %d", got)
		}
		if me := decodeAs[struct{ Name string }](t, s.with(second, "/api/v1/me")); me.Name != "Sem" {
			t.Errorf("signed in as %s", me.Name)
		}
		third := signIn("sem", "")
		out := b.send("POST", "/api/v1/logout", map[string]string{"Cookie": "vakspiegel_session=" + second}, nil)
		if gone := cookieOf(t, b.want(204, out), "vakspiegel_session"); gone.MaxAge >= 0 || out.Header.Get("Clear-Site-Data") == "" {
			t.Error("the browser keeps what the server forgot")
		}
		if s.with(second, "/api/v1/me").StatusCode != 401 || s.with(third, "/api/v1/me").StatusCode != 200 {
			t.Error("signing out ends this session and no other")
		}
		must(t, s.people.Disable(t.Context(), policies.DemoID("sem"), time.Now()))
		if s.with(third, "/api/v1/me").StatusCode != 401 {
			t.Error("a disabled person is still in")
		}
		b.wantCode(404, "not_found", b.json("POST", "/api/v1/login", map[string]string{"person": "sem"}))
		for _, token := range []string{first, second, third} {
			if strings.Contains(s.log.String(), token) {
				t.Error("a token is in the log")
			}
		}
	})
}

// The link's cookie opens no API, the staff's cookie no citizen's page.
func TestTheTwoCookiesOpenNothingOfEachOther(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	c := noor.ask("citizen")
	opened := s.browser().get(c.Participants[0].ConsentURL)
	link := cookieOf(t, opened, "vakspiegel_link").Value
	if opened.Header.Get("Location") != "/toestemming" {
		t.Errorf("the address after the link is %s: is the token in it?", opened.Header.Get("Location"))
	}
	if got := s.with(link, "/api/v1/me").StatusCode; got != 401 {
		t.Errorf("the citizen's cookie as a session: %d", got)
	}
	if got := noor.get("/toestemming").StatusCode; got != 404 {
		t.Errorf("a staff session at the citizen's page: %d", got)
	}
	raw := strings.TrimPrefix(c.Participants[0].ConsentURL, s.URL()+"/c/")
	a := s.browser().send("GET", "/toestemming", map[string]string{"Cookie": "vakspiegel_link=" + raw}, nil)
	if a.StatusCode != 404 {
		t.Errorf("the link's token as a cookie: %d", a.StatusCode)
	}
}

// 10^11 codes and 30 wrong ones a minute.
func TestGuessingCodesIsSlow(t *testing.T) {
	s := start(t, sqlitePair(t))
	c := s.as("noor").ask("citizen")
	guesser := s.browser()
	code := func(typed, forged string) int {
		header := map[string]string{"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": forged}
		return guesser.send("POST", "/code", header, strings.NewReader("code="+typed)).StatusCode
	}
	refused := 0
	for i := range 40 {
		if code("1234 5678 9012 3", fmt.Sprintf("203.0.113.%d", i)) == 429 {
			refused++
		}
	}
	if refused != 10 {
		t.Errorf("%d of 40 guesses were refused", refused)
	}
	if got := code(c.Participants[0].Code, "203.0.113.99"); got != 429 {
		t.Errorf("after all that guessing the right code answers %d: then guessing goes on", got)
	}
	if got := guesser.get("/c/" + strings.Repeat("A", 43)).StatusCode; got != 429 {
		t.Errorf("a guessed link after all that: %d", got)
	}
	if got := s.browser().get(c.Participants[0].ConsentURL).StatusCode; got != 303 {
		t.Errorf("a link that is no guess, from the same address: %d", got)
	}
}

// A town hall is one address: right links and codes are no guesses.
func TestOpeningOnesOwnIsNeverTooOften(t *testing.T) {
	s := start(t, sqlitePair(t))
	c := s.as("noor").ask("citizen")
	for range 40 {
		if got := s.browser().get(c.Participants[0].ConsentURL).StatusCode; got != 303 {
			t.Fatalf("a right link: %d", got)
		}
		s.browser().want(303, s.browser().form("/code", url.Values{"code": {c.Participants[0].Code}}))
	}
}
