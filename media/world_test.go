package media

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/media/cutter"
	"vakspiegel/media/keyring"
	"vakspiegel/media/ledger"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// world is the room with everything around it, on real databases and stores.
type world struct {
	*Media
	t       testing.TB
	db      *gorm.DB
	store   *blobtest.FaultyStore
	consent *consent.Service
	keyPath string
	clock   *testClock
	noor    policies.Actor
	sem     policies.Actor
	tus     http.Handler
	faults  *faults
	skew    time.Duration // how far the date is ahead
}

// date is the world's.
func (w *world) date() time.Time { return time.Now().Add(w.skew) }

// testClock passes time only by Sleep and pass.
type testClock struct {
	mu  sync.Mutex
	now time.Duration
}

func (c *testClock) Now() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *testClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now += d
}

func (c *testClock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.pass(d)
	return nil
}

func (c *testClock) Deadline(d time.Duration) time.Time { return time.Now().Add(d) }

// eachDB runs a test on both databases, with a folder store.
func eachDB(t *testing.T, test func(t *testing.T, w *world)) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) { test(t, newWorld(t, db, blobtest.Dir(t))) })
}

// eachPair runs a test on both databases and both stores.
func eachPair(t *testing.T, test func(t *testing.T, w *world)) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		blobtest.Each(t, func(t *testing.T, store blob.Store) {
			test(t, newWorld(t, databasetest.New(t, db.Name()), store))
		})
	})
}

func newWorld(t testing.TB, db *gorm.DB, store blob.Store) *world {
	t.Helper()
	w := &world{t: t, db: db, store: blobtest.Faulty(store), clock: &testClock{}, faults: &faults{}}
	w.faults.install(t, db)
	folder := filepath.Join(t.TempDir(), "keys")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	w.keyPath = filepath.Join(folder, "keys.json")
	holder := get(keyring.OpenHolder("file:" + w.keyPath))
	ok(t, keyring.Init(t.Context(), []keyring.Holder{holder}))
	w.start()
	ok(t, policies.SeedDemo(t.Context(), db))
	people := policies.NewPeople(db)
	w.noor = get(people.ByLogin(t.Context(), "noor")).Actor()
	w.sem = get(people.ByLogin(t.Context(), "sem")).Actor()
	return w
}

// coolingOff is that of domain.md, "Consent".
const coolingOff = 72 * time.Hour

// start builds the room as a process does; again after a kill.
func (w *world) start() {
	w.t.Helper()
	ctx := w.t.Context()
	holder := get(keyring.OpenHolder("file:" + w.keyPath))
	keys := NewKeys(w.db, get(keyring.Open(ctx, []keyring.Holder{holder})), nil)
	ok(w.t, keys.Start(ctx))
	log := audit.New(w.db, 0)
	closings := NewClosings(ledger.New(&mortalStore{Store: w.store, faults: w.faults}))
	w.consent = consent.New(consent.Config{DB: w.db, Vault: keys, Ledger: closings, Leases: LeaseExpiry{w.clock}, Audit: log, Clock: w.date, CoolingOff: coolingOff})
	w.Media = get(New(Config{
		DB: w.db, Store: &mortalStore{Store: w.store, faults: w.faults}, Clock: w.date, Keys: keys, Consent: w.consent, Closings: closings,
		Policy: get(policies.Load()), People: policies.NewPeople(w.db), Audit: log, leaseClock: w.clock, CoolingOff: coolingOff, Cutter: ffmpeg(),
	}))
	w.tus = get(w.TusHandler("/api/v1/uploads/", func(r *http.Request) (policies.Actor, bool) {
		switch r.Header.Get("Test-Person") {
		case "noor":
			return w.noor, true
		case "sem":
			return w.sem, true
		}
		return policies.Actor{}, false
	}, func(rw http.ResponseWriter, _ *http.Request, err error) {
		rw.Header().Set("Test-Error", err.Error())
		for _, known := range []error{ErrNotFound, ErrConsentMissing, ErrInvalid, ErrTooLarge, ErrLength, ErrOffset,
			ErrNotVideo, ErrUnplayable, ErrLocked, ErrUnavailable, ErrTusVersion, ErrContentType, ErrMethod, ErrInterrupted} {
			if errors.Is(err, known) {
				rw.Header().Set("Test-Code", known.Error())
			}
		}
		rw.WriteHeader(http.StatusTeapot)
	}))
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func get[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func wants(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

// asked is a conversation of noor's that waits for a citizen.
func (w *world) asked() consent.Conversation {
	w.t.Helper()
	return get(w.consent.Open(w.t.Context(), consent.NewConversation{OwnerID: w.noor.ID, HeldAt: time.Now(), Others: []consent.NewParticipant{{Role: consent.Citizen}}}))
}

// given is a conversation in which everyone has said yes.
func (w *world) given() consent.Conversation {
	w.t.Helper()
	c := w.asked()
	ok(w.t, w.consent.Yes(w.t.Context(), c.Participants[0].ID, consent.Answer{Method: "own_device", Language: "nl"}))
	return c
}

// withdraw takes the citizen's yes back.
func (w *world) withdraw(c consent.Conversation) consent.Outcome {
	w.t.Helper()
	return get(w.consent.Withdraw(w.t.Context(), c.Participants[0].ID))
}

func newUpload(c consent.Conversation, length int64) NewUpload {
	return NewUpload{
		Length: length, ConversationID: c.ID.String(), Filename: "gesprek.mp4", Filetype: "video/mp4",
		StartedAt: time.Now().UTC().Format(time.RFC3339),
	}
}

// ffmpeg is the one that the tests have.
var ffmpeg = sync.OnceValue(func() *cutter.Cutter { return get(cutter.Find("ffmpeg")) })

// sample is a real film.
var sample = sync.OnceValue(func() []byte { return get(os.ReadFile("../cmd/vakspiegel/demo/gesprek.mp4")) })

// film returns n bytes that begin like a film and hold a marker all along.
func filmOf(n int, marker string) []byte {
	film := bytes.Repeat([]byte(marker), n/len(marker)+1)[:n]
	copy(film, "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00isommp42\x00\x00\x00\x00mdat")
	return film
}

// upload sends a film whole, without HTTP.
func (w *world) upload(c consent.Conversation, film []byte) uuid.UUID {
	w.t.Helper()
	ctx := w.t.Context()
	id := get(w.Begin(ctx, w.noor, newUpload(c, int64(len(film)))))
	if n := get(w.receive(ctx, id, 0, bytes.NewReader(film))); n != int64(len(film)) {
		w.t.Fatalf("received %d of %d bytes", n, len(film))
	}
	ok(w.t, w.complete(ctx, id))
	return id
}

// watched is what a viewer gets to see.
func (w *world) watch(actor policies.Actor, id uuid.UUID, off, n int64) ([]byte, error) {
	p, err := w.Open(w.t.Context(), actor, id, policies.SelfReflection)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	if n < 0 {
		n = p.Size() - off
	}
	sink := &sink{}
	err = p.WriteTo(sink, off, n)
	return sink.Bytes(), err
}

// sink is a viewer that takes everything at once.
type sink struct {
	bytes.Buffer
	mu       sync.Mutex // deadlines are moved by renewals, as on a connection
	deadline time.Time
	largest  int
	onWrite  func()
}

func (s *sink) SetWriteDeadline(t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline = t
	return nil
}

func (s *sink) until() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deadline
}

func (s *sink) Write(p []byte) (int, error) {
	if s.onWrite != nil {
		s.onWrite()
	}
	s.largest = max(s.largest, len(p))
	return s.Buffer.Write(p)
}

// drop takes a trigger away, to do what it refuses.
func (w *world) drop(trigger, table string) {
	w.t.Helper()
	statement := "DROP TRIGGER " + trigger
	if w.db.Name() != dialectSQLite {
		statement += " ON " + table
	}
	ok(w.t, w.db.Exec(statement).Error)
}

// erase runs the eraser until nothing is owed.
func (w *world) erase() {
	w.t.Helper()
	ok(w.t, w.EraseOwed(w.t.Context()))
}

// keys are the objects under a prefix.
func (w *world) objects(prefix string) []string {
	w.t.Helper()
	var keys []string
	for info, err := range w.store.Store.List(w.t.Context(), prefix) {
		ok(w.t, err)
		keys = append(keys, info.Key)
	}
	return keys
}

func (w *world) count(table, where string, args ...any) int64 {
	w.t.Helper()
	var n int64
	ok(w.t, w.db.Table(table).Where(where, args...).Count(&n).Error)
	return n
}

// request is a tus request by a person.
func (w *world) request(person, method, path string, body io.Reader, headers ...string) *http.Response {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, body)
	r.Header.Set("Test-Person", person)
	r.Header.Set("Tus-Resumable", "1.0.0")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	recorder := httptest.NewRecorder()
	http.StripPrefix("/api/v1/uploads", w.tus).ServeHTTP(recorder, r)
	return recorder.Result()
}

func metadata(pairs ...string) string {
	text := ""
	for i := 0; i < len(pairs); i += 2 {
		if i > 0 {
			text += ","
		}
		text += pairs[i] + " " + base64.StdEncoding.EncodeToString([]byte(pairs[i+1]))
	}
	return text
}

func (w *world) post(c consent.Conversation, length int) *http.Response {
	return w.request("noor", "POST", "/api/v1/uploads", nil, "Upload-Length", strconv.Itoa(length), "Upload-Metadata",
		metadata("conversationId", c.ID.String(), "filename", "mijn gesprek.mp4", "filetype", "video/mp4", "startedAt", time.Now().UTC().Format(time.RFC3339)))
}

func (w *world) patch(path string, offset int, body io.Reader) *http.Response {
	return w.request("noor", "PATCH", path, body, "Upload-Offset", strconv.Itoa(offset), "Content-Type", "application/offset+octet-stream")
}

func code(r *http.Response) string { return r.Header.Get("Test-Code") }

// databaseOf is the embedded database, where which one makes no difference.
func databaseOf(t testing.TB) *gorm.DB { return databasetest.New(t, dialectSQLite) }
