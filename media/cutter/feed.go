package cutter

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// feed gives one film to one FFmpeg by HTTP on loopback, at an address that
// nobody else can guess.
type feed struct {
	ctx      context.Context
	stop     context.CancelFunc
	src      Source
	pace     func(context.Context) error
	path     string
	url      string
	server   *http.Server
	requests sync.WaitGroup

	mu     sync.Mutex
	err    error // the first that kept a byte from being read
	closed bool
}

// newFeed listens. pace is asked before each read.
func newFeed(ctx context.Context, src Source, pace func(context.Context) error) (*feed, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	f := &feed{src: src, pace: pace, path: "/" + rand.Text() + rand.Text()} // 2 × 130 bits
	f.ctx, f.stop = context.WithCancel(ctx)
	f.url = "http://" + listener.Addr().String() + f.path
	f.server = &http.Server{
		Handler: f, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 8 << 10,
		// It would tell addresses.
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	f.server.SetKeepAlivesEnabled(false)
	f.requests.Go(func() { _ = f.server.Serve(listener) })
	return f, nil
}

// ServeHTTP gives one range.
func (f *feed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != f.path || r.Method != http.MethodGet || !f.enter() {
		http.NotFound(w, r)
		return
	}
	defer f.requests.Done()
	w.Header().Set("Content-Type", "application/octet-stream")
	cursor := &cursor{feed: f}
	defer cursor.rewind()
	http.ServeContent(w, r, "", time.Time{}, cursor)
}

// enter counts a request, unless the film is not there any more.
func (f *feed) enter() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.requests.Add(1)
	}
	return !f.closed
}

// failed is why the film could not be read.
func (f *feed) failed() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

func (f *feed) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil && f.ctx.Err() == nil {
		f.err = err
	}
}

// close ends all requests, waits for them, and says what failed.
func (f *feed) close() error {
	f.stop()
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	_ = f.server.Close()
	f.requests.Wait()
	return f.failed()
}

// cursor is the film for one request: what is between two seeks is read as one
// stream.
type cursor struct {
	feed *feed
	pos  int64
	src  io.ReadCloser
}

// Read implements io.Reader.
func (c *cursor) Read(b []byte) (int, error) {
	if c.pos >= c.feed.src.Size() {
		return 0, io.EOF
	}
	if err := c.feed.pace(c.feed.ctx); err != nil {
		return 0, err
	}
	if c.src == nil {
		c.src = c.feed.src.Open(c.feed.ctx, c.pos)
	}
	n, err := c.src.Read(b)
	c.pos += int64(n)
	if err != nil && (!errors.Is(err, io.EOF) || c.pos < c.feed.src.Size()) {
		c.feed.fail(err)
	}
	return n, err
}

// Seek implements io.Seeker.
func (c *cursor) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += c.pos
	case io.SeekEnd:
		offset += c.feed.src.Size()
	}
	if offset < 0 {
		return 0, errors.New("cutter: seek before the beginning")
	}
	if offset != c.pos {
		c.rewind()
	}
	c.pos = offset
	return offset, nil
}

func (c *cursor) rewind() {
	if c.src != nil {
		_ = c.src.Close()
		c.src = nil
	}
}
