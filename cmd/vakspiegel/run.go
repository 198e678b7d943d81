package main

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"
)

// A stop is over in less than the 10 s that container engines give: so long may
// running requests go on, and so long may those take that are cut then, to keep
// what came of an upload, let its lock go, and say in the audit log how a look
// ended.
const (
	drain  = 5 * time.Second
	settle = 3 * time.Second
)

// Run serves until ctx ends, then lets running requests finish and ends
// everything it started.
func (a *App) Run(ctx context.Context) error {
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var group sync.WaitGroup
	listening, quiet := context.WithCancel(running)
	defer quiet()
	group.Go(func() { a.media.Run(running) })
	group.Go(func() { a.api.Run(listening) })
	group.Go(func() { a.housekeep(running) })
	group.Go(func() { a.post(running) })
	failed := make(chan error, 1)
	group.Go(func() { failed <- a.server.Serve(a.listener) })
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
		quiet() // ends the streams of events, which would never finish by themselves
		err = a.shutdown(running)
	}
	stop()
	group.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (a *App) shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, drain)
	defer cancel()
	err := a.server.Shutdown(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	err = a.server.Close() // films that still play: their players go on elsewhere or not at all
	ended := make(chan struct{})
	go func() {
		a.requests.Lock()
		defer a.requests.Unlock()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(settle):
		a.settings.Log.WarnContext(ctx, "requests were left behind at the stop")
	}
	return err
}
