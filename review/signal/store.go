package signal

import (
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// Leave keeps a signal inside the transaction that ends a session. Nothing of
// the session comes with it. An empty line is none. Errors: *Invalid.
func (s *Service) Leave(ctx context.Context, tx *gorm.DB, text string) error {
	left := Signal{ID: words.TimelessID(), Month: monthOf(s.Clock()), Text: line(text), State: Open, Version: 1}
	if left.Text == "" {
		return nil
	}
	if err := left.check(); err != nil {
		return err
	}
	if err := s.Keys.CreateForSignal(ctx, tx, left.ID); err != nil {
		return err
	}
	texts, err := s.Keys.Texts(ctx, tx, left.ID)
	if err != nil {
		return err
	}
	defer texts.Close()
	row := signalRow{ID: left.ID, Month: left.Month}
	if err := row.write(left, texts); err != nil {
		return err
	}
	return tx.WithContext(ctx).Create(&row).Error
}

// List is every signal, by month, newest first; within a month in no order that
// tells anything. One whose key is gone for good (a database that was put back)
// is as if it were not there.
func (s *Service) List(ctx context.Context) ([]Signal, error) {
	signals := []Signal{}
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var rows []signalRow
		if err := tx.Order("month DESC, id").Find(&rows).Error; err != nil {
			return err
		}
		for part := range slices.Chunk(rows, openedAtOnce) {
			opened, err := s.open(ctx, tx, part)
			if err != nil {
				return err
			}
			signals = append(signals, opened...)
		}
		return nil
	})
	return signals, err
}

// openedAtOnce keeps a query well under the parameters that a database takes.
const openedAtOnce = 500

func (s *Service) open(ctx context.Context, tx *gorm.DB, rows []signalRow) (signals []Signal, err error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	texts, err := s.Keys.TextsOfEach(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		open, there := texts[row.ID]
		if !there {
			continue
		}
		signal, opened := row.read(open)
		open.Close()
		signals, err = append(signals, signal), errors.Join(err, opened)
	}
	return signals, err
}

// Change changes a signal if it still has the version that was read; rule is
// what allowed it. Errors: ErrNotFound, ErrChanged, *Invalid.
func (s *Service) Change(ctx context.Context, actor policies.Actor, rule string, id uuid.UUID, version int64, change Change) (Signal, error) {
	var changed Signal
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		row, err := take(tx, id, version)
		if err != nil {
			return err
		}
		texts, err := s.Keys.Texts(ctx, tx, id)
		if err != nil {
			return err
		}
		defer texts.Close()
		before, err := row.read(texts)
		if err != nil {
			return err
		}
		changed = change.apply(before)
		if err := changed.check(); err != nil {
			return err
		}
		changed.Version = version + 1
		if err := row.write(changed, texts); err != nil {
			return err
		}
		if err := first(tx.Model(&signalRow{}).Where("id = ? AND version = ?", id, version).Select("*").Updates(&row)); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, entry(actor, policies.SignalKeep, rule, string(policies.Signal), id))
	})
	return changed, err
}

// PutAway deletes a signal and has its key destroyed. Errors: ErrNotFound,
// ErrChanged.
func (s *Service) PutAway(ctx context.Context, actor policies.Actor, rule string, id uuid.UUID, version int64) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if _, err := take(tx, id, version); err != nil {
			return err
		}
		// The key first: whoever locks both locks the keys' epoch before the signals.
		if err := s.Keys.ForgetAll(ctx, tx, []uuid.UUID{id}); err != nil {
			return err
		}
		if err := first(tx.Where("id = ? AND version = ?", id, version).Delete(&signalRow{})); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, entry(actor, policies.SignalKeep, rule, string(policies.Signal), id))
	})
}

func take(tx *gorm.DB, id uuid.UUID, version int64) (signalRow, error) {
	var rows []signalRow
	err := tx.Where("id = ?", id).Limit(1).Find(&rows).Error
	switch {
	case err != nil:
		return signalRow{}, err
	case len(rows) == 0:
		return signalRow{}, ErrNotFound
	case rows[0].Version != version:
		return signalRow{}, ErrChanged
	}
	return rows[0], nil
}

func first(result *gorm.DB) error {
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrChanged
	}
	return result.Error
}
