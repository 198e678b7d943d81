package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
	"github.com/oauth2-proxy/mockoidc"

	"vakspiegel/api"
	"vakspiegel/policies"
)

// provider is an OpenID provider on its own port, and what it was asked.
type provider struct {
	*mockoidc.MockOIDC
	mu     sync.Mutex
	asked  []url.Values // authorisation requests
	tokens []url.Values // token requests
}

func startProvider(t *testing.T) *provider {
	t.Helper()
	m, err := mockoidc.NewServer(nil)
	must(t, err)
	p := &provider{MockOIDC: m}
	must(t, m.AddMiddleware(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_ = r.ParseForm()
			p.mu.Lock()
			switch r.URL.Path {
			case mockoidc.AuthorizationEndpoint:
				p.asked = append(p.asked, r.Form)
			case mockoidc.TokenEndpoint:
				p.tokens = append(p.tokens, r.Form)
			}
			p.mu.Unlock()
			next.ServeHTTP(w, r)
		})
	}))
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	must(t, m.Start(listener, nil))
	t.Cleanup(func() { must(t, m.Shutdown()) })
	return p
}

func (p *provider) last(list *[]url.Values) url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(*list) == 0 {
		return nil
	}
	return (*list)[len(*list)-1]
}

const firstAdmin = "subject-of-the-first-admin"

// serveWith runs the program in serve mode against a provider.
func serveWith(t *testing.T, pr pair, p *provider) *system {
	t.Helper()
	s, _ := launch(t, pr, func(s *Settings) {
		s.Mode = api.Serve
		s.OIDC = &api.OIDCConfig{
			Issuer: p.Issuer(), ClientID: p.ClientID, ClientSecret: p.ClientSecret,
			RedirectURL: "http://vakspiegel.test/aanmelden/terug", LoginClaim: "email", FirstAdmin: firstAdmin,
		}
	})
	return s
}

// go to the provider and come back with its answer, unused.
func (b *browser) atProvider(p *provider, user mockoidc.User, back string) (callback *url.URL) {
	b.t.Helper()
	p.QueueUser(user)
	begin := b.want(http.StatusSeeOther, b.get("/aanmelden?terug="+url.QueryEscape(back)))
	answered := b.send("GET", begin.Header.Get("Location"), nil, nil)
	callback, err := url.Parse(b.want(http.StatusFound, answered).Header.Get("Location"))
	must(b.t, err)
	if callback.Host != "vakspiegel.test" || callback.Path != "/aanmelden/terug" {
		b.t.Fatalf("the provider sends to %s", callback.Host+callback.Path)
	}
	return callback
}

func (b *browser) comeBack(query url.Values) answer {
	b.t.Helper()
	return b.want(http.StatusSeeOther, b.get("/aanmelden/terug?"+query.Encode()))
}

func (b *browser) signIn(p *provider, user mockoidc.User, back string) (location string) {
	b.t.Helper()
	return b.comeBack(b.atProvider(p, user, back).Query()).Header.Get("Location")
}

func user(subject, email string) *mockoidc.MockUser {
	return &mockoidc.MockUser{Subject: subject, Email: email, EmailVerified: true}
}

func (s *system) person(login string, roles ...policies.Role) policies.Person {
	s.t.Helper()
	person := policies.Person{ID: uuid.New(), Login: login, Name: "N " + login, Roles: roles}
	must(s.t, s.people.Save(s.t.Context(), nil, person))
	return person
}

func TestSigningInWithTheProvider(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, pr pair) {
		p := startProvider(t)
		s := serveWith(t, pr, p)
		s.person("noor@gemeente.example", policies.Klantmanager)
		b := s.browser()
		b.wantCode(401, "unauthorized", b.get("/api/v1/me"))
		if to := b.signIn(p, user("sub-noor", "Noor@Gemeente.example"), "/opnames/1?a=b"); to != "/opnames/1?a=b" {
			t.Fatalf("after signing in: %s", to)
		}
		me := decodeAs[struct {
			Name  string
			Roles []string
		}](t, b.want(200, b.get("/api/v1/me")))
		if me.Name != "N noor@gemeente.example" || len(me.Roles) != 1 {
			t.Errorf("signed in as %+v", me)
		}

		asked, token := p.last(&p.asked), p.last(&p.tokens)
		sum := sha256.Sum256([]byte(token.Get("code_verifier")))
		if asked.Get("code_challenge_method") != "S256" || asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
			t.Errorf("PKCE is %v", asked)
		}
		for name, least := range map[string]int{"state": 22, "nonce": 22} { // 128 bit
			if len(asked.Get(name)) < least {
				t.Errorf("%s has %d characters", name, len(asked.Get(name)))
			}
		}
		if asked.Get("scope") != "openid email" || asked.Get("response_type") != "code" {
			t.Errorf("asked for %q, %q", asked.Get("scope"), asked.Get("response_type"))
		}

		// Signed in once, only the subject counts: another address is no matter,
		// another subject with the same address is no one.
		again := s.browser()
		if to := again.signIn(p, user("sub-noor", "nieuw@elders.example"), "/"); to != "/" {
			t.Errorf("the same subject later: %s", to)
		}
		thief := s.browser()
		if to := thief.signIn(p, user("sub-dief", "noor@gemeente.example"), "/"); to != "/inloggen?fout=mislukt" {
			t.Errorf("another subject with noor's address: %s", to)
		}
		thief.wantCode(401, "unauthorized", thief.get("/api/v1/me"))
		b.want(200, b.get("/api/v1/me"))
	})
}

func TestNothingOfASignInIsInTheLog(t *testing.T) {
	p := startProvider(t)
	s := serveWith(t, sqlitePair(t), p)
	s.person("noor@gemeente.example")
	b := s.browser()
	callback := b.atProvider(p, user("sub-noor", "noor@gemeente.example"), "/")
	session := cookieOf(t, b.comeBack(callback.Query()), "vakspiegel_session").Value
	b.comeBack(callback.Query()) // and one that fails
	asked, token := p.last(&p.asked), p.last(&p.tokens)
	log := s.log.String()
	if !strings.Contains(log, "route=/aanmelden/terug") || !strings.Contains(log, "sign-in failed") {
		t.Fatal("the log does not know the sign-ins: the search below proves nothing")
	}
	for what, secret := range map[string]string{
		"state": asked.Get("state"), "nonce": asked.Get("nonce"), "code": callback.Query().Get("code"), "verifier": token.Get("code_verifier"),
		"session": session, "client secret": p.ClientSecret, "address": "noor@gemeente", "subject": "sub-noor", "name": "N noor",
	} {
		if secret == "" || strings.Contains(log, secret) {
			t.Errorf("the log holds the %s", what)
		}
	}
}

// What is wrong with the provider's answer looks the same, and lets no one in.
func TestAnAnswerThatDoesNotHoldLetsNobodyIn(t *testing.T) {
	const known = "noor@gemeente.example"
	for name, test := range map[string]struct {
		user   mockoidc.User
		change func(t *testing.T, s *system, b *browser, p *provider, q url.Values) url.Values
		fout   string
	}{
		"a wrong state": {nil, func(_ *testing.T, _ *system, _ *browser, _ *provider, q url.Values) url.Values {
			q.Set("state", strings.Repeat("A", 43))
			return q
		}, "mislukt"},
		"no state": {nil, func(_ *testing.T, _ *system, _ *browser, _ *provider, q url.Values) url.Values {
			q.Del("state")
			return q
		}, "mislukt"},
		"no state and no cookie": {nil, func(t *testing.T, s *system, b *browser, _ *provider, q url.Values) url.Values {
			b.Jar = s.browser().Jar
			q.Del("state")
			return q
		}, "mislukt"},
		"the answer of another browser (login CSRF)": {nil, func(t *testing.T, s *system, b *browser, _ *provider, q url.Values) url.Values {
			b.Jar = s.browser().Jar
			return q
		}, "mislukt"},
		"a code of another sign-in": {nil, func(t *testing.T, s *system, _ *browser, p *provider, q url.Values) url.Values {
			q.Set("code", s.browser().atProvider(p, user("sub-dief", known), "/").Query().Get("code"))
			return q // PKCE: its challenge is another's
		}, "mislukt"},
		"a code that is none": {nil, func(_ *testing.T, _ *system, _ *browser, _ *provider, q url.Values) url.Values {
			q.Set("code", "onzin")
			return q
		}, "mislukt"},
		"a code that was used": {nil, func(t *testing.T, _ *system, _ *browser, p *provider, q url.Values) url.Values {
			session, err := p.SessionStore.GetSessionByID(q.Get("code"))
			must(t, err)
			session.Granted = true
			return q
		}, "mislukt"},
		"the user said no there": {nil, func(_ *testing.T, _ *system, _ *browser, _ *provider, q url.Values) url.Values {
			return url.Values{"state": q["state"], "error": {"access_denied"}}
		}, "mislukt"},
		"another nonce": {nil, func(t *testing.T, _ *system, _ *browser, p *provider, q url.Values) url.Values {
			session, err := p.SessionStore.GetSessionByID(q.Get("code"))
			must(t, err)
			session.OIDCNonce = "een-andere"
			return q
		}, "mislukt"},
		"a token that has expired": {nil, func(_ *testing.T, _ *system, _ *browser, p *provider, q url.Values) url.Values {
			p.FastForward(-24 * time.Hour)
			return q
		}, "mislukt"},
		"the provider is down": {nil, func(_ *testing.T, _ *system, _ *browser, p *provider, q url.Values) url.Values {
			for range 2 { // the library asks twice: with the secret in a header, then in the form
				p.QueueError(&mockoidc.ServerError{Code: 500, Error: mockoidc.InternalServerError, Description: "onzin"})
			}
			return q
		}, "mislukt"},
		"an address that was not verified": {&mockoidc.MockUser{Subject: "sub-dief", Email: known}, nil, "onbekend"},
		"a claim that says it is false":    {claims{"sub-dief", map[string]any{"email": known, "email_verified": false}}, nil, "onbekend"},
		"a claim that is a text":           {claims{"sub-dief", map[string]any{"email": known, "email_verified": "true"}}, nil, "onbekend"},
		"no address":                       {user("sub-dief", ""), nil, "onbekend"},
		"an address that nobody knows":     {user("sub-dief", "dief@elders.example"), nil, "onbekend"},
		"an address that is a list":        {claims{"sub-dief", map[string]any{"email": []string{known}, "email_verified": true}}, nil, "onbekend"},
		"an address with a NUL":            {claims{"sub-dief", map[string]any{"email": known + "\x00", "email_verified": true}}, nil, "onbekend"},
		"a token of nobody":                {claims{"", map[string]any{"email": known, "email_verified": true}}, nil, "mislukt"},
		"someone disabled":                 {user("sub-weg", "weg@gemeente.example"), nil, "onbekend"},
		"someone disabled who was bound":   {user("sub-gebonden", "elders@gemeente.example"), nil, "onbekend"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := startProvider(t)
			s := serveWith(t, sqlitePair(t), p)
			s.person(known, policies.Administrator)
			gone, bound := s.person("weg@gemeente.example"), s.person("gebonden@gemeente.example")
			must(t, s.people.BindSubject(t.Context(), bound.ID, p.Issuer()+"|sub-gebonden"))
			for _, person := range []policies.Person{gone, bound} {
				must(t, s.people.Disable(t.Context(), person.ID, time.Now()))
			}
			who := test.user
			if who == nil {
				who = user("sub-noor", known)
			}
			b := s.browser()
			query := b.atProvider(p, who, "/").Query()
			if test.change != nil {
				query = test.change(t, s, b, p, query)
			}
			a := b.comeBack(query)
			if to := a.Header.Get("Location"); to != "/inloggen?fout="+test.fout {
				t.Errorf("sent to %s", to)
			}
			for _, cookie := range a.Cookies() {
				if cookie.Name == "vakspiegel_session" {
					t.Error("a session was given")
				}
			}
			if s.count("staff_sessions") != 0 {
				t.Error("there is a session")
			}
			var subjects int64
			must(t, s.db.Table("people").Where("subject IS NOT NULL").Count(&subjects).Error)
			if subjects != 1 {
				t.Errorf("%d people are bound; somebody was bound to a stranger", subjects)
			}
		})
	}
}

// claims is a user of the provider with any claims.
type claims struct {
	subject string
	more    map[string]any
}

func (c claims) ID() string                        { return c.subject }
func (c claims) Userinfo([]string) ([]byte, error) { return json.Marshal(c.more) }
func (c claims) Claims(_ []string, basis *mockoidc.IDTokenClaims) (jwt.Claims, error) {
	all := jwt.MapClaims{"iss": basis.Issuer, "sub": c.subject, "aud": basis.Audience, "exp": basis.ExpiresAt, "iat": basis.IssuedAt, "nonce": basis.Nonce}
	for name, value := range c.more {
		all[name] = value
	}
	return all, nil
}

func TestAStateWorksOnce(t *testing.T) {
	p := startProvider(t)
	s := serveWith(t, sqlitePair(t), p)
	s.person("noor@gemeente.example")
	b := s.browser()
	callback := b.atProvider(p, user("sub-noor", "noor@gemeente.example"), "/").Query()
	at, err := url.Parse(b.base)
	must(t, err)
	replay := b.Jar.Cookies(at)
	if to := b.comeBack(callback).Header.Get("Location"); to != "/" {
		t.Fatalf("the first time: %s", to)
	}
	session, err := p.SessionStore.GetSessionByID(callback.Get("code"))
	must(t, err)
	session.Granted = false // a provider that lets a code be used twice
	b.Jar.SetCookies(at, replay)
	if to := b.comeBack(callback).Header.Get("Location"); to != "/inloggen?fout=mislukt" {
		t.Errorf("the second time: %s", to)
	}
}

// Only paths of our own; anything else goes to the first page.
func TestAfterSigningInOnlyOurOwnPages(t *testing.T) {
	p := startProvider(t)
	s := serveWith(t, sqlitePair(t), p)
	s.person("noor@gemeente.example")
	for back, want := range map[string]string{
		"": "/", "/gesprekken/1": "/gesprekken/1", "https://elders.example": "/", "//elders.example": "/", `/\elders.example`: "/",
		"/\t/elders.example": "/", "javascript:alert(1)": "/", "elders": "/", "/%0d%0aSet-Cookie:a=b": "/%0d%0aSet-Cookie:a=b",
		"/a\r\nSet-Cookie: a=b": "/", "/" + strings.Repeat("a", 3000): "/",
	} {
		b := s.browser()
		callback := b.atProvider(p, user("sub-noor", "noor@gemeente.example"), back).Query()
		a := b.comeBack(callback)
		if to := a.Header.Get("Location"); to != want {
			t.Errorf("%.40q leads to %q", back, to)
		}
		for _, cookie := range a.Cookies() {
			if cookie.Name == "a" {
				t.Errorf("%q set a cookie", back)
			}
		}
	}
}

func TestTheFirstAdministratorOfAnEmptyInstallation(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, pr pair) {
		p := startProvider(t)
		s := serveWith(t, pr, p)
		stranger := s.browser()
		if to := stranger.signIn(p, user("sub-dief", "dief@elders.example"), "/"); to != "/inloggen?fout=onbekend" {
			t.Errorf("a stranger on an empty installation: %s", to)
		}
		admin := s.browser()
		if to := admin.signIn(p, user(firstAdmin, ""), "/"); to != "/" {
			t.Fatalf("the first administrator: %s", to)
		}
		me := decodeAs[struct{ Roles []string }](t, admin.want(200, admin.get("/api/v1/me")))
		if len(me.Roles) != 1 || me.Roles[0] != "administrator" {
			t.Errorf("roles %v", me.Roles)
		}
		if to := s.browser().signIn(p, user(firstAdmin, ""), "/"); to != "/" || s.count("people") != 1 {
			t.Errorf("later: %s, %d people", to, s.count("people"))
		}
	})
}

// The setting is no way back in once there are people.
func TestTheFirstAdministratorIsNobodyOnceThereArePeople(t *testing.T) {
	p := startProvider(t)
	s := serveWith(t, sqlitePair(t), p)
	s.person("noor@gemeente.example")
	if to := s.browser().signIn(p, user(firstAdmin, "x@elders.example"), "/"); to != "/inloggen?fout=onbekend" || s.count("people") != 1 {
		t.Errorf("%s, %d people", to, s.count("people"))
	}
}

func TestInServeNobodyIsChosenAndNobodyIsNamed(t *testing.T) {
	p := startProvider(t)
	s := serveWith(t, sqlitePair(t), p)
	s.person("noor@gemeente.example", policies.Klantmanager)
	b := s.browser()
	for _, body := range []string{`{"person":"noor@gemeente.example"}`, `{"person":"nobody"}`, `onzin`} {
		b.wantCode(404, "not_found", b.send("POST", "/api/v1/login", map[string]string{"Content-Type": "application/json"}, strings.NewReader(body)))
	}
	settings := decodeAs[struct {
		Mode   string
		People []any
	}](t, b.want(200, b.get("/api/v1/settings")))
	if settings.Mode != "serve" || settings.People == nil || len(settings.People) != 0 {
		t.Errorf("settings: %+v", settings)
	}
	demo := start(t, sqlitePair(t)).browser()
	demo.wantCode(404, "not_found", demo.get("/aanmelden"))
	demo.wantCode(404, "not_found", demo.get("/aanmelden/terug?code=a&state=b"))
}
