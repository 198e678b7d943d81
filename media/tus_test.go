package media

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/uuid"

	"vakspiegel/consent"
	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
)

func (w *world) create(c consent.Conversation, length int) string {
	w.t.Helper()
	made := w.post(c, length)
	if made.StatusCode != http.StatusCreated {
		w.t.Fatalf("POST: %d %v", made.StatusCode, made.Header)
	}
	return made.Header.Get("Location")
}

func TestLocationIsAPathWhateverHostIsClaimed(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		made := w.request("noor", "POST", "/api/v1/uploads", nil, "Upload-Length", "10", "Upload-Metadata",
			metadata("conversationId", w.given().ID.String(), "filename", "a.mp4", "startedAt", time.Now().UTC().Format(time.RFC3339)),
			"X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "Forwarded", "host=evil.example", "Host", "evil.example")
		at := made.Header.Get("Location")
		if id, found := strings.CutPrefix(at, "/api/v1/uploads/"); !found || uuid.Validate(id) != nil {
			t.Fatalf("Location %q", at)
		}
	})
}

func TestWrongOffsetsAndRepeatedPatchesAreRefused(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		film := filmOf(9000, "film ")
		at := w.create(w.given(), len(film))
		for _, wrong := range []int{1, 8999, 9000, 1 << 40} {
			if r := w.patch(at, wrong, bytes.NewReader(film)); code(r) != ErrOffset.Error() {
				t.Fatalf("offset %d: %v", wrong, r.Header)
			}
		}
		first := film[:5000]
		if r := w.patch(at, 0, bytes.NewReader(first)); r.StatusCode != http.StatusNoContent || r.Header.Get("Upload-Offset") != "5000" {
			t.Fatalf("%v", r.Header)
		}
		if r := w.patch(at, 0, bytes.NewReader(first)); code(r) != ErrOffset.Error() {
			t.Fatalf("the same PATCH twice: %v", r.Header)
		}
		if n := w.count("segments", "1 = 1"); n != 1 {
			t.Fatalf("%d segments", n)
		}
		head := w.request("noor", "HEAD", at, nil)
		if head.Header.Get("Upload-Offset") != "5000" || head.Header.Get("Upload-Length") != "9000" || head.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("HEAD: %v", head.Header)
		}
	})
}

func TestABrokenConnectionKeepsWhatCame(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		film := sample()
		at := w.create(w.given(), len(film))
		for _, upTo := range []int{3, 700, 4096, 100_000, len(film)} {
			offset, _ := strconv.Atoi(w.request("noor", "HEAD", at, nil).Header.Get("Upload-Offset"))
			piece := io.Reader(bytes.NewReader(film[offset:upTo]))
			if upTo < len(film) {
				piece = io.MultiReader(piece, iotest.ErrReader(io.ErrUnexpectedEOF))
			}
			w.patch(at, offset, piece)
			if got := w.request("noor", "HEAD", at, nil).Header.Get("Upload-Offset"); got != strconv.Itoa(upTo) {
				t.Fatalf("%s bytes kept, %d came", got, upTo)
			}
		}
		id := uuid.MustParse(at[strings.LastIndexByte(at, '/')+1:])
		got, err := w.watch(w.noor, id, 0, -1)
		ok(t, err)
		if !bytes.Equal(got, film) {
			t.Fatal("the film is another")
		}
	})
}

func TestAMissingYesStoresNothing(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.asked()
		entries := w.count("audit_entries", "1 = 1")
		if r := w.post(c, 100); code(r) != ErrConsentMissing.Error() {
			t.Fatalf("%v", r.Header)
		}
		if n := w.count("recordings", "1 = 1") + w.count("uploads", "1 = 1") + w.count("data_keys", "subject_kind = 'recording'"); n != 0 {
			t.Fatalf("%d rows", n)
		}
		// It would outlive a no.
		if w.count("audit_entries", "1 = 1") != entries {
			t.Fatal("an audit entry about a conversation without consent")
		}
	})
}

func TestFilmingBeforeTheLastYesIsRefused(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		early := newUpload(c, 100)
		early.StartedAt = time.Now().Add(-time.Minute).UTC().Format(time.RFC3339)
		_, err := w.Begin(t.Context(), w.noor, early)
		wants(t, err, ErrConsentMissing)
		if n := w.count("audit_entries", "result = 'refused' AND rule = 'consent:missing' AND object_id = ?", c.ID); n != 1 {
			t.Fatal("the refusal is not in the audit log")
		}
	})
}

func TestOnlyTheOwnerReachesAnUpload(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		at := w.create(c, 5000)
		for _, who := range []string{"sem", "", "ingrid"} {
			for _, method := range []string{"HEAD", "PATCH", "DELETE"} {
				r := w.request(who, method, at, strings.NewReader("x"), "Upload-Offset", "0", "Content-Type", "application/offset+octet-stream")
				if code(r) != ErrNotFound.Error() {
					t.Fatalf("%s %s: %v", who, method, r.Header)
				}
			}
			// tusd would turn this POST into the PATCH it names.
			r := w.request(who, "POST", at, strings.NewReader("x"), "X-HTTP-Method-Override", "PATCH", "Upload-Offset", "0", "Content-Type", "application/offset+octet-stream")
			if r.StatusCode < 400 || code(r) == "" {
				t.Fatalf("%s by another method: %v", who, r.Header)
			}
			r = w.request(who, "POST", "/api/v1/uploads", nil, "Upload-Length", "10", "Upload-Metadata",
				metadata("conversationId", c.ID.String(), "filename", "a", "startedAt", time.Now().UTC().Format(time.RFC3339)))
			if code(r) != ErrNotFound.Error() {
				t.Fatalf("%s began: %v", who, r.Header)
			}
		}
		if w.count("uploads", "received = 0") != 1 || w.count("upload_locks", "1 = 1") != 0 {
			t.Fatal("someone else reached it")
		}
		for _, other := range []string{"", "/", "/" + strings.ToUpper(at[len(at)-36:]), "/../" + at[len(at)-36:], "/" + uuid.NewString(), "/a/b", "/%00"} {
			if r := w.request("noor", "HEAD", "/api/v1/uploads"+other, nil); r.StatusCode < 400 {
				t.Fatalf("HEAD %q: %d", other, r.StatusCode)
			}
		}
	})
}

func TestFaultyInputIsToldAllAtOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		var invalid *InvalidError
		_, err := w.Begin(t.Context(), w.noor, NewUpload{
			Length: 0, ConversationID: "42", Filename: "../x\x00", Filetype: ";", StartedAt: "gisteren",
		})
		if !errors.As(err, &invalid) || len(invalid.Faults) != 5 || !errors.Is(err, ErrInvalid) {
			t.Fatalf("%v", err)
		}
		_, err = w.Begin(t.Context(), w.noor, NewUpload{})
		if !errors.As(err, &invalid) || len(invalid.Faults) != 4 {
			t.Fatalf("%v", err)
		}
		future := newUpload(w.given(), 10)
		future.StartedAt = time.Now().Add(time.Hour).Format(time.RFC3339)
		_, err = w.Begin(t.Context(), w.noor, future)
		if !errors.As(err, &invalid) || invalid.Faults[0].Code != "in_future" {
			t.Fatalf("%v", err)
		}
	})
}

func TestProtocolFaultsAreTypedErrors(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		at := w.create(c, 5000)
		tusVersionless := w.request("noor", "PATCH", at, nil, "Tus-Resumable", "0.2.2")
		for name, test := range map[string]struct {
			got  *http.Response
			want error
		}{
			"another version":    {tusVersionless, ErrTusVersion},
			"no content type":    {w.request("noor", "PATCH", at, strings.NewReader("x"), "Upload-Offset", "0"), ErrContentType},
			"no offset":          {w.request("noor", "PATCH", at, strings.NewReader("x"), "Content-Type", "application/offset+octet-stream"), ErrInvalid},
			"deferred length":    {w.request("noor", "POST", "/api/v1/uploads", nil, "Upload-Defer-Length", "1"), ErrInvalid},
			"no length":          {w.request("noor", "POST", "/api/v1/uploads", nil), ErrInvalid},
			"negative length":    {w.request("noor", "POST", "/api/v1/uploads", nil, "Upload-Length", "-1"), ErrInvalid},
			"download":           {w.request("noor", "GET", at, nil), ErrMethod},
			"too large":          {w.post(c, DefaultMaxUpload+1), ErrTooLarge},
			"more than declared": {w.patch(at, 0, bytes.NewReader(filmOf(5001, "x"))), ErrLength},
		} {
			if code(test.got) != test.want.Error() {
				t.Errorf("%s: %v, want %v", name, test.got.Header, test.want)
			}
			if body := get(io.ReadAll(test.got.Body)); len(body) > 0 {
				t.Errorf("%s: tusd's own text reached the client: %q", name, body)
			}
		}
		options := w.request("", "OPTIONS", "/api/v1/uploads", nil)
		if options.StatusCode != http.StatusNoContent || options.Header.Get("Tus-Max-Size") != strconv.Itoa(DefaultMaxUpload) {
			t.Errorf("OPTIONS: %v", options.Header)
		}
	})
}

func TestWhatIsNoVideoIsErased(t *testing.T) {
	for name, test := range map[string]struct {
		film []byte
		want error
	}{
		"a text":          {[]byte(strings.Repeat("geen film ", 2000)), ErrNotVideo},
		"a short text":    {[]byte("x"), ErrNotVideo},
		"an old camera's": {append([]byte("RIFF\x00\x00\x10\x00AVI LIST"), make([]byte, 9000)...), ErrUnplayable},
	} {
		t.Run(name, func(t *testing.T) {
			eachDB(t, func(t *testing.T, w *world) {
				at := w.create(w.given(), len(test.film))
				r := w.patch(at, 0, bytes.NewReader(test.film))
				if code(r) != test.want.Error() {
					t.Fatalf("%v", r.Header)
				}
				if code(w.request("noor", "HEAD", at, nil)) != ErrNotFound.Error() {
					t.Fatal("the upload is still there")
				}
				w.erase()
				if len(w.objects(objectPrefix)) != 0 || w.count("recordings", "1 = 1") != 0 {
					t.Fatal("something is left")
				}
			})
		})
	}
}

func TestTheFileNameIsNotKept(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		at := w.create(w.given(), 5000)
		if r := w.request("noor", "HEAD", at, nil); r.Header.Get("Upload-Metadata") != "" {
			t.Fatalf("HEAD: %v", r.Header)
		}
	})
}

func TestDeletingAnUploadErasesIt(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		at := w.create(w.given(), 9000)
		w.patch(at, 0, bytes.NewReader(filmOf(9000, "x")[:5000]))
		if r := w.request("noor", "DELETE", at, nil); r.StatusCode != http.StatusNoContent {
			t.Fatalf("%v", r.Header)
		}
		w.erase()
		if len(w.objects(objectPrefix)) != 0 || w.count("recordings", "1 = 1") != 0 {
			t.Fatal("something is left")
		}
	})
}

func TestAStoreThatIsDownLosesNothing(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		film := filmOf(9000, "film ")
		at := w.create(w.given(), len(film))
		w.patch(at, 0, bytes.NewReader(film[:5000]))
		w.store.Down()
		if r := w.patch(at, 5000, bytes.NewReader(film[5000:])); code(r) != ErrUnavailable.Error() {
			t.Fatalf("%v", r.Header)
		}
		if r := w.request("noor", "HEAD", at, nil); r.Header.Get("Upload-Offset") != "5000" {
			t.Fatalf("HEAD: %v", r.Header)
		}
		w.store.Up()
		// The last bytes arrive, completing fails: the sweeper takes it up.
		w.store.FailWhen(func(op blobtest.Op, _ string) error {
			if op == blobtest.OpList {
				return blobtest.ErrInjected
			}
			return nil
		})
		if r := w.patch(at, 5000, bytes.NewReader(film[5000:])); r.StatusCode != http.StatusNoContent {
			t.Fatalf("%v", r.Header)
		}
		w.store.Up()
		if w.count("recordings", "state = 'ready'") != 0 {
			t.Fatal("it is ready without having been verified")
		}
		ok(t, w.Sweep(t.Context()))
		if w.count("recordings", "state = 'ready'") != 1 {
			t.Fatal("the sweeper did not complete it")
		}
	})
}

func TestAnObjectThatWasLostIsAFailureNotAHalfFilm(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		film := filmOf(9000, "film ")
		id := get(w.Begin(t.Context(), w.noor, newUpload(w.given(), 9000)))
		get(w.receive(t.Context(), id, 0, bytes.NewReader(film[:5000])))
		ok(t, w.store.Delete(t.Context(), w.objects(objectPrefix)[0]))
		get(w.receive(t.Context(), id, 5000, bytes.NewReader(film[5000:])))
		wants(t, w.complete(t.Context(), id), ErrDamaged)
		r := get(w.Get(t.Context(), w.noor, id))
		if r.State != Failed || r.Failure != failureSize || r.Can.Watch || !r.Can.Erase {
			t.Fatalf("%+v", r)
		}
		_, err := w.watch(w.noor, id, 0, -1)
		wants(t, err, ErrNotFound)
	})
}

// Invariant 3.
func TestAnUploadTakesAtMost16MiB(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, store blob.Store) {
		w := newWorld(t, databaseOf(t), store)
		const size = 5*SegmentSize + 1
		id := get(w.Begin(t.Context(), w.noor, newUpload(w.given(), size)))
		source := &endless{head: filmOf(4096, "film ")}
		live() // a second collection empties what pools kept from other tests
		base := live()
		var peak uint64
		source.each = func() {
			if now := live(); now > base {
				peak = max(peak, now-base)
			}
		}
		w.Media.Store = &watchedStore{Store: w.Media.Store, each: source.each}
		if n := get(w.receive(t.Context(), id, 0, io.LimitReader(source, size))); n != size {
			t.Fatalf("%d bytes", n)
		}
		if peak > 16<<20 || peak < SegmentSize/2 {
			t.Fatalf("%d bytes were live", peak)
		}
	})
}

// watchedStore looks around while a segment is on its way to the store.
type watchedStore struct {
	blob.Store
	each func()
}

func (s *watchedStore) Put(ctx context.Context, key string, r io.Reader, size int64) error {
	return s.Store.Put(ctx, key, &watchedReader{src: r, each: s.each}, size)
}

type watchedReader struct {
	src  io.Reader
	read int
	each func()
}

func (r *watchedReader) Read(p []byte) (int, error) {
	before := r.read
	n, err := r.src.Read(p)
	if r.read += n; r.read>>20 != before>>20 {
		r.each()
	}
	return n, err
}

// live is what the heap holds after a collection, in bytes.
func live() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// endless is a film without an end, that looks around now and then.
type endless struct {
	head []byte
	read int
	each func()
}

func (e *endless) Read(p []byte) (int, error) {
	if e.read%(1<<20) == 0 {
		e.each()
	}
	n := min(len(p), 1<<15, 1<<20-e.read%(1<<20))
	clear(p[:n])
	if e.read < len(e.head) {
		n = copy(p[:n], e.head[e.read:])
	}
	e.read += n
	return n, nil
}

// Invariant 2 without the lock, which a holder may lose: the second to commit
// counts nothing, and what it wrote is swept.
func TestWithoutTheLockTheFirstCommitCounts(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		first, second := filmOf(9000, "first "), filmOf(9000, "second ")
		id := get(w.Begin(t.Context(), w.noor, newUpload(w.given(), 9000)))
		meanwhile := iotestOnce(func() { get(w.receive(t.Context(), id, 0, bytes.NewReader(first[:6000]))) })
		_, err := w.receive(t.Context(), id, 0, io.MultiReader(meanwhile, bytes.NewReader(second)))
		wants(t, err, ErrOffset)
		get(w.receive(t.Context(), id, 6000, bytes.NewReader(first[6000:])))
		ok(t, w.complete(t.Context(), id))
		if got, err := w.watch(w.noor, id, 0, -1); err != nil || !bytes.Equal(got, first) {
			t.Fatalf("the film is another: %v", err)
		}
		assertNoOrphans(w, 0)
	})
}

func TestAWithdrawalEndsARunningPatch(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		film, c := filmOf(9000, "film "), w.given()
		id := get(w.Begin(t.Context(), w.noor, newUpload(c, 9000)))
		withdrawn := iotestOnce(func() { w.withdraw(c) })
		_, err := w.receive(t.Context(), id, 0, io.MultiReader(bytes.NewReader(film[:5000]), withdrawn, bytes.NewReader(film[5000:])))
		wants(t, err, ErrNotFound)
		if w.count("uploads", "received > 0") != 0 {
			t.Fatal("bytes count that came after the no")
		}
	})
}

// iotestOnce is an empty reader that does something when it is read.
type iotestOnce func()

func (f iotestOnce) Read([]byte) (int, error) { f(); return 0, io.EOF }

func TestTwoPatchesAtOnceCountEachByteOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		film := sample()
		at := w.create(w.given(), len(film))
		results := make(chan int, 6)
		for range cap(results) {
			go func() { results <- w.patch(at, 0, bytes.NewReader(film)).StatusCode }()
		}
		var statuses []int
		for range cap(results) {
			statuses = append(statuses, <-results)
		}
		offset, _ := strconv.Atoi(w.request("noor", "HEAD", at, nil).Header.Get("Upload-Offset"))
		if offset < len(film) {
			w.patch(at, offset, bytes.NewReader(film[offset:]))
		}
		id := uuid.MustParse(at[strings.LastIndexByte(at, '/')+1:])
		got, err := w.watch(w.noor, id, 0, -1)
		ok(t, err)
		if !bytes.Equal(got, film) {
			t.Fatalf("the film is another (%v)", statuses)
		}
		if done := slices.DeleteFunc(statuses, func(s int) bool { return s != http.StatusNoContent }); len(done) > 1 {
			t.Fatalf("%d were told that they sent it", len(done))
		}
	})
}

// connection records the deadlines that are set on it.
type connection struct {
	http.ResponseWriter
	read []time.Time
}

func (c *connection) SetReadDeadline(at time.Time) error { c.read = append(c.read, at); return nil }

// tusd interrupts a request from a goroutine of its own, also when it was
// answered: the next one on that connection was cancelled, and told 500.
func TestAnInterruptionLeavesTheNextRequestAlone(t *testing.T) {
	for _, status := range []int{http.StatusNoContent, http.StatusLocked} {
		conn := &connection{ResponseWriter: httptest.NewRecorder()}
		answer := &tusAnswer{ResponseWriter: conn}
		deadline := func(at time.Time) {
			if err := http.NewResponseController(answer).SetReadDeadline(at); err != nil {
				t.Error(err)
			}
		}
		deadline(time.Now().Add(time.Minute))
		answer.WriteHeader(status)
		deadline(time.Now())
		if len(conn.read) != 1 || conn.Header().Get("Connection") != "" {
			t.Errorf("%d: after the answer the connection is broken off: %v %v", status, conn.read, conn.Header())
		}
		conn = &connection{ResponseWriter: httptest.NewRecorder()}
		answer = &tusAnswer{ResponseWriter: conn}
		deadline(time.Now())
		answer.WriteHeader(status)
		if len(conn.read) != 1 || conn.Header().Get("Connection") != "close" {
			t.Errorf("%d: an interrupted connection is used again: %v %v", status, conn.read, conn.Header())
		}
	}
}
