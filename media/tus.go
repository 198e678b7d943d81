package media

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/tus/tusd/v2/pkg/handler"
	"golang.org/x/exp/slog"

	"vakspiegel/policies"
)

const (
	tusVersion    = "1.0.0"
	tusExtensions = "creation,creation-with-upload,termination"
	// lockPatience is how long a request waits for another to let go.
	lockPatience = 15 * time.Second
	// tusErrorSize is the most we read of an answer that we replace, in bytes.
	tusErrorSize = 1 << 10
)

// TusHandler serves resumable uploads (tus 1.0.0: creation, termination) under
// basePath, which the caller strips (http.StripPrefix). actor tells who signed
// in; fail answers with an error of this room, or of the database: tusd's own
// texts never reach the client. Only the owner reaches an upload; for everyone
// else it is ErrNotFound, and no lock is taken.
func (m *Media) TusHandler(basePath string, actor func(*http.Request) (policies.Actor, bool), fail func(http.ResponseWriter, *http.Request, error)) (http.Handler, error) {
	store := &dataStore{m}
	composer := handler.NewStoreComposer()
	composer.UseCore(store)
	composer.UseTerminater(store)
	composer.UseLocker(&locker{m.DB})
	tusd, err := handler.NewHandler(handler.Config{
		StoreComposer: composer, BasePath: basePath, MaxSize: m.MaxUpload,
		DisableDownload: true, DisableConcatenation: true,
		Cors:               &handler.CorsConfig{Disable: true},
		AcquireLockTimeout: lockPatience,
		Logger:             slog.New(slog.NewTextHandler(io.Discard, nil)), // it logs paths and errors as they come
	})
	if err != nil {
		return nil, fmt.Errorf("media: tus: %w", err)
	}
	return &tusServer{m: m, tusd: tusd, basePath: strings.TrimSuffix(basePath, "/") + "/", actor: actor, fail: fail}, nil
}

type tusServer struct {
	m        *Media
	tusd     http.Handler
	basePath string
	actor    func(*http.Request) (policies.Actor, bool)
	fail     func(http.ResponseWriter, *http.Request, error)
}

// tusRequest travels in the context from the request to the data store and
// back: tusd turns every error into text.
type tusRequest struct {
	actor policies.Actor
	err   error
}

type tusRequestKey struct{}

func (t *tusRequest) keep(err error) error {
	if err != nil && t.err == nil {
		t.err = err
	}
	return err
}

// ServeHTTP implements http.Handler.
func (s *tusServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodOptions {
		s.options(w)
		return
	}
	r, request, err := s.admit(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answer := &tusAnswer{ResponseWriter: w, basePath: s.basePath}
	s.tusd.ServeHTTP(answer, r)
	answer.readNoMore()
	// tusd sets a deadline for its answer and leaves it on the connection.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
	if answer.failed {
		s.fail(w, r, answer.cause(request))
	}
}

func (s *tusServer) options(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Tus-Resumable", tusVersion)
	h.Set("Tus-Version", tusVersion)
	h.Set("Tus-Extension", tusExtensions)
	h.Set("Tus-Max-Size", strconv.FormatInt(s.m.MaxUpload, 10))
	w.WriteHeader(http.StatusNoContent)
}

// admit lets through what the actor may do, before tusd takes a lock for it.
// Errors: ErrNotFound, ErrMethod, ErrTusVersion, ErrInvalid.
func (s *tusServer) admit(r *http.Request) (*http.Request, *tusRequest, error) {
	actor, ok := s.actor(r)
	if !ok {
		return r, nil, ErrNotFound
	}
	request := &tusRequest{actor: actor}
	r = r.WithContext(context.WithValue(r.Context(), tusRequestKey{}, request))
	// tusd would let this header make another method of the one that was admitted.
	r.Header = r.Header.Clone()
	r.Header.Del("X-HTTP-Method-Override")
	path := strings.Trim(r.URL.Path, "/")
	switch {
	case path == "" && r.Method == http.MethodPost:
		if length := r.Header.Get("Upload-Length"); length == "" {
			return r, nil, &InvalidError{[]Fault{{"uploadLength", "required", "Upload-Length is missing"}}}
		} else if n, err := strconv.ParseInt(length, 10, 64); err != nil || n <= 0 {
			return r, nil, &InvalidError{[]Fault{{"uploadLength", "malformed", "Upload-Length is not a number of bytes"}}}
		}
	case path != "" && (r.Method == http.MethodHead || r.Method == http.MethodPatch || r.Method == http.MethodDelete):
		if err := s.m.admit(r.Context(), actor, path); err != nil {
			return r, nil, err
		}
	default:
		return r, nil, ErrMethod
	}
	if r.Header.Get("Tus-Resumable") != tusVersion {
		return r, nil, ErrTusVersion
	}
	return r, request, nil
}

// admit says whether the actor may reach an upload. Errors: ErrNotFound.
func (m *Media) admit(ctx context.Context, actor policies.Actor, path string) error {
	id, err := uuid.Parse(path)
	if err != nil || id.String() != path {
		return ErrNotFound
	}
	seen, err := m.see(ctx, m.DB, actor, id)
	if err != nil {
		return err
	}
	decision := m.Policy.Decide(seen.actor, policies.RecordingCreate, seen.facts, policies.NoPurpose)
	if !decision.Allowed {
		return m.refused(ctx, seen, policies.RecordingCreate, policies.NoPurpose, decision)
	}
	return nil
}

// tusAnswer passes on tusd's good answers and holds back its errors.
type tusAnswer struct {
	http.ResponseWriter
	basePath string
	wrote    bool
	failed   bool
	status   int
	text     bytes.Buffer

	mu          sync.Mutex
	over        bool // nothing of the body will be read any more
	interrupted bool
}

// SetReadDeadline lets tusd break off the reading of the body. It does so from a
// goroutine of its own, at any time; for net/http a read that failed is a client
// that left, and it cancels every later request of that connection. So once there
// is an answer nothing is broken off, and a connection where something was is not
// used again.
func (a *tusAnswer) SetReadDeadline(deadline time.Time) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.over {
		return nil
	}
	a.interrupted = a.interrupted || !deadline.After(time.Now())
	return http.NewResponseController(a.ResponseWriter).SetReadDeadline(deadline)
}

// readNoMore ends tusd's hold on reading, before the head of an answer is sent.
func (a *tusAnswer) readNoMore() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
	if a.interrupted {
		a.Header().Set("Connection", "close")
	}
}

// Unwrap lets tusd move the connection's deadline for writing.
func (a *tusAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (a *tusAnswer) WriteHeader(status int) {
	if a.wrote {
		return
	}
	a.wrote, a.status = true, status
	a.readNoMore()
	header := a.Header()
	if status >= http.StatusBadRequest {
		a.failed = true
		header.Del("Content-Length")
		header.Del("Content-Type")
		header.Del("Location")
		return
	}
	if location := header.Get("Location"); location != "" {
		// A path alone: neither Host nor a forwarded header has a say in it.
		header.Set("Location", a.basePath+location[strings.LastIndexByte(location, '/')+1:])
	}
	// Of a HEAD tusd would announce the film's length as its own.
	header.Del("Content-Length")
	header.Del("Upload-Metadata")
	header.Set("Cache-Control", "no-store")
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *tusAnswer) Write(p []byte) (int, error) {
	if !a.wrote {
		a.WriteHeader(http.StatusOK)
	}
	if !a.failed {
		return a.ResponseWriter.Write(p)
	}
	if room := tusErrorSize - a.text.Len(); room > 0 {
		a.text.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// cause is the error behind an answer: the data store's own if it had one,
// else what tusd's stable code stands for.
func (a *tusAnswer) cause(request *tusRequest) error {
	if request.err != nil {
		return request.err
	}
	code, _, _ := strings.Cut(a.text.String(), ":")
	if err, ok := tusErrors[code]; ok {
		return err
	}
	// A HEAD's error has no text.
	switch a.status {
	case http.StatusNotFound:
		return ErrNotFound
	case http.StatusLocked, http.StatusInternalServerError:
		return ErrLocked
	}
	return fmt.Errorf("media: tusd answered %d", a.status)
}

// tusErrors is what tusd's codes stand for in this room.
var tusErrors = map[string]error{
	"ERR_UNSUPPORTED_VERSION":         ErrTusVersion,
	"ERR_MAX_SIZE_EXCEEDED":           ErrTooLarge,
	"ERR_INVALID_CONTENT_TYPE":        ErrContentType,
	"ERR_INVALID_UPLOAD_LENGTH":       &InvalidError{[]Fault{{"uploadLength", "malformed", "Upload-Length is not a number of bytes"}}},
	"ERR_INVALID_OFFSET":              &InvalidError{[]Fault{{"uploadOffset", "malformed", "Upload-Offset is not a number of bytes"}}},
	"ERR_NOT_IMPLEMENTED":             &InvalidError{[]Fault{{"uploadLength", "required", "the size must be known from the start"}}},
	"ERR_AMBIGUOUS_UPLOAD_LENGTH":     &InvalidError{[]Fault{{"uploadLength", "ambiguous", "Upload-Length and Upload-Defer-Length exclude each other"}}},
	"ERR_INVALID_UPLOAD_LENGTH_DEFER": &InvalidError{[]Fault{{"uploadLength", "malformed", "Upload-Defer-Length is not known here"}}},
	"ERR_UPLOAD_NOT_FOUND":            ErrNotFound,
	"ERR_UPLOAD_LOCKED":               ErrLocked,
	"ERR_LOCK_TIMEOUT":                ErrLocked,
	"ERR_MISMATCHED_OFFSET":           ErrOffset,
	"ERR_UPLOAD_SIZE_EXCEEDED":        ErrLength,
	"ERR_UPLOAD_INTERRUPTED":          ErrLocked,
	"ERR_UPLOAD_STOPPED":              ErrNotFound,
	"ERR_SERVER_SHUTDOWN":             ErrUnavailable,
	"ERR_UNEXPECTED_EOF":              ErrInterrupted,
	"ERR_READ_TIMEOUT":                ErrInterrupted,
	"ERR_CONNECTION_RESET":            ErrInterrupted,
}
