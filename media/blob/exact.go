package blob

import (
	"errors"
	"fmt"
	"io"
	"sync"
)

// exactReader passes on size bytes of src, and an error in place of the last
// ones if src holds fewer or more. So a store that waits for size bytes never
// gets them from a source of another size.
//
// A transport may go on reading after its request has ended; stop keeps it from
// src, which then belongs to the caller again.
type exactReader struct {
	mu   sync.Mutex
	src  io.Reader
	left int64
	size int64
	err  error // what went wrong with src
}

func newExactReader(src io.Reader, size int64) (*exactReader, error) {
	r := &exactReader{src: src, left: size, size: size}
	if size < 0 {
		return nil, fmt.Errorf("%w: %d", ErrSize, size)
	}
	if size == 0 {
		if err := r.end(); err != nil {
			return nil, err
		}
	}
	return r, nil
}

var errStopped = errors.New("blob: the request has ended")

// stop ends reading and returns what went wrong with src, if anything did.
func (r *exactReader) stop() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.err
	if err == nil {
		r.err = errStopped
	}
	return err
}

func (r *exactReader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return 0, r.err
	}
	if r.left == 0 {
		return 0, io.EOF
	}
	n, err := r.src.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	switch {
	case r.left == 0:
		if r.err = r.end(); r.err != nil {
			return 0, r.err
		}
		return n, nil
	case errors.Is(err, io.EOF):
		r.err = fmt.Errorf("%w: it ends %d bytes before its %d", ErrSize, r.left, r.size)
		return 0, r.err
	case err != nil:
		r.err = err
		return 0, r.err
	}
	return n, nil
}

// end returns an error unless src ends here.
func (r *exactReader) end() error {
	switch n, err := io.ReadFull(r.src, make([]byte, 1)); {
	case n > 0:
		return fmt.Errorf("%w: it goes on after its %d bytes", ErrSize, r.size)
	case errors.Is(err, io.EOF):
		return nil
	default:
		return err
	}
}
