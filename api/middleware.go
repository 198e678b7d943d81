package api

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

// Keys under which a request keeps what its log line says.
const (
	logCode  = "log.code"
	logError = "log.error"
)

// logged writes one line per request: the route's pattern, never the path,
// because a path may hold a token (BIO2 8.15.01: action, result, origin, time).
func (s *Server) logged(c *gin.Context) {
	began := time.Now()
	id := uuid.Must(uuid.NewV7()).String()
	c.Header("X-Request-Id", id)
	defer func() { s.logLine(c, id, began) }() // also of a stream that is cut
	c.Next()
}

func (s *Server) logLine(c *gin.Context, id string, began time.Time) {
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
	arrived := c.Request
	defer func() {
		c.Request = arrived // the route's context has ended with its handler
		cause := recover()
		if cause == nil {
			return
		}
		if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(cause)
		}
		// The value of a panic may hold content; its type and place do not.
		s.Log.ErrorContext(c, "panic", "type", fmt.Sprintf("%T", cause), "stack", string(debug.Stack()))
		begun := c.Writer.Written()
		s.fail(c, errPanic)
		if begun {
			panic(http.ErrAbortHandler) // half an answer must not look like a whole one
		}
	}()
	c.Next()
}

// bounded gives every request an end, also one that is in no route. It clears
// what an earlier request left on the connection: net/http does not. A route
// has its own limits (limit).
func (s *Server) bounded(c *gin.Context) {
	setDeadlines(c.Writer, time.Now().Add(quick))
	c.Next()
}

// setDeadlines bounds a connection for a request that ends at end; the zero time
// is never. Reading ends later than the request, because net/http takes its end
// for a client that has gone; writing later still, so that an answer arrives.
func setDeadlines(w http.ResponseWriter, end time.Time) {
	read, write := end, end
	if !end.IsZero() {
		read, write = end.Add(quick/3), end.Add(quick)
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(read) // a writer without deadlines is a test's
	_ = control.SetWriteDeadline(write)
}

// sameOrigin refuses what changes something when another site asks for it
// (Sec-Fetch-Site, Origin). The public URL counts as ours where a proxy rewrites
// Host.
func (s *Server) sameOrigin() gin.HandlerFunc {
	origin := http.NewCrossOriginProtection()
	if err := origin.AddTrustedOrigin(s.PublicURL.Scheme + "://" + s.PublicURL.Host); err != nil {
		panic(err) // the configuration checks the URL
	}
	return func(c *gin.Context) {
		if err := origin.Check(c.Request); err != nil {
			s.fail(c, errCrossOrigin)
		}
	}
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

// acceptable refuses a client that wants something else than the contract says
// that the address answers (RFC 9110, 12.5.1).
func acceptable(c *call) error {
	accept := strings.Join(c.Request.Header.Values("Accept"), ",")
	if accept == "" || len(c.answers) == 0 {
		return nil
	}
	for part := range strings.SplitSeq(accept, ",") {
		wanted, parameters, err := mime.ParseMediaType(part)
		if err != nil || refusesAll(parameters["q"]) {
			continue
		}
		for _, answer := range c.answers {
			if covers(wanted, answer) || covers(answer, wanted) {
				return nil
			}
		}
	}
	return errAcceptable
}

// covers says whether a media range has the type in it: */*, video/*, itself.
func covers(mediaRange, kind string) bool {
	main, _, _ := strings.Cut(kind, "/")
	return mediaRange == kind || mediaRange == "*/*" || mediaRange == main+"/*"
}

func refusesAll(q string) bool {
	weight, err := strconv.ParseFloat(q, 64)
	return err == nil && weight == 0
}
