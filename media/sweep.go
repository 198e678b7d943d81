package media

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

const (
	// lostAfter is how old an object or its registration must be before the
	// sweeper counts it as left behind: many times what any write may take.
	lostAfter = time.Hour
	// sweepBatch is how many rows one sweep takes of each kind.
	sweepBatch = 100
	// orphanBatch is how many objects are looked up in the database at a time.
	orphanBatch = 500
)

// Sweep closes what is over (retention by the database's clock, uploads that
// were abandoned), completes whole uploads whose completion was broken off, and
// deletes what failed writes left. It only ever closes and deletes; what it
// makes ready arrived whole and passes the same gate. Errors: those of what
// could not be done; the next sweep tries again.
func (m *Media) Sweep(ctx context.Context) error {
	return errors.Join(
		m.closeAll(ctx, "retention:over", "expires_at <= CURRENT_TIMESTAMP", m.endWith(m.Consent.Expire)),
		m.closeAll(ctx, "upload:abandoned", abandonedUpload, m.endOne),
		m.completeAll(ctx),
		m.dropPending(ctx),
		m.dropLocks(ctx),
		m.dropOriginals(ctx),
	)
}

const abandonedUpload = `state = 'uploading' AND EXISTS (SELECT 1 FROM uploads u
	WHERE u.recording_id = recordings.id AND u.received < u.length AND u.expires_at <= CURRENT_TIMESTAMP)`

// closeAll closes the recordings that a condition holds for.
func (m *Media) closeAll(ctx context.Context, rule, condition string, end ending) error {
	var ids []uuid.UUID
	err := m.DB.WithContext(ctx).Model(&recordingRow{}).Where("closed_at IS NULL").Where(condition).
		Limit(sweepBatch).Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range ids {
		if _, err := m.closeRecording(ctx, id, rule, condition, end); err != nil && !errors.Is(err, ErrNotFound) {
			errs = append(errs, err)
		}
	}
	if len(ids) > 0 {
		m.Nudge()
	}
	return errors.Join(errs...)
}

// completeAll takes up completions that did not come to an end.
func (m *Media) completeAll(ctx context.Context) error {
	var ids []uuid.UUID
	err := m.DB.WithContext(ctx).Model(&recordingRow{}).
		Where(`closed_at IS NULL AND (state = 'processing' OR state = 'uploading' AND EXISTS (SELECT 1 FROM uploads u
			WHERE u.recording_id = recordings.id AND u.received = u.length))`).
		Order("created_at").Limit(sweepBatch).Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, id := range ids {
		err := m.complete(ctx, id)
		if err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrConsentMissing) && !errors.Is(err, ErrDamaged) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// dropPending deletes the objects of writes that never came to count.
func (m *Media) dropPending(ctx context.Context) error {
	var rows []segmentRow
	err := m.DB.WithContext(ctx).Where("state = ? AND created_at < ?", segmentPending, m.now().Add(-lostAfter)).
		Limit(sweepBatch).Find(&rows).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, row := range rows {
		// The row goes first: had the object gone first, a write that is counted
		// meanwhile, against all odds, would lack it. A kill between the two
		// leaves an orphan.
		err := m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
			gone := tx.Where("object_key = ? AND state = ?", row.ObjectKey, segmentPending).Delete(&segmentRow{})
			return exactlyOne(gone, errCounted)
		})
		if err == nil {
			err = storeUnavailable(m.Store.Delete(ctx, row.ObjectKey))
		}
		if err != nil && !errors.Is(err, errCounted) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// errCounted: a write that seemed lost came to count.
var errCounted = errors.New("media: the segment counts")

func (m *Media) dropLocks(ctx context.Context) error {
	lock := uploadLock{db: m.DB}
	return m.DB.WithContext(ctx).Where("expires_at <= " + lock.now()).Delete(&lockRow{}).Error
}

// SweepOrphans deletes the objects that no row knows: what a process that was
// frozen wrote after an erasure, or a database put back from before them.
// Objects older than this database itself are another database's: a wrong
// setting must not empty a store. Errors: the store's and the database's.
func (m *Media) SweepOrphans(ctx context.Context) error {
	born, err := m.Keys.born(ctx)
	if err != nil {
		return err
	}
	var batch []string
	strange := 0
	for info, err := range m.Store.List(ctx, objectPrefix) {
		if err != nil {
			return storeUnavailable(err)
		}
		at, ok := writtenAt(info.Key)
		switch {
		case !ok || at.Before(born):
			strange++ // not ours to judge
		case at.Before(m.now().Add(-lostAfter)):
			batch = append(batch, info.Key)
		}
		if len(batch) == orphanBatch {
			if err := m.dropUnknown(ctx, batch); err != nil {
				return err
			}
			batch = nil
		}
	}
	if strange > 0 {
		m.log.WarnContext(ctx, "the store holds objects among the recordings that this program did not write", "count", strange)
	}
	return m.dropUnknown(ctx, batch)
}

// writtenAt tells when the object of a key began to be written.
func writtenAt(key string) (time.Time, bool) {
	_, name, _ := strings.Cut(strings.TrimPrefix(key, objectPrefix), "/")
	id, err := uuid.Parse(name)
	if err != nil || id.Version() != 7 {
		return time.Time{}, false
	}
	seconds, nanoseconds := id.Time().UnixTime()
	return time.Unix(seconds, nanoseconds), true
}

func (m *Media) dropUnknown(ctx context.Context, objects []string) error {
	if len(objects) == 0 {
		return nil
	}
	var known []string
	err := m.DB.WithContext(ctx).Model(&segmentRow{}).Where("object_key IN ?", objects).Pluck("object_key", &known).Error
	if err != nil {
		return err
	}
	registered := make(map[string]bool, len(known))
	for _, key := range known {
		registered[key] = true
	}
	for _, key := range objects {
		if registered[key] {
			continue
		}
		if err := m.Store.Delete(ctx, key); err != nil {
			return storeUnavailable(err)
		}
	}
	return nil
}
