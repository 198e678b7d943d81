package api

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// onlookers are the films that run, each in a staff session. A lease of media
// knows the person, not the session: who signs out, or hands the screen over,
// looks no longer, also in another window.
type onlookers struct {
	open func(ctx context.Context, tokens []string) (map[string]bool, error)
	log  *slog.Logger

	mu   sync.Mutex
	held map[revocable]string // the session's token
}

// revocable is a *media.Lease.
type revocable interface{ Revoke() }

// sessionPatience is how long films run on when sessions cannot be read: as long
// as a lease of media does.
const sessionPatience = time.Second

func newOnlookers(open func(context.Context, []string) (map[string]bool, error), log *slog.Logger) *onlookers {
	return &onlookers{open: open, log: log, held: map[revocable]string{}}
}

// look says that a film begins; the answer says that it is over.
func (o *onlookers) look(lease revocable, token string) (leave func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.held[lease] = token
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.held, lease)
	}
}

// run asks for all of them together, as often as leases are renewed.
func (o *onlookers) run(ctx context.Context) {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	read := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		began := time.Now() // as with a lease, the start of the query counts
		switch err := o.round(ctx); {
		case err == nil:
			read = began
		case ctx.Err() == nil && time.Since(read) > sessionPatience:
			o.log.WarnContext(ctx, "sessions cannot be read: films stop", "error", err)
			o.revoke(func(string) bool { return true })
		}
	}
}

func (o *onlookers) round(ctx context.Context) error {
	o.mu.Lock()
	tokens := make([]string, 0, len(o.held))
	for _, token := range o.held {
		tokens = append(tokens, token)
	}
	o.mu.Unlock()
	if len(tokens) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, sessionPatience)
	defer cancel()
	open, err := o.open(ctx, tokens)
	if err != nil {
		return err
	}
	asked := make(map[string]bool, len(tokens))
	for _, token := range tokens {
		asked[token] = true
	}
	o.revoke(func(token string) bool { return asked[token] && !open[token] })
	return nil
}

func (o *onlookers) revoke(which func(token string) bool) {
	o.mu.Lock()
	var over []revocable
	for lease, token := range o.held {
		if which(token) {
			over = append(over, lease)
			delete(o.held, lease)
		}
	}
	o.mu.Unlock()
	for _, lease := range over {
		lease.Revoke()
	}
}
