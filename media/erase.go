package media

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

const (
	// eraseBatch is how many erasures share one turn of the epoch.
	eraseBatch = 32
	// eraseHold is how long a claim keeps other replicas from the same work.
	eraseHold = 30 * time.Second
	// eraseRetry is how soon a failed attempt is repeated.
	eraseRetry = 5 * time.Second
	// eraseTime is the most that closing one recording takes: it goes on when the
	// owner's browser goes away.
	eraseTime = 20 * time.Second
	// deleters is how many objects are deleted at a time.
	deleters = 8
)

// Erase is the owner's "Klaar met leren": closed in the database and in the
// ledger, and stopped everywhere, when it returns nil; key and bytes follow. The
// only recording takes the conversation along, exactly like a withdrawal; an
// upload that never got ready goes alone, so that another can follow. A
// confirmation that has to wait (the store is down) is no error: it is closed.
// Errors: ErrNotFound.
func (m *Media) Erase(ctx context.Context, actor policies.Actor, id uuid.UUID) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), eraseTime)
	defer cancel()
	seen, err := m.see(ctx, m.DB, actor, id)
	if err != nil {
		return err
	}
	decision := m.Policy.Decide(seen.actor, policies.RecordingErase, seen.facts, policies.NoPurpose)
	if !decision.Allowed || seen.gone() {
		return m.refused(ctx, seen, policies.RecordingErase, policies.NoPurpose, decision)
	}
	end := m.endOne
	if seen.recording.State == Ready {
		end = m.endWith(m.Consent.Done)
	}
	erasure, err := m.closing(ctx, id, stillOpen, end, func(recordingRow) audit.Entry {
		return entryOf(seen, policies.RecordingErase, policies.NoPurpose, decision.Rule, audit.Done)
	})
	if err != nil {
		return err
	}
	defer m.Nudge()
	if seen.recording.State != Ready {
		return nil // nobody could look: the eraser confirms it
	}
	if err := m.Consent.Confirm(ctx, erasure.ID); err != nil {
		m.log.WarnContext(ctx, "an erasure is closed but not confirmed yet", "erasure", erasure.ID, "error", err)
	}
	return nil
}

// stillOpen is the condition of a closing that has no other.
const stillOpen = "closed_at IS NULL"

// closeRecording closes a recording on the program's own account, if the
// condition on its row still holds. Errors: ErrNotFound.
func (m *Media) closeRecording(ctx context.Context, id uuid.UUID, rule, condition string, end ending) (consent.Erasure, error) {
	return m.closing(ctx, id, condition, end, func(row recordingRow) audit.Entry {
		seen := sight{recording: row, actor: policies.Actor{Kind: policies.ActorSystem}}
		return entryOf(seen, policies.RecordingErase, policies.NoPurpose, rule, audit.Done)
	})
}

// closing is the transaction: what is owed, the compare-and-set, the entry. The
// conversation is locked first, as everywhere.
func (m *Media) closing(ctx context.Context, id uuid.UUID, condition string, end ending, entry func(recordingRow) audit.Entry) (erasure consent.Erasure, err error) {
	err = m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var row recordingRow
		err := tx.Where("id = ? AND closed_at IS NULL", id).Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		if erasure, err = end(ctx, tx, row); err != nil {
			return err
		}
		closed := tx.Model(&recordingRow{}).Where("id = ? AND closed_at IS NULL", id).Where(condition).
			Updates(changed("closed_at", m.now()))
		if err := exactlyOne(closed, ErrNotFound); err != nil {
			return err
		}
		return m.Audit.Append(ctx, tx, entry(row))
	})
	return erasure, err
}

// EraseOwed does what the erasures table says is owed: the keys of all claimed
// erasures are forgotten and destroyed by one turn of the epoch, then each one's
// bytes are deleted, looked for, and only then it is called erased. It goes on
// where a killed one ended. Errors: those of what could not be done; it is
// tried again.
func (m *Media) EraseOwed(ctx context.Context) error {
	owed, err := m.Consent.Owed(ctx, eraseBatch, eraseHold)
	if err != nil {
		return err
	}
	if len(owed) == 0 {
		// A no forgets keys without an erasure.
		return errors.Join(m.Keys.Settle(ctx), m.compact(ctx))
	}
	m.compacted.Store(false)
	confirmed := m.confirm(ctx, owed)
	recordings, err := m.destroyKeys(ctx, owed)
	stopped := confirmed()
	if err != nil {
		for _, erasure := range owed {
			err = errors.Join(err, m.Consent.Release(ctx, erasure.ID, eraseRetry))
		}
		return err
	}
	var errs []error
	for _, erasure := range owed {
		err := stopped[erasure.ID]
		if err == nil {
			err = m.eraseBytes(ctx, erasure, recordings[erasure.ID])
		}
		if err != nil {
			err = fmt.Errorf("erasure %s, attempt %d: %w", erasure.ID, erasure.Attempts, err)
			errs = append(errs, err, m.Consent.Release(ctx, erasure.ID, eraseRetry))
		}
	}
	return errors.Join(append(errs, m.compact(ctx))...)
}

// compact empties what the database keeps of deleted rows; readers may be in
// the way, and then the next round tries again.
func (m *Media) compact(ctx context.Context) error {
	if m.compacted.Load() {
		return nil
	}
	if err := m.Compact(ctx); err != nil {
		return err
	}
	m.compacted.Store(true)
	return nil
}

// confirm completes the closings that are not confirmed yet, while the keys are
// destroyed: closing more never has to wait. The result says what failed.
func (m *Media) confirm(ctx context.Context, owed []consent.Erasure) func() map[uuid.UUID]error {
	failed := make(map[uuid.UUID]error)
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, erasure := range owed {
		if erasure.StoppedAt != nil {
			continue
		}
		group.Go(func() {
			err := m.Consent.Confirm(ctx, erasure.ID)
			mu.Lock()
			defer mu.Unlock()
			failed[erasure.ID] = err
		})
	}
	return func() map[uuid.UUID]error {
		group.Wait()
		return failed
	}
}

// destroyKeys forgets the data keys of all erasures, turns the epoch once, and
// marks it. It returns the recordings of each erasure.
func (m *Media) destroyKeys(ctx context.Context, owed []consent.Erasure) (map[uuid.UUID][]uuid.UUID, error) {
	recordings := make(map[uuid.UUID][]uuid.UUID, len(owed))
	var subjects, undone []uuid.UUID
	for _, erasure := range owed {
		ids, err := m.recordingsOf(ctx, erasure)
		if err != nil {
			return nil, err
		}
		recordings[erasure.ID] = ids
		subjects = append(subjects, ids...)
		if erasure.RecordingID == nil {
			subjects = append(subjects, erasure.ConversationID)
		}
		if erasure.KeyDestroyedAt == nil {
			undone = append(undone, erasure.ID)
		}
	}
	err := m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return m.Keys.ForgetAll(ctx, tx, subjects) })
	if err != nil {
		return nil, err
	}
	if err := m.Keys.Settle(ctx); err != nil {
		return nil, err
	}
	if len(undone) == 0 {
		return recordings, nil
	}
	return recordings, m.Consent.KeyDestroyed(ctx, undone)
}

func (m *Media) recordingsOf(ctx context.Context, erasure consent.Erasure) ([]uuid.UUID, error) {
	if erasure.RecordingID != nil {
		return []uuid.UUID{*erasure.RecordingID}, nil
	}
	var ids []uuid.UUID
	err := m.DB.WithContext(ctx).Model(&recordingRow{}).Where("conversation_id = ?", erasure.ConversationID).Pluck("id", &ids).Error
	return ids, err
}

// eraseBytes deletes all objects of the recordings, verifies it, and ends the
// erasure together with their rows.
func (m *Media) eraseBytes(ctx context.Context, erasure consent.Erasure, recordings []uuid.UUID) error {
	objects, bytes := int64(0), int64(0)
	for _, id := range recordings {
		n, size, err := m.eraseObjects(ctx, id)
		if err != nil {
			return err
		}
		objects, bytes = objects+n, bytes+size
	}
	return m.Consent.Finish(ctx, erasure.ID, objects, bytes, func(tx *gorm.DB) error {
		return m.deleteRows(ctx, tx, recordings)
	})
}

// deleteRows takes everything of recordings out of the database. Segments,
// uploads and other rooms' notes go along (ON DELETE CASCADE).
func (m *Media) deleteRows(ctx context.Context, tx *gorm.DB, recordings []uuid.UUID) error {
	if len(recordings) == 0 {
		return nil
	}
	if err := m.Keys.ForgetAll(ctx, tx, recordings); err != nil {
		return err
	}
	if err := tx.Where("upload_id IN ?", recordings).Delete(&lockRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id IN ?", recordings).Delete(&recordingRow{}).Error
}

// eraseObjects deletes what was registered of a recording and what else lies
// under its prefix, and looks whether anything is left. The upload's lock keeps
// a request that is under way from adding to it. It returns how many objects
// there were, and their bytes; an attempt that was broken off counts the same.
func (m *Media) eraseObjects(ctx context.Context, id uuid.UUID) (objects, bytes int64, err error) {
	lock := &uploadLock{db: m.DB, upload: id, holder: "eraser " + rand.Text(), stubborn: true}
	waiting, cancel := context.WithTimeout(ctx, 2*lockTerm)
	defer cancel()
	ctx, lost := context.WithCancel(ctx)
	defer lost()
	if err := lock.Lock(waiting, lost); err != nil {
		return 0, 0, fmt.Errorf("%w: %w", ErrLocked, err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	var registered []segmentRow
	if err := m.DB.WithContext(ctx).Where("recording_id = ?", id).Find(&registered).Error; err != nil {
		return 0, 0, err
	}
	sizes := map[string]int64{}
	for info, err := range m.Store.List(ctx, prefixOf(id)) {
		if err != nil {
			return 0, 0, storeUnavailable(err)
		}
		sizes[info.Key] = info.Size
	}
	for _, segment := range registered {
		if _, listed := sizes[segment.ObjectKey]; listed || segment.State == segmentStored {
			sizes[segment.ObjectKey] = segment.SealedSize
		} else {
			sizes[segment.ObjectKey] = -1 // was on its way: nothing may have come
		}
	}
	if err := m.deleteObjects(ctx, sizes); err != nil {
		return 0, 0, err
	}
	left, err := m.Store.Remains(ctx, prefixOf(id))
	if err != nil {
		return 0, 0, storeUnavailable(err)
	}
	if len(left) > 0 {
		return 0, 0, fmt.Errorf("media: %d things of an erased recording are left in the store, the first is %s", len(left), strings.TrimPrefix(left[0], objectPrefix))
	}
	for _, size := range sizes {
		if size >= 0 {
			objects, bytes = objects+1, bytes+size
		}
	}
	return objects, bytes, nil
}

func (m *Media) deleteObjects(ctx context.Context, sizes map[string]int64) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(deleters)
	for key := range sizes {
		group.Go(func() error { return storeUnavailable(m.Store.Delete(ctx, key)) })
	}
	return group.Wait()
}
