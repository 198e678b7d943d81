package blobtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"vakspiegel/media/blob"
)

// Run tests a kind of store against the promises of [blob.Store]. open returns
// an empty store.
func Run(t *testing.T, open func(t *testing.T) blob.Store) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(t *testing.T, s blob.Store)
	}{
		{"what is put is got, stat and listed", testPutGet},
		{"put replaces, put if absent does not", testReplace},
		{"of many that put if absent, exactly one wins", testOneWinner},
		{"a range gives its bytes, and one that is not there an error", testRanges},
		{"nothing is visible of a reader of another size", testWrongSize},
		{"nothing is visible of a reader that fails", testBrokenReader},
		{"a key that is not there", testNotFound},
		{"keys that are not valid reach no store", testKeys},
		{"list gives what has the prefix, in order", testList},
		{"list gives 1,100 objects", testListMany},
		{"list may be left early", testListLeft},
		{"delete leaves nothing of the key and all of its neighbours", testDelete},
		{"a cancelled context ends everything with its error", testCancelled},
		{"a name for logs holds no secret", testString},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open(t)) })
	}
}

func put(t *testing.T, s blob.Store, key, content string) {
	t.Helper()
	if err := s.Put(t.Context(), key, strings.NewReader(content), int64(len(content))); err != nil {
		t.Fatalf("put %s: %v", key, err)
	}
}

func get(ctx context.Context, s blob.Store, key string, off, n int64) (string, error) {
	r, err := s.Get(ctx, key, off, n)
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(r)
	return string(content), errors.Join(err, r.Close())
}

func wantContent(t *testing.T, s blob.Store, key, want string) {
	t.Helper()
	if got, err := get(t.Context(), s, key, 0, -1); err != nil || got != want {
		t.Fatalf("get %s: %d bytes, %v; want %d bytes", key, len(got), err, len(want))
	}
}

func wantError(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: error %v, want %v", what, got, want)
	}
}

func keysOf(t *testing.T, s blob.Store, prefix string) []string {
	t.Helper()
	var keys []string
	for info, err := range s.List(t.Context(), prefix) {
		if err != nil {
			t.Fatalf("list %q: %v", prefix, err)
		}
		keys = append(keys, info.Key)
	}
	return keys
}

func wantNothing(t *testing.T, s blob.Store, prefix string) {
	t.Helper()
	left, err := s.Remains(t.Context(), prefix)
	if err != nil || len(left) > 0 {
		t.Errorf("remains of %q: %q, %v; want nothing", prefix, left, err)
	}
}

func testPutGet(t *testing.T, s blob.Store) {
	if err := s.Ping(t.Context()); err != nil {
		t.Fatalf("ping: %v", err)
	}
	for _, size := range []int{0, 1, 4096, 9 << 20} {
		key := fmt.Sprintf("recordings/r.1/seg_%d-x", size)
		content := strings.Repeat("0123456789abcdef", size/16+1)[:size]
		put(t, s, key, content)
		wantContent(t, s, key, content)
		if info, err := s.Stat(t.Context(), key); err != nil || info != (blob.Info{Key: key, Size: int64(size)}) {
			t.Errorf("stat %s: %+v, %v", key, info, err)
		}
	}
	if n := len(keysOf(t, s, "recordings/r.1/")); n != 4 {
		t.Errorf("%d objects listed, want 4", n)
	}
	if left, err := s.Remains(t.Context(), "recordings/"); err != nil || len(left) != 4 {
		t.Errorf("remains %q, %v; want the 4 objects and nothing temporary", left, err)
	}
}

func testReplace(t *testing.T, s blob.Store) {
	put(t, s, "a/b", "first")
	put(t, s, "a/b", "second, longer")
	wantContent(t, s, "a/b", "second, longer")
	err := s.PutIfAbsent(t.Context(), "a/b", strings.NewReader("third"), 5)
	wantError(t, "put if absent on a key that is there", err, blob.ErrExists)
	wantContent(t, s, "a/b", "second, longer")
	if err := s.PutIfAbsent(t.Context(), "a/c", strings.NewReader("third"), 5); err != nil {
		t.Errorf("put if absent: %v", err)
	}
	wantContent(t, s, "a/c", "third")
	if err := s.Delete(t.Context(), "a/c"); err != nil {
		t.Fatalf("delete: %v", err)
	}
	if err := s.PutIfAbsent(t.Context(), "a/c", strings.NewReader("again"), 5); err != nil {
		t.Errorf("put if absent after a delete: %v", err)
	}
}

func testOneWinner(t *testing.T, s blob.Store) {
	const writers = 12
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			content := strings.Repeat(string(rune('a'+i)), 50_000)
			errs[i] = s.PutIfAbsent(t.Context(), "ledger/one", strings.NewReader(content), 50_000)
		})
	}
	wg.Wait()
	winner := -1
	for i, err := range errs {
		switch {
		case err == nil && winner >= 0:
			t.Fatalf("both %d and %d won", winner, i)
		case err == nil:
			winner = i
		case !errors.Is(err, blob.ErrExists):
			t.Errorf("a loser got %v, want ErrExists", err)
		}
	}
	if winner < 0 {
		t.Fatal("nobody won")
	}
	wantContent(t, s, "ledger/one", strings.Repeat(string(rune('a'+winner)), 50_000))
	if left, err := s.Remains(t.Context(), ""); err != nil || len(left) != 1 {
		t.Errorf("remains %q, %v; want the one object", left, err)
	}
}

func testRanges(t *testing.T, s blob.Store) {
	const content = "0123456789"
	put(t, s, "ten", content)
	put(t, s, "none", "")
	for _, c := range []struct {
		key    string
		off, n int64
		want   string
		err    error
	}{
		{"ten", 0, -1, content, nil},
		{"ten", 0, 10, content, nil},
		{"ten", 0, 1, "0", nil},
		{"ten", 3, 4, "3456", nil},
		{"ten", 9, 1, "9", nil},
		{"ten", 9, -1, "9", nil},
		{"none", 0, -1, "", nil},
		{"ten", 0, 11, "", blob.ErrRange},
		{"ten", 9, 2, "", blob.ErrRange},
		{"ten", 10, 1, "", blob.ErrRange},
		{"ten", 10, -1, "", blob.ErrRange},
		{"ten", 99, -1, "", blob.ErrRange},
		{"ten", 0, 0, "", blob.ErrRange},
		{"ten", -1, 2, "", blob.ErrRange},
		{"ten", -1, -1, "", blob.ErrRange},
		{"none", 0, 1, "", blob.ErrRange},
		{"absent", 0, 1, "", blob.ErrNotFound},
		{"absent", 0, -1, "", blob.ErrNotFound},
	} {
		what := fmt.Sprintf("%s, %d bytes at %d", c.key, c.n, c.off)
		got, err := get(t.Context(), s, c.key, c.off, c.n)
		if c.err != nil {
			wantError(t, what, err, c.err)
		} else if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", what, got, err, c.want)
		}
	}
}

func testWrongSize(t *testing.T, s blob.Store) {
	puts := map[string]func(context.Context, string, io.Reader, int64) error{"put": s.Put, "absent": s.PutIfAbsent}
	for name, put := range puts {
		for _, c := range []struct{ has, said int64 }{{0, 1}, {99, 100}, {100, 99}, {1, 0}, {200_000, 150_000}, {150_000, 200_000}, {5, -1}} {
			key := fmt.Sprintf("x/%s", name)
			for _, r := range []io.Reader{bytes.NewReader(make([]byte, c.has)), iotest.DataErrReader(bytes.NewReader(make([]byte, c.has)))} {
				err := put(t.Context(), key, r, c.said)
				wantError(t, fmt.Sprintf("%s of %d bytes said to be %d", name, c.has, c.said), err, blob.ErrSize)
			}
			wantNothing(t, s, "")
		}
	}
}

func testBrokenReader(t *testing.T, s blob.Store) {
	broken := errors.New("the phone is gone")
	for _, before := range []int{0, 1000, 100_000} {
		r := io.MultiReader(bytes.NewReader(make([]byte, before)), iotest.ErrReader(broken))
		wantError(t, fmt.Sprintf("a reader that fails after %d bytes", before), s.Put(t.Context(), "x/y", r, 200_000), broken)
		wantNothing(t, s, "")
	}
	// All bytes are there, but not yet the end.
	r := io.MultiReader(bytes.NewReader(make([]byte, 1000)), iotest.ErrReader(broken))
	wantError(t, "a reader that fails instead of ending", s.Put(t.Context(), "x/y", r, 1000), broken)
	wantNothing(t, s, "")
}

func testNotFound(t *testing.T, s blob.Store) {
	put(t, s, "a/b/c", "x")
	for _, key := range []string{"a", "a/b", "a/b/d", "z"} {
		_, err := s.Get(t.Context(), key, 0, -1)
		wantError(t, "get "+key, err, blob.ErrNotFound)
		_, err = s.Stat(t.Context(), key)
		wantError(t, "stat "+key, err, blob.ErrNotFound)
		if err := s.Delete(t.Context(), key); err != nil {
			t.Errorf("delete %s: %v", key, err)
		}
	}
	wantContent(t, s, "a/b/c", "x")
	if keys := keysOf(t, s, "q/"); len(keys) != 0 {
		t.Errorf("a prefix that is not there lists %q", keys)
	}
}

func testKeys(t *testing.T, s blob.Store) {
	bad := []string{"", "/a", "a/", "a//b", "..", "a/../b", "../a", "./a", "a/.", "a/.b", ".tmp/a", "A", "a b", "a\x00b", "é",
		"a~b", "a?b", "a\\b", "a%2e", strings.Repeat("a", blob.MaxKey+1)}
	for _, key := range bad {
		err := s.Put(t.Context(), key, strings.NewReader("x"), 1)
		wantError(t, fmt.Sprintf("put %q", key), err, blob.ErrKey)
		err = s.PutIfAbsent(t.Context(), key, strings.NewReader("x"), 1)
		wantError(t, fmt.Sprintf("put if absent %q", key), err, blob.ErrKey)
		_, err = s.Get(t.Context(), key, 0, -1)
		wantError(t, fmt.Sprintf("get %q", key), err, blob.ErrKey)
		_, err = s.Stat(t.Context(), key)
		wantError(t, fmt.Sprintf("stat %q", key), err, blob.ErrKey)
		wantError(t, fmt.Sprintf("delete %q", key), s.Delete(t.Context(), key), blob.ErrKey)
	}
	for _, prefix := range []string{"..", "/", "a/../", ".tmp", "A"} {
		_, err := s.Remains(t.Context(), prefix)
		wantError(t, fmt.Sprintf("remains of %q", prefix), err, blob.ErrKey)
		for _, err = range s.List(t.Context(), prefix) {
			break
		}
		wantError(t, fmt.Sprintf("list %q", prefix), err, blob.ErrKey)
	}
	longest := strings.Repeat("a/", blob.MaxKey/2-1) + "bb"
	put(t, s, longest, "x")
	wantContent(t, s, longest, "x")
}

func testList(t *testing.T, s blob.Store) {
	all := []string{"a", "b-c/1", "b.d", "b/1", "b/10", "b/2/x", "b/2-", "b0", "c/1"}
	for _, key := range all {
		put(t, s, key, key)
	}
	slices.Sort(all)
	for _, prefix := range []string{"", "a", "b", "b/", "b/1", "b/2", "b/2/", "b/2/x", "b-", "c/1", "c/11", "d"} {
		var want []string
		for _, key := range all {
			if strings.HasPrefix(key, prefix) {
				want = append(want, key)
			}
		}
		if got := keysOf(t, s, prefix); !slices.Equal(got, want) {
			t.Errorf("list %q: %q, want %q", prefix, got, want)
		}
		left, err := s.Remains(t.Context(), prefix)
		if err != nil || !slices.Equal(left, want) {
			t.Errorf("remains %q: %q, %v, want %q", prefix, left, err, want)
		}
	}
}

func testListMany(t *testing.T, s blob.Store) {
	const objects = 1100 // more than a page of S3
	var want []string
	for i := range objects {
		want = append(want, fmt.Sprintf("ledger/2026-%02d/%04d.json", i/100, i))
	}
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for w := range errs {
		wg.Go(func() {
			for i := w; i < objects; i += len(errs) {
				errs[w] = errors.Join(errs[w], s.Put(t.Context(), want[i], strings.NewReader("x"), 1))
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if got := keysOf(t, s, "ledger/"); !slices.Equal(got, want) {
		t.Errorf("%d objects listed, or in another order; want %d", len(got), objects)
	}
	if left, err := s.Remains(t.Context(), "ledger/"); err != nil || len(left) != objects {
		t.Errorf("%d remain, %v; want %d", len(left), err, objects)
	}
}

func testListLeft(t *testing.T, s blob.Store) {
	for _, key := range []string{"a/1", "a/2", "b/3"} {
		put(t, s, key, "x")
	}
	seen := 0
	for _, err := range s.List(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen == 2 {
			break
		}
	}
	if seen != 2 {
		t.Errorf("saw %d, want 2", seen)
	}
}

func testDelete(t *testing.T, s blob.Store) {
	neighbours := []string{"r/1/seg-10", "r/1/seg-1.x", "r/2/seg-1", "r/10/seg-1"}
	for _, key := range append(neighbours, "r/1/seg-1") {
		put(t, s, key, "x")
	}
	put(t, s, "r/1/seg-1", "a second time")
	for range 2 { // idempotent
		if err := s.Delete(t.Context(), "r/1/seg-1"); err != nil {
			t.Fatalf("delete: %v", err)
		}
	}
	_, err := s.Stat(t.Context(), "r/1/seg-1")
	wantError(t, "stat of what was deleted", err, blob.ErrNotFound)
	slices.Sort(neighbours)
	if got := keysOf(t, s, "r/"); !slices.Equal(got, neighbours) {
		t.Errorf("left is %q, want %q", got, neighbours)
	}
	for _, key := range neighbours {
		if err := s.Delete(t.Context(), key); err != nil {
			t.Fatalf("delete %s: %v", key, err)
		}
	}
	wantNothing(t, s, "")
	put(t, s, "r/1/seg-1", "a folder that went may come again")
}

func testCancelled(t *testing.T, s blob.Store) {
	put(t, s, "a", "x")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantError(t, "put", s.Put(ctx, "b", strings.NewReader("x"), 1), context.Canceled)
	wantError(t, "put if absent", s.PutIfAbsent(ctx, "b", strings.NewReader("x"), 1), context.Canceled)
	_, err := s.Get(ctx, "a", 0, -1)
	wantError(t, "get", err, context.Canceled)
	_, err = s.Stat(ctx, "a")
	wantError(t, "stat", err, context.Canceled)
	wantError(t, "delete", s.Delete(ctx, "a"), context.Canceled)
	wantError(t, "ping", s.Ping(ctx), context.Canceled)
	// An empty list without an error would pass for "nothing is left".
	_, err = s.Remains(ctx, "")
	wantError(t, "remains", err, context.Canceled)
	err = nil
	for _, e := range s.List(ctx, "") {
		err = e
	}
	wantError(t, "list", err, context.Canceled)
	wantContent(t, s, "a", "x")
	if keys := keysOf(t, s, ""); !slices.Equal(keys, []string{"a"}) {
		t.Errorf("left is %q", keys)
	}
	testCancelledInBetween(t, s)
}

func testCancelledInBetween(t *testing.T, s blob.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r := io.MultiReader(bytes.NewReader(make([]byte, 300_000)), readerFunc(func(p []byte) (int, error) {
		cancel()
		return len(p), nil
	}))
	wantError(t, "put, cancelled half-way", s.Put(ctx, "b", r, 8<<20), context.Canceled)
	_, err := s.Stat(t.Context(), "b")
	wantError(t, "stat of what was cancelled", err, blob.ErrNotFound)
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func testString(t *testing.T, s blob.Store) {
	name := s.String()
	if name == "" {
		t.Error("the store has no name")
	}
	shared.Lock()
	defer shared.Unlock()
	if shared.server != nil && strings.Contains(fmt.Sprintf("%s %v %+v", name, shared.server.Cred, shared.server.Cred), shared.server.Cred.SecretKey) {
		t.Error("the secret key can be read in a log")
	}
}
