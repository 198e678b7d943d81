package media

import (
	"context"
	"errors"
	"fmt"
	"io"

	"vakspiegel/media/envelope"
)

// window is how much plaintext a film reads ahead, in bytes.
const window = 4 * envelope.PackageSize

// film reads the stored bytes of a recording as one file. It is an
// io.ReadSeeker, for one goroutine.
type film struct {
	ctx      context.Context
	m        *Media
	key      envelope.Key
	segments []segmentRow
	size     int64
	pos      int64
	buffer   []byte // plaintext from bufferAt on
	bufferAt int64
}

// film opens what is stored of a recording. Errors: ErrDamaged if segments are
// missing between others.
func (m *Media) film(ctx context.Context, row recordingRow, key envelope.Key) (*film, error) {
	segments, err := m.stored(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	f := &film{ctx: ctx, m: m, key: key, segments: segments}
	for _, segment := range segments {
		if segment.StartByte != f.size {
			return nil, fmt.Errorf("%w: a segment is missing at byte %d", ErrDamaged, f.size)
		}
		f.size += segment.PlainSize
	}
	return f, nil
}

// at returns the place in segments that holds byte off, which is in the film.
func segmentAt(segments []segmentRow, off int64) int {
	low, high := 0, len(segments)-1
	for low < high {
		middle := (low + high + 1) / 2
		if segments[middle].StartByte <= off {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// Read implements io.Reader.
func (f *film) Read(p []byte) (int, error) {
	if f.pos >= f.size {
		return 0, io.EOF
	}
	if f.pos < f.bufferAt || f.pos >= f.bufferAt+int64(len(f.buffer)) {
		if err := f.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, f.buffer[f.pos-f.bufferAt:])
	f.pos += int64(n)
	return n, nil
}

// fill reads the window that f.pos is in.
func (f *film) fill() error {
	segment := f.segments[segmentAt(f.segments, f.pos)]
	off := (f.pos - segment.StartByte) / envelope.PackageSize * envelope.PackageSize
	n := min(window, segment.PlainSize-off)
	src, err := f.m.openSegment(f.ctx, f.key, segment, off, n)
	if err != nil {
		return err
	}
	if f.buffer == nil {
		f.buffer = make([]byte, window)
	}
	f.buffer, f.bufferAt = f.buffer[:n], segment.StartByte+off
	if _, err := io.ReadFull(src, f.buffer); err != nil {
		f.buffer = f.buffer[:0]
		return errors.Join(err, src.Close())
	}
	return src.Close()
}

// Seek implements io.Seeker.
func (f *film) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.pos
	case io.SeekEnd:
		offset += f.size
	}
	if offset < 0 {
		return 0, errors.New("media: seek before the beginning")
	}
	f.pos = offset
	return offset, nil
}
