package ledger

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"vakspiegel/media/blob"
)

const (
	prefix = "ledger/"
	suffix = ".json"

	// Skew is how much the clocks of replicas may differ. Replay looks back
	// this much further than it is asked to.
	Skew = 5 * time.Minute
)

// Ledger is the ledger in an object store. It is safe for concurrent use.
type Ledger struct{ store blob.Store }

// New returns the ledger in a store.
func New(store blob.Store) *Ledger { return &Ledger{store: store} }

// Write records a closing. It returns when the entry is durable; only then may
// the closing be confirmed. Writing an entry again is no error. Errors:
// ErrInvalid, ErrConflict, and the store's.
func (l *Ledger) Write(ctx context.Context, e Entry) error {
	if err := e.check(); err != nil {
		return err
	}
	text, err := e.encode()
	if err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	key := keyOf(e.ID)
	err = l.store.PutIfAbsent(ctx, key, bytes.NewReader(text), int64(len(text)))
	if !errors.Is(err, blob.ErrExists) {
		return wrap(err)
	}
	present, err := l.read(ctx, key)
	if err != nil {
		return err
	}
	if !bytes.Equal(present, text) {
		return fmt.Errorf("%w: %s", ErrConflict, key)
	}
	return nil
}

// Replay gives fn every entry from since on (zero: all), in order. It ends with
// the first error of fn. fn sees an entry again in a later Replay. Errors:
// ErrMalformed, which names the object, and the store's.
func (l *Ledger) Replay(ctx context.Context, since time.Time, fn func(Entry) error) error {
	from := ""
	if !since.IsZero() {
		from = firstKeyAt(since.Add(-Skew))
	}
	for info, err := range l.store.List(ctx, prefix) {
		if err != nil {
			return wrap(err)
		}
		id, err := idOf(info.Key)
		if err != nil {
			return err
		}
		if info.Key < from {
			continue
		}
		e, err := l.entry(ctx, info, id)
		if err != nil {
			return err
		}
		if err := fn(e); err != nil {
			return err
		}
	}
	return nil
}

// Mark is a place in the ledger.
type Mark struct {
	ID uuid.UUID
	At time.Time // in the ID, ms
}

// HighWater returns the place of the newest entry, or the zero Mark of an empty
// ledger. A database that has not seen it is older than the ledger. Errors:
// ErrMalformed, and the store's.
func (l *Ledger) HighWater(ctx context.Context) (Mark, error) {
	var mark Mark
	for info, err := range l.store.List(ctx, prefix) {
		if err != nil {
			return Mark{}, wrap(err)
		}
		id, err := idOf(info.Key)
		if err != nil {
			return Mark{}, err
		}
		mark = Mark{ID: id, At: timeOf(id)}
	}
	return mark, nil
}

func (l *Ledger) entry(ctx context.Context, info blob.Info, id uuid.UUID) (Entry, error) {
	if info.Size > maxSize {
		return Entry{}, fmt.Errorf("%w: %s: %d bytes", ErrMalformed, info.Key, info.Size)
	}
	text, err := l.read(ctx, info.Key)
	if err != nil {
		return Entry{}, err
	}
	e, err := decode(text)
	if err != nil {
		return Entry{}, fmt.Errorf("%w: %s: %w", ErrMalformed, info.Key, err)
	}
	if e.ID != id {
		return Entry{}, fmt.Errorf("%w: %s: it holds the entry %s", ErrMalformed, info.Key, e.ID)
	}
	return e, nil
}

func (l *Ledger) read(ctx context.Context, key string) ([]byte, error) {
	r, err := l.store.Get(ctx, key, 0, -1)
	if err != nil {
		return nil, wrap(err)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	return text, wrap(err)
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("ledger: %w", err)
}

func keyOf(id uuid.UUID) string {
	return prefix + timeOf(id).Format("2006-01") + "/" + id.String() + suffix
}

// idOf returns the ID in an entry's key.
func idOf(key string) (uuid.UUID, error) {
	name := key[strings.LastIndexByte(key, '/')+1:]
	id, err := uuid.Parse(strings.TrimSuffix(name, suffix))
	if err != nil || id.Version() != 7 || keyOf(id) != key {
		return uuid.Nil, fmt.Errorf("%w: %s", ErrMalformed, key)
	}
	return id, nil
}

// timeOf returns the time in a UUIDv7: its first 48 bits, in ms since 1970.
func timeOf(id uuid.UUID) time.Time {
	var ms int64
	for _, b := range id[:6] {
		ms = ms<<8 | int64(b)
	}
	return time.UnixMilli(ms).UTC()
}

// firstKeyAt returns a key that sorts before those of all entries from t on, and
// after those of all before.
func firstKeyAt(t time.Time) string {
	var id uuid.UUID
	for i, ms := 5, max(t.UnixMilli(), 0); i >= 0; i, ms = i-1, ms>>8 {
		id[i] = byte(ms)
	}
	return keyOf(id)
}
