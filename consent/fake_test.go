package consent_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/consent/receipt"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

var errDown = errors.New("the store is down")

// vault stands for media's keys: a key per conversation, gone when forgotten.
type vault struct {
	mu   sync.Mutex
	keys map[uuid.UUID][32]byte
	// receipt is the byte that the signing key is made of: another one is another key.
	receipt byte
}

func (v *vault) Create(_ context.Context, _ *gorm.DB, id uuid.UUID) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys[id] = sha256.Sum256(id[:])
	return nil
}

func (v *vault) Seal(_ context.Context, _ *gorm.DB, id uuid.UUID, kind, part string, plain []byte) ([]byte, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	key, ok := v.keys[id]
	if !ok {
		return nil, errors.New("no key")
	}
	stream := sha256.Sum256(append(key[:], kind+part...))
	sealed := make([]byte, len(plain))
	for i := range plain {
		sealed[i] = plain[i] ^ stream[i%len(stream)]
	}
	return sealed, nil
}

func (v *vault) Open(ctx context.Context, tx *gorm.DB, id uuid.UUID, kind, part string, sealed []byte) ([]byte, error) {
	return v.Seal(ctx, tx, id, kind, part, sealed)
}

func (v *vault) OpenEach(ctx context.Context, tx *gorm.DB, kind string, sealed map[uuid.UUID][]byte) (map[uuid.UUID][]byte, error) {
	opened := map[uuid.UUID][]byte{}
	for id, text := range sealed {
		var err error
		if opened[id], err = v.Open(ctx, tx, id, kind, id.String(), text); err != nil {
			return nil, err
		}
	}
	return opened, nil
}

func (v *vault) Forget(_ context.Context, _ *gorm.DB, id uuid.UUID) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.keys, id)
	return nil
}

func (v *vault) CodeKey(context.Context) ([]byte, error) { return []byte("code key"), nil }

func (v *vault) ReceiptSeed(context.Context) ([]byte, error) {
	return bytes.Repeat([]byte{v.receipt}, receipt.SeedSize), nil
}

// ledger keeps closings; it can be down.
type ledger struct {
	mu      sync.Mutex
	down    bool
	entries map[uuid.UUID]consent.Closing
}

func (l *ledger) Write(_ context.Context, closing consent.Closing) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		return errDown
	}
	l.entries[closing.ID] = closing
	return nil
}

func (l *ledger) setDown(down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = down
}

func (l *ledger) all() []consent.Closing {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []consent.Closing
	for _, closing := range l.entries {
		all = append(all, closing)
	}
	return all
}

// shelf says of every conversation whether it has a recording.
type shelf struct {
	full  bool
	ends  consent.Ends
	moved time.Time // where the last MoveEnd went
}

func (s *shelf) Present(_ context.Context, _ *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]bool, error) {
	present := map[uuid.UUID]bool{}
	for _, id := range ids {
		present[id] = s.full
	}
	return present, nil
}

func (s *shelf) Ends(context.Context, *gorm.DB, uuid.UUID) (consent.Ends, error) { return s.ends, nil }

func (s *shelf) MoveEnd(_ context.Context, _ *gorm.DB, _ uuid.UUID, until time.Time) error {
	s.moved, s.ends.Last = until, until
	return nil
}

// guard says of every colleague how they stand to the owner.
type guard struct{ evaluates, disabled bool }

func (g *guard) Stand(_ context.Context, _ *gorm.DB, _ uuid.UUID, owners []uuid.UUID) (map[uuid.UUID]consent.Stand, error) {
	stands := map[uuid.UUID]consent.Stand{}
	for _, owner := range owners {
		stands[owner] = consent.Stand{Evaluates: g.evaluates, Disabled: g.disabled}
	}
	return stands, nil
}

// leases counts the waits.
type leases struct {
	mu    sync.Mutex
	waits int
}

func (l *leases) AwaitExpiry(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waits++
	return nil
}

// room is a consent service on a fresh database with its fakes.
type room struct {
	*consent.Service
	db     *gorm.DB
	vault  *vault
	ledger *ledger
	leases *leases
	shelf  *shelf
	guard  *guard
	owner  uuid.UUID
	other  uuid.UUID
	clock  time.Time     // the database's
	skew   time.Duration // how far the process is ahead of it
}

func newRoom(t testing.TB, db *gorm.DB) *room {
	t.Helper()
	ctx := context.Background()
	if err := policies.SeedDemo(ctx, db); err != nil {
		t.Fatal(err)
	}
	people := policies.NewPeople(db)
	noor, err := people.ByLogin(ctx, "noor")
	if err != nil {
		t.Fatal(err)
	}
	daan, err := people.ByLogin(ctx, "daan")
	if err != nil {
		t.Fatal(err)
	}
	r := &room{
		db: db, vault: &vault{keys: map[uuid.UUID][32]byte{}}, ledger: &ledger{entries: map[uuid.UUID]consent.Closing{}},
		leases: &leases{}, shelf: &shelf{full: true}, guard: &guard{}, owner: noor.ID, other: daan.ID, clock: time.Date(2026, 11, 3, 9, 15, 0, 0, time.UTC),
	}
	r.Service = consent.New(consent.Config{
		DB: db, Vault: r.vault, Ledger: r.ledger, Leases: r.leases, Recordings: r.shelf, Colleagues: r.guard, Audit: audit.New(db, time.Hour), CoolingOff: 72 * time.Hour,
		Clock: func() time.Time { return r.clock.Add(r.skew) },
		Date:  func(context.Context, *gorm.DB) (time.Time, error) { return r.clock, nil },
	})
	return r
}

// ask opens a conversation with these roles.
func (r *room) ask(t testing.TB, roles ...consent.Role) consent.Conversation {
	t.Helper()
	return r.askAt(t, r.clock, roles...)
}

func (r *room) askAt(t testing.TB, heldAt time.Time, roles ...consent.Role) consent.Conversation {
	t.Helper()
	c, err := r.Open(context.Background(), consent.NewConversation{
		OwnerID: r.owner, HeldAt: heldAt, Label: "eerste gesprek, brief", Others: others(roles...),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var read = consent.Answer{Method: "own_device", TextVersion: "v1", TextHash: "abc", Language: "nl"}

func yes(scopes ...consent.Scope) consent.Answer {
	answer := read
	answer.Scopes = scopes
	return answer
}

// others are people of these roles, without more.
func others(roles ...consent.Role) []consent.NewParticipant {
	people := make([]consent.NewParticipant, len(roles))
	for i, role := range roles {
		people[i].Role = role
	}
	return people
}

// count is how many rows a table has.
func (r *room) count(t testing.TB, table string) int64 {
	t.Helper()
	var n int64
	if err := r.db.Table(table).Count(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// nothing is media's part of an erasure that has no rows.
func nothing(*gorm.DB) error { return nil }

// tokenOf is the link's token of the first participant.
func (r *room) tokenOf(t testing.TB, conversation uuid.UUID) string {
	t.Helper()
	c, err := r.Get(context.Background(), r.owner, conversation)
	must(t, err)
	return c.Participants[0].Token
}

// forgetEvents makes the database one from before everything after the first
// event of a record.
func (r *room) forgetEvents(t testing.TB, record uuid.UUID) {
	t.Helper()
	must(t, r.db.Transaction(func(tx *gorm.DB) error {
		off, on := "ALTER TABLE consent_events DISABLE TRIGGER USER", "ALTER TABLE consent_events ENABLE TRIGGER USER"
		if tx.Name() == "sqlite" {
			off = "DROP TRIGGER consent_events_no_delete"
			on = "CREATE TRIGGER consent_events_no_delete BEFORE DELETE ON consent_events WHEN OLD.purge_after > CURRENT_TIMESTAMP BEGIN SELECT RAISE(ABORT, 'refused'); END"
		}
		for _, statement := range []string{off, "DELETE FROM consent_events WHERE seq > 1 AND record_id = '" + record.String() + "'", on} {
			if err := tx.Exec(statement).Error; err != nil {
				return err
			}
		}
		return nil
	}))
}
