package media

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/media/keyring"
)

// ErrHolderMissing: a key holder could not be reached, so that nothing may be
// called erased yet.
var ErrHolderMissing = errors.New("media: a key holder could not be reached")

// errOvertaken: another process began a newer epoch meanwhile.
var errOvertaken = errors.New("media: another turn of the epoch was faster")

// rewrapBatch is how many data keys are wrapped anew at a time.
const rewrapBatch = 500

// Start checks that the key map is not older than the database, makes the first
// epoch of an empty one, and ends what a killed turn left. Errors:
// keyring.ErrOlderThanDatabase, those of the holders, and the database's.
func (k *Keys) Start(ctx context.Context) error {
	highest, err := k.highest(ctx)
	if err != nil {
		return err
	}
	if err := k.ring.Check(ctx, highest); err != nil {
		return err
	}
	if highest == 0 {
		return k.first(ctx)
	}
	if _, err := k.ring.Wrap(ctx, highest, "start", [32]byte{}); errors.Is(err, keyring.ErrEpochGone) {
		// The database was put back from before the last turn: what it wraps
		// under destroyed epochs stays closed, new keys need a living one.
		return k.Turn(ctx)
	} else if err != nil {
		return err
	}
	return k.Settle(ctx)
}

// highest is the current epoch, or 0 in an empty database.
func (k *Keys) highest(ctx context.Context) (int, error) {
	var highest int
	err := k.db.WithContext(ctx).Model(&epochRow{}).Select("COALESCE(MAX(epoch), 0)").Scan(&highest).Error
	return highest, err
}

// born is when this database's first epoch began.
func (k *Keys) born(ctx context.Context) (time.Time, error) {
	var row epochRow
	err := k.db.WithContext(ctx).Order("epoch").Take(&row).Error
	return row.CreatedAt, err
}

func (k *Keys) first(ctx context.Context) error {
	newest, err := k.ring.Newest(ctx)
	if err != nil {
		return err
	}
	row := epochRow{Epoch: newest, CreatedAt: utcNow(time.Now)}
	return k.db.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
}

// Settle turns the epoch if keys were forgotten since it began, and destroys
// what an interrupted turn left. It may be called at any time.
func (k *Keys) Settle(ctx context.Context) error {
	var owed int64
	err := k.db.WithContext(ctx).Model(&epochRow{}).
		Where("retired_at IS NULL AND forgotten_at IS NOT NULL").Count(&owed).Error
	if err != nil {
		return err
	}
	if owed > 0 {
		return k.Turn(ctx)
	}
	return k.destroyRetired(ctx)
}

// Turn begins a new epoch: a new key in every holder, the data keys that are
// left wrapped anew, the old epochs' keys destroyed in every holder. When it
// returns nil, nothing that was forgotten before the call can be opened by
// anyone, from any copy of the database. A process that is killed on the way
// leaves nothing worse than a turn to be done again. Errors: ErrHolderMissing,
// ErrUnavailable.
func (k *Keys) Turn(ctx context.Context) error {
	k.turning.Lock()
	defer k.turning.Unlock()
	for range turns {
		next, err := k.ring.Begin(ctx)
		if err != nil {
			return keysUnavailable(err)
		}
		err = k.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return k.succeed(ctx, tx, next) })
		if errors.Is(err, errOvertaken) {
			continue
		}
		if err != nil {
			return err
		}
		return k.destroyRetired(ctx)
	}
	return errOvertaken
}

// succeed makes next the current epoch.
func (k *Keys) succeed(ctx context.Context, tx *gorm.DB, next int) error {
	current, err := lockEpoch(tx, clause.LockingStrengthUpdate)
	if err != nil {
		return err
	}
	if current.Epoch >= next {
		return errOvertaken
	}
	// Before the wraps: they refer to it.
	now := utcNow(time.Now)
	if err := tx.Model(&epochRow{}).Where("epoch = ?", current.Epoch).Update("retired_at", now).Error; err != nil {
		return err
	}
	if err := tx.Create(&epochRow{Epoch: next, CreatedAt: now}).Error; err != nil {
		return err
	}
	after := uuid.Nil
	for {
		last, n, err := k.rewrap(ctx, tx, next, after)
		if err != nil || n < rewrapBatch {
			return err
		}
		after = last
	}
}

// rewrap wraps the next batch of data keys after a subject under epoch next.
// The rows are locked, so that none that is deleted meanwhile comes back.
func (k *Keys) rewrap(ctx context.Context, tx *gorm.DB, next int, after uuid.UUID) (last uuid.UUID, n int, err error) {
	var rows []dataKeyRow
	err = tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).
		Where("epoch < ? AND subject_id > ?", next, after).Order("subject_id").Limit(rewrapBatch).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return after, 0, err
	}
	wraps := make([]keyring.Wrapped, len(rows))
	for i, row := range rows {
		wraps[i] = keyring.Wrapped{Subject: row.SubjectID.String(), Epoch: row.Epoch, Wrap: row.Wrapped}
	}
	renewed, err := k.ring.Rewrap(ctx, next, wraps)
	if err != nil {
		return after, 0, keysUnavailable(err)
	}
	var kept []dataKeyRow
	lost := 0
	for i, outcome := range renewed {
		switch {
		case outcome.Err == nil:
			rows[i].Epoch, rows[i].Wrapped = next, outcome.Wrap
			kept = append(kept, rows[i])
		case errors.Is(outcome.Err, keyring.ErrOlderThanDatabase):
			return after, 0, outcome.Err // the wrap may open yet: destroy nothing
		default:
			lost++ // closed already, by a destroyed epoch or by damage
		}
	}
	if lost > 0 {
		k.log.WarnContext(ctx, "data keys that nobody can open were left as they are", "count", lost)
	}
	return rows[len(rows)-1].SubjectID, len(rows), replaceWraps(tx, kept)
}

func replaceWraps(tx *gorm.DB, rows []dataKeyRow) error {
	if len(rows) == 0 {
		return nil
	}
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "subject_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"epoch", "wrapped"}),
	}).Create(&rows).Error
}

// destroyRetired destroys the keys of all epochs before the current one in
// every holder, and marks them.
func (k *Keys) destroyRetired(ctx context.Context) error {
	current, err := k.highest(ctx)
	if err != nil {
		return err
	}
	var retired int64
	db := k.db.WithContext(ctx)
	undestroyed := db.Model(&epochRow{}).Where("epoch < ? AND destroyed_at IS NULL", current)
	if err := undestroyed.Count(&retired).Error; err != nil || retired == 0 {
		return err
	}
	missing, err := k.ring.Destroy(ctx, current)
	if err != nil {
		return keysUnavailable(err)
	}
	if len(missing) > 0 {
		return fmt.Errorf("%w: %s", ErrHolderMissing, strings.Join(missing, ", "))
	}
	return db.Model(&epochRow{}).Where("epoch < ? AND destroyed_at IS NULL", current).
		Update("destroyed_at", utcNow(time.Now)).Error
}

// Epochs returns the current epoch and how many data keys are wrapped under it
// and under older ones (which nobody can open).
func (k *Keys) Epochs(ctx context.Context) (current int, living, lost int64, err error) {
	if current, err = k.highest(ctx); err != nil {
		return 0, 0, 0, err
	}
	db := k.db.WithContext(ctx).Model(&dataKeyRow{})
	if err = db.Session(&gorm.Session{}).Where("epoch = ?", current).Count(&living).Error; err != nil {
		return 0, 0, 0, err
	}
	err = db.Session(&gorm.Session{}).Where("epoch < ?", current).Count(&lost).Error
	return current, living, lost, err
}
