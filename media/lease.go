package media

import (
	"context"
	"sync"
	"time"

	"gorm.io/gorm"

	"vakspiegel/policies"
)

const (
	// LeaseTerm is how old the proof may be that someone may look, when bytes
	// are handed out (trust.md 1).
	LeaseTerm = time.Second
	// renewal is how often the proofs of all running streams are made anew.
	renewal = 250 * time.Millisecond
	// leaseMargin covers the time between a check and the write it allows, and
	// timers that fire late.
	leaseMargin = 250 * time.Millisecond
)

// LeaseExpiry waits for leases; it is consent.Leases. It needs no registry of
// viewers, so it holds for replicas that are cut off, too.
type LeaseExpiry struct{ clock leaseClock }

// AwaitExpiry returns when no replica can hold a lease from before the call:
// after LeaseTerm and a margin, on a clock that also counts sleep. Errors:
// ctx's.
func (e LeaseExpiry) AwaitExpiry(ctx context.Context) error {
	clock := e.clock
	if clock == nil {
		clock = systemClock{}
	}
	from := clock.Now()
	for left := LeaseTerm + leaseMargin; left > 0; left = from + LeaseTerm + leaseMargin - clock.Now() {
		if err := clock.Sleep(ctx, left); err != nil {
			return err
		}
	}
	return nil
}

// Leases gives out leases and renews those that run.
type Leases struct {
	db     *gorm.DB
	facts  *factsReader
	policy *policies.Policy
	clock  leaseClock

	mu   sync.Mutex
	held map[*Lease]struct{}
}

func newLeases(db *gorm.DB, facts *factsReader, policy *policies.Policy, clock leaseClock) *Leases {
	if clock == nil {
		clock = systemClock{}
	}
	return &Leases{db: db, facts: facts, policy: policy, clock: clock, held: map[*Lease]struct{}{}}
}

// Hold gives a lease if the viewer may watch, by the facts of this moment. The
// caller releases it. Errors: ErrNotFound; the database's.
func (l *Leases) Hold(ctx context.Context, viewer Viewer) (*Lease, error) {
	lease, _, _, err := l.hold(ctx, viewer)
	return lease, err
}

// hold is Hold with what it saw and the decision, for the audit log. The lease
// is nil with ErrNotFound.
func (l *Leases) hold(ctx context.Context, viewer Viewer) (*Lease, sight, policies.Decision, error) {
	// The start of the round, not its end, is the lease's start: what is
	// closed while the query runs is not in its answer.
	start := l.clock.Now()
	sights, err := l.facts.look(ctx, l.db, []pair{viewer.pair()})
	if err != nil {
		return nil, sight{}, policies.Decision{}, err
	}
	seen, ok := sights[0]
	if !ok {
		return nil, sight{}, policies.Decision{}, ErrNotFound
	}
	decision := l.decide(seen, viewer)
	if !decision.Allowed {
		return nil, seen, decision, ErrNotFound
	}
	lease := &Lease{leases: l, viewer: viewer, provenAt: start, cut: make(chan struct{})}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held[lease] = struct{}{}
	return lease, seen, decision, nil
}

func (l *Leases) decide(seen sight, viewer Viewer) policies.Decision {
	return l.policy.Decide(seen.actor, policies.RecordingWatch, seen.facts, viewer.Purpose)
}

// renewOn proves all running leases anew with one round of reads. A round that
// fails renews nothing, and what is not renewed runs out.
func (l *Leases) renewOn(ctx context.Context, db *gorm.DB) error {
	running := l.running()
	if len(running) == 0 {
		return nil
	}
	start := l.clock.Now()
	pairs := make([]pair, len(running))
	for i, lease := range running {
		pairs[i] = lease.viewer.pair()
	}
	sights, err := l.facts.look(ctx, db, pairs)
	if err != nil {
		l.cutOver()
		return err
	}
	for i, lease := range running {
		seen, ok := sights[i]
		if ok && l.decide(seen, lease.viewer).Allowed {
			lease.prove(start)
		} else {
			lease.end(true)
		}
	}
	return nil
}

// cutOver lets the streams hear of it whose leases were not renewed in time.
func (l *Leases) cutOver() {
	for _, lease := range l.running() {
		lease.cutIfOver()
	}
}

func (l *Leases) running() []*Lease {
	l.mu.Lock()
	defer l.mu.Unlock()
	running := make([]*Lease, 0, len(l.held))
	for lease := range l.held {
		running = append(running, lease)
	}
	return running
}

// run renews until ctx ends.
func (l *Leases) run(ctx context.Context, failed func(error)) {
	tick := time.NewTicker(renewal)
	defer tick.Stop()
	for ctx.Err() == nil {
		err := l.onConnection(ctx, func(db *gorm.DB) error { return l.rounds(ctx, db, tick.C) })
		if err == nil || ctx.Err() != nil {
			return
		}
		l.cutOver()
		failed(err)
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// rounds renews at each tick until one fails or ctx ends.
func (l *Leases) rounds(ctx context.Context, db *gorm.DB, tick <-chan time.Time) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick:
		}
		round, cancel := context.WithTimeout(ctx, LeaseTerm)
		err := l.renewOn(round, db)
		cancel()
		if err != nil {
			return err
		}
	}
}

// onConnection keeps one connection for the renewals, so that a rush of other
// work cannot keep them waiting for one until the leases run out. SQLite's
// writer is its only one of that pool, and reads have others there.
func (l *Leases) onConnection(ctx context.Context, work func(db *gorm.DB) error) error {
	if l.db.Name() == dialectSQLite {
		return work(l.db)
	}
	connecting, cancel := context.WithTimeout(ctx, LeaseTerm)
	defer cancel()
	return l.db.WithContext(connecting).Connection(func(db *gorm.DB) error {
		return work(db.Session(&gorm.Session{NewDB: true, Context: ctx}))
	})
}

// Lease is the right to hand out bytes of one recording to one viewer, for at
// most LeaseTerm at a time. It is safe for concurrent use.
type Lease struct {
	leases *Leases
	viewer Viewer

	mu       sync.Mutex
	provenAt time.Duration
	over     bool
	cut      chan struct{}
	extended func(deadline time.Time)
}

// Check says whether bytes may be handed out now. It is called right before
// every write. Errors: ErrLeaseOver.
func (l *Lease) Check() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left() <= 0 {
		return ErrLeaseOver
	}
	return nil
}

// Deadline is when the lease ends unless it is renewed: no write that it allowed
// may go on longer.
func (l *Lease) Deadline() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.leases.clock.Deadline(l.left())
}

// Cut is closed when the policy says no, or when the lease could not be renewed
// in time. A lease that was cut stays cut.
func (l *Lease) Cut() <-chan struct{} { return l.cut }

// Release ends the lease.
func (l *Lease) Release() { l.leave(false) }

// Revoke ends the lease for a cause that is not this room's: the session in
// which someone looks is over. A write that waits on its viewer ends too.
func (l *Lease) Revoke() { l.leave(true) }

func (l *Lease) leave(stop bool) {
	l.leases.mu.Lock()
	delete(l.leases.held, l)
	l.leases.mu.Unlock()
	l.end(stop)
}

// onRenewal has fn called with the new deadline at each renewal, until the
// lease ends, so that a slow but lawful write may go on.
func (l *Lease) onRenewal(fn func(deadline time.Time)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.extended = fn
}

// left is how long the lease still lasts; l.mu is held.
func (l *Lease) left() time.Duration {
	if l.over {
		return 0
	}
	return l.provenAt + LeaseTerm - l.leases.clock.Now()
}

func (l *Lease) prove(at time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over || at <= l.provenAt {
		return
	}
	l.provenAt = at
	if left := l.left(); left > 0 && l.extended != nil {
		l.extended(l.leases.clock.Deadline(left))
	}
}

func (l *Lease) cutIfOver() {
	l.mu.Lock()
	over := l.left() <= 0
	l.mu.Unlock()
	if over {
		l.end(true)
	}
}

// end ends the lease; stop also ends a write that waits on its viewer.
func (l *Lease) end(stop bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if stop && l.extended != nil {
		l.extended(l.leases.clock.Deadline(0))
	}
	if !l.over {
		l.over = true
		close(l.cut)
	}
	l.extended = nil
}
