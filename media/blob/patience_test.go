package blob

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// storeOf returns a store whose server is handler, with little patience.
func storeOf(t *testing.T, handler http.HandlerFunc) *s3Store {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	little := patience{dial: time.Second, response: 300 * time.Millisecond, silence: 400 * time.Millisecond}
	set := s3Settings{bucket: "bucket", endpoint: strings.TrimPrefix(server.URL, "http://"), region: "us-east-1"}
	s, err := newS3(set, S3Credentials{AccessKey: "access", SecretKey: "secret-secret"}, little)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAStoreThatDoesNotAnswerIsUnavailable(t *testing.T) {
	s := storeOf(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	if _, err := s.Get(t.Context(), "a", 0, -1); !errors.Is(err, ErrUnavailable) {
		t.Errorf("get: %v", err)
	}
	if err := s.Put(t.Context(), "a", strings.NewReader("x"), 1); !errors.Is(err, ErrUnavailable) {
		t.Errorf("put: %v", err)
	}
	if _, err := s.Remains(t.Context(), ""); !errors.Is(err, ErrUnavailable) {
		t.Errorf("remains: %v", err)
	}
}

func TestAStoreThatFallsSilentHalfWayIsUnavailable(t *testing.T) {
	s := storeOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.Header().Set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT")
		_, _ = w.Write([]byte("half"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	r, err := s.Get(t.Context(), "a", 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if string(content) != "half" || !errors.Is(err, ErrUnavailable) {
		t.Errorf("%q, %v; want half and ErrUnavailable", content, err)
	}
}

func TestAStoreThatIsSlowButLivelyIsWaitedFor(t *testing.T) {
	s := storeOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "10")
		w.Header().Set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT")
		tick := time.NewTicker(80 * time.Millisecond)
		defer tick.Stop()
		for range 10 { // twice as long as the store may be silent
			<-tick.C
			_, _ = w.Write([]byte("x"))
			w.(http.Flusher).Flush()
		}
	})
	r, err := s.Get(t.Context(), "a", 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if content, err := io.ReadAll(r); len(content) != 10 || err != nil {
		t.Errorf("%q, %v", content, err)
	}
}

func TestAStoreThatCutsAnObjectShortIsUnavailable(t *testing.T) {
	s := storeOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.Header().Set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT")
		_, _ = w.Write([]byte("half"))
	})
	r, err := s.Get(t.Context(), "a", 0, -1)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.ReadAll(r); !errors.Is(err, ErrUnavailable) {
		t.Errorf("%v, want ErrUnavailable", err)
	}
}

func TestAStoreThatIgnoresTheRangeIsNotBelieved(t *testing.T) {
	s := storeOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT")
		_, _ = w.Write([]byte("0123456789"))
	})
	if r, err := s.Get(t.Context(), "a", 5, 10); err == nil {
		t.Error("the first ten bytes pass for those from the fifth on")
		_ = r.Close()
	}
}

func TestWhatAStoreAnswersBecomesOneOfOurErrors(t *testing.T) {
	for status, want := range map[int]error{
		404: ErrNotFound, 412: ErrExists, 416: ErrRange,
		400: ErrUnavailable, 401: ErrUnavailable, 403: ErrUnavailable, 409: ErrUnavailable, 429: ErrUnavailable,
		500: ErrUnavailable, 503: ErrUnavailable, 507: ErrUnavailable,
	} {
		s := storeOf(t, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(status)
		})
		if err := s.PutIfAbsent(t.Context(), "a", strings.NewReader("x"), 1); !errors.Is(err, want) {
			t.Errorf("status %d: %v, want %v", status, err, want)
		}
	}
}

// A store may refuse before it has read everything. The reader is the caller's
// again when Put returns; -race finds it if not.
func TestTheReaderIsNotTouchedAfterPutReturned(t *testing.T) {
	s := storeOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	for range 20 {
		reads := 0
		r := readerFunc(func(p []byte) (int, error) { reads++; return len(p), nil })
		if err := s.Put(t.Context(), "a", r, 8<<20); !errors.Is(err, ErrUnavailable) {
			t.Fatalf("put: %v", err)
		}
		reads++
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
