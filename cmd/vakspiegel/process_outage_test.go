package main

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob/blobtest"
)

// videoOf is where a film is handed out.
func videoOf(recording string) string { return "/api/v1/recordings/" + recording + "/video" }

// The store goes while people look: looking stops, a withdrawal is taken, shows
// nothing any more, and completes itself once the store is back.
func TestAWithdrawalWhileTheStoreIsDownCompletesItself(t *testing.T) {
	t.Parallel()
	server := blobtest.StartServer(t)
	i := install(t, databasetest.Migrated(t, database.Postgres), server.URL(), server.Cred).migrated("noor")
	one, other := i.serve(), i.serve()
	noor := one.as("noor")
	x, stays := one.agreed(noor), one.agreed(noor)
	film := filmNumber(1)
	recording, kept := noor.upload(x.id, film), noor.upload(stays.id, film)
	streams := []*stream{
		noor.stream(videoOf(recording), film, slow), noor.at(other).stream(videoOf(recording), film, stalled),
		noor.at(other).stream(videoOf(kept), film, slow),
	}
	w := &withdrawal{agreed: x, recording: recording, streams: streams[:2]}
	w.prepare(t, other)

	server.Stop()
	down := noor.get("/api/v1/health/ready")
	noor.wantCode(503, "unavailable", down)
	began := time.Now()
	citizen := x.citizen.at(other)
	a := citizen.want(202, citizen.send("POST", w.request.URL.String(), map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, w.request.Body))
	t.Logf("without a store a withdrawal is answered after %v", time.Since(began))
	for _, word := range []string{"De opname is geblokkeerd", "We wachten nog op de bevestiging"} {
		if !strings.Contains(string(a.body), word) {
			t.Errorf("the page does not say %q: %.500s", word, a.body)
		}
	}
	if a.Header.Get("Refresh") == "" {
		t.Error("the page does not renew itself")
	}
	x.gone(t, recording, one, other)
	for _, s := range streams {
		s.release()
		if s.wait(t, 5*time.Second); s.whole() {
			t.Error("a film played to its end without its store")
		}
	}
	again := noor.get(videoOf(kept))
	noor.wantCode(503, "unavailable", again)
	if down.Header.Get("Retry-After") == "" || again.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if page := citizen.want(200, citizen.get("/toestemming")); strings.Contains(string(page.body), ">Gestopt") || page.Header.Get("Refresh") == "" {
		t.Errorf("it counts as stopped before the ledger has it: %.600s", page.body)
	}

	server.Start(t)
	x.erased(t, i, recording, one)
	x.gone(t, recording, one, other)
	noor.want(200, noor.get("/api/v1/health/ready"))
	noor.isWhole(kept, film)
}

// wire is a TCP proxy that can be cut: what runs breaks off, what is new is
// refused; or frozen: what runs stays open and nothing passes any more.
type wire struct {
	to string
	l  net.Listener

	mu     sync.Mutex
	isCut  bool
	frozen chan struct{} // closed when nothing may pass
	open   map[net.Conn]bool
}

// wired puts a wire before the database at dsn and returns the URL through it.
func wired(t *testing.T, dsn string) (*wire, string) {
	t.Helper()
	at, err := url.Parse(dsn)
	must(t, err)
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	w := &wire{to: at.Host, l: l, open: map[net.Conn]bool{}, frozen: make(chan struct{})}
	t.Cleanup(func() { _ = l.Close(); w.cut() })
	go w.run()
	at.Host = l.Addr().String()
	return w, at.String()
}

func (w *wire) run() {
	for {
		near, err := w.l.Accept()
		if err != nil {
			return
		}
		w.mu.Lock()
		frozen, isCut := w.frozen, w.isCut
		w.mu.Unlock()
		far, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", w.to)
		if err != nil || isCut {
			_ = near.Close()
			continue
		}
		w.mu.Lock()
		w.open[near], w.open[far] = true, true
		w.mu.Unlock()
		go w.pass(near, far, frozen)
		go w.pass(far, near, frozen)
	}
}

func (w *wire) pass(from, to net.Conn, frozen chan struct{}) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		select {
		case <-frozen:
			return // open, and silent
		default:
		}
		if n > 0 {
			if _, writeErr := to.Write(buffer[:n]); writeErr != nil {
				err = errors.Join(err, writeErr)
			}
		}
		if err != nil {
			_ = from.Close()
			_ = to.Close()
			return
		}
	}
}

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.isCut = true
	for conn := range w.open {
		_ = conn.Close()
	}
	clear(w.open)
}

func (w *wire) freeze() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.frozen)
}

// mend lets new connections through; frozen ones break off.
func (w *wire) mend() {
	w.cut()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.isCut = false
	w.frozen = make(chan struct{})
}

// A server that loses its database stops showing within 1.5 s, also where the
// connection hangs instead of breaking; it says 503 and comes back by itself.
func TestAServerThatLosesItsDatabaseStopsShowing(t *testing.T) {
	t.Parallel()
	dsn := databasetest.DSN(t, database.Postgres)
	store, cred := blobtest.MinIO(t)
	i := install(t, dsn, store, cred).migrated("noor")
	w, through := wired(t, dsn)
	p := i.with("DATABASE_URL", through).serve()
	noor := p.as("noor")
	x := p.agreed(noor)
	film := filmNumber(2)
	recording := noor.upload(x.id, film)

	for name, lose := range map[string]func(){"cut": w.cut, "frozen": w.freeze} {
		streams := []*stream{noor.stream(videoOf(recording), film, slow), noor.stream(videoOf(recording), film, slow)}
		began := time.Now()
		lose()
		for _, s := range streams {
			s.wait(t, 4*time.Second)
			if s.whole() {
				t.Errorf("%s: the film played on", name)
			}
		}
		took := time.Since(began)
		t.Logf("%s: streams ended %v after the database was lost", name, took)
		if took > 1500*time.Millisecond {
			t.Errorf("%s: streams ran on for %v", name, took)
		}
		if name == "cut" {
			p.saysUnavailable(t, noor, x, recording)
		}
		w.mend()
		eventually(t, 20*time.Second, "the server finds its database again", func() bool { return noor.get("/api/v1/health/ready").StatusCode == 200 })
		noor.isWhole(recording, film)
	}
}

func (p *process) saysUnavailable(t *testing.T, noor *browser, x agreed, recording string) {
	t.Helper()
	for _, path := range []string{"/health/ready", "/me", "/conversations", "/recordings", "/recordings/" + recording, "/recordings/" + recording + "/video"} {
		a := noor.get("/api/v1" + path)
		noor.wantCode(503, "unavailable", a)
		if a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", path)
		}
	}
	if page := x.citizen.want(503, x.citizen.get("/toestemming")); page.Header.Get("Retry-After") == "" || !strings.Contains(page.Header.Get("Content-Type"), "text/html") {
		t.Errorf("the citizen's page: %v", page.Header)
	}
	noor.want(200, noor.get("/api/v1/health/live"))
}
