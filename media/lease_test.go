package media

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/policies"
)

func (l *Leases) renew(ctx context.Context) error { return l.renewOn(ctx, l.db) }

func (w *world) hold(id uuid.UUID) *Lease {
	w.t.Helper()
	return get(w.leases.Hold(w.t.Context(), Viewer{Actor: w.noor, RecordingID: id, Purpose: policies.SelfReflection}))
}

func isCut(lease *Lease) bool {
	select {
	case <-lease.Cut():
		return true
	default:
		return false
	}
}

func TestALeaseLastsOneSecondUnlessItIsRenewed(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		lease := w.hold(w.upload(w.given(), sample()))
		defer lease.Release()
		w.clock.pass(LeaseTerm - time.Millisecond)
		ok(t, lease.Check())
		ok(t, w.leases.renew(t.Context()))
		w.clock.pass(LeaseTerm - time.Millisecond)
		ok(t, lease.Check())
		w.clock.pass(time.Millisecond)
		wants(t, lease.Check(), ErrLeaseOver)
		if !lease.Deadline().Before(time.Now().Add(time.Millisecond)) {
			t.Fatal("a lease that is over allows writes for longer")
		}
	})
}

// The start of the round counts: what is closed while its query runs may not be
// in the answer.
func TestTheStartOfARoundOfReadsIsTheLeasesStart(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		slow := func(tx *gorm.DB) {
			if tx.Statement.Table == "recordings" {
				w.clock.pass(400 * time.Millisecond)
			}
		}
		ok(t, w.db.Callback().Query().Before("*").Register("slow", slow))
		lease := w.hold(id)
		defer lease.Release()
		w.clock.pass(599 * time.Millisecond)
		ok(t, lease.Check())
		w.clock.pass(time.Millisecond)
		wants(t, lease.Check(), ErrLeaseOver)
	})
}

func TestARoundThatFailsRenewsNothing(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		lease := w.hold(w.upload(w.given(), sample()))
		defer lease.Release()
		w.faults.killAt(1)
		for range 4 {
			w.clock.pass(renewal)
			if err := w.leases.renew(t.Context()); err == nil {
				t.Fatal("the database is down and the round did not fail")
			}
		}
		wants(t, lease.Check(), ErrLeaseOver)
		if !isCut(lease) {
			t.Fatal("a lease that ran out is not cut")
		}
		w.faults.revive()
		ok(t, w.leases.renew(t.Context()))
		wants(t, lease.Check(), ErrLeaseOver)
		if _, err := w.leases.Hold(t.Context(), lease.viewer); err != nil {
			t.Fatal("after the database is back nobody can look")
		}
	})
}

func TestOneRoundOfReadsServesAllStreams(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		for range 30 {
			lease := w.hold(w.upload(c, filmOf(5000, "x ")))
			defer lease.Release()
		}
		w.faults.killAt(1000)
		ok(t, w.leases.renew(t.Context()))
		w.faults.revive()
		if w.faults.steps != 3 {
			t.Fatalf("30 streams took %d queries, want 3", w.faults.steps)
		}
	})
}

// What cuts a stream, beside a withdrawal (trust.md 1).
func TestWhatIsTakenAwayCutsTheStream(t *testing.T) {
	for name, takeAway := range map[string]func(w *world, c consent.Conversation, id uuid.UUID){
		"the citizen withdraws": func(w *world, c consent.Conversation, _ uuid.UUID) { w.withdraw(c) },
		"the owner erases":      func(w *world, _ consent.Conversation, id uuid.UUID) { ok(w.t, w.Erase(w.t.Context(), w.noor, id)) },
		"the role is taken away": func(w *world, _ consent.Conversation, _ uuid.UUID) {
			ok(w.t, w.db.Exec("DELETE FROM person_roles WHERE person_id = ?", w.noor.ID).Error)
		},
		"the person is disabled": func(w *world, _ consent.Conversation, _ uuid.UUID) {
			ok(w.t, w.db.Exec("UPDATE people SET disabled_at = CURRENT_TIMESTAMP WHERE id = ?", w.noor.ID).Error)
		},
		"an evaluator relation is added": func(w *world, _ consent.Conversation, _ uuid.UUID) {
			ok(w.t, w.db.Exec("INSERT INTO evaluator_relations (id, evaluator_id, evaluated_id, begins_at, recorded_at) VALUES (?, ?, ?, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
				uuid.New(), w.noor.ID, w.noor.ID).Error)
		},
		"retention is over": func(w *world, _ consent.Conversation, id uuid.UUID) {
			ok(w.t, w.db.Exec("UPDATE recordings SET expires_at = ? WHERE id = ?", time.Now().Add(-2*time.Second).UTC(), id).Error)
		},
		"the recording is not there": func(w *world, _ consent.Conversation, id uuid.UUID) {
			ok(w.t, w.db.Exec("DELETE FROM recordings WHERE id = ?", id).Error)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachDB(t, func(t *testing.T, w *world) {
				c := w.given()
				id, other := w.upload(c, sample()), w.upload(w.given(), sample())
				lease := w.hold(id)
				defer lease.Release()
				ok(t, w.leases.renew(t.Context()))
				ok(t, lease.Check())
				takeAway(w, c, id)
				ok(t, w.leases.renew(t.Context()))
				wants(t, lease.Check(), ErrLeaseOver)
				if !isCut(lease) {
					t.Fatal("the stream does not hear of it")
				}
				if name == "the citizen withdraws" {
					kept := w.hold(other)
					ok(t, kept.Check())
					kept.Release()
				}
			})
		})
	}
}

// A stream that is written to for as long as it likes is cut at the lease's end,
// also when no renewal ever says so (a replica that is cut off).
func TestAStreamIsCutAtTheLeasesEnd(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), filmOf(4<<20, "film "))
		p := get(w.Open(t.Context(), w.noor, id, policies.SelfReflection))
		viewer := &sink{onWrite: func() { w.clock.pass(LeaseTerm / 4) }}
		wants(t, p.WriteTo(viewer, 0, p.Size()), ErrLeaseOver)
		ok(t, p.Close())
		if viewer.Len() == 0 || viewer.Len() > 4*writeSize {
			t.Fatalf("%d bytes were handed out in one lease of four writes", viewer.Len())
		}
		if viewer.largest > writeSize {
			t.Fatalf("a write of %d bytes", viewer.largest)
		}
		if n := w.count("audit_entries", "object_id = ? AND result = 'cut'", id); n != 1 {
			t.Fatal("the audit log does not say that it was cut")
		}
	})
}

// Invariant 5, on the real clock: many streams on two replicas, one of which
// does not renew; after the confirmation not one write.
func TestNoWriteFollowsAConfirmedWithdrawal(t *testing.T) {
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) {
			w := newWorld(t, databasetest.New(t, dialect), blobtest.Dir(t))
			w.Media.leases.clock = systemClock{}
			frozen := get(New(w.Config))
			frozen.leases.clock = systemClock{}
			config := w.consent.Config
			config.Leases = LeaseExpiry{}
			real := consent.New(config)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			var running sync.WaitGroup
			running.Go(func() { w.leases.run(ctx, func(err error) { t.Errorf("renewal: %v", err) }) })

			c := w.given()
			id := w.upload(c, filmOf(24<<20, "film "))
			var stopped atomic.Bool
			var wrote, late atomic.Int64
			viewers := make(chan struct{}, 40)
			for i := range cap(viewers) {
				m := w.Media
				if i%4 == 0 {
					m = frozen
				}
				running.Go(func() {
					tick := time.NewTicker(10 * time.Millisecond)
					defer tick.Stop()
					viewer := &sink{onWrite: func() {
						if stopped.Load() {
							late.Add(1)
						}
						<-tick.C
						if wrote.Add(1) > 400 {
							select {
							case viewers <- struct{}{}:
							default:
							}
						}
					}}
					for ctx.Err() == nil {
						p, err := m.Open(ctx, w.noor, id, policies.SelfReflection)
						if errors.Is(err, ErrNotFound) {
							return
						}
						if err == nil {
							err = p.WriteTo(viewer, 0, p.Size())
							viewer.Reset()
							err = errors.Join(err, p.Close())
						}
						if err != nil && !errors.Is(err, ErrLeaseOver) && ctx.Err() == nil {
							t.Errorf("stream: %v", err)
							return
						}
					}
				})
			}
			<-viewers // they run
			out := get(real.Withdraw(t.Context(), c.Participants[0].ID))
			stopped.Store(true)
			if !out.Confirmed {
				t.Fatal("not confirmed")
			}
			before := wrote.Load()
			grace := time.NewTimer(300 * time.Millisecond)
			<-grace.C
			stop()
			running.Wait()
			if late.Load() > 0 {
				t.Fatalf("%d of %d writes came after the confirmation", late.Load(), before)
			}
		})
	}
}

func TestASlowViewerKeepsTheirLease(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), filmOf(1<<20, "film "))
		p := get(w.Open(t.Context(), w.noor, id, policies.SelfReflection))
		defer p.Close()
		var moved int
		viewer := &sink{}
		viewer.onWrite = func() { // takes three leases' time, lawfully
			before := viewer.until()
			for range 12 {
				w.clock.pass(renewal)
				ok(t, w.leases.renew(t.Context()))
			}
			if viewer.until().After(before) {
				moved++
			}
		}
		ok(t, p.WriteTo(viewer, 0, p.Size()))
		if viewer.Len() != 1<<20 || moved == 0 {
			t.Fatalf("%d bytes, the deadline moved in %d writes", viewer.Len(), moved)
		}
		if !viewer.until().IsZero() {
			t.Fatal("the deadline of the stream stays on the connection")
		}
	})
}

// noDeadlines is a viewer whose connection cannot be told to stop.
type noDeadlines struct{ bytes.Buffer }

func (*noDeadlines) SetWriteDeadline(time.Time) error { return errors.ErrUnsupported }

func TestAConnectionWithoutDeadlinesGetsNothing(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		p := get(w.Open(t.Context(), w.noor, id, policies.SelfReflection))
		defer p.Close()
		viewer := &noDeadlines{}
		wants(t, p.WriteTo(viewer, 0, p.Size()), errors.ErrUnsupported)
		if viewer.Len() != 0 {
			t.Fatal("bytes were handed out")
		}
	})
}

func TestAwaitExpiryWaitsOnTheLeaseClock(t *testing.T) {
	// A timer that fires early (a clock that also counts sleep is ahead or
	// behind) does not shorten the wait.
	clock := &earlyClock{}
	ok(t, LeaseExpiry{clock}.AwaitExpiry(t.Context()))
	if clock.Now() < LeaseTerm+leaseMargin {
		t.Fatalf("waited %s", clock.Now())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	wants(t, LeaseExpiry{}.AwaitExpiry(ended), context.Canceled)
}

type earlyClock struct{ testClock }

func (c *earlyClock) Sleep(_ context.Context, d time.Duration) error {
	c.pass(d/2 + time.Millisecond)
	return nil
}

func TestTheSystemClockGoesOn(t *testing.T) {
	clock := systemClock{}
	before := clock.Now()
	ok(t, clock.Sleep(t.Context(), 2*time.Millisecond))
	if passed := clock.Now() - before; passed < 2*time.Millisecond || passed > time.Minute {
		t.Fatalf("%s passed", passed)
	}
}
