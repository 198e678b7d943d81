package keyring

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if os.Getenv(helperEnv) != "" {
		os.Exit(helper())
	}
	goleak.VerifyTestMain(m)
}

// files returns n file holders in folders of their own.
func files(t *testing.T, n int) []Holder {
	t.Helper()
	base := t.TempDir()
	holders := make([]Holder, n)
	for i := range holders {
		h, err := OpenHolder(fmt.Sprintf("file:%s/%d/keys.json", base, i))
		if err != nil {
			t.Fatal(err)
		}
		holders[i] = h
	}
	return holders
}

func pathOf(h Holder) string { return strings.TrimPrefix(h.String(), "file:") }

// ring returns a new key ring over n file holders.
func ring(t *testing.T, n int) (*Ring, []Holder) {
	t.Helper()
	holders := files(t, n)
	if err := Init(t.Context(), holders); err != nil {
		t.Fatal(err)
	}
	r, err := Open(t.Context(), holders)
	if err != nil {
		t.Fatal(err)
	}
	return r, holders
}

func wantError(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: error %v, want %v", what, got, want)
	}
}

func dataKey(t *testing.T) (key [32]byte) {
	t.Helper()
	_, _ = rand.Read(key[:])
	return key
}

func wrap(t *testing.T, r *Ring, epoch int, subject string, key [32]byte) []byte {
	t.Helper()
	w, err := r.Wrap(t.Context(), epoch, subject, key)
	if err != nil {
		t.Fatalf("wrap under epoch %d: %v", epoch, err)
	}
	return w
}

func begin(t *testing.T, r *Ring) int {
	t.Helper()
	epoch, err := r.Begin(t.Context())
	if err != nil {
		t.Fatalf("begin: %v", err)
	}
	return epoch
}

func wantNewest(t *testing.T, r *Ring, want int) {
	t.Helper()
	if got, err := r.Newest(t.Context()); err != nil || got != want {
		t.Errorf("newest epoch %d, %v; want %d", got, err, want)
	}
}

func TestAWrapOpensForItsSubjectAndEpochOnly(t *testing.T) {
	r, _ := ring(t, 1)
	key := dataKey(t)
	w := wrap(t, r, 1, "recording-1", key)
	if len(w) != WrapSize || bytes.Contains(w, key[:8]) {
		t.Errorf("a wrap of %d bytes", len(w))
	}
	begin(t, r)
	if got, err := r.Unwrap(t.Context(), 1, "recording-1", w); err != nil || got != key {
		t.Errorf("unwrap: %v", err)
	}
	for what, open := range map[string]struct {
		epoch   int
		subject string
		wrap    []byte
	}{
		"another subject": {1, "recording-2", w},
		"another epoch":   {2, "recording-1", w},
		"nothing":         {1, "recording-1", nil},
		"cut":             {1, "recording-1", w[:len(w)-1]},
		"extended":        {1, "recording-1", append(bytes.Clone(w), 0)},
	} {
		_, err := r.Unwrap(t.Context(), open.epoch, open.subject, open.wrap)
		wantError(t, what, err, ErrNotWrapped)
	}
	for bit := range len(w) * 8 {
		changed := bytes.Clone(w)
		changed[bit/8] ^= 1 << (bit % 8)
		_, err := r.Unwrap(t.Context(), 1, "recording-1", changed)
		wantError(t, fmt.Sprintf("bit %d flipped", bit), err, ErrNotWrapped)
	}
}

func TestADestroyedEpochOpensNothingAndLeavesNoBytes(t *testing.T) {
	r, holders := ring(t, 2)
	key := dataKey(t)
	w := wrap(t, r, 1, "r", key)
	old := epochKey(t, holders[0], 1)
	if !found(t, holders, old) {
		t.Fatal("the search finds nothing, not even what is there")
	}
	if epoch := begin(t, r); epoch != 2 {
		t.Fatalf("epoch %d began, want 2", epoch)
	}
	survivor := wrap(t, r, 2, "s", key)
	missing, err := r.Destroy(t.Context(), 2)
	if err != nil || len(missing) > 0 {
		t.Fatalf("destroy: %q, %v", missing, err)
	}
	_, err = r.Unwrap(t.Context(), 1, "r", w)
	wantError(t, "unwrap of a destroyed epoch", err, ErrEpochGone)
	_, err = r.Wrap(t.Context(), 1, "r", key)
	wantError(t, "wrap under a destroyed epoch", err, ErrEpochGone)
	if got, err := r.Unwrap(t.Context(), 2, "s", survivor); err != nil || got != key {
		t.Errorf("a survivor: %v", err)
	}
	if found(t, holders, old) {
		t.Error("the destroyed key is still in a folder")
	}
	_, err = r.Destroy(t.Context(), 3)
	wantError(t, "destroying the newest", err, ErrOlderThanDatabase)
	wantNewest(t, r, 2)
}

func epochKey(t *testing.T, h Holder, epoch int) Key {
	t.Helper()
	m, err := h.Load(t.Context())
	if err != nil || m.Epochs[epoch] == (Key{}) {
		t.Fatalf("%s has no epoch %d: %v", h, epoch, err)
	}
	return m.Epochs[epoch]
}

// found searches every file beside the holders for a key, raw or in base64.
func found(t *testing.T, holders []Holder, key Key) bool {
	t.Helper()
	seen := false
	for _, h := range holders {
		err := filepath.WalkDir(filepath.Dir(pathOf(h)), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			seen = seen || bytes.Contains(text, key[:]) || bytes.Contains(text, []byte(base64.StdEncoding.EncodeToString(key[:])))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return seen
}

// The old file's bytes are gone from the disk's file too, not only from the
// folder: someone who still has it open reads zeros.
func TestTheOldFileIsOverwrittenBeforeItIsLetGo(t *testing.T) {
	r, holders := ring(t, 1)
	old, err := os.Open(pathOf(holders[0]))
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	key := epochKey(t, holders[0], 1)
	begin(t, r)
	left := make([]byte, 4096)
	if n, _ := old.ReadAt(left, 0); bytes.Contains(left[:n], []byte(base64.StdEncoding.EncodeToString(key[:]))) {
		t.Error("the replaced file still holds the key")
	}
}

func TestEveryOperationReadsTheHoldersAgain(t *testing.T) {
	mine, holders := ring(t, 1)
	theirs, err := Open(t.Context(), holders)
	if err != nil {
		t.Fatal(err)
	}
	w := wrap(t, mine, 1, "r", dataKey(t))
	if _, err := mine.Unwrap(t.Context(), 1, "r", w); err != nil {
		t.Fatal(err)
	}
	begin(t, theirs)
	if _, err := theirs.Destroy(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	_, err = mine.Unwrap(t.Context(), 1, "r", w)
	wantError(t, "after another process destroyed the epoch", err, ErrEpochGone)
	wantNewest(t, mine, 2)
}

func TestSurvivorsAreRewrappedAtOnce(t *testing.T) {
	r, _ := ring(t, 1)
	keys := [][32]byte{dataKey(t), dataKey(t), dataKey(t)}
	wraps := []Wrapped{
		{"a", 1, wrap(t, r, 1, "a", keys[0])},
		{"b", 1, []byte("damaged")},
		{"c", 1, wrap(t, r, 1, "c", keys[2])},
	}
	_, err := r.Rewrap(t.Context(), 2, wraps)
	wantError(t, "rewrap under an epoch that has not begun", err, ErrOlderThanDatabase)
	to := begin(t, r)
	out, err := r.Rewrap(t.Context(), to, wraps)
	if err != nil || len(out) != 3 {
		t.Fatal(err)
	}
	wantError(t, "the damaged one", out[1].Err, ErrNotWrapped)
	if _, err := r.Destroy(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	for i, subject := range map[int]string{0: "a", 2: "c"} {
		if got, err := r.Unwrap(t.Context(), to, subject, out[i].Wrap); err != nil || got != keys[i] || out[i].Err != nil {
			t.Errorf("%s: %v, %v", subject, err, out[i].Err)
		}
	}
}

func TestASecretIsMadeOnceAndLasts(t *testing.T) {
	r, holders := ring(t, 2)
	code, err := r.Secret(t.Context(), "code")
	if err != nil || len(code) != 32 {
		t.Fatalf("%d bytes, %v", len(code), err)
	}
	begin(t, r)
	if _, err := r.Destroy(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	for _, h := range holders {
		alone, err := Open(t.Context(), []Holder{h})
		if err != nil {
			t.Fatal(err)
		}
		again, err := alone.Secret(t.Context(), "code")
		if err != nil || !bytes.Equal(again, code) {
			t.Errorf("%s: another secret, %v", h, err)
		}
	}
	other, err := r.Secret(t.Context(), "other")
	if err != nil || bytes.Equal(other, code) {
		t.Errorf("two names, one secret: %v", err)
	}
}

func TestAMissingKeyMapIsNeverReplacedSilently(t *testing.T) {
	holders := files(t, 2)
	_, err := Open(t.Context(), holders)
	wantError(t, "open without a folder", err, ErrNoKeys)
	_, err = Open(t.Context(), nil)
	wantError(t, "open without a holder", err, ErrNoKeys)
	if err := Init(t.Context(), holders); err != nil {
		t.Fatal(err)
	}
	wantError(t, "init a second time", Init(t.Context(), holders), ErrExists)
	r, err := Open(t.Context(), holders)
	if err != nil {
		t.Fatal(err)
	}
	w := wrap(t, r, 1, "r", dataKey(t))
	if err := os.Remove(pathOf(holders[1])); err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), holders)
	wantError(t, "open with one file lost", err, ErrNoKeys)
	if _, err := r.Unwrap(t.Context(), 1, "r", w); err != nil {
		t.Errorf("a running server with one holder left: %v", err)
	}
	_, err = r.Begin(t.Context())
	wantError(t, "begin with one file lost", err, ErrNoKeys)
	if err := Init(t.Context(), holders); err != nil {
		t.Fatalf("init copies to the holder that has none: %v", err)
	}
	if epochKey(t, holders[0], 1) != epochKey(t, holders[1], 1) {
		t.Error("the holder that was lost has another key")
	}
	if err := errors.Join(os.Remove(pathOf(holders[0])), os.Remove(pathOf(holders[1]))); err != nil {
		t.Fatal(err)
	}
	_, err = r.Unwrap(t.Context(), 1, "r", w)
	wantError(t, "every file lost", err, ErrNoKeys)
	_, err = os.Stat(pathOf(holders[0]))
	wantError(t, "the file", err, fs.ErrNotExist)
}

func TestAfterATotalLossOnlyAnExplicitCommandBeginsAnew(t *testing.T) {
	r, holders := ring(t, 2)
	w := wrap(t, r, 1, "r", dataKey(t))
	begin(t, r)
	wantError(t, "while nothing is lost", InitAfterLoss(t.Context(), holders, 2), ErrExists)
	if err := os.Remove(pathOf(holders[0])); err != nil {
		t.Fatal(err)
	}
	wantError(t, "while one is left", InitAfterLoss(t.Context(), holders, 2), ErrExists)
	if err := os.Remove(pathOf(holders[1])); err != nil {
		t.Fatal(err)
	}
	if err := InitAfterLoss(t.Context(), holders, 2); err != nil {
		t.Fatal(err)
	}
	wantNewest(t, r, 3)
	if err := r.Check(t.Context(), 2); err != nil {
		t.Error(err)
	}
	_, err := r.Unwrap(t.Context(), 1, "r", w)
	wantError(t, "what was lost", err, ErrEpochGone)
}

func TestAKeyMapPutBackFromACopyIsRefused(t *testing.T) {
	r, holders := ring(t, 1)
	copied, err := os.ReadFile(pathOf(holders[0]))
	if err != nil {
		t.Fatal(err)
	}
	seen := begin(t, r)
	w := wrap(t, r, seen, "r", dataKey(t))
	if err := r.Check(t.Context(), seen); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(pathOf(holders[0]), copied, 0o600); err != nil {
		t.Fatal(err)
	}
	wantError(t, "check", r.Check(t.Context(), seen), ErrOlderThanDatabase)
	_, err = r.Unwrap(t.Context(), seen, "r", w)
	wantError(t, "unwrap", err, ErrOlderThanDatabase)
	if errors.Is(err, ErrEpochGone) {
		t.Error("what can still be opened with the newest key map passes for erased")
	}
}

func TestHolders(t *testing.T) {
	for url, hint := range map[string]string{
		"https://keys.example": "not supported yet", "file:": "names no file", "keys.json": `"file:PATH"`, "": `"file:PATH"`,
	} {
		if h, err := OpenHolder(url); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: %v, %v; want a hint %q", url, h, err, hint)
		}
	}
}

func TestNoKeyIsEverPrinted(t *testing.T) {
	r, holders := ring(t, 1)
	if _, err := r.Secret(t.Context(), "code"); err != nil {
		t.Fatal(err)
	}
	m, err := holders[0].Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	key := m.Epochs[1]
	printed := fmt.Sprintf("%v %+v %#v %x %v %s %+v %#v", m, m, m, m, key, &key, []any{m, &m, key, r}, r)
	for _, secret := range []string{fmt.Sprintf("%x", key[:4]), fmt.Sprintf("%x", m.Secrets["code"][:4]),
		fmt.Sprint(key[0], key[1], key[2]), base64.StdEncoding.EncodeToString(key[:])[:8]} {
		if strings.Contains(strings.ReplaceAll(printed, ",", ""), secret) {
			t.Errorf("%s", printed)
		}
	}
	damaged := bytes.Replace(mustRead(t, holders[0]), []byte(base64.StdEncoding.EncodeToString(key[:])), []byte("AAAA"), 1)
	if err := os.WriteFile(pathOf(holders[0]), damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = r.Newest(t.Context())
	if !errors.Is(err, ErrDamaged) || strings.Contains(err.Error(), "AAAA") {
		t.Errorf("%v", err)
	}
}

func mustRead(t *testing.T, h Holder) []byte {
	t.Helper()
	text, err := os.ReadFile(pathOf(h))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestADamagedKeyMapIsNotRead(t *testing.T) {
	r, holders := ring(t, 1)
	good := string(mustRead(t, holders[0]))
	for what, text := range map[string]string{
		"empty": "", "cut": good[:len(good)/2], "zeros": strings.Repeat("\x00", 200), "null": "null", "nothing in it": "{}",
		"followed by something":   good + good,
		"an unknown field":        strings.Replace(good, `"generation"`, `"history": [], "generation"`, 1),
		"a destroyed epoch's key": strings.Replace(good, `"destroyed_before": 1`, `"destroyed_before": 2`, 1),
	} {
		if text == good {
			t.Fatalf("%s: nothing was changed", what)
		}
		if err := os.WriteFile(pathOf(holders[0]), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := r.Newest(t.Context())
		wantError(t, what, err, ErrDamaged)
		_, err = r.Begin(t.Context())
		wantError(t, what+", begin", err, ErrDamaged)
	}
}

func TestACancelledContextEndsTheOperation(t *testing.T) {
	r, _ := ring(t, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := r.Begin(ctx)
	wantError(t, "begin", err, context.Canceled)
	wantNewest(t, r, 1)
}

func namesIn(t *testing.T, h Holder) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(pathOf(h)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	slices.Sort(names)
	return names
}
