package cutter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

var (
	// ErrUnavailable: there is no FFmpeg that can do it, or this is not Linux.
	ErrUnavailable = errors.New("cutter: there is no FFmpeg 5 or newer")
	// ErrUnreadable: FFmpeg makes nothing of this film, or nothing lies in the piece.
	ErrUnreadable = errors.New("cutter: this film cannot be cut")
	// ErrLead: the key frame before the start lies too far before it.
	ErrLead = errors.New("cutter: the film has too few key frames to be cut here")
	// ErrTooLarge: the piece has more bytes than a cut may have.
	ErrTooLarge = errors.New("cutter: the piece is too large")
)

const (
	// PieceSize is how much of a cut is handed on at a time, in bytes.
	PieceSize = 8 << 20
	// MaxLead is the longest lead: how much more than was chosen may be in a cut.
	MaxLead = 30 * time.Second
	// patience is how long one cut may take.
	patience = 10 * time.Minute
)

// Source is a film that is read in ranges.
type Source interface {
	// Size is in bytes.
	Size() int64
	// Open returns all from byte off on. Readers are used at the same time.
	Open(ctx context.Context, off int64) io.ReadCloser
}

// Format is a kind of container, which a cut shares with its film.
type Format string

// The formats.
const (
	MP4       Format = "mp4"
	QuickTime Format = "mov"
	WebM      Format = "webm"
	Matroska  Format = "matroska"
)

// Order is what is cut.
type Order struct {
	Format Format
	// From and To are positions in the film, From before To.
	From, To time.Duration
	// MaxSize is the largest cut, in bytes.
	MaxSize int64
	// Keep takes the cut in pieces of PieceSize, the last one by position
	// shorter, each once. The first by position comes last: containers put
	// sizes there at the end.
	Keep func(ctx context.Context, start int64, piece []byte) error
}

// Cut is what was made. Positions in it are from its own start.
type Cut struct {
	// Lead is where the chosen piece begins.
	Lead time.Duration
	// Size is in bytes.
	Size int64
}

// Cutter cuts with one FFmpeg.
type Cutter struct{ path string }

// Cut cuts a film. Errors: ErrUnreadable, ErrLead, ErrTooLarge, those of src and
// of order.Keep, and ctx's. Any other may go well another time.
func (c *Cutter) Cut(ctx context.Context, src Source, order Order) (cut Cut, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	sink, err := newSink(order)
	if err != nil {
		return Cut{}, err
	}
	defer func() { err = errors.Join(err, sink.close()) }()
	feed, err := newFeed(ctx, src, sink.pace)
	if err != nil {
		return Cut{}, err
	}
	// What stopped the feeding is the reason, whatever FFmpeg made of it.
	defer func() {
		if failed := feed.close(); failed != nil {
			err = failed
		}
	}()
	back, lead, err := c.lead(ctx, feed.url, order.From)
	if err != nil {
		return Cut{}, err
	}
	if lead > MaxLead {
		return Cut{}, fmt.Errorf("%w: the one before lies %d s before it", ErrLead, int(lead.Seconds()))
	}
	size, err := c.copy(ctx, feed, order, back, lead, sink)
	return Cut{Lead: lead, Size: size}, err
}

// steps are how much before the piece's start a key frame is looked for. FFmpeg
// seeks by the order of decoding, where the one after the start may come before
// it: then the search begins earlier.
var steps = []time.Duration{0, 250 * time.Millisecond, time.Second, 5 * time.Second, MaxLead}

// lead asks where the first picture of the cut lies, and how much before the
// piece FFmpeg must begin to read. Without a picture there is no lead.
func (c *Cutter) lead(ctx context.Context, url string, from time.Duration) (back, lead time.Duration, err error) {
	for _, step := range steps {
		back = min(step, from)
		var list listing
		err = c.run(ctx, job{args: probeArgs(back), script: script(url, from-back), stdout: &list})
		if err == nil && list.packets == 0 {
			err = ErrUnreadable
		}
		if err != nil || list.begins <= 0 || back == from {
			return back, max(0, -list.begins), err
		}
	}
	return back, 0, nil // its first picture lies in the piece
}

// copy copies the piece into the sink, which is emptied meanwhile.
func (c *Cutter) copy(ctx context.Context, feed *feed, order Order, back, lead time.Duration, sink *sink) (int64, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	drained := make(chan error, 1)
	ended := make(chan struct{})
	go func() {
		err := sink.drain(ctx, ended)
		if err != nil {
			cancel(err) // FFmpeg need not go on
		}
		drained <- err
	}()
	list := listing{check: within(order, lead)}
	err := c.run(ctx, job{
		args: copyArgs(order, back, lead), script: script(feed.url, order.From-back), stdout: &list, output: sink.file, maxSize: order.MaxSize,
	})
	close(ended)
	if stopped := <-drained; stopped != nil {
		return 0, stopped
	}
	if err != nil {
		return 0, err
	}
	switch {
	case feed.failed() != nil:
		return 0, feed.failed()
	case list.ends <= 0: // nothing but a lead
		return 0, ErrUnreadable
	}
	return sink.finish(ctx)
}
