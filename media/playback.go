package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/google/uuid"

	"vakspiegel/media/envelope"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

const (
	// writeSize is the most that is handed to a socket under one check, in
	// bytes.
	writeSize = 128 << 10
	// auditTimeout is for the entry that ends a stream, whose own context may
	// have ended.
	auditTimeout = 5 * time.Second
)

// Writer is a connection to a viewer. http.ResponseController has the deadline.
type Writer interface {
	io.Writer
	SetWriteDeadline(deadline time.Time) error
}

// Playback is one look at a recording. It is closed by the caller, and not
// shared: only the deadline of its Writer is moved by another goroutine.
type Playback struct {
	m        *Media
	ctx      context.Context
	seen     sight
	viewer   Viewer
	decision policies.Decision
	lease    *Lease
	key      envelope.Key
	segments []segmentRow

	next   int64 // byte of the film that src gives next
	left   int64 // bytes still to be written
	src    io.ReadCloser
	first  []byte // read ahead by Prepare
	result string
	once   sync.Once
}

// Open begins a look: the policy decides on the facts of this moment, a lease is
// held, the audit log says that it started. The context is the request's.
// Errors: ErrNotFound, also for what may not be watched; ErrUnavailable;
// ErrDamaged.
func (m *Media) Open(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, purpose policies.Purpose) (*Playback, error) {
	viewer := Viewer{Actor: actor, RecordingID: recordingID, Purpose: purpose}
	lease, seen, decision, err := m.leases.hold(ctx, viewer)
	if err != nil {
		if decision.Rule != "" {
			err = m.refused(ctx, seen, policies.RecordingWatch, viewer.Purpose, decision)
		}
		return nil, err
	}
	p := &Playback{m: m, ctx: ctx, seen: seen, viewer: viewer, decision: decision, lease: lease, result: audit.Ended}
	if err := p.load(); err != nil {
		lease.Release()
		p.key.Wipe()
		return nil, err
	}
	return p, nil
}

// load reads what is needed to play, and writes the audit entry.
func (p *Playback) load() (err error) {
	row := p.seen.recording
	if row.State != Ready {
		return ErrNotFound
	}
	p.key, err = p.m.Keys.key(p.ctx, p.m.DB, row.ID)
	if errors.Is(err, ErrKeyGone) {
		return ErrNotFound
	}
	if err != nil {
		return err
	}
	if p.segments, err = p.m.stored(p.ctx, row.ID); err != nil {
		return err
	}
	size := int64(0)
	for _, segment := range p.segments {
		if segment.StartByte != size {
			return fmt.Errorf("%w: a segment is missing at byte %d", ErrDamaged, size)
		}
		size += segment.PlainSize
	}
	if size != row.SizeBytes {
		return fmt.Errorf("%w: %d of %d bytes", ErrDamaged, size, row.SizeBytes)
	}
	return p.record(p.ctx, audit.Started)
}

// record writes one audit entry. The owner's own looking is logged without
// seconds (trust.md 4); of others the whole film counts as seen until fragments
// say which part.
func (p *Playback) record(ctx context.Context, result string) error {
	entry := entryOf(p.seen, policies.RecordingWatch, p.viewer.Purpose, p.decision.Rule, result)
	if p.viewer.Actor.ID != p.seen.recording.OwnerID {
		from := int64(0)
		entry.FromMs, entry.ToMs = &from, p.seen.recording.DurationMs
	}
	return p.m.Audit.Append(ctx, nil, entry)
}

// Size is the film's, in bytes.
func (p *Playback) Size() int64 { return p.seen.recording.SizeBytes }

// ContentType is the film's, by its first bytes.
func (p *Playback) ContentType() string { return p.seen.recording.ContentType }

// Lease is the right that this look has, for a player that wants to hear of its
// end at once.
func (p *Playback) Lease() *Lease { return p.lease }

// Prepare reads the beginning of the n bytes at off, so that a film that cannot
// be read is an error before a header is sent. Errors: ErrRange, ErrDamaged,
// ErrUnavailable.
func (p *Playback) Prepare(off, n int64) error {
	if off < 0 || n < 0 || off > p.Size() || n > p.Size()-off {
		return ErrRange
	}
	p.next, p.left = off, n
	first := make([]byte, min(n, envelope.PackageSize))
	if len(first) == 0 {
		return nil
	}
	read, err := p.read(first)
	p.first = first[:read]
	return err
}

// WriteTo hands the n bytes at off to w, each write at most 128 KiB and right
// after a check of the lease, and none longer than the lease. After ErrLeaseOver
// the caller must cut the connection: what it promised will not come. Errors:
// ErrLeaseOver, those of Prepare, and w's.
func (p *Playback) WriteTo(w Writer, off, n int64) error {
	if p.first == nil || p.next-int64(len(p.first)) != off || p.left+int64(len(p.first)) != n {
		if err := p.Prepare(off, n); err != nil {
			return err
		}
	}
	p.lease.onRenewal(func(deadline time.Time) { _ = w.SetWriteDeadline(deadline) })
	err := p.copyTo(w)
	if errors.Is(err, ErrLeaseOver) {
		p.result = audit.Cut
		return err
	}
	// No renewal may move the deadline of what follows on this connection.
	p.lease.Release()
	if err == nil {
		_ = w.SetWriteDeadline(time.Time{})
	}
	return err
}

func (p *Playback) copyTo(w Writer) error {
	if err := p.write(w, p.first); err != nil {
		return err
	}
	buffer := make([]byte, min(max(p.left, 1), writeSize))
	defer clear(buffer)
	for p.left > 0 {
		n, err := p.read(buffer[:min(p.left, int64(len(buffer)))])
		if err != nil {
			return err
		}
		if err := p.write(w, buffer[:n]); err != nil {
			return err
		}
	}
	return nil
}

// write is the only place that hands out bytes of a film.
func (p *Playback) write(w Writer, plain []byte) error {
	if len(plain) == 0 {
		return nil
	}
	if err := w.SetWriteDeadline(p.lease.Deadline()); err != nil {
		return fmt.Errorf("media: a connection without deadlines gets nothing: %w", err)
	}
	if err := p.lease.Check(); err != nil {
		return err
	}
	_, err := w.Write(plain)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return fmt.Errorf("%w: %w", ErrLeaseOver, err)
	}
	return err
}

// read fills b with the film's next bytes; b is not longer than what is left.
func (p *Playback) read(b []byte) (int, error) {
	read := 0
	for read < len(b) {
		if p.src == nil {
			if err := p.openNext(); err != nil {
				return read, err
			}
		}
		n, err := p.src.Read(b[read:])
		read, p.next, p.left = read+n, p.next+int64(n), p.left-int64(n)
		if errors.Is(err, io.EOF) {
			err = p.src.Close()
			p.src = nil
		}
		if err != nil {
			return read, err
		}
	}
	return read, nil
}

// openNext opens the segment that holds the next byte: one ranged read.
func (p *Playback) openNext() (err error) {
	segment := p.segments[segmentAt(p.segments, p.next)]
	off := p.next - segment.StartByte
	p.src, err = p.m.openSegment(p.ctx, p.key, segment, off, min(p.left, segment.PlainSize-off))
	return err
}

// Close ends the look and says in the audit log how: ended, or cut.
func (p *Playback) Close() error {
	var err error
	p.once.Do(func() {
		select {
		case <-p.lease.Cut():
			if p.left > 0 {
				p.result = audit.Cut
			}
		default:
		}
		p.lease.Release()
		p.key.Wipe()
		if p.src != nil {
			err = p.src.Close()
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), auditTimeout)
		defer cancel()
		err = errors.Join(err, p.record(ctx, p.result))
	})
	return err
}
