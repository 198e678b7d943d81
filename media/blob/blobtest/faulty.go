package blobtest

import (
	"context"
	"fmt"
	"io"
	"iter"
	"sync"

	"vakspiegel/media/blob"
)

// Op is a method of a store.
type Op string

// The methods of a store.
const (
	OpPut         Op = "put"
	OpPutIfAbsent Op = "put if absent"
	OpGet         Op = "get"
	OpStat        Op = "stat"
	OpDelete      Op = "delete"
	OpList        Op = "list"
	OpRemains     Op = "remains"
	OpPing        Op = "ping"
)

// ErrInjected is how a [FaultyStore] fails unless told otherwise. It is a
// [blob.ErrUnavailable].
var ErrInjected = fmt.Errorf("%w: injected by a test", blob.ErrUnavailable)

// FaultyStore is a store that fails when it is told to.
type FaultyStore struct {
	blob.Store
	mu    sync.Mutex
	fault func(op Op, key string) error
	calls map[Op]int
}

// Faulty returns a store in front of another, which fails when it is told to.
func Faulty(store blob.Store) *FaultyStore {
	return &FaultyStore{Store: store, calls: map[Op]int{}}
}

// FailWhen makes every call fail, before it reaches the store, for which fault
// returns an error. Nil ends it.
func (f *FaultyStore) FailWhen(fault func(op Op, key string) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = fault
}

// Down makes every call fail with [ErrInjected].
func (f *FaultyStore) Down() { f.FailWhen(func(Op, string) error { return ErrInjected }) }

// Up ends all failing.
func (f *FaultyStore) Up() { f.FailWhen(nil) }

// FailNext makes the next n calls of a method fail with [ErrInjected].
func (f *FaultyStore) FailNext(op Op, n int) {
	f.FailWhen(func(called Op, _ string) error {
		if called != op || n == 0 {
			return nil
		}
		n--
		return ErrInjected
	})
}

// Calls returns how often a method was called, failures too.
func (f *FaultyStore) Calls(op Op) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[op]
}

func (f *FaultyStore) call(op Op, key string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[op]++
	if f.fault == nil {
		return nil
	}
	return f.fault(op, key)
}

// Put implements [blob.Store].
func (f *FaultyStore) Put(ctx context.Context, key string, r io.Reader, size int64) error {
	if err := f.call(OpPut, key); err != nil {
		return err
	}
	return f.Store.Put(ctx, key, r, size)
}

// PutIfAbsent implements [blob.Store].
func (f *FaultyStore) PutIfAbsent(ctx context.Context, key string, r io.Reader, size int64) error {
	if err := f.call(OpPutIfAbsent, key); err != nil {
		return err
	}
	return f.Store.PutIfAbsent(ctx, key, r, size)
}

// Get implements [blob.Store].
func (f *FaultyStore) Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error) {
	if err := f.call(OpGet, key); err != nil {
		return nil, err
	}
	return f.Store.Get(ctx, key, off, n)
}

// Stat implements [blob.Store].
func (f *FaultyStore) Stat(ctx context.Context, key string) (blob.Info, error) {
	if err := f.call(OpStat, key); err != nil {
		return blob.Info{}, err
	}
	return f.Store.Stat(ctx, key)
}

// Delete implements [blob.Store].
func (f *FaultyStore) Delete(ctx context.Context, key string) error {
	if err := f.call(OpDelete, key); err != nil {
		return err
	}
	return f.Store.Delete(ctx, key)
}

// List implements [blob.Store].
func (f *FaultyStore) List(ctx context.Context, prefix string) iter.Seq2[blob.Info, error] {
	return func(yield func(blob.Info, error) bool) {
		if err := f.call(OpList, prefix); err != nil {
			yield(blob.Info{}, err)
			return
		}
		f.Store.List(ctx, prefix)(yield)
	}
}

// Remains implements [blob.Store].
func (f *FaultyStore) Remains(ctx context.Context, prefix string) ([]string, error) {
	if err := f.call(OpRemains, prefix); err != nil {
		return nil, err
	}
	return f.Store.Remains(ctx, prefix)
}

// Ping implements [blob.Store].
func (f *FaultyStore) Ping(ctx context.Context) error {
	if err := f.call(OpPing, ""); err != nil {
		return err
	}
	return f.Store.Ping(ctx)
}
