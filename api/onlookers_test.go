package api

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

type fakeLease struct{ revoked bool }

func (l *fakeLease) Revoke() { l.revoked = true }

func TestAFilmStopsWithItsSessionAndWhenSessionsCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		open, down := map[string]bool{"noor": true, "sem": true}, false
		o := newOnlookers(func(_ context.Context, tokens []string) (map[string]bool, error) {
			if down {
				return nil, errors.New("down")
			}
			return open, nil
		}, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithCancel(t.Context())
		go o.run(ctx)
		var noors, sems, over fakeLease
		o.look(&noors, "noor")
		o.look(&sems, "sem")
		o.look(&over, "noor")()
		<-time.After(pollEvery) // of the bubble
		synctest.Wait()
		if noors.revoked || sems.revoked {
			t.Fatal("a film stopped in an open session")
		}
		open = map[string]bool{"sem": true}
		<-time.After(pollEvery) // of the bubble
		synctest.Wait()
		if !noors.revoked || sems.revoked {
			t.Errorf("the session that ended: %v, another: %v", noors.revoked, sems.revoked)
		}
		down = true
		<-time.After(sessionPatience + 2*pollEvery) // of the bubble
		synctest.Wait()
		if !sems.revoked || over.revoked {
			t.Errorf("sessions cannot be read, and the film runs on: %v; one that was over is told: %v", !sems.revoked, over.revoked)
		}
		stop()
		synctest.Wait()
	})
}
