package api

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

// Keys under which a request keeps what its log line says.
const (
	logCode  = "log.code"
	logError = "log.error"
	logActor = "log.actor"
)

// logged writes one line per request: the route's pattern, never the path,
// because a path may hold a token (BIO2 8.15.01: action, result, origin, time).
func (s *Server) logged(c *gin.Context) {
	began := time.Now()
	id := uuid.Must(uuid.NewV7()).String()
	c.Header("X-Request-Id", id)
	c.Next()
	route := c.FullPath()
	if route == "" {
		route = "(none)"
	}
	fields := []any{
		"request", id, "method", c.Request.Method, "route", route, "status", c.Writer.Status(),
		"ms", time.Since(began).Milliseconds(), "client", c.ClientIP(),
	}
	if code := c.GetString(logCode); code != "" {
		fields = append(fields, "code", code)
	}
	if err, ok := c.Get(logError); ok {
		s.Log.ErrorContext(c, "request failed", append(fields, "error", err)...)
		return
	}
	s.Log.InfoContext(c, "request", fields...)
}

// recovered turns a panic into a problem. A handler that was cut on purpose
// (http.ErrAbortHandler) goes on to the server, which resets the connection.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(cause)
		}
		// The value of a panic may hold content; its type and place do not.
		s.Log.ErrorContext(c, "panic", "type", fmt.Sprintf("%T", cause), "stack", string(debug.Stack()))
		s.fail(c, errPanic)
	}()
	c.Next()
}

// Version of the contract, on every response (NL API Design Rules).
const apiVersion = "0.1.0"

// csp allows our own files only: no inline script or style, no frames.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; " +
	"connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (s *Server) headers(c *gin.Context) { s.securityHeaders(c.Writer.Header()) }

// securityHeaders are on every response (internet.nl, ASVS 3.4).
func (s *Server) securityHeaders(h http.Header) {
	h.Set("API-Version", apiVersion)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", csp)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), display-capture=()")
	// same-origin, not no-referrer: with that older browsers send Origin: null on
	// forms, which the cross-origin check refuses.
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	if s.secure() {
		h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// acceptable refuses a client that wants something else than the API answers.
func acceptable(c *call) error {
	accept := c.GetHeader("Accept")
	if accept == "" || !strings.HasPrefix(c.route.path, base) {
		return nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		kind, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		switch main, _, _ := strings.Cut(strings.TrimSpace(kind), "/"); main {
		case "*", "application", "text", "video", "audio", "image":
			return nil
		}
	}
	return errAcceptable
}
