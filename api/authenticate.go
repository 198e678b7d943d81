package api

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"vakspiegel/policies"
)

// Cookies. With HTTPS they carry the __Host- prefix: no subdomain can set them.
const (
	staffCookie = "vakspiegel_session"
	linkCookie  = "vakspiegel_link"
	// screenCookie says that the browser's screen was handed over, and whether its
	// page is open or closed. It opens nothing.
	screenCookie = "vakspiegel_screen"
)

func (s *Server) secure() bool { return s.PublicURL.Scheme == "https" }

func (s *Server) cookieName(name string) string {
	if s.secure() {
		return "__Host-" + name
	}
	return name
}

// setCookie sets a cookie for the browser's session; "" ends it. Lax, because
// Strict is lost after a link in a mail.
func (s *Server) setCookie(c *gin.Context, name, value string) {
	cookie := &http.Cookie{
		Name: s.cookieName(name), Value: value, Path: "/", HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	}
	if value == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(c.Writer, cookie)
}

func (s *Server) cookie(c *gin.Context, name string) string {
	cookie, err := c.Request.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// authenticate finds out who a staff request is from, live.
func (s *Server) authenticate(c *call) error {
	c.actor = policies.Actor{Kind: policies.ActorAnonymous}
	if c.route.who != staff {
		return nil
	}
	token := s.cookie(c.Context, staffCookie)
	actor, err := s.Sessions.Actor(c.ctx(), token)
	if errors.Is(err, policies.ErrNoSession) {
		return errUnauthorized
	}
	if err != nil {
		return err
	}
	c.actor, c.token = actor, token
	return nil
}
