package audit

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// DefaultKeep is how long entries are kept: a year, as long as the proof of
// consent.
const DefaultKeep = 366 * 24 * time.Hour

// Log is the audit log kept in one database.
type Log struct {
	db   *gorm.DB
	keep time.Duration
}

// New returns the log in db. Entries written from now on are kept for keep,
// DefaultKeep when it is not positive.
func New(db *gorm.DB, keep time.Duration) *Log {
	if keep <= 0 {
		keep = DefaultKeep
	}
	return &Log{db, keep}
}

// Append adds the entry to its chain, in tx or in a transaction of its own
// when tx is nil. It holds the chain until that transaction ends: in one that
// writes to several chains, write to Installation last. Error: ErrEntry.
func (l *Log) Append(ctx context.Context, tx *gorm.DB, entry Entry) error {
	if err := entry.validate(); err != nil {
		return err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	row := l.row(id, entry)
	write := func(tx *gorm.DB) error { return add(tx, row) }
	if tx != nil {
		err = write(tx.WithContext(ctx))
	} else {
		err = l.db.WithContext(ctx).Transaction(write)
	}
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

func (l *Log) row(id uuid.UUID, e Entry) entryRow {
	at := e.At
	if at.IsZero() {
		at = time.Now()
	}
	at = at.UTC().Truncate(time.Microsecond)
	return entryRow{
		ID: id, ChainID: cmp.Or(e.ChainID, Installation), At: at, PurgeAfter: at.Add(l.keep).Truncate(time.Microsecond),
		ActorKind: e.ActorKind, ActorID: e.ActorID, Action: e.Action, ObjectKind: e.ObjectKind, ObjectID: e.ObjectID,
		Purpose: e.Purpose, Rule: e.Rule, Result: e.Result, FromMs: e.FromMs, ToMs: e.ToMs,
	}
}

func add(tx *gorm.DB, row entryRow) error {
	// One statement makes or advances the head and locks it: whoever comes
	// next waits here and then sees the hash written below.
	var head chainRow
	err := tx.Raw(`INSERT INTO audit_chains (chain_id, seq, hash, purged_seq) VALUES (?, 1, ?, 0)
		ON CONFLICT (chain_id) DO UPDATE SET seq = audit_chains.seq + 1
		RETURNING chain_id, seq, hash, purged_seq`, row.ChainID, []byte{}).Scan(&head).Error
	if err != nil {
		return err
	}
	row.Seq, row.PrevHash = head.Seq, head.Hash
	if row.PrevHash == nil {
		row.PrevHash = []byte{}
	}
	row.Hash = row.digest()
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return tx.Model(&chainRow{}).Where("chain_id = ?", row.ChainID).Update("hash", row.Hash).Error
}

// ViewedSince tells which of the recordings someone began to watch after since.
func (l *Log) ViewedSince(ctx context.Context, recordingIDs []string, since time.Time) (map[string]bool, error) {
	var ids []string
	err := l.db.WithContext(ctx).Model(&entryRow{}).Distinct("object_id").
		Where("object_id IN ? AND at > ? AND action = ? AND result = ?", recordingIDs, since.UTC(), watch, Started).
		Pluck("object_id", &ids).Error
	if err != nil {
		return nil, fmt.Errorf("audit views: %w", err)
	}
	viewed := make(map[string]bool, len(ids))
	for _, id := range ids {
		viewed[id] = true
	}
	return viewed, nil
}

// watch is the action whose streams Views tells.
const watch = "recording:watch"

// Views returns who looked at the recording, in order: its streams as they
// started, were cut or ended. Refusals are not in it.
func (l *Log) Views(ctx context.Context, recordingID string) ([]Entry, error) {
	var rows []entryRow
	err := l.db.WithContext(ctx).
		Where("chain_id = ? AND object_id = ? AND action = ? AND result IN ?", recordingID, recordingID, watch, []string{Started, Cut, Ended}).
		Order("seq").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("audit views: %w", err)
	}
	entries := make([]Entry, len(rows))
	for i, row := range rows {
		entries[i] = row.entry()
	}
	return entries, nil
}
