package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"
)

// bare does the same work without consent, keys, leases or a log: a folder
// with plain files behind net/http.
type bare struct {
	dir    string
	server *httptest.Server
}

func newBare(film []byte) (*bare, error) {
	dir, err := os.MkdirTemp("", "vakspiegel-bare-")
	if err != nil {
		return nil, err
	}
	b := &bare{dir: dir}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServer(http.Dir(dir)))
	mux.HandleFunc("PUT /", b.store)
	b.server = httptest.NewServer(mux)
	return b, os.WriteFile(filepath.Join(dir, "film.mp4"), film, 0o600)
}

// store writes a body to disk for certain, as an acknowledged upload must be.
func (b *bare) store(w http.ResponseWriter, r *http.Request) {
	file, err := os.Create(filepath.Join(b.dir, "sent.mp4"))
	if err == nil {
		_, err = io.Copy(file, r.Body)
	}
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		http.Error(w, "not stored", http.StatusInternalServerError)
	}
	_ = file.Close()
}

func (b *bare) close() {
	b.server.Close()
	_ = os.RemoveAll(b.dir)
}

func (b *bare) send(film []byte) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		began := time.Now()
		_, err := fetch(ctx, http.DefaultClient, http.MethodPut, b.server.URL+"/sent.mp4", nil, bytes.NewReader(film), http.StatusOK)
		return rate(len(film), began), err
	}
}

func (b *bare) watch(ctx context.Context) (float64, error) {
	began := time.Now()
	n, err := fetch(ctx, http.DefaultClient, http.MethodGet, b.server.URL+"/film.mp4", nil, nil, http.StatusOK)
	return rate(n, began), err
}

func (b *bare) seek(ctx context.Context) (float64, error) {
	began := time.Now()
	_, err := fetch(ctx, http.DefaultClient, http.MethodGet, b.server.URL+"/film.mp4", middle, nil, http.StatusPartialContent)
	return milliseconds(began), err
}

// middle asks for 64 KiB from the middle of the film, as a player does.
var middle = http.Header{"Range": {fmt.Sprintf("bytes=%d-%d", megabytes<<19, megabytes<<19+65535)}}

// fetch sends a request, reads its answer whole and says how long that was.
func fetch(ctx context.Context, client *http.Client, method, url string, header http.Header, body io.Reader, want int) (int, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return 0, err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	response, err := client.Do(r)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	n, err := io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode != want {
		err = fmt.Errorf("%s %s: %s", method, r.URL.Path, response.Status)
	}
	return int(n), err
}
