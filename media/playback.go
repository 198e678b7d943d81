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
	reel     reel
	size     int64  // of what is played, in bytes
	fromMs   int64  // of the film: what can be seen
	toMs     *int64 // nil: to an end that the container does not tell
	first    []byte // read ahead by Prepare
	result   string
	once     sync.Once
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
	p.toMs = seen.recording.DurationMs
	if err := p.load(p.film); err != nil {
		return nil, err
	}
	return p, nil
}

// load reads what is needed to play, and writes the audit entry. Without it the
// lease is given back.
func (p *Playback) load(segments func() (size int64, err error)) error {
	err := ErrNotFound
	if p.seen.recording.State == Ready {
		var size int64
		if size, err = segments(); err == nil {
			err = p.begin(size)
		}
	}
	if err != nil {
		p.lease.Release()
		p.key.Wipe()
	}
	return err
}

// film has the whole film played.
func (p *Playback) film() (size int64, err error) {
	row := p.seen.recording
	p.reel.segments, err = p.m.stored(p.ctx, row.ID)
	return row.SizeBytes, err
}

// begin has the key opened of segments that make up size bytes, and writes the
// audit entry.
func (p *Playback) begin(size int64) (err error) {
	if err := contiguous(p.reel.segments, size); err != nil {
		return err
	}
	p.reel.ctx, p.reel.m, p.reel.key, p.size = p.ctx, p.m, &p.key, size
	p.key, err = p.m.Keys.key(p.ctx, p.m.DB, p.seen.recording.ID)
	if errors.Is(err, ErrKeyGone) {
		return ErrNotFound
	}
	if err != nil {
		return err
	}
	return p.record(p.ctx, audit.Started)
}

// record writes one audit entry. The owner's own looking is logged without
// seconds (trust.md 4); of others all that was open to them counts as seen.
func (p *Playback) record(ctx context.Context, result string) error {
	entry := entryOf(p.seen, policies.RecordingWatch, p.viewer.Purpose, p.decision.Rule, result)
	if p.viewer.Actor.ID != p.seen.recording.OwnerID {
		entry.FromMs, entry.ToMs = &p.fromMs, p.toMs
	}
	return p.m.Audit.Append(ctx, nil, entry)
}

// Size is that of what is played, in bytes.
func (p *Playback) Size() int64 { return p.size }

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
	if err := p.reel.seek(off, n); err != nil {
		return err
	}
	first := make([]byte, min(n, envelope.PackageSize))
	if len(first) == 0 {
		return nil
	}
	read, err := io.ReadFull(&p.reel, first)
	p.first = first[:read]
	return err
}

// WriteTo hands the n bytes at off to w, each write at most 128 KiB and right
// after a check of the lease, and none longer than the lease. After ErrLeaseOver
// the caller must cut the connection: what it promised will not come. Errors:
// ErrLeaseOver, those of Prepare, and w's.
func (p *Playback) WriteTo(w Writer, off, n int64) error {
	if p.first == nil || p.reel.next-int64(len(p.first)) != off || p.reel.left+int64(len(p.first)) != n {
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
	buffer := make([]byte, min(max(p.reel.left, 1), writeSize))
	defer clear(buffer)
	for p.reel.left > 0 {
		n, err := io.ReadFull(&p.reel, buffer[:min(p.reel.left, int64(len(buffer)))])
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

// Close ends the look and says in the audit log how: ended, or cut.
func (p *Playback) Close() error {
	var err error
	p.once.Do(func() {
		select {
		case <-p.lease.Cut():
			if p.reel.left > 0 {
				p.result = audit.Cut
			}
		default:
		}
		p.lease.Release()
		p.key.Wipe()
		err = p.reel.Close()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(p.ctx), auditTimeout)
		defer cancel()
		err = errors.Join(err, p.record(ctx, p.result))
	})
	return err
}
