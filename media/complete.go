package media

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
)

// complete makes a whole upload ready: sizes verified against the store, the
// duration read, and everyone's yes required again under the lock that closings
// take too. It may run twice at once, and again after a kill at any point: what
// it does not finish the sweeper takes up. An upload that is not whole yet is
// left alone. Errors: ErrNotFound (closed meanwhile), ErrConsentMissing (then
// it is erased), ErrUnavailable.
func (m *Media) complete(ctx context.Context, id uuid.UUID) error {
	row, upload, err := m.upload(ctx, id)
	switch {
	case err != nil:
		return err
	case row.ClosedAt != nil:
		return ErrNotFound
	case upload.Received < upload.Length, row.State == Ready, row.State == Failed:
		return nil
	}
	if row.State == Uploading {
		begun := m.DB.WithContext(ctx).Model(&recordingRow{}).
			Where("id = ? AND state = ? AND closed_at IS NULL", id, Uploading).Updates(changed("state", Processing))
		if begun.Error != nil {
			return begun.Error
		}
	}
	duration, err := m.inspect(ctx, row)
	if errors.Is(err, ErrDamaged) {
		return errors.Join(err, m.fail(ctx, row, failureSize))
	}
	if errors.Is(err, ErrKeyGone) {
		return ErrNotFound
	}
	if err != nil {
		return err
	}
	err = m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return m.publish(ctx, tx, row, duration) })
	if errors.Is(err, ErrConsentMissing) {
		_, closing := m.closeRecording(ctx, id, "consent:missing", stillOpen, m.endOne)
		m.Nudge()
		if errors.Is(closing, ErrNotFound) {
			closing = nil
		}
		return errors.Join(err, closing)
	}
	return err
}

// changed is an update that a listening screen is told of.
func changed(column string, value any) map[string]any {
	return map[string]any{column: value, "version": gorm.Expr("version + 1")}
}

// publish is the compare-and-set to ready.
func (m *Media) publish(ctx context.Context, tx *gorm.DB, row recordingRow, duration *int64) error {
	_, err := m.Consent.Require(ctx, tx, row.ConversationID, row.StartedAt)
	switch {
	case errors.Is(err, consent.ErrNotFound), errors.Is(err, consent.ErrClosed), errors.Is(err, consent.ErrWaiting):
		return ErrNotFound // the conversation's own erasure takes it along, or it goes on later
	case errors.Is(err, consent.ErrMissing):
		return ErrConsentMissing
	case err != nil:
		return err
	}
	values := changed("state", Ready)
	values["ready_at"], values["duration_ms"] = m.now(), duration
	done := tx.Model(&recordingRow{}).
		Where("id = ? AND state = ? AND closed_at IS NULL AND content_type <> ''", row.ID, Processing).Updates(values)
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected == 0 {
		var now recordingRow
		if err := tx.Where("id = ?", row.ID).Take(&now).Error; err != nil || now.State != Ready || now.ClosedAt != nil {
			return ErrNotFound
		}
		return nil // another process was first
	}
	if err := m.noteOriginal(tx, row); err != nil {
		return err
	}
	return m.Consent.Raise(ctx, tx, row.ConversationID)
}

// inspect verifies that the store holds every segment in its size, and reads
// the duration. Errors: ErrDamaged, ErrKeyGone, ErrUnavailable.
func (m *Media) inspect(ctx context.Context, row recordingRow) (*int64, error) {
	key, err := m.Keys.key(ctx, m.DB, row.ID)
	if err != nil {
		return nil, err
	}
	defer key.Wipe()
	film, err := m.film(ctx, row, key)
	if err != nil {
		return nil, err
	}
	if film.size != row.SizeBytes || row.ContentType == "" {
		return nil, ErrDamaged
	}
	sizes := map[string]int64{}
	for info, err := range m.Store.List(ctx, prefixOf(row.ID)) {
		if err != nil {
			return nil, storeUnavailable(err)
		}
		sizes[info.Key] = info.Size
	}
	for _, segment := range film.segments {
		if sizes[segment.ObjectKey] != segment.SealedSize {
			return nil, ErrDamaged
		}
	}
	return durationMs(film, film.size, row.ContentType)
}

// fail marks a recording that will never be ready. It stays visible to its
// owner, who may erase it, until its term is over.
func (m *Media) fail(ctx context.Context, row recordingRow, failure string) error {
	return m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		values := changed("state", Failed)
		values["failure"] = failure
		err := tx.Model(&recordingRow{}).Where("id = ? AND state IN ?", row.ID, []State{Uploading, Processing}).Updates(values).Error
		if err != nil {
			return err
		}
		return m.Consent.Raise(ctx, tx, row.ConversationID)
	})
}
