package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"vakspiegel/media"
	"vakspiegel/policies"
)

type connKey struct{}

// WithConn keeps the connection of a request where the film's handler finds
// it; it is http.Server.ConnContext.
func WithConn(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, conn)
}

// getVideo hands out the film for the owner's own looking back: the purpose
// follows from the address.
func (s *Server) getVideo(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	return s.play(c, func() (*media.Playback, error) {
		return s.Media.Open(c.ctx(), c.actor, id, policies.SelfReflection)
	})
}

// play hands out what is opened, one range of it. Every byte goes out under the
// lease (trust.md 1).
func (s *Server) play(c *call, open func() (*media.Playback, error)) (reply, error) {
	if !ownPlayer(c.Request) {
		return reply{}, errNotFound
	}
	play, err := open()
	if err != nil {
		return reply{}, err
	}
	defer func() {
		if err := play.Close(); err != nil {
			s.Log.WarnContext(c.ctx(), "the end of a look was not recorded", "error", err)
		}
	}()
	c.decided = true
	r, err := media.ParseRange(rangeOf(c.Request), play.Size())
	if err != nil {
		c.Header("Content-Range", fmt.Sprintf("bytes */%d", play.Size()))
		return reply{}, err
	}
	if c.Request.Method == http.MethodHead {
		s.videoHeader(c, play, r)
		return written(), nil
	}
	if err := play.Prepare(r.Start, r.Length); err != nil {
		return reply{}, err
	}
	s.stream(c, play, r)
	return written(), nil
}

// rangeOf is the range that is asked for. We give a film no validator, so what an
// If-Range names is another film's: then it is all of it (RFC 9110, 13.1.5).
func rangeOf(r *http.Request) string {
	if r.Header.Get("If-Range") != "" {
		return ""
	}
	return r.Header.Get("Range")
}

// ownPlayer lets a film, and what was said in it, into a player of our own pages only: no other site, no
// page of its own, no download manager of a browser.
func ownPlayer(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Dest") {
	case "", "video", "audio", "track", "empty":
		return true
	}
	return false
}

func (s *Server) videoHeader(c *call, play *media.Playback, r media.Range) {
	c.Header("Accept-Ranges", "bytes")
	c.Header("Content-Type", play.ContentType())
	c.Header("Content-Length", strconv.FormatInt(r.Length, 10))
	c.Header("Content-Disposition", "inline")
	c.Header("X-Accel-Buffering", "no")
	status := http.StatusOK
	if r.Partial {
		status = http.StatusPartialContent
		c.Header("Content-Range", fmt.Sprintf("bytes %d-%d/%d", r.Start, r.Start+r.Length-1, play.Size()))
	}
	c.Status(status)
	c.Writer.WriteHeaderNow()
}

// stream sends the range. When the lease ends the connection is reset, so that
// the kernel drops what it still holds.
func (s *Server) stream(c *call, play *media.Playback, r media.Range) {
	restore := func() {}
	if conn, ok := c.ctx().Value(connKey{}).(net.Conn); ok {
		restore = media.HoldConnection(conn)
	}
	defer s.onlookers.look(play.Lease(), c.token)()
	s.videoHeader(c, play, r)
	err := play.WriteTo(leasedWriter{c.Writer, http.NewResponseController(c.Writer)}, r.Start, r.Length)
	if err == nil {
		restore()
		return
	}
	if errors.Is(err, media.ErrDamaged) || errors.Is(err, media.ErrUnavailable) {
		s.Log.ErrorContext(c.ctx(), "a film broke off", "error", err)
	}
	panic(http.ErrAbortHandler)
}

// leasedWriter writes through to the socket at once: what waits in a buffer
// of ours would go out without a check.
type leasedWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (w leasedWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p)
	if err != nil {
		return n, err
	}
	return n, w.control.Flush()
}

func (w leasedWriter) SetWriteDeadline(deadline time.Time) error {
	return w.control.SetWriteDeadline(deadline)
}
