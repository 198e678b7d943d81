package signal_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media"
	"vakspiegel/media/keyring"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review/signal"
	"vakspiegel/review/words"
)

// keys are the real ones: what they leave in the database counts too.
type keys struct{ *media.Keys }

func (k keys) Texts(ctx context.Context, tx *gorm.DB, id uuid.UUID) (words.Texts, error) {
	sealer, err := k.Sealer(ctx, tx, id)
	if errors.Is(err, media.ErrKeyGone) {
		return nil, errors.Join(signal.ErrNotFound, err)
	}
	return sealer, err
}

func (k keys) TextsOfEach(ctx context.Context, tx *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]words.Texts, error) {
	sealers, err := k.Sealers(ctx, tx, ids)
	texts := map[uuid.UUID]words.Texts{}
	for id, sealer := range sealers {
		texts[id] = sealer
	}
	return texts, err
}

// room is the room on a database with people and keys. Its clock stands at now.
type room struct {
	*signal.Service
	db   *gorm.DB
	keys *media.Keys
	now  time.Time
	omar policies.Actor
}

func each(t *testing.T, test func(t *testing.T, r *room)) {
	t.Helper()
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		must(t, policies.SeedDemo(t.Context(), db))
		folder := filepath.Join(t.TempDir(), "keys") // nobody else enters it
		must(t, os.Mkdir(folder, 0o700))
		holder, err := keyring.OpenHolder("file:" + filepath.Join(folder, "map"))
		must(t, err)
		must(t, keyring.Init(t.Context(), []keyring.Holder{holder}))
		ring, err := keyring.Open(t.Context(), []keyring.Holder{holder})
		must(t, err)
		r := &room{db: db, keys: media.NewKeys(db, ring, nil), now: time.Date(2026, 11, 25, 23, 30, 0, 0, time.UTC)}
		must(t, r.keys.Start(t.Context()))
		omar, err := policies.NewPeople(db).ByLogin(t.Context(), "omar")
		must(t, err)
		r.omar = omar.Actor()
		r.Service = signal.New(signal.Config{DB: db, Keys: keys{r.keys}, Audit: audit.New(db, 0), Clock: func() time.Time { return r.now }})
		test(t, r)
	})
}

// leave leaves a signal in a transaction of its own, as the end of a session does.
func (r *room) leave(t *testing.T, text string) {
	t.Helper()
	must(t, r.db.Transaction(func(tx *gorm.DB) error { return r.Leave(t.Context(), tx, text) }))
}

func (r *room) list(t *testing.T) []signal.Signal {
	t.Helper()
	list, err := r.List(t.Context())
	must(t, err)
	return list
}

func (r *room) count(t *testing.T, table string) (n int64) {
	t.Helper()
	must(t, r.db.Table(table).Count(&n).Error)
	return n
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

func ptr[T any](value T) *T { return &value }
