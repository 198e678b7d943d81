package cutter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
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
	// SoundOnly: a picture in the film is its cover.
	SoundOnly bool
	// Matrix is how a player turns the picture of an MP4 or QuickTime film: that of
	// its tkhd; nil: as it was taken.
	Matrix []byte
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
	begin, err := c.begin(ctx, feed.url, order)
	if err != nil {
		return Cut{}, err
	}
	if begin.lead > MaxLead {
		return Cut{}, fmt.Errorf("%w: the one before lies %d s before it", ErrLead, int(begin.lead.Seconds()))
	}
	size, err := c.copy(ctx, feed, order, begin, sink)
	return Cut{Lead: begin.lead, Size: size}, err
}

// beginning is where a cut begins.
type beginning struct {
	back time.Duration // how much before the piece FFmpeg begins to read
	lead time.Duration // how much before the piece the first picture lies; 0 without
}

// steps are how much before the piece's start a key frame is looked for. FFmpeg
// seeks by the order of decoding, where the one after the start may come before
// it: then the search begins earlier.
var steps = []time.Duration{0, 250 * time.Millisecond, time.Second, 5 * time.Second, MaxLead}

// begin asks where the key frame at or before the piece's start lies.
func (c *Cutter) begin(ctx context.Context, url string, order Order) (begin beginning, err error) {
	for _, step := range steps {
		begin.back = min(step, order.From)
		var list listing
		err = c.run(ctx, job{args: probeArgs(order, begin), script: script(url, order.From-begin.back), stdout: &list})
		if err == nil && list.packets == 0 {
			err = ErrUnreadable
		}
		if err != nil || list.video == "" || list.before || begin.back == order.From {
			begin.lead = list.lead
			return begin, err
		}
	}
	return begin, nil // its first picture lies in the piece
}

// copy copies the piece into the sink, which is emptied meanwhile. The first that
// ends it, of the sink, the list and whoever asked, is the reason.
func (c *Cutter) copy(ctx context.Context, feed *feed, order Order, begin beginning, sink *sink) (int64, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ended := make(chan struct{})
	var draining sync.WaitGroup
	draining.Go(func() {
		if err := sink.drain(ctx, ended); err != nil {
			cancel(err) // FFmpeg need not go on
		}
	})
	inside := within(order, begin.lead)
	list := listing{check: func(p packet) error {
		err := inside(p)
		if err == nil {
			err = sink.crowded()
		}
		if err != nil {
			cancel(err) // without a list FFmpeg would write on
		}
		return err
	}}
	err := c.run(ctx, job{
		args: copyArgs(order, begin), script: script(feed.url, order.From-begin.back), stdout: &list, output: sink.file, maxSize: order.MaxSize,
	})
	close(ended)
	draining.Wait()
	switch {
	case ctx.Err() != nil:
		return 0, context.Cause(ctx)
	case err != nil:
		return 0, err
	case feed.failed() != nil:
		return 0, feed.failed()
	case list.ends <= 0: // nothing but a lead
		return 0, ErrUnreadable
	}
	return sink.finish(ctx)
}
