package media

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/media/envelope"
	"vakspiegel/media/keyring"
)

// Keys keeps the data keys of recordings, conversations, next steps, sessions and
// signals: wrapped in the database, under an epoch key that only the key holders
// have. It is consent.Vault.
type Keys struct {
	db   *gorm.DB
	ring *keyring.Ring
	log  *slog.Logger
	// turning keeps this process from turning the epoch twice at once; other
	// processes meet in the database.
	turning sync.Mutex
}

// NewKeys returns the keys in db, wrapped by ring. Start follows before use.
func NewKeys(db *gorm.DB, ring *keyring.Ring, log *slog.Logger) *Keys {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Keys{db: db, ring: ring, log: log}
}

const (
	kindConversation = "conversation"
	kindRecording    = "recording"
	kindNextStep     = "next_step"
	kindSession      = "session"
	kindSignal       = "signal"
	codeSecret       = "code"
	receiptSecret    = "receipt"

	// turns is how often a key operation meets a turn of the epoch before it
	// gives up: a turn takes milliseconds and comes at most once a second.
	turns = 5
)

// Create makes and wraps the data key of a conversation inside tx.
func (k *Keys) Create(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error {
	return k.create(ctx, tx, conversationID, kindConversation, utcNow(time.Now))
}

// CreateForRecording makes and wraps the data key of a recording inside tx.
func (k *Keys) CreateForRecording(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) error {
	return k.create(ctx, tx, recordingID, kindRecording, utcNow(time.Now))
}

// CreateForNextStep makes and wraps the data key of a next step inside tx. It
// says that it is of 1970: the time could tell from which conversation the next
// step came, also when that is long erased.
func (k *Keys) CreateForNextStep(ctx context.Context, tx *gorm.DB, nextStepID uuid.UUID) error {
	return k.create(ctx, tx, nextStepID, kindNextStep, time.Unix(0, 0).UTC())
}

// CreateForSession makes and wraps the data key of a session inside tx.
func (k *Keys) CreateForSession(ctx context.Context, tx *gorm.DB, sessionID uuid.UUID) error {
	return k.create(ctx, tx, sessionID, kindSession, utcNow(time.Now))
}

// CreateForSignal makes and wraps the data key of a signal inside tx. Like that
// of a next step it says that it is of 1970.
func (k *Keys) CreateForSignal(ctx context.Context, tx *gorm.DB, signalID uuid.UUID) error {
	return k.create(ctx, tx, signalID, kindSignal, time.Unix(0, 0).UTC())
}

// MixSignals writes the keys of all signals again inside tx, in the order of
// their ids, so that the database does not tell in which transaction one came.
func (k *Keys) MixSignals(ctx context.Context, tx *gorm.DB) error {
	tx = tx.WithContext(ctx)
	if _, err := lockEpoch(tx, clause.LockingStrengthShare); err != nil {
		return err
	}
	var rows []dataKeyRow
	if err := tx.Where("subject_kind = ?", kindSignal).Order("subject_id").Find(&rows).Error; err != nil || len(rows) == 0 {
		return err
	}
	if err := tx.Where("subject_kind = ?", kindSignal).Delete(&dataKeyRow{}).Error; err != nil {
		return err
	}
	return tx.CreateInBatches(rows, 100).Error
}

func (k *Keys) create(ctx context.Context, tx *gorm.DB, id uuid.UUID, kind string, at time.Time) error {
	tx = tx.WithContext(ctx)
	current, err := lockEpoch(tx, clause.LockingStrengthShare)
	if err != nil {
		return err
	}
	key, err := envelope.NewKey()
	if err != nil {
		return err
	}
	defer key.Wipe()
	wrapped, err := k.ring.Wrap(ctx, current.Epoch, id.String(), key)
	if err != nil {
		return keysUnavailable(err)
	}
	return tx.Create(&dataKeyRow{
		SubjectID: id, SubjectKind: kind, Epoch: current.Epoch, Wrapped: wrapped, CreatedAt: at,
	}).Error
}

// lockEpoch returns the current epoch, locked in tx: shared by those who wrap
// under it, alone for those who forget keys or turn it. So no wrap is made
// under an epoch while it is being retired.
func lockEpoch(tx *gorm.DB, strength string) (epochRow, error) {
	for range turns {
		var rows []epochRow
		err := tx.Clauses(clause.Locking{Strength: strength}).Where("retired_at IS NULL").Limit(1).Find(&rows).Error
		if err != nil {
			return epochRow{}, err
		}
		// None: we waited for a turn and saw the row it retired. The next
		// statement sees the one it made (READ COMMITTED).
		if len(rows) == 1 {
			return rows[0], nil
		}
	}
	return epochRow{}, errors.New("media: there is no current key epoch; were the keys started?")
}

// Forget deletes a subject's wrapped key inside tx; the epoch turns soon after
// and destroys it for good. A key that is gone already is no error.
func (k *Keys) Forget(ctx context.Context, tx *gorm.DB, id uuid.UUID) error {
	return k.ForgetAll(ctx, tx, []uuid.UUID{id})
}

// ForgetAll is Forget for several subjects.
func (k *Keys) ForgetAll(ctx context.Context, tx *gorm.DB, ids []uuid.UUID) error {
	tx = tx.WithContext(ctx)
	if _, err := lockEpoch(tx, clause.LockingStrengthUpdate); err != nil {
		return err
	}
	gone := tx.Where("subject_id IN ?", ids).Delete(&dataKeyRow{})
	if gone.Error != nil || gone.RowsAffected == 0 {
		return gone.Error
	}
	return tx.Model(&epochRow{}).Where("retired_at IS NULL AND forgotten_at IS NULL").
		Update("forgotten_at", utcNow(time.Now)).Error
}

// key unwraps a subject's data key. The caller wipes it. Errors: ErrKeyGone,
// ErrUnavailable.
func (k *Keys) key(ctx context.Context, db *gorm.DB, id uuid.UUID) (envelope.Key, error) {
	keys, err := k.keys(ctx, db, []uuid.UUID{id})
	return keys[id], err
}

// keys unwraps the data keys of several subjects, with one query and one reading
// of the holders: all of them or none. The caller wipes them. Errors: those of key.
func (k *Keys) keys(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]envelope.Key, error) {
	keys, err := k.found(ctx, db, ids)
	if err == nil && len(keys) < len(ids) {
		clear(keys)
		return nil, ErrKeyGone
	}
	return keys, err
}

// found is keys of those that are there.
func (k *Keys) found(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]envelope.Key, error) {
	var err error
	for range turns {
		var rows []dataKeyRow
		if err := db.WithContext(ctx).Where("subject_id IN ?", ids).Find(&rows).Error; err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			return nil, nil
		}
		wraps := make([]keyring.Wrapped, len(rows))
		for i, row := range rows {
			wraps[i] = keyring.Wrapped{Subject: row.SubjectID.String(), Epoch: row.Epoch, Wrap: row.Wrapped}
		}
		var unwrapped [][32]byte
		unwrapped, err = k.ring.UnwrapAll(ctx, wraps)
		if err == nil {
			keys := make(map[uuid.UUID]envelope.Key, len(rows))
			for i, row := range rows {
				keys[row.SubjectID] = unwrapped[i]
			}
			clear(unwrapped)
			return keys, nil
		}
		// Gone: a turn may have come between the rows and the holder.
		if !errors.Is(err, keyring.ErrEpochGone) {
			return nil, keysUnavailable(err)
		}
	}
	return nil, fmt.Errorf("%w: %w", ErrKeyGone, err)
}

func keysUnavailable(err error) error {
	if errors.Is(err, keyring.ErrUnreachable) || errors.Is(err, keyring.ErrConflict) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}

// Sealer seals and opens the texts of one recording, conversation or next step.
// It holds the key: the caller closes it after one operation.
type Sealer struct {
	subject string
	key     envelope.Key
}

// Sealer unwraps the key of a recording, conversation or next step. Errors:
// ErrKeyGone, ErrUnavailable.
func (k *Keys) Sealer(ctx context.Context, db *gorm.DB, subject uuid.UUID) (*Sealer, error) {
	key, err := k.key(ctx, db, subject)
	if err != nil {
		return nil, err
	}
	return &Sealer{subject: subject.String(), key: key}, nil
}

// Sealers is Sealer for several subjects, with one query and one reading of the
// holders. One whose key is gone is not in the answer. Errors: ErrUnavailable.
func (k *Keys) Sealers(ctx context.Context, db *gorm.DB, subjects []uuid.UUID) (map[uuid.UUID]*Sealer, error) {
	if len(subjects) == 0 {
		return nil, nil
	}
	keys, err := k.found(ctx, db, subjects)
	if errors.Is(err, ErrKeyGone) {
		return k.sealersOneByOne(ctx, db, subjects)
	}
	sealers := make(map[uuid.UUID]*Sealer, len(keys))
	for id, key := range keys {
		sealers[id] = &Sealer{subject: id.String(), key: key}
	}
	clear(keys)
	return sealers, err
}

// sealersOneByOne is for when one of them is of an epoch that was destroyed, as in
// an old copy of the database: it does not take the others along.
func (k *Keys) sealersOneByOne(ctx context.Context, db *gorm.DB, subjects []uuid.UUID) (map[uuid.UUID]*Sealer, error) {
	sealers := make(map[uuid.UUID]*Sealer, len(subjects))
	for _, subject := range subjects {
		sealer, err := k.Sealer(ctx, db, subject)
		if errors.Is(err, ErrKeyGone) {
			continue
		}
		if err != nil {
			for _, opened := range sealers {
				opened.Close()
			}
			return nil, err
		}
		sealers[subject] = sealer
	}
	return sealers, nil
}

// Seal binds the text to its kind and id.
func (s *Sealer) Seal(kind, id string, plain []byte) ([]byte, error) {
	return envelope.SealText(s.key, s.name(kind, id), plain)
}

// Open errors: envelope.ErrDamaged.
func (s *Sealer) Open(kind, id string, sealed []byte) ([]byte, error) {
	return envelope.OpenText(s.key, s.name(kind, id), sealed)
}

// Derive is a key for outside, bound to its kind and id. It opens nothing that
// was sealed here. The caller wipes it.
func (s *Sealer) Derive(kind, id string) ([]byte, error) {
	return envelope.Derive(s.key, s.name(kind, id))
}

// Close overwrites the key.
func (s *Sealer) Close() { s.key.Wipe() }

func (s *Sealer) name(kind, id string) envelope.Name {
	return envelope.Name{Subject: s.subject, Kind: kind, ID: id}
}

// Seal seals one text under the key of a recording or conversation.
func (k *Keys) Seal(ctx context.Context, tx *gorm.DB, subject uuid.UUID, kind, id string, plain []byte) ([]byte, error) {
	sealer, err := k.Sealer(ctx, tx, subject)
	if err != nil {
		return nil, err
	}
	defer sealer.Close()
	return sealer.Seal(kind, id, plain)
}

// Open opens one text. Errors: ErrKeyGone, ErrUnavailable, envelope.ErrDamaged.
func (k *Keys) Open(ctx context.Context, tx *gorm.DB, subject uuid.UUID, kind, id string, sealed []byte) ([]byte, error) {
	sealer, err := k.Sealer(ctx, tx, subject)
	if err != nil {
		return nil, err
	}
	defer sealer.Close()
	return sealer.Open(kind, id, sealed)
}

// OpenEach opens one text of each subject, sealed under this kind with the
// subject's own id as its place. Errors: those of Open; then none is opened.
func (k *Keys) OpenEach(ctx context.Context, tx *gorm.DB, kind string, sealed map[uuid.UUID][]byte) (map[uuid.UUID][]byte, error) {
	if len(sealed) == 0 {
		return nil, nil
	}
	keys, err := k.keys(ctx, tx, slices.Collect(maps.Keys(sealed)))
	if err != nil {
		return nil, err
	}
	defer clear(keys)
	opened := make(map[uuid.UUID][]byte, len(sealed))
	for id, key := range keys {
		name := envelope.Name{Subject: id.String(), Kind: kind, ID: id.String()}
		if opened[id], err = envelope.OpenText(key, name, sealed[id]); err != nil {
			return nil, err
		}
	}
	return opened, nil
}

// CodeKey is the lasting key for the HMAC of short codes, kept by the holders.
func (k *Keys) CodeKey(ctx context.Context) ([]byte, error) {
	secret, err := k.ring.Secret(ctx, codeSecret)
	if err != nil {
		return nil, keysUnavailable(err)
	}
	return secret, nil
}

// ReceiptSeed is the lasting secret that consent receipts are signed with. It is
// made in every holder when it is first asked for, so all replicas have the same
// one and no copy of the database has it.
func (k *Keys) ReceiptSeed(ctx context.Context) ([]byte, error) {
	secret, err := k.ring.Secret(ctx, receiptSecret)
	if err != nil {
		return nil, keysUnavailable(err)
	}
	return secret, nil
}

// Holders is how many key holders there are.
func (k *Keys) Holders() int { return k.ring.Holders() }

// Answering asks each key holder for its map, in the order of the setting.
func (k *Keys) Answering(ctx context.Context) []bool { return k.ring.Answering(ctx) }

// utcNow is a clock's time as both databases keep it: UTC, whole microseconds.
func utcNow(clock func() time.Time) time.Time { return clock().UTC().Truncate(time.Microsecond) }
