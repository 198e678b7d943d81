package blob_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
)

// wantAllUnavailable asks everything of a store that is not there.
func wantAllUnavailable(t *testing.T, s blob.Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	calls := map[string]func() error{
		"put":           func() error { return s.Put(ctx, "a/b", strings.NewReader("x"), 1) },
		"put if absent": func() error { return s.PutIfAbsent(ctx, "a/b", strings.NewReader("x"), 1) },
		"get":           func() error { _, err := s.Get(ctx, "a/b", 0, -1); return err },
		"stat":          func() error { _, err := s.Stat(ctx, "a/b"); return err },
		"delete":        func() error { return s.Delete(ctx, "a/b") },
		"remains":       func() error { _, err := s.Remains(ctx, "a/"); return err },
		"ping":          func() error { return s.Ping(ctx) },
		"list": func() (err error) {
			for _, err = range s.List(ctx, "") {
			}
			return err
		},
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("%s: %v, want ErrUnavailable", name, err)
		}
	}
}

// rawClient speaks to the bucket of a store's URL without this package.
func rawClient(t *testing.T, storeURL string, cred blob.S3Credentials) (core *minio.Core, bucket string) {
	t.Helper()
	u, err := url.Parse(storeURL)
	if err != nil {
		t.Fatal(err)
	}
	core, err = minio.NewCore(u.Query().Get("endpoint"), &minio.Options{
		Creds: credentials.NewStaticV4(cred.AccessKey, cred.SecretKey, ""), Region: "us-east-1",
	})
	if err != nil {
		t.Fatal(err)
	}
	return core, u.Host
}

func openS3(t *testing.T, storeURL string, cred blob.S3Credentials) blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), storeURL, cred)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestDeleteTakesAllVersionsAndTheirMarkers(t *testing.T) {
	storeURL, cred := blobtest.MinIO(t)
	s := openS3(t, storeURL, cred)
	core, bucket := rawClient(t, storeURL, cred)
	if err := core.EnableVersioning(t.Context(), bucket); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"r/seg", "r/seg", "r/seg", "r/seg-2"} {
		if err := s.Put(t.Context(), key, strings.NewReader("x"), 1); err != nil {
			t.Fatal(err)
		}
	}
	// Someone deletes as a browser does: the versions stay, under a marker.
	if err := core.RemoveObject(t.Context(), bucket, "r/seg", minio.RemoveObjectOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), "r/seg", 0, -1); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("get under a marker: %v, want ErrNotFound", err)
	}
	left, err := s.Remains(t.Context(), "r/")
	if err != nil || len(left) != 5 {
		t.Fatalf("remains %q, %v; want 4 versions and a marker", left, err)
	}
	if err := s.Delete(t.Context(), "r/seg"); err != nil {
		t.Fatal(err)
	}
	left, err = s.Remains(t.Context(), "r/")
	if err != nil || len(left) != 1 || !strings.HasPrefix(left[0], "r/seg-2?version=") {
		t.Errorf("remains %q, %v; want the neighbour's version alone", left, err)
	}
}

func TestDeleteEndsUnfinishedUploadsOfItsKey(t *testing.T) {
	storeURL, cred := blobtest.MinIO(t)
	s := openS3(t, storeURL, cred)
	core, bucket := rawClient(t, storeURL, cred)
	for _, key := range []string{"r/seg", "r/seg", "r/seg-2"} {
		id, err := core.NewMultipartUpload(t.Context(), bucket, key, minio.PutObjectOptions{})
		if err != nil {
			t.Fatal(err)
		}
		part := bytes.NewReader(make([]byte, 5<<20))
		if _, err := core.PutObjectPart(t.Context(), bucket, key, id, 1, part, 5<<20, minio.PutObjectPartOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := s.Remains(t.Context(), "r/seg"); err != nil || len(left) < 2 {
		t.Fatalf("remains %q, %v; want the unfinished uploads", left, err)
	}
	if err := s.Delete(t.Context(), "r/seg"); err != nil {
		t.Fatal(err)
	}
	left, err := s.Remains(t.Context(), "r/seg")
	for _, name := range left {
		if strings.HasPrefix(name, "r/seg?") {
			t.Errorf("%s is left", name)
		}
	}
	if left, err2 := s.Remains(t.Context(), "r/seg-2"); errors.Join(err, err2) != nil || len(left) != 1 {
		t.Errorf("the neighbour's remains are %q, %v", left, errors.Join(err, err2))
	}
}

func TestAStoreThatIsDownIsUnavailableAndComesBack(t *testing.T) {
	server := blobtest.StartServer(t)
	s := openS3(t, server.URL(), server.Cred)
	if err := s.Put(t.Context(), "a/b", strings.NewReader("kept"), 4); err != nil {
		t.Fatal(err)
	}
	server.Stop()
	begun := time.Now()
	wantAllUnavailable(t, s)
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("asking a store that is down took %s", took)
	}
	if _, err := blob.Open(t.Context(), server.URL(), server.Cred); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("open: %v, want ErrUnavailable", err)
	}
	server.Start(t)
	r, err := s.Get(t.Context(), "a/b", 0, -1)
	if err != nil {
		t.Fatalf("after the store came back: %v", err)
	}
	defer r.Close()
	if content, err := io.ReadAll(r); err != nil || string(content) != "kept" {
		t.Errorf("%q, %v", content, err)
	}
}

func TestWrongCredentialsAreUnavailableAndNotShown(t *testing.T) {
	storeURL, cred := blobtest.MinIO(t)
	cred.SecretKey = "a-secret-of-another-store"
	_, err := blob.Open(t.Context(), storeURL, cred)
	if !errors.Is(err, blob.ErrUnavailable) || strings.Contains(err.Error(), cred.SecretKey) {
		t.Errorf("open: %v, want ErrUnavailable without the secret", err)
	}
}

func TestABucketThatIsGoneIsUnavailableAndNotAMissingObject(t *testing.T) {
	storeURL, cred := blobtest.MinIO(t)
	s := openS3(t, storeURL, cred)
	core, bucket := rawClient(t, storeURL, cred)
	if err := core.RemoveBucket(t.Context(), bucket); err != nil {
		t.Fatal(err)
	}
	// A HEAD has no body to tell a missing bucket from a missing object.
	if _, err := s.Get(t.Context(), "a", 0, -1); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("get: %v", err)
	}
	if _, err := s.Remains(t.Context(), ""); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("remains: %v", err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("ping: %v", err)
	}
}

// requests is a proxy that keeps what was asked of the store.
func requests(t *testing.T, storeURL string) (proxied string, seen func() []string) {
	t.Helper()
	u, err := url.Parse(storeURL)
	if err != nil {
		t.Fatal(err)
	}
	target := u.Query().Get("endpoint")
	var mu sync.Mutex
	var log []string
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.Out.URL.Scheme, r.Out.URL.Host = "http", target // Host stays: it is signed
		r.Out.Host = r.In.Host
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		log = append(log, r.Method+" "+r.URL.Path+" "+r.Header.Get("Range"))
		mu.Unlock()
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	q := u.Query()
	q.Set("endpoint", strings.TrimPrefix(server.URL, "http://"))
	u.RawQuery = q.Encode()
	return u.String(), func() []string {
		mu.Lock()
		defer mu.Unlock()
		out := log
		log = nil
		return out
	}
}

func TestARangeIsOneRequest(t *testing.T) {
	storeURL, cred := blobtest.MinIO(t)
	proxied, seen := requests(t, storeURL)
	s := openS3(t, proxied, cred)
	if err := s.Put(t.Context(), "a", bytes.NewReader(make([]byte, 1<<20)), 1<<20); err != nil {
		t.Fatal(err)
	}
	seen()
	r, err := s.Get(t.Context(), "a", 65536, 131072)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if content, err := io.ReadAll(r); err != nil || len(content) != 131072 {
		t.Fatalf("%d bytes, %v", len(content), err)
	}
	u, _ := url.Parse(storeURL)
	want := "GET /" + u.Host + "/a bytes=65536-196607"
	if got := seen(); len(got) != 1 || got[0] != want {
		t.Errorf("requests %q, want %q alone", got, want)
	}
}
