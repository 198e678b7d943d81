package policies_test

import (
	"bytes"
	"crypto/sha256"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

func TestASessionKnowsItsPersonWithTheRolesOfThisMoment(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people, sessions := seeded(t, db), policies.NewSessions(db)
		token, err := sessions.Create(ctx, policies.DemoID("ingrid"))
		must(t, err)
		actor, err := sessions.Actor(ctx, token)
		must(t, err)
		want := policies.Actor{Kind: policies.ActorPerson, ID: policies.DemoID("ingrid"), Name: "Ingrid", Login: "ingrid", Roles: []policies.Role{"coach", "manager"}}
		if !reflect.DeepEqual(actor, want) {
			t.Errorf("actor is %+v, want %+v", actor, want)
		}
		must(t, people.Save(ctx, nil, policies.Person{ID: want.ID, Login: "ingrid", Name: "Ingrid"}))
		actor, err = sessions.Actor(ctx, token)
		must(t, err)
		if len(actor.Roles) != 0 {
			t.Errorf("roles that were taken away are still there: %v", actor.Roles)
		}
	})
}

func TestASessionEndsIdleOldOrOnRequest(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := newClock()
		sessions := policies.NewSessions(db, policies.WithClock(clock.now))
		noor := policies.DemoID("noor")
		begin := func() string {
			t.Helper()
			token, err := sessions.Create(ctx, noor)
			must(t, err)
			return token
		}
		open := func(token string, want bool) {
			t.Helper()
			_, err := sessions.Actor(ctx, token)
			if want {
				must(t, err)
			} else {
				wantErr(t, err, policies.ErrNoSession)
			}
		}
		idle := begin()
		clock.add(policies.SessionIdle - time.Second)
		open(idle, true)
		clock.add(policies.SessionIdle - time.Second)
		open(idle, true)
		clock.add(policies.SessionIdle)
		open(idle, false)

		used := begin()
		for range 11 {
			clock.add(time.Hour)
			open(used, true)
		}
		clock.add(time.Hour - time.Second)
		open(used, true)
		clock.add(time.Second)
		open(used, false)

		first, second := begin(), begin()
		must(t, sessions.End(ctx, first))
		must(t, sessions.End(ctx, first))
		open(first, false)
		open(second, true)
		must(t, sessions.EndAll(ctx, policies.DemoID("sem")))
		open(second, true)
		must(t, sessions.EndAll(ctx, noor))
		open(second, false)
		_, err := sessions.Create(ctx, uuid.New())
		wantErr(t, err, policies.ErrNoPerson)
	})
}

// A row that was smuggled in, or that a disabling did not see, opens nothing.
func TestASessionOfADisabledPersonOpensNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		sessions := policies.NewSessions(db)
		token, err := sessions.Create(ctx, policies.DemoID("noor"))
		must(t, err)
		must(t, db.Exec("UPDATE people SET disabled_at = created_at").Error)
		_, err = sessions.Actor(ctx, token)
		wantErr(t, err, policies.ErrNoSession)
	})
}

func TestSigningInWhileBeingDisabledLeavesNoSession(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people, sessions := policies.NewPeople(db), policies.NewSessions(db)
		for range 30 {
			id := uuid.New()
			must(t, people.Save(ctx, nil, policies.Person{ID: id, Login: id.String(), Name: "X"}))
			var group sync.WaitGroup
			for range 4 {
				group.Go(func() {
					if _, err := sessions.Create(ctx, id); err != nil {
						wantErr(t, err, policies.ErrNoPerson)
					}
				})
			}
			must(t, people.Disable(ctx, id, time.Now()))
			group.Wait()
			var left int64
			must(t, db.Table("staff_sessions").Where("person_id = ?", id).Count(&left).Error)
			if left != 0 {
				t.Fatalf("%d sessions of a disabled person", left)
			}
		}
	})
}

// Invariant 10.
func TestTheDatabaseHoldsNoTokenThatOpensAnything(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		sessions := policies.NewSessions(db)
		token, err := sessions.Create(ctx, policies.DemoID("noor"))
		must(t, err)
		state, _, _, err := sessions.BeginSignIn(ctx, "/")
		must(t, err)
		for secret, query := range map[string]string{token: "SELECT token_hash FROM staff_sessions", state: "SELECT state_hash FROM sign_in_requests"} {
			var hash []byte
			must(t, db.Raw(query).Row().Scan(&hash))
			if want := sha256.Sum256([]byte(secret)); !bytes.Equal(hash, want[:]) {
				t.Errorf("%s: stored is not the SHA-256", query)
			}
			if len(secret) != 43 {
				t.Errorf("%d characters do not carry 256 bits", len(secret))
			}
			for _, guess := range []string{"", string(hash), secret + "=", secret[:42], strings.ToLower(secret) + "x"} {
				_, err := sessions.Actor(ctx, guess)
				wantErr(t, err, policies.ErrNoSession)
				_, err = sessions.TakeSignIn(ctx, guess)
				wantErr(t, err, policies.ErrNoSignIn)
			}
		}
	})
}

func TestUseIsWrittenDownAtMostOnceAMinute(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := newClock()
		began := clock.now()
		sessions := policies.NewSessions(db, policies.WithClock(clock.now))
		token, err := sessions.Create(ctx, policies.DemoID("noor"))
		must(t, err)
		for _, step := range []struct{ after, seen time.Duration }{{59 * time.Second, 0}, {time.Second, time.Minute}, {30 * time.Second, time.Minute}, {31 * time.Second, 121 * time.Second}} {
			clock.add(step.after)
			_, err = sessions.Actor(ctx, token)
			must(t, err)
			var seen time.Time
			must(t, db.Raw("SELECT last_seen_at FROM staff_sessions").Row().Scan(&seen))
			if got := seen.Sub(began); got != step.seen {
				t.Errorf("last seen %v after the beginning, want %v", got, step.seen)
			}
		}
	})
}

func TestAStateWorksOnceAndForTenMinutes(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		clock := newClock()
		sessions := policies.NewSessions(db, policies.WithClock(clock.now))
		state, nonce, verifier, err := sessions.BeginSignIn(ctx, "/gesprekken?nieuw=1#a")
		must(t, err)
		if state == nonce || nonce == verifier || len(verifier) < 43 {
			t.Error("state, nonce and verifier are not three secrets")
		}
		var taken atomic.Int32
		var group sync.WaitGroup
		for range 8 { // a replay beside the real answer
			group.Go(func() {
				signIn, err := sessions.TakeSignIn(ctx, state)
				if err != nil {
					wantErr(t, err, policies.ErrNoSignIn)
					return
				}
				taken.Add(1)
				if want := (policies.SignIn{Nonce: nonce, Verifier: verifier, ReturnTo: "/gesprekken?nieuw=1#a"}); signIn != want {
					t.Errorf("sign-in is %+v, want %+v", signIn, want)
				}
			})
		}
		group.Wait()
		if taken.Load() != 1 {
			t.Errorf("the state worked %d times", taken.Load())
		}
		late, _, _, err := sessions.BeginSignIn(ctx, "/")
		must(t, err)
		clock.add(policies.SignInLife)
		_, err = sessions.TakeSignIn(ctx, late)
		wantErr(t, err, policies.ErrNoSignIn)
	})
}

func TestOnlyALocalPathIsReturnedTo(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		sessions := policies.NewSessions(db)
		for _, path := range []string{
			"", "gesprekken", "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
			"/\t/evil.example", "/\n/evil.example", "/ /evil.example", "javascript:alert(1)", "http:/evil.example", "/%zz", "/a\x00b",
			"/" + strings.Repeat("a", 2000),
		} {
			if _, _, _, err := sessions.BeginSignIn(ctx, path); err == nil {
				t.Errorf("%q would be returned to", path)
			} else {
				wantErr(t, err, policies.ErrReturnTo)
			}
		}
	})
}

func TestSweepingLeavesOnlyWhatStillWorks(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := newClock()
		sessions := policies.NewSessions(db, policies.WithClock(clock.now))
		_, err := sessions.Create(ctx, policies.DemoID("sem"))
		must(t, err)
		_, _, _, err = sessions.BeginSignIn(ctx, "/")
		must(t, err)
		clock.add(policies.SessionIdle)
		token, err := sessions.Create(ctx, policies.DemoID("noor"))
		must(t, err)
		state, _, _, err := sessions.BeginSignIn(ctx, "/")
		must(t, err)
		must(t, sessions.Sweep(ctx))
		for _, table := range []string{"staff_sessions", "sign_in_requests"} {
			var left int64
			must(t, db.Table(table).Count(&left).Error)
			if left != 1 {
				t.Errorf("%d rows left in %s, want 1", left, table)
			}
		}
		_, err = sessions.Actor(ctx, token)
		must(t, err)
		_, err = sessions.TakeSignIn(ctx, state)
		must(t, err)
	})
}
