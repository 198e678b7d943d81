package policies_test

import (
	"testing"
	"time"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

func TestALockedSessionIsNobodysUntilSomeoneSignsInAgain(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := newClock()
		sessions := policies.NewSessions(db, policies.WithClock(clock.now))
		noor := policies.DemoID("noor")
		token, err := sessions.Create(ctx, noor)
		must(t, err)
		elsewhere, err := sessions.Create(ctx, noor)
		must(t, err)
		since, err := sessions.LockedSince(ctx, token)
		must(t, err)
		if since != nil {
			t.Errorf("locked since %v before it was", since)
		}
		locked := clock.at
		must(t, sessions.Lock(ctx, token))
		clock.add(time.Minute)
		must(t, sessions.Lock(ctx, token))
		_, err = sessions.Actor(ctx, token)
		wantErr(t, err, policies.ErrSessionLocked)
		if since, err = sessions.LockedSince(ctx, token); err != nil || since == nil || !since.Equal(locked) {
			t.Errorf("locked since %v, want %v (%v)", since, locked, err)
		}
		_, err = sessions.Actor(ctx, elsewhere)
		must(t, err)
		open, err := sessions.Open(ctx, []string{token, elsewhere, "unknown"})
		if err != nil || len(open) != 1 || !open[elsewhere] {
			t.Errorf("open: %v (%v), want the other session alone", open, err)
		}

		// It asks for the person as long as the browser may keep it, used or not.
		clock.add(policies.SessionIdle + time.Minute)
		must(t, sessions.Sweep(ctx))
		if since, err = sessions.LockedSince(ctx, token); err != nil || since == nil {
			t.Errorf("after two hours locked since %v (%v)", since, err)
		}
		clock.add(policies.SessionLife)
		must(t, sessions.Sweep(ctx))
		if since, err = sessions.LockedSince(ctx, token); err != nil || since != nil {
			t.Errorf("a session that is over is locked since %v (%v)", since, err)
		}
		wantErr(t, sessions.Lock(ctx, token), policies.ErrNoSession)
	})
}

// A screen handed over at the end of the day still asks for the person.
func TestALockLastsFromTheLockOn(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := newClock()
		sessions := policies.NewSessions(db, policies.WithClock(clock.now))
		token, err := sessions.Create(ctx, policies.DemoID("noor"))
		must(t, err)
		for range 12 { // used all day
			clock.add(policies.SessionLife/12 - time.Minute)
			_, err = sessions.Actor(ctx, token)
			must(t, err)
		}
		must(t, sessions.Lock(ctx, token))
		clock.add(policies.SessionLife - time.Minute)
		must(t, sessions.Sweep(ctx))
		if since, err := sessions.LockedSince(ctx, token); err != nil || since == nil {
			t.Errorf("the lock is over with the session it closed: %v (%v)", since, err)
		}
		if _, err = sessions.Actor(ctx, token); err == nil {
			t.Error("a locked session is somebody's")
		}
	})
}
