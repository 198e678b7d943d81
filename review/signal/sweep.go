package signal

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Sweep deletes signals older than Term, and has their keys destroyed.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var ids []uuid.UUID
		err := tx.Model(&signalRow{}).Where("month < ?", oldest(s.Clock())).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := s.Keys.ForgetAll(ctx, tx, ids); err != nil {
			return err
		}
		return tx.Where("id IN ?", ids).Delete(&signalRow{}).Error
	})
}

// Mix takes away what a database tells of the transaction a signal came in, and
// of the order they came in: all are written again at once, by their ids, with
// their keys (invariant 1). Where none came since, it only looks.
func (s *Service) Mix(ctx context.Context) error {
	var came int64
	err := s.DB.WithContext(ctx).Model(&signalRow{}).Where("NOT mixed").Limit(1).Count(&came).Error
	if err != nil || came == 0 {
		return err
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		// The keys first: whoever locks both locks the keys' epoch before the signals.
		if err := s.Keys.MixSignals(ctx, tx); err != nil {
			return err
		}
		if err := lockAll(tx); err != nil {
			return err
		}
		var rows []signalRow
		if err := tx.Order("id").Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		if err := tx.Where("TRUE").Delete(&signalRow{}).Error; err != nil {
			return err
		}
		for i := range rows {
			rows[i].Mixed = true
		}
		return tx.CreateInBatches(rows, mixBatch).Error
	})
}

// mixBatch keeps an INSERT well under the parameters that a database takes.
const mixBatch = 100

// lockAll makes whoever would change a signal wait, so that nobody meets the
// moment in which there is none. SQLite has one writer at a time anyway.
func lockAll(tx *gorm.DB) error {
	if tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("LOCK TABLE signals IN EXCLUSIVE MODE").Error
}
