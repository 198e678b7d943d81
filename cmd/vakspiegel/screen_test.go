package main

import (
	"bufio"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/oauth2-proxy/mockoidc"

	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

func screenOf(c conversation) string {
	return "/api/v1/conversations/" + c.ID + "/participants/" + c.Participants[0].ID + "/screen"
}

// "Laat dit scherm zien": the screen is the participant's, and nobody's after
// "Klaar"; nothing of staff is behind it until signing in again.
func TestAScreenThatIsHandedOverShowsNothingOfStaff(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen", "partner")
		sem := s.as("sem")
		sem.wantCode(404, "not_found", sem.json("POST", screenOf(c), nil))
		listening, err := noor.Get(s.URL() + "/api/v1/events")
		must(t, err)
		defer listening.Body.Close()
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for lines := bufio.NewScanner(listening.Body); lines.Scan(); {
			}
		}()

		noor.want(204, noor.json("POST", screenOf(c), nil))
		screen := noor // the same browser, in other hands
		for _, path := range []string{"/me", "/conversations", "/conversations/" + c.ID, "/people", "/recordings", "/events"} {
			screen.wantCode(401, "screen_locked", screen.get("/api/v1"+path))
		}
		screen.wantCode(401, "screen_locked", screen.json("POST", screenOf(c), nil))
		screen.wantCode(401, "screen_locked", screen.get("/kaart/"+c.ID+"/"+c.Participants[0].ID))
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Error("the screen still hears what changes")
		}

		asked := string(screen.want(200, screen.get("/toestemming")).body)
		ref := hiddenRef.FindStringSubmatch(asked)[1]
		if ref != c.Participants[0].ID || !strings.Contains(asked, `action="/toestemming/klaar"`) {
			t.Error("the page is not the participant's own, or has no way out")
		}
		screen.want(303, screen.choose(ref, "ja", nil))
		if done := screen.want(200, screen.get("/toestemming/klaar")); len(done.body) != citizen.DoneSize {
			t.Errorf("the page after a yes has %d bytes on a shared screen", len(done.body))
		}
		link := noor.cookie("vakspiegel_link")
		screen.want(303, screen.form("/toestemming/klaar", nil))
		for _, path := range []string{"/toestemming", "/toestemming/klaar", "/toestemming/bewaren", "/toestemming/kaart"} {
			if back := string(screen.want(200, screen.get(path)).body); !strings.Contains(back, "Geef het scherm terug") || strings.Contains(back, ref) {
				t.Errorf("%s after Klaar: %.300s", path, back)
			}
		}
		if a := s.browser().send("GET", "/toestemming", map[string]string{"Cookie": "vakspiegel_link=" + link}, nil); a.StatusCode != 404 {
			t.Errorf("the sitting outlives Klaar: %d", a.StatusCode)
		}
		screen.wantCode(401, "screen_locked", screen.get("/api/v1/me"))

		noor.want(204, noor.json("POST", "/api/v1/login", map[string]string{"person": "noor"}))
		noor.want(200, noor.get("/api/v1/conversations/"+c.ID))
		if noor.cookie("vakspiegel_screen") != "" {
			t.Error("the screen is still someone else's after signing in")
		}
		s.sayYes(c.Participants[1].ConsentURL)
		methods := map[string]string{}
		var kept []struct{ ID, Method string }
		must(t, s.db.Raw("SELECT id, method FROM consent_records").Scan(&kept).Error)
		for _, record := range kept {
			methods[record.ID] = record.Method
		}
		if methods[c.Participants[0].ID] != "shared_screen" || methods[c.Participants[1].ID] != "own_device" {
			t.Errorf("how they said yes: %v", methods)
		}
		noor.want(204, noor.json("POST", "/api/v1/conversations/"+c.ID+"/handover", nil))
		noor.wantCode(404, "not_found", noor.json("POST", screenOf(c), nil))
		noor.want(200, noor.get("/api/v1/me")) // what was refused locks nothing
	})
}

// On a shared screen too a no looks like a yes, until the screen is back.
func TestANoOnASharedScreenLooksLikeAYes(t *testing.T) {
	s := start(t, sqlitePair(t))
	seen := map[string][]string{}
	for _, choice := range []string{"ja", "nee"} {
		noor := s.as("noor")
		c := noor.ask("citizen")
		noor.want(204, noor.json("POST", screenOf(c), nil))
		answered := noor.choose(c.Participants[0].ID, choice, nil)
		done := noor.get(answered.Header.Get("Location"))
		closed := noor.form("/toestemming/klaar", nil)
		back := noor.get(closed.Header.Get("Location"))
		for _, a := range []answer{answered, done, closed, back} {
			h := a.Header.Clone()
			h.Del("Date")
			h.Del("X-Request-Id")
			var out strings.Builder
			must(t, h.Write(&out))
			seen[choice] = append(seen[choice], a.Status, out.String())
		}
		seen[choice] = append(seen[choice], string(back.body))
	}
	for i := range seen["ja"] {
		if seen["ja"][i] != seen["nee"][i] {
			t.Errorf("after a yes\n%s\nafter a no\n%s", seen["ja"][i], seen["nee"][i])
		}
	}
}

// Who forgets "Klaar" leaves nothing open either: signing in closes it.
func TestSigningInClosesAPageThatWasForgotten(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	c := noor.ask("citizen")
	noor.want(204, noor.json("POST", screenOf(c), nil))
	link := noor.cookie("vakspiegel_link")
	noor.want(204, noor.json("POST", "/api/v1/login", map[string]string{"person": "sem"}))
	if noor.cookie("vakspiegel_link")+noor.cookie("vakspiegel_screen") != "" {
		t.Error("the browser keeps the participant's page")
	}
	if a := s.browser().send("GET", "/toestemming", map[string]string{"Cookie": "vakspiegel_link=" + link}, nil); a.StatusCode != 404 {
		t.Errorf("the sitting is still open: %d", a.StatusCode)
	}
}

func (b *browser) cookie(name string) string {
	at, err := url.Parse(b.base)
	must(b.t, err)
	for _, cookie := range b.Jar.Cookies(at) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}

// signedInAt is a person of whom the provider says when it asked for them.
type signedInAt struct {
	*mockoidc.MockUser
	at time.Time
}

func (u signedInAt) Claims(_ []string, base *mockoidc.IDTokenClaims) (jwt.Claims, error) {
	return struct {
		*mockoidc.IDTokenClaims
		Email         string `json:"email"`
		EmailVerified bool   `json:"email_verified"`
		AuthTime      int64  `json:"auth_time,omitempty"`
	}{base, u.Email, true, u.at.Unix()}, nil
}

func TestTheProviderAsksForThePersonAgainAfterAScreenWasHandedOver(t *testing.T) {
	p := startProvider(t)
	s := serveWith(t, sqlitePair(t), p)
	s.person("noor@gemeente.example", policies.Klantmanager)
	noor := s.browser()
	known := user("sub-noor", "noor@gemeente.example")
	noor.signIn(p, known, "/")
	if asked := p.last(&p.asked); asked.Has("prompt") || asked.Has("max_age") {
		t.Errorf("an ordinary sign-in asks %v", asked)
	}
	c := noor.ask("citizen")
	noor.want(http.StatusNoContent, noor.json("POST", screenOf(c), nil))
	for name, remembered := range map[string]mockoidc.User{
		"does not say when": known, "remembers from this morning": signedInAt{known, time.Now().Add(-time.Hour)},
	} {
		if to := noor.signIn(p, remembered, "/"); to != "/inloggen?fout=mislukt" {
			t.Errorf("a provider that %s: %s", name, to)
		}
		if asked := p.last(&p.asked); asked.Get("prompt") != "login" || asked.Get("max_age") != "0" {
			t.Errorf("asked %v", asked)
		}
		noor.wantCode(401, "screen_locked", noor.get("/api/v1/me"))
	}
	if to := noor.signIn(p, signedInAt{known, time.Now()}, "/"); to != "/" {
		t.Errorf("asked again and answered: %s", to)
	}
	noor.want(http.StatusOK, noor.get("/api/v1/me"))
}
