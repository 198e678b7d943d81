package cutter

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"time"
)

const (
	// look is how often the sink is looked into while FFmpeg writes.
	look = 20 * time.Millisecond
	// backlog is how much may lie in the sink before the film is fed more
	// slowly, in bytes.
	backlog = 8 * PieceSize
	// crowd is more than can lie in the sink of a film that is fed so, in bytes.
	crowd = 4 * backlog
)

// sink is what FFmpeg writes into: a file in memory. It is handed on and emptied
// while FFmpeg writes, all but its first piece and the last one or two: the
// containers we write go back to their first bytes only.
type sink struct {
	order  Order
	file   *os.File
	buffer []byte
	next   atomic.Int64 // what lies before it was handed on, but for the first piece
}

func newSink(order Order) (*sink, error) {
	file, err := memoryFile()
	if err != nil {
		return nil, err
	}
	s := &sink{order: order, file: file, buffer: make([]byte, PieceSize)}
	s.next.Store(PieceSize)
	return s, nil
}

func (s *sink) close() error {
	clear(s.buffer)
	return s.file.Close()
}

// size is how much was written, in bytes.
func (s *sink) size() (int64, error) {
	info, err := s.file.Stat()
	if err != nil {
		return 0, err
	}
	if info.Size() > s.order.MaxSize {
		return 0, ErrTooLarge
	}
	return info.Size(), nil
}

// pace waits while too much lies in the sink.
func (s *sink) pace(ctx context.Context) error {
	for {
		size, err := s.size()
		if err != nil || size-s.next.Load() < backlog {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(look):
		}
	}
}

// errCrowded: FFmpeg writes without reading. The index of a film that was made to
// attack can name the same few bytes as the next picture, again and again.
var errCrowded = fmt.Errorf("%w: it says the same again and again", ErrUnreadable)

// crowded errors: errCrowded, ErrTooLarge.
func (s *sink) crowded() error {
	size, err := s.size()
	if err == nil && size-s.next.Load() > crowd {
		err = errCrowded
	}
	return err
}

// drain hands on whole pieces until ended is closed.
func (s *sink) drain(ctx context.Context, ended <-chan struct{}) error {
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		select {
		case <-ended:
			return nil
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		size, err := s.size()
		if err != nil {
			return err
		}
		for ; size-s.next.Load() >= 2*PieceSize; s.next.Add(PieceSize) {
			if err := s.hand(ctx, s.next.Load(), PieceSize); err != nil {
				return err
			}
			if err := s.empty(s.next.Load(), PieceSize); err != nil {
				return err
			}
		}
	}
}

// finish turns the picture and hands on what is left, the first piece last. Errors: ErrUnreadable for
// a sink with nothing in it.
func (s *sink) finish(ctx context.Context) (int64, error) {
	size, err := s.size()
	if err != nil {
		return 0, err
	}
	if size == 0 {
		return 0, ErrUnreadable
	}
	if err := s.turn(); err != nil {
		return 0, err
	}
	for at := s.next.Load(); at < size; at += PieceSize {
		if err := s.hand(ctx, at, min(PieceSize, size-at)); err != nil {
			return 0, err
		}
	}
	return size, s.hand(ctx, 0, min(PieceSize, size))
}

func (s *sink) hand(ctx context.Context, at, n int64) error {
	piece := s.buffer[:n]
	if _, err := s.file.ReadAt(piece, at); err != nil {
		return fmt.Errorf("cutter: read back a piece: %w", err)
	}
	return s.order.Keep(ctx, at, piece)
}
