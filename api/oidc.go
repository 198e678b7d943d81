package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"vakspiegel/policies"
)

// OIDC signs people in with the organisation's own provider: the code flow with
// PKCE S256, state and nonce (OIDC NL GOV 1.0.1).
type OIDC struct {
	oauth      oauth2.Config
	verifier   *oidc.IDTokenVerifier
	loginClaim string
	firstAdmin string
}

// OIDCConfig is where to sign in and as whom.
type OIDCConfig struct {
	Issuer, ClientID, ClientSecret, RedirectURL string
	// LoginClaim is the claim that carries the login name under which the
	// administrator knows a person. It counts once: at first use the person is
	// bound to the provider's subject, and only that counts from then on.
	LoginClaim string
	// FirstAdmin is the subject that becomes administrator of an empty installation.
	FirstAdmin string
}

// NewOIDC asks the provider for its addresses and keys.
func NewOIDC(ctx context.Context, config OIDCConfig) (*OIDC, error) {
	provider, err := oidc.NewProvider(ctx, config.Issuer)
	if err != nil {
		return nil, fmt.Errorf("OIDC provider: %w", err)
	}
	return &OIDC{
		oauth: oauth2.Config{
			ClientID: config.ClientID, ClientSecret: config.ClientSecret, Endpoint: provider.Endpoint(),
			RedirectURL: config.RedirectURL, Scopes: []string{oidc.ScopeOpenID, "email"}, // never "profile"
		},
		verifier:   provider.Verifier(&oidc.Config{ClientID: config.ClientID}),
		loginClaim: config.LoginClaim, firstAdmin: config.FirstAdmin,
	}, nil
}

// signInCookie ties the answer of the provider to the browser that asked.
const signInCookie = "vakspiegel_signin"

var errSignIn = errors.New("api: sign-in failed")

// signInPath is where the staff app shows what went wrong.
const signInPath = "/inloggen"

func (s *Server) beginSignIn(c *call) (reply, error) {
	if s.OIDC == nil {
		return reply{}, errNotFound
	}
	if !s.signIns.allow(c.ClientIP()) { // each one is a row until it is used
		return reply{}, errTooMany
	}
	back := c.Query("terug")
	if back == "" {
		back = "/"
	}
	state, nonce, verifier, err := s.Sessions.BeginSignIn(c.ctx(), back)
	if errors.Is(err, policies.ErrReturnTo) {
		state, nonce, verifier, err = s.Sessions.BeginSignIn(c.ctx(), "/")
	}
	if err != nil {
		return reply{}, err
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)}
	locked, err := s.Sessions.LockedSince(c.ctx(), s.cookie(c.Context, staffCookie))
	if err != nil {
		return reply{}, err
	}
	if locked != nil { // the provider must ask for the person, not remember them
		options = append(options, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	s.setCookie(c.Context, signInCookie, state)
	c.Redirect(http.StatusSeeOther, s.OIDC.oauth.AuthCodeURL(state, options...))
	return written(), nil
}

// endSignIn takes the provider's answer. Whatever is wrong with it looks the
// same to the browser; the log has the reason, without the token.
func (s *Server) endSignIn(c *call) (reply, error) {
	if s.OIDC == nil {
		return reply{}, errNotFound
	}
	back, person, err := s.signedIn(c)
	s.setCookie(c.Context, signInCookie, "")
	if err == nil {
		err = s.begin(c, person) // ErrNoPerson for a disabled one
	}
	switch {
	case errors.Is(err, policies.ErrNoPerson):
		c.Redirect(http.StatusSeeOther, signInPath+"?fout=onbekend")
	case errors.Is(err, errSignIn), errors.Is(err, policies.ErrNoSignIn), errors.Is(err, policies.ErrAlreadyBound):
		s.Log.WarnContext(c.ctx(), "sign-in failed", "error", err)
		c.Redirect(http.StatusSeeOther, signInPath+"?fout=mislukt")
	case err != nil:
		return reply{}, err
	default:
		c.Redirect(http.StatusSeeOther, back)
	}
	return written(), nil
}

func (s *Server) signedIn(c *call) (back string, person policies.Person, err error) {
	state := c.Query("state")
	if subtle.ConstantTimeCompare([]byte(state), []byte(s.cookie(c.Context, signInCookie))) != 1 {
		return "", person, fmt.Errorf("%w: another browser asked", errSignIn)
	}
	asked, err := s.Sessions.TakeSignIn(c.ctx(), state)
	if err != nil {
		return "", person, err
	}
	token, err := s.OIDC.oauth.Exchange(c.ctx(), c.Query("code"), oauth2.VerifierOption(asked.Verifier))
	if err != nil {
		return "", person, fmt.Errorf("%w: the code was refused", errSignIn) // its text may hold the code
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := s.OIDC.verifier.Verify(c.ctx(), raw)
	if err != nil {
		return "", person, fmt.Errorf("%w: the ID token does not hold", errSignIn)
	}
	if id.Subject == "" {
		return "", person, fmt.Errorf("%w: a token of nobody", errSignIn)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(asked.Nonce)) != 1 {
		return "", person, fmt.Errorf("%w: another nonce", errSignIn)
	}
	if err := s.askedAgain(c, id); err != nil {
		return "", person, err
	}
	person, err = s.whoIs(c.ctx(), id)
	return asked.ReturnTo, person, err
}

// clockSkew is how far the provider's clock may be behind ours.
const clockSkew = time.Minute

// askedAgain refuses, for a screen that was handed over, an answer in which the
// provider only remembered the person: auth_time must be there (it must be, where
// max_age was asked: OpenID Connect Core, 3.1.2.1) and not be older than the lock.
func (s *Server) askedAgain(c *call, id *oidc.IDToken) error {
	locked, err := s.Sessions.LockedSince(c.ctx(), s.cookie(c.Context, staffCookie))
	if err != nil || locked == nil {
		return err
	}
	var claims struct {
		AuthTime int64 `json:"auth_time"` // seconds since 1970
	}
	if err := id.Claims(&claims); err != nil {
		return fmt.Errorf("%w: claims: %w", errSignIn, err)
	}
	if time.Unix(claims.AuthTime, 0).Before(locked.Add(-clockSkew)) {
		return fmt.Errorf("%w: the provider did not ask for the person again", errSignIn)
	}
	return nil
}

// whoIs finds the person behind an ID token: by the bound subject; on an empty
// installation the first administrator; or, once, by the login claim.
func (s *Server) whoIs(ctx context.Context, id *oidc.IDToken) (policies.Person, error) {
	subject := id.Issuer + "|" + id.Subject
	if id.Subject == s.OIDC.firstAdmin || subject == s.OIDC.firstAdmin {
		if _, err := s.People.FirstAdmin(ctx, subject); err != nil {
			return policies.Person{}, err
		}
	}
	person, err := s.People.BySubject(ctx, subject)
	if !errors.Is(err, policies.ErrNoPerson) {
		return person, err
	}
	login, err := s.OIDC.login(id)
	if err != nil {
		return policies.Person{}, err
	}
	if person, err = s.byLogin(ctx, login); err != nil {
		return person, err
	}
	return person, s.People.BindSubject(ctx, person.ID, subject)
}

// login reads the login claim; an e-mail address counts only when the provider
// says it was verified.
func (o *OIDC) login(id *oidc.IDToken) (string, error) {
	var claims map[string]any
	if err := id.Claims(&claims); err != nil {
		return "", fmt.Errorf("%w: claims: %w", errSignIn, err)
	}
	login, _ := claims[o.loginClaim].(string)
	if verified, _ := claims["email_verified"].(bool); login == "" || o.loginClaim == "email" && !verified {
		return "", policies.ErrNoPerson
	}
	return strings.ToLower(login), nil
}
