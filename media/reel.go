package media

import (
	"context"
	"errors"
	"io"

	"vakspiegel/media/envelope"
)

// reel reads a stretch of stored bytes as one stream, segment by segment, each
// with one ranged read of the store. It is for one goroutine.
type reel struct {
	ctx      context.Context
	m        *Media
	key      *envelope.Key // the caller's, who wipes it
	segments []segmentRow

	next int64 // the byte that src gives next
	left int64 // bytes still to be read
	src  io.ReadCloser
}

// seek has the reel give the n bytes at off; they are within the segments.
func (r *reel) seek(off, n int64) error {
	err := r.Close()
	r.next, r.left = off, n
	return err
}

// Read implements io.Reader. Errors: those of openSegment.
func (r *reel) Read(b []byte) (int, error) {
	if r.left == 0 {
		return 0, io.EOF
	}
	if r.src == nil {
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	n, err := r.src.Read(b[:min(int64(len(b)), r.left)])
	r.next, r.left = r.next+int64(n), r.left-int64(n)
	if errors.Is(err, io.EOF) {
		err = r.Close()
	}
	return n, err
}

func (r *reel) open() (err error) {
	segment := r.segments[segmentAt(r.segments, r.next)]
	off := r.next - segment.StartByte
	r.src, err = r.m.openSegment(r.ctx, *r.key, segment, off, min(r.left, segment.PlainSize-off))
	return err
}

// Close lets go of the segment that is open.
func (r *reel) Close() error {
	if r.src == nil {
		return nil
	}
	src := r.src
	r.src = nil
	return src.Close()
}
