package policies

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

var (
	// ErrNoSignIn says that the state is unknown, used or too old.
	ErrNoSignIn = errors.New("no such sign-in")
	// ErrReturnTo says that the address to return to is not a path of our own.
	ErrReturnTo = errors.New("return address is not a local path")
)

// SignInLife is how long someone may take at the identity provider.
const SignInLife = 10 * time.Minute

// SignIn is what was begun with a state, for the answer to be checked with.
type SignIn struct{ Nonce, Verifier, ReturnTo string }

// BeginSignIn remembers a sign-in that goes to the identity provider: state
// (RFC 6749, 10.12; stored as hash), nonce (OpenID Connect Core, 3.1.2.1) and
// PKCE verifier (RFC 7636). The browser must keep the state in a cookie too.
// Error: ErrReturnTo.
func (s *Sessions) BeginSignIn(ctx context.Context, returnTo string) (state, nonce, verifier string, err error) {
	if !localPath(returnTo) {
		return "", "", "", ErrReturnTo
	}
	state, nonce, verifier = newSecret(), newSecret(), newSecret()
	row := signInRow{hashSecret(state), nonce, verifier, returnTo, s.utc().Add(SignInLife)}
	if err := s.db.WithContext(ctx).Create(&row).Error; err != nil {
		return "", "", "", fmt.Errorf("begin sign-in: %w", err)
	}
	return state, nonce, verifier, nil
}

// TakeSignIn returns the sign-in of the state and forgets it: a state works
// once. Error: ErrNoSignIn.
func (s *Sessions) TakeSignIn(ctx context.Context, state string) (SignIn, error) {
	var taken []SignIn
	err := s.db.WithContext(ctx).Raw(`DELETE FROM sign_in_requests WHERE state_hash = ? AND expires_at > ?
		RETURNING nonce, verifier, return_to`, hashSecret(state), s.utc()).Scan(&taken).Error
	if err != nil {
		return SignIn{}, fmt.Errorf("take sign-in: %w", err)
	}
	if len(taken) != 1 {
		return SignIn{}, ErrNoSignIn
	}
	return taken[0], nil
}

// localPath accepts what every browser takes for a path on this server.
// Browsers drop tabs and newlines and read a backslash as a slash, so none of
// these may be in it.
func localPath(path string) bool {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || len(path) > 2000 {
		return false
	}
	if strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) {
		return false
	}
	u, err := url.Parse(path)
	return err == nil && u.Host == "" && u.Scheme == "" && u.User == nil
}
