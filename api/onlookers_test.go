package api

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

type fakeLease struct{ revoked atomic.Bool }

func (l *fakeLease) Revoke() { l.revoked.Store(true) }

func TestAFilmStopsWithItsSessionAndWhenSessionsCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var noorOut, down atomic.Bool
		o := newOnlookers(func(context.Context, []string) (map[string]bool, error) {
			if down.Load() {
				return nil, errors.New("down")
			}
			return map[string]bool{"noor": !noorOut.Load(), "sem": true}, nil
		}, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		go o.run(ctx)
		var noors, sems, over fakeLease
		o.look(&noors, "noor")
		o.look(&sems, "sem")
		o.look(&over, "noor")()
		<-time.After(pollEvery) // of the bubble
		synctest.Wait()
		if noors.revoked.Load() || sems.revoked.Load() {
			t.Fatal("a film stopped in an open session")
		}
		noorOut.Store(true)
		<-time.After(pollEvery) // of the bubble
		synctest.Wait()
		if !noors.revoked.Load() || sems.revoked.Load() {
			t.Errorf("the session that ended: %v, another: %v", noors.revoked.Load(), sems.revoked.Load())
		}
		down.Store(true)
		<-time.After(sessionPatience + 2*pollEvery) // of the bubble
		synctest.Wait()
		if !sems.revoked.Load() || over.revoked.Load() {
			t.Errorf("sessions cannot be read, and the film runs on: %v; one that was over is told: %v", !sems.revoked.Load(), over.revoked.Load())
		}
		stop()
		synctest.Wait()
	})
}
