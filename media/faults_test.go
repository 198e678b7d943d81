package media

import (
	"context"
	"errors"
	"io"
	"iter"
	"sync"
	"testing"

	"gorm.io/gorm"

	"vakspiegel/media/blob"
)

// errKilled is what everything returns once the process counts as killed.
var errKilled = errors.New("killed by a test")

// faults kills the process at a chosen call of the database or the store: that
// call and all after it fail, until it is started again.
type faults struct {
	mu    sync.Mutex
	armed bool
	left  int
	dead  bool
	steps int
}

// killAt makes the nth call from now on the last one that is tried.
func (f *faults) killAt(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.armed, f.left, f.dead, f.steps = true, n, false, 0
}

// revive ends all faults and says whether the kill came to pass.
func (f *faults) revive() (killed bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	killed = f.dead
	f.armed, f.dead = false, false
	return killed
}

// step returns errKilled from the chosen call on. That call itself is the last
// one to have its effect if it is one of the store's, where an answer can be
// lost on its way.
func (f *faults) step() (last bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.armed {
		return false, nil
	}
	if f.dead {
		return false, errKilled
	}
	f.steps++
	if f.left--; f.left == 0 {
		f.dead = true
		return true, errKilled
	}
	return false, nil
}

// install hooks the faults into every statement of a database.
func (f *faults) install(t testing.TB, db *gorm.DB) {
	hook := func(tx *gorm.DB) {
		if _, err := f.step(); err != nil {
			_ = tx.AddError(err)
		}
	}
	c := db.Callback()
	for _, err := range []error{
		c.Create().Before("*").Register("faults", hook), c.Update().Before("*").Register("faults", hook),
		c.Delete().Before("*").Register("faults", hook), c.Query().Before("*").Register("faults", hook),
		c.Row().Before("*").Register("faults", hook), c.Raw().Before("*").Register("faults", hook),
	} {
		ok(t, err)
	}
}

// mortalStore is the store of a process that can be killed: at the chosen call
// the store acts and the answer is lost, after it nothing reaches the store.
type mortalStore struct {
	blob.Store
	faults *faults
}

func (s *mortalStore) act(action func() error) error {
	last, err := s.faults.step()
	if err == nil || last {
		if acted := action(); acted != nil {
			return acted
		}
	}
	return err
}

func (s *mortalStore) Put(ctx context.Context, key string, r io.Reader, size int64) error {
	return s.act(func() error { return s.Store.Put(ctx, key, r, size) })
}

func (s *mortalStore) PutIfAbsent(ctx context.Context, key string, r io.Reader, size int64) error {
	return s.act(func() error { return s.Store.PutIfAbsent(ctx, key, r, size) })
}

func (s *mortalStore) Delete(ctx context.Context, key string) error {
	return s.act(func() error { return s.Store.Delete(ctx, key) })
}

func (s *mortalStore) Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error) {
	if _, err := s.faults.step(); err != nil {
		return nil, err
	}
	return s.Store.Get(ctx, key, off, n)
}

func (s *mortalStore) List(ctx context.Context, prefix string) iter.Seq2[blob.Info, error] {
	if _, err := s.faults.step(); err != nil {
		return func(yield func(blob.Info, error) bool) { yield(blob.Info{}, err) }
	}
	return s.Store.List(ctx, prefix)
}

func (s *mortalStore) Remains(ctx context.Context, prefix string) ([]string, error) {
	if _, err := s.faults.step(); err != nil {
		return nil, err
	}
	return s.Store.Remains(ctx, prefix)
}
