package media

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// EraseCuts deletes what is left of the cuts that were dropped, and looks whether
// it is gone, before their rows go. Who is still making one is waited for: they
// hear of it within a second. Errors: those of what could not be deleted; it is
// tried again.
func (m *Media) EraseCuts(ctx context.Context) error {
	var rows []cutRow
	err := m.DB.WithContext(ctx).Where("dropped_at IS NOT NULL AND (claimed_until IS NULL OR claimed_until <= ?)", m.now()).
		Order("dropped_at").Limit(sweepBatch).Find(&rows).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, row := range rows {
		if err := m.eraseCut(ctx, row); err != nil {
			errs = append(errs, fmt.Errorf("cut %s: %w", row.ID, err))
		}
	}
	return errors.Join(errs...)
}

func (m *Media) eraseCut(ctx context.Context, row cutRow) error {
	var pieces []segmentRow
	if err := m.DB.WithContext(ctx).Where("cut_id = ?", row.ID).Find(&pieces).Error; err != nil {
		return err
	}
	sizes := map[string]int64{}
	for _, piece := range pieces {
		sizes[piece.ObjectKey] = piece.SealedSize
	}
	if err := m.deleteObjects(ctx, sizes); err != nil {
		return err
	}
	if len(pieces) > 0 {
		left, err := m.Store.Remains(ctx, prefixOf(row.RecordingID))
		if err != nil {
			return storeUnavailable(err)
		}
		if slices.ContainsFunc(left, func(name string) bool {
			key, _, _ := strings.Cut(name, "?")
			_, ours := sizes[key]
			return ours
		}) {
			return errors.New("media: a piece of a dropped cut is left in the store")
		}
	}
	return m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Where("cut_id = ?", row.ID).Delete(&segmentRow{}).Error; err != nil {
			return err
		}
		return tx.Where("id = ? AND dropped_at IS NOT NULL", row.ID).Delete(&cutRow{}).Error
	})
}
