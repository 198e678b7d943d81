package ledger_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/media/ledger"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"),
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"))
}

var noon = time.Date(2026, 1, 31, 12, 0, 0, 123_000_000, time.UTC)

// idAt returns a UUIDv7 of a time; n tells those of one millisecond apart.
func idAt(at time.Time, n byte) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16)
	id[6], id[8], id[15] = 0x70, 0x80, n
	return id
}

func withdrawal(at time.Time, n byte) ledger.Entry {
	return ledger.Entry{ID: idAt(at, n), Kind: ledger.Withdrawn, At: at, RecordingID: idAt(noon, n)}
}

func write(t *testing.T, l *ledger.Ledger, entries ...ledger.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := l.Write(t.Context(), e); err != nil {
			t.Fatalf("write %s: %v", e.ID, err)
		}
	}
}

func replay(t *testing.T, l *ledger.Ledger, since time.Time) []ledger.Entry {
	t.Helper()
	var got []ledger.Entry
	if err := l.Replay(t.Context(), since, func(e ledger.Entry) error { got = append(got, e); return nil }); err != nil {
		t.Fatalf("replay: %v", err)
	}
	return got
}

func replayError(ctx context.Context, l *ledger.Ledger) error {
	return l.Replay(ctx, time.Time{}, func(ledger.Entry) error { return nil })
}

func TestWhatIsWrittenIsReplayedInOrder(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s blob.Store) {
		l := ledger.New(s)
		if mark, err := l.HighWater(t.Context()); err != nil || mark != (ledger.Mark{}) {
			t.Errorf("an empty ledger is at %+v, %v", mark, err)
		}
		var want []ledger.Entry
		for i, kind := range []ledger.Kind{ledger.Withdrawn, ledger.Revoked, ledger.Narrowed, ledger.Paused,
			ledger.Expired, ledger.Invalidated, ledger.OwnerErased} {
			e := ledger.Entry{ID: idAt(noon.AddDate(0, i-3, 0), byte(i)), Kind: kind, At: noon.Add(time.Duration(i))}
			*[]*uuid.UUID{&e.ConversationID, &e.RecordingID, &e.RecordID}[i%3] = uuid.New()
			if kind == ledger.Narrowed {
				e.Scopes = []string{"coach", "peers"}
			}
			want = append(want, e)
		}
		backwards := slices.Clone(want)
		slices.Reverse(backwards)
		write(t, l, backwards...)
		if got := replay(t, l, time.Time{}); !reflect.DeepEqual(got, want) {
			t.Errorf("replayed\n%+v\nwant\n%+v", got, want)
		}
		last := want[len(want)-1]
		if mark, err := l.HighWater(t.Context()); err != nil || mark.ID != last.ID || !mark.At.Equal(noon.AddDate(0, 3, 0)) {
			t.Errorf("the ledger is at %+v, %v", mark, err)
		}
	})
}

func TestTheKeyIsThatOfTheFormat(t *testing.T) {
	s := blobtest.Dir(t)
	write(t, ledger.New(s), withdrawal(noon, 7))
	want := "ledger/2026-01/019c13ec-9e7b-7000-8000-000000000007.json"
	if _, err := s.Stat(t.Context(), want); err != nil {
		left, _ := s.Remains(t.Context(), "")
		t.Errorf("%s is missing; there is %q", want, left)
	}
}

func TestReplaySince(t *testing.T) {
	l := ledger.New(blobtest.Dir(t))
	times := []time.Time{noon.Add(-time.Hour), noon.Add(-ledger.Skew - time.Millisecond), noon.Add(-ledger.Skew), noon, noon.Add(13 * time.Hour)}
	for i, at := range times {
		write(t, l, withdrawal(at, byte(i)))
	}
	for _, c := range []struct {
		since time.Time
		want  int
	}{
		{time.Time{}, 5}, {time.Unix(0, 0), 5}, {time.Unix(-1e9, 0), 5},
		{noon, 3}, // looks back by the skew of clocks
		{noon.Add(-time.Millisecond), 4},
		{noon.In(time.FixedZone("", 7*3600)), 3},
		{noon.Add(13 * time.Hour).Add(ledger.Skew), 1}, // in the next month
		{noon.AddDate(1, 0, 0), 0},
	} {
		if got := replay(t, l, c.since); len(got) != c.want {
			t.Errorf("since %s: %d entries, want %d", c.since, len(got), c.want)
		}
	}
}

func TestAnEntryNeverChanges(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s blob.Store) {
		l := ledger.New(s)
		e := ledger.Entry{ID: idAt(noon, 1), Kind: ledger.Narrowed, At: noon, RecordID: uuid.New(), Scopes: []string{"peers", "coach"}}
		write(t, l, e, e)
		same := e
		same.At, same.Scopes = e.At.In(time.FixedZone("", 3600)), []string{"coach", "peers", "coach"}
		write(t, l, same)
		changes := map[string]func(e *ledger.Entry){
			"kind":         func(e *ledger.Entry) { e.Kind, e.Scopes = ledger.Paused, nil },
			"time":         func(e *ledger.Entry) { e.At = e.At.Add(1) },
			"recording":    func(e *ledger.Entry) { e.RecordingID = uuid.New() },
			"record":       func(e *ledger.Entry) { e.RecordID = uuid.New() },
			"conversation": func(e *ledger.Entry) { e.ConversationID = uuid.New() },
			"scopes":       func(e *ledger.Entry) { e.Scopes = []string{"coach"} },
		}
		for name, change := range changes {
			other := e
			change(&other)
			if err := l.Write(t.Context(), other); !errors.Is(err, ledger.ErrConflict) {
				t.Errorf("another %s: %v, want ErrConflict", name, err)
			}
		}
		e.Scopes = []string{"coach", "peers"}
		if got := replay(t, l, time.Time{}); !reflect.DeepEqual(got, []ledger.Entry{e}) {
			t.Errorf("replayed %+v", got)
		}
	})
}

func TestManyWritersOfOneEntryAllSucceed(t *testing.T) {
	blobtest.Each(t, func(t *testing.T, s blob.Store) {
		l := ledger.New(s)
		errs := make([]error, 8)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() { errs[i] = l.Write(t.Context(), withdrawal(noon, 1)) })
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if got := replay(t, l, time.Time{}); len(got) != 1 {
			t.Errorf("%d entries", len(got))
		}
	})
}

func TestAnEntryThatIsNotValidIsNotWritten(t *testing.T) {
	s := blobtest.Dir(t)
	l := ledger.New(s)
	for name, change := range map[string]func(e *ledger.Entry){
		"no id":                        func(e *ledger.Entry) { e.ID = uuid.Nil },
		"an id without a time":         func(e *ledger.Entry) { e.ID = uuid.New() },
		"no kind":                      func(e *ledger.Entry) { e.Kind = "" },
		"a kind that opens":            func(e *ledger.Entry) { e.Kind = "resumed" },
		"no time":                      func(e *ledger.Entry) { e.At = time.Time{} },
		"about nothing":                func(e *ledger.Entry) { e.RecordingID = uuid.Nil },
		"a withdrawal with scopes":     func(e *ledger.Entry) { e.Scopes = []string{"coach"} },
		"a narrowing without scopes":   func(e *ledger.Entry) { e.Kind = ledger.Narrowed },
		"words of a person in a scope": func(e *ledger.Entry) { e.Kind, e.Scopes = ledger.Narrowed, []string{"Jan wil niet"} },
	} {
		e := withdrawal(noon, 1)
		change(&e)
		if err := l.Write(t.Context(), e); !errors.Is(err, ledger.ErrInvalid) {
			t.Errorf("%s: %v, want ErrInvalid", name, err)
		}
	}
	if left, err := s.Remains(t.Context(), ""); err != nil || len(left) > 0 {
		t.Errorf("written was %q, %v", left, err)
	}
}

// Attack, or a newer version: what is not understood is never skipped.
func TestWhatIsNotUnderstoodStopsTheReplayByName(t *testing.T) {
	id := idAt(noon, 1)
	key := fmt.Sprintf("ledger/2026-01/%s.json", id)
	good := fmt.Sprintf(`{"version":1,"id":%q,"kind":"withdrawn","at":"2026-01-31T12:00:00Z","recording":%q}`, id, uuid.New())
	for name, object := range map[string]struct{ key, text string }{
		"empty":              {key, ""},
		"not JSON":           {key, "withdrawn"},
		"cut short":          {key, good[:len(good)-1]},
		"something follows":  {key, good + "{}"},
		"unknown kind":       {key, strings.Replace(good, "withdrawn", "role_removed", 1)},
		"unknown field":      {key, strings.Replace(good, `"kind"`, `"until":1,"kind"`, 1)},
		"unknown version":    {key, strings.Replace(good, `"version":1`, `"version":2`, 1)},
		"another's id":       {key, strings.Replace(good, id.String(), idAt(noon, 2).String(), 1)},
		"about nothing":      {key, strings.Replace(good, `"recording"`, `"until"`, 1)},
		"far too long":       {key, good + strings.Repeat(" ", 1<<20)},
		"in another month":   {strings.Replace(key, "2026-01", "2026-02", 1), good},
		"without its suffix": {strings.TrimSuffix(key, ".json"), good},
		"not an id":          {"ledger/2026-01/x.json", good},
		"outside a month":    {"ledger/" + id.String() + ".json", good},
	} {
		t.Run(name, func(t *testing.T) {
			s := blobtest.Dir(t)
			if err := s.Put(t.Context(), object.key, strings.NewReader(object.text), int64(len(object.text))); err != nil {
				t.Fatal(err)
			}
			err := replayError(t.Context(), ledger.New(s))
			if !errors.Is(err, ledger.ErrMalformed) || !strings.Contains(err.Error(), object.key) {
				t.Errorf("%v; want ErrMalformed that names %s", err, object.key)
			}
		})
	}
	s := blobtest.Dir(t)
	if err := s.Put(t.Context(), key, strings.NewReader(good), int64(len(good))); err != nil {
		t.Fatal(err)
	}
	if err := replayError(t.Context(), ledger.New(s)); err != nil {
		t.Errorf("the entry they were made of: %v", err)
	}
}

func TestAStoreThatFailsIsAnErrorAndNotAnEmptyLedger(t *testing.T) {
	s := blobtest.Faulty(blobtest.Dir(t))
	l := ledger.New(s)
	write(t, l, withdrawal(noon, 1))
	for _, op := range []blobtest.Op{blobtest.OpList, blobtest.OpGet} {
		s.FailNext(op, 1)
		if err := replayError(t.Context(), l); !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("replay while %s fails: %v", op, err)
		}
	}
	s.FailNext(blobtest.OpList, 1)
	if _, err := l.HighWater(t.Context()); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("high water: %v", err)
	}
	s.FailNext(blobtest.OpPutIfAbsent, 1)
	if err := l.Write(t.Context(), withdrawal(noon, 2)); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("write: %v", err)
	}
	s.FailNext(blobtest.OpGet, 1)
	if err := l.Write(t.Context(), withdrawal(noon, 1)); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("write again, while nobody can tell whether it is the same: %v", err)
	}
}

func TestReplayEndsWithTheFirstErrorOfItsCaller(t *testing.T) {
	l := ledger.New(blobtest.Dir(t))
	write(t, l, withdrawal(noon, 1), withdrawal(noon, 2))
	enough, calls := errors.New("enough"), 0
	err := l.Replay(t.Context(), time.Time{}, func(ledger.Entry) error { calls++; return enough })
	if !errors.Is(err, enough) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}
