package api

import (
	"net/netip"
	"sync"
	"time"
)

// What one client may try within attemptWindow: enough for a family at one
// desk that mistypes, far too few for 10^11 codes.
const (
	maxAttempts   = 30
	attemptWindow = time.Minute
)

// attempts counts per client in a fixed window. It forgets with the window, so
// it never holds more than a minute of addresses.
//
// Of links and codes only those that found nothing are counted: a whole town
// hall behind one address may open as many of its own as it likes.
type attempts struct {
	mu    sync.Mutex
	clock func() time.Time
	since time.Time
	count map[string]int
}

func newAttempts(clock func() time.Time) *attempts {
	return &attempts{clock: clock, count: map[string]int{}}
}

// allow counts one attempt of the client and says whether it may be made. All
// of an IPv6 /64 is one client: it is one line, with 2^64 addresses to choose
// from.
func (a *attempts) allow(client string) bool { return a.add(client, 1) <= maxAttempts }

// takeBack uncounts an attempt that was no guess.
func (a *attempts) takeBack(client string) { a.add(client, -1) }

func (a *attempts) add(client string, n int) int {
	client = line(client)
	a.mu.Lock()
	defer a.mu.Unlock()
	if now := a.clock(); now.Sub(a.since) >= attemptWindow {
		a.since = now
		clear(a.count)
	}
	if count := a.count[client] + n; count > 0 {
		a.count[client] = count
	} else {
		delete(a.count, client) // taken back in a later window
	}
	return a.count[client]
}

func line(client string) string {
	address, err := netip.ParseAddr(client)
	if err != nil || address.Unmap().Is4() {
		return client
	}
	prefix, err := address.WithZone("").Prefix(64)
	if err != nil {
		return client
	}
	return prefix.String()
}
