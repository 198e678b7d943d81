package main

import (
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// handing notes when film was last handed to a socket, and when the citizen's
// page was answered, on any replica.
type handing struct {
	mu        sync.Mutex
	pieces    int
	last      time.Time // the end of the last write of a film
	confirmed time.Time
}

func (h *handing) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&noted{w, h, strings.HasSuffix(r.URL.Path, "/video"), r.Method == http.MethodPost && r.URL.Path == "/toestemming"}, r)
	})
}

func (h *handing) read() (pieces int, last, confirmed time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pieces, h.last, h.confirmed
}

type noted struct {
	http.ResponseWriter
	h           *handing
	film, forms bool
}

func (n *noted) Unwrap() http.ResponseWriter { return n.ResponseWriter }

func (n *noted) Flush() { _ = http.NewResponseController(n.ResponseWriter).Flush() }

func (n *noted) WriteHeader(status int) {
	if n.forms {
		n.h.mu.Lock()
		n.h.confirmed = time.Now()
		n.h.mu.Unlock()
	}
	n.ResponseWriter.WriteHeader(status)
}

func (n *noted) Write(p []byte) (int, error) {
	written, err := n.ResponseWriter.Write(p)
	if n.film && written > 0 {
		n.h.mu.Lock()
		n.h.pieces++
		n.h.last = time.Now()
		n.h.mu.Unlock()
	}
	return written, err
}

// P1: with two programs on one database and one store, a withdrawal through one
// stops the streams of both before the citizen reads "gestopt".
func TestAfterTheConfirmationNoReplicaHandsOutAnything(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		keys := []string{"file:" + filepath.Join(t.TempDir(), "keys", "keys.json")}
		h := &handing{}
		same := func(s *Settings) { s.KeyHolders = keys }
		one, _ := launch(t, p, same, h.around)
		other, _ := launch(t, p, same, h.around)
		for range 2 {
			x := one.scene()
			elsewhere := other.as("noor")
			var viewers []*viewer
			for range 3 {
				viewers = append(viewers, x.noor.watching(x.video()), elsewhere.watching(x.video()))
			}
			began := time.Now()
			link := strings.Replace(x.link, one.URL(), other.URL(), 1)
			citizen := other.browser()
			citizen.want(http.StatusSeeOther, citizen.withdraw(link))
			if took := time.Since(began); took > 2500*time.Millisecond {
				t.Errorf("the confirmation took %v", took)
			}
			for _, v := range viewers {
				v.cut(2 * time.Second)
			}
			pieces, last, confirmed := h.read()
			if late := last.Sub(confirmed); late > 0 {
				t.Errorf("film was handed out %v after the confirmation", late)
			}
			if pieces == 0 || last.Before(began.Add(-time.Second)) {
				t.Error("no film was running: the test proves nothing")
			}
			for _, b := range []*browser{x.noor, elsewhere} {
				b.wantCode(404, "not_found", b.get(x.video()))
			}
		}
	})
}
