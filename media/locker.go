package media

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/tus/tusd/v2/pkg/handler"
	"gorm.io/gorm"
)

const (
	lockTerm  = 10 * time.Second // after which a crashed holder's lock is free
	lockRenew = 2 * time.Second
	lockPoll  = 200 * time.Millisecond
)

// locker keeps one request at a time at an upload, over all processes: tusd's
// own lockers know one process only. A waiting request asks the holder to let
// go, and tusd then ends the holder's request, so that a client whose
// connection broke does not wait for the old one to time out.
type locker struct{ db *gorm.DB }

// NewLock implements handler.Locker.
func (l *locker) NewLock(id string) (handler.Lock, error) {
	upload, err := uuid.Parse(id)
	if err != nil {
		return nil, handler.ErrNotFound
	}
	return &uploadLock{db: l.db, upload: upload, holder: rand.Text()}, nil
}

// uploadLock is one request's lock.
type uploadLock struct {
	db     *gorm.DB
	upload uuid.UUID
	holder string
	// stubborn: another request's wish is ignored. The eraser's.
	stubborn bool

	stop context.CancelFunc
	done sync.WaitGroup
}

// Lock implements handler.Lock. requestUnlock is called at most once, when
// another request waits or the lock was lost.
func (l *uploadLock) Lock(ctx context.Context, requestUnlock func()) error {
	tick := time.NewTicker(lockPoll)
	defer tick.Stop()
	for {
		taken, err := l.take(ctx)
		if taken {
			l.watch(ctx, requestUnlock)
			return nil
		}
		if err == nil {
			err = l.askToRelease(ctx)
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return handler.ErrLockTimeout
		case <-tick.C:
		}
	}
}

// try is Lock without waiting, and without asking who has it to let go.
func (l *uploadLock) try(ctx context.Context, requestUnlock func()) (taken bool, err error) {
	if taken, err = l.take(ctx); taken {
		l.watch(ctx, requestUnlock)
	}
	return taken, err
}

// take inserts the lock or replaces one that ran out, by the database's clock.
func (l *uploadLock) take(ctx context.Context) (bool, error) {
	done := l.db.WithContext(ctx).Exec(`INSERT INTO upload_locks (upload_id, holder, expires_at, release_requested)
		VALUES (?, ?, `+l.expiry()+`, false)
		ON CONFLICT (upload_id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at, release_requested = false
		WHERE upload_locks.expires_at <= `+l.now(), l.upload, l.holder)
	return done.RowsAffected == 1, done.Error
}

func (l *uploadLock) askToRelease(ctx context.Context) error {
	return l.db.WithContext(ctx).Model(&lockRow{}).
		Where("upload_id = ? AND release_requested = ?", l.upload, false).Update("release_requested", true).Error
}

// watch keeps the lock alive and looks whether another request wants it, until
// Unlock.
func (l *uploadLock) watch(ctx context.Context, requestUnlock func()) {
	ctx, l.stop = context.WithCancel(context.WithoutCancel(ctx))
	l.done.Go(func() {
		tick := time.NewTicker(lockPoll)
		defer tick.Stop()
		renewed := time.Now()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			wanted, err := l.wanted(ctx)
			if err == nil && !wanted && time.Since(renewed) >= lockRenew {
				if wanted, err = l.renew(ctx); err == nil {
					renewed = time.Now()
				}
			}
			// A database that is down for as long as the lock lasts has lost it.
			if wanted || err != nil && time.Since(renewed) >= lockTerm/2 {
				requestUnlock()
				return
			}
		}
	})
}

// wanted says that another request waits, or that the lock is not ours any more.
func (l *uploadLock) wanted(ctx context.Context) (bool, error) {
	var rows []lockRow
	err := l.db.WithContext(ctx).Where("upload_id = ? AND holder = ?", l.upload, l.holder).Limit(1).Find(&rows).Error
	return err == nil && (len(rows) == 0 || rows[0].ReleaseRequested && !l.stubborn), err
}

func (l *uploadLock) renew(ctx context.Context) (lost bool, err error) {
	done := l.db.WithContext(ctx).Exec(`UPDATE upload_locks SET expires_at = `+l.expiry()+` WHERE upload_id = ? AND holder = ?`, l.upload, l.holder)
	return done.Error == nil && done.RowsAffected == 0, done.Error
}

// Unlock implements handler.Lock. A lock that cannot be deleted runs out.
func (l *uploadLock) Unlock() error {
	if l.stop == nil {
		return nil
	}
	l.stop()
	l.done.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), lockTerm)
	defer cancel()
	return l.db.WithContext(ctx).Where("upload_id = ? AND holder = ?", l.upload, l.holder).Delete(&lockRow{}).Error
}

// now and expiry are the database's clock, so that skewed replicas agree.
func (l *uploadLock) now() string {
	if l.db.Name() == dialectSQLite {
		return "strftime('%Y-%m-%d %H:%M:%f', 'now')"
	}
	return "CURRENT_TIMESTAMP"
}

func (l *uploadLock) expiry() string {
	if l.db.Name() == dialectSQLite {
		return "strftime('%Y-%m-%d %H:%M:%f', 'now', '+10 seconds')"
	}
	return "CURRENT_TIMESTAMP + interval '10 seconds'"
}

// dialectSQLite is (*gorm.DB).Name() of the embedded database.
const dialectSQLite = "sqlite"
