package media

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/tus/tusd/v2/pkg/handler"
)

func newLock(w *world, id uuid.UUID) handler.Lock {
	return get((&locker{w.db}).NewLock(id.String()))
}

func TestALockIsAskedForAndGivenUp(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := uuid.New()
		first, second := newLock(w, id), newLock(w, id)
		asked := make(chan struct{})
		ok(t, first.Lock(t.Context(), func() { close(asked) }))
		got := make(chan error, 1)
		go func() { got <- second.Lock(t.Context(), func() {}) }()
		<-asked
		select {
		case err := <-got:
			t.Fatalf("two hold it at once: %v", err)
		default:
		}
		ok(t, first.Unlock())
		ok(t, <-got)
		if w.count("upload_locks", "1 = 1") != 1 {
			t.Fatal("the first one's Unlock took the second one's lock")
		}
		ok(t, second.Unlock())
		if w.count("upload_locks", "1 = 1") != 0 {
			t.Fatal("a lock is left")
		}
	})
}

func TestWaitingForALockEnds(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := uuid.New()
		first := newLock(w, id)
		ok(t, first.Lock(t.Context(), func() {}))
		defer func() { ok(t, first.Unlock()) }()
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := newLock(w, id).Lock(ctx, func() {}); !errors.Is(err, handler.ErrLockTimeout) {
			t.Fatalf("%v", err)
		}
		other := newLock(w, uuid.New())
		ok(t, other.Lock(t.Context(), func() {}))
		ok(t, other.Unlock())
	})
}

func TestACrashedHoldersLockRunsOutAndTheSweeperTakesIt(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		crash := func(id uuid.UUID) {
			ok(t, w.db.Create(&lockRow{UploadID: id, Holder: "crashed", ExpiresAt: time.Now().Add(-time.Second).UTC()}).Error)
		}
		id := uuid.New()
		crash(id)
		lock := newLock(w, id)
		ok(t, lock.Lock(t.Context(), func() {}))
		crash(uuid.New())
		ok(t, w.Sweep(t.Context()))
		if w.count("upload_locks", "1 = 1") != 1 {
			t.Fatal("the sweeper took too little or too much")
		}
		ok(t, lock.Unlock())
	})
}

func TestAHolderHearsThatItsLockWasLost(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := uuid.New()
		lock := newLock(w, id)
		lost := make(chan struct{})
		ok(t, lock.Lock(t.Context(), func() { close(lost) }))
		ok(t, w.db.Where("upload_id = ?", id).Delete(&lockRow{}).Error)
		<-lost
		ok(t, lock.Unlock())
	})
}

func TestManyWantOneLock(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := uuid.New()
		var inside atomic.Int32
		done := make(chan error, 6)
		for range cap(done) {
			go func() {
				lock := newLock(w, id)
				released := make(chan struct{})
				err := lock.Lock(context.Background(), func() { close(released) })
				if err == nil {
					if inside.Add(1) != 1 {
						err = errors.New("two at once")
					}
					inside.Add(-1)
					err = errors.Join(err, lock.Unlock())
				}
				done <- err
			}()
		}
		for range cap(done) {
			ok(t, <-done)
		}
	})
}
