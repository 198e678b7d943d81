package media

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media/blob"
	"vakspiegel/media/cutter"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// Defaults and bounds of domain.md, "Consent", and contract.md.
const (
	DefaultMaxUpload = 12 << 30            // bytes
	DefaultRetention = 60 * 24 * time.Hour // of a recording
	MaxRetention     = 180 * 24 * time.Hour
	// DefaultAskAfter is after how long unwatched its klantmanager is asked.
	DefaultAskAfter = 14 * 24 * time.Hour
)

// Config is what the room is built from. All fields but those with a default
// are required.
type Config struct {
	DB       *gorm.DB
	Store    blob.Store
	Keys     *Keys
	Consent  Consent
	Closings *Closings
	Policy   *policies.Policy
	People   *policies.People
	Audit    *audit.Log
	// Gatherings are the sessions in which recordings are looked at; nil: none.
	Gatherings Gatherings

	// Cutter cuts fragments out of films; nil: this program cannot.
	Cutter *cutter.Cutter
	// CutSettled is told when a cut is ready, or an attempt at it failed; nil: nobody.
	CutSettled func(ctx context.Context, cutID uuid.UUID) error

	// MaxUpload is the size of the largest film, in bytes (DefaultMaxUpload).
	MaxUpload int64
	// Retention is how long a recording is kept (DefaultRetention), at most
	// MaxRetention.
	Retention time.Duration
	// Proof is how long what is said of an original outlives the longest term (1 year).
	Proof time.Duration
	// AskAfter is how long a recording lies unwatched before its klantmanager
	// is asked whether it is still needed (14 days).
	AskAfter time.Duration
	// CoolingOff is how long only the klantmanager looks; 0: not at all.
	CoolingOff time.Duration
	// SecondYes: sharing waits until everyone with a link said yes once more.
	SecondYes bool
	// Compact empties what the database itself keeps of deleted rows (SQLite's
	// write-ahead log); nil where there is nothing to do.
	Compact func(context.Context) error
	// Clock tells the date (time.Now). Leases have a clock of their own.
	Clock func() time.Time
	Log   *slog.Logger

	leaseClock leaseClock // only set by tests
}

// Media is the room. Its methods may be called from any number of goroutines
// and processes at once.
type Media struct {
	Config
	log    *slog.Logger
	facts  *factsReader
	leases *Leases
	nudged chan struct{}
	// compacted is false until what was deleted before is out of the database's
	// own log, also by a process before this one.
	compacted atomic.Bool
}

// New builds the room. Keys.Start comes before, Run after.
func New(config Config) (*Media, error) {
	if config.MaxUpload <= 0 {
		config.MaxUpload = DefaultMaxUpload
	}
	if config.Retention <= 0 {
		config.Retention = DefaultRetention
	}
	if config.Retention > MaxRetention {
		return nil, fmt.Errorf("media: recordings may be kept for %d days at most", int(MaxRetention.Hours()/24))
	}
	if config.Proof <= 0 {
		config.Proof = defaultProof
	}
	if config.AskAfter <= 0 {
		config.AskAfter = DefaultAskAfter
	}
	if config.CutSettled == nil {
		config.CutSettled = func(context.Context, uuid.UUID) error { return nil }
	}
	if config.Compact == nil {
		config.Compact = func(context.Context) error { return nil }
	}
	if config.Clock == nil {
		config.Clock = time.Now
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	m := &Media{Config: config, log: config.Log, nudged: make(chan struct{}, 1)}
	if config.Gatherings == nil {
		config.Gatherings = noGatherings{}
	}
	m.facts = &factsReader{consent: config.Consent, people: config.People, gatherings: config.Gatherings, coolingOff: config.CoolingOff, secondYes: config.SecondYes}
	m.leases = newLeases(config.DB, m.facts, config.Policy, config.leaseClock)
	return m, nil
}

func (m *Media) now() time.Time { return utcNow(m.Clock) }

// Leases gives out the right to watch, for what streams beside Playback.
func (m *Media) Leases() *Leases { return m.leases }

// How often each reconciler looks at what the tables say is owed.
const (
	eraserEvery  = time.Second
	cutterEvery  = time.Second
	sweeperEvery = 30 * time.Second
	orphansEvery = 15 * time.Minute
	replayEvery  = 10 * time.Minute
)

// Run renews leases and runs the reconcilers until ctx ends. It may run in any
// number of processes. What fails is logged and tried again.
func (m *Media) Run(ctx context.Context) {
	var group sync.WaitGroup
	group.Go(func() {
		m.leases.run(ctx, func(err error) { m.log.ErrorContext(ctx, "leases were not renewed", "error", err) })
	})
	group.Go(func() { m.every(ctx, eraserEvery, m.nudged, "erasing", m.EraseOwed) })
	group.Go(func() { m.every(ctx, cutterEvery, nil, "cutting", m.CutOwed) })
	group.Go(func() { m.every(ctx, cutterEvery, nil, "erasing dropped cuts", m.EraseCuts) })
	group.Go(func() { m.every(ctx, sweeperEvery, nil, "sweeping", m.Sweep) })
	group.Go(func() { m.every(ctx, orphansEvery, nil, "sweeping the store", m.SweepOrphans) })
	if m.Closings != nil {
		last := m.Clock()
		group.Go(func() {
			m.every(ctx, replayEvery, nil, "replaying the ledger", func(ctx context.Context) error {
				from := m.Clock()
				if err := m.ReplayClosings(ctx, last); err != nil {
					return err
				}
				last = from
				return nil
			})
		})
	}
	group.Wait()
}

// every does the work now, then each interval and at a nudge, until ctx ends.
func (m *Media) every(ctx context.Context, interval time.Duration, nudged <-chan struct{}, what string, work func(context.Context) error) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if err := work(ctx); err != nil && ctx.Err() == nil {
			m.log.ErrorContext(ctx, "a reconciler failed and will try again", "what", what, "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-nudged:
		}
	}
}

// Nudge has the eraser look at once, instead of within a second.
func (m *Media) Nudge() {
	select {
	case m.nudged <- struct{}{}:
	default:
	}
}

// storeUnavailable says so in this room's words.
func storeUnavailable(err error) error {
	if errors.Is(err, blob.ErrUnavailable) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return err
}
