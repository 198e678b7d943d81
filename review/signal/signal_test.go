package signal_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/review/signal"
)

func TestASignalIsOneLineOfItsMonth(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.leave(t, "  de brief over de kostendelersnorm\n leest niemand ")
		list := r.list(t)
		if len(list) != 1 {
			t.Fatalf("%d signals", len(list))
		}
		want := signal.Signal{ID: list[0].ID, Month: "2026-11", Text: "de brief over de kostendelersnorm leest niemand", State: signal.Open, Version: 1}
		if list[0] != want {
			t.Errorf("%+v, want %+v", list[0], want)
		}
		r.leave(t, " \n")
		if len(r.list(t)) != 1 {
			t.Error("an empty line became a signal")
		}
	})
}

// A list of many signals is as many queries as one of few.
func TestAListOfSignalsOpensThemAllAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		queries := 0
		must(t, r.db.Callback().Query().Before("gorm:query").Register("count", func(*gorm.DB) { queries++ }))
		asked := func(signals int) int {
			queries = 0
			if list := r.list(t); len(list) != signals {
				t.Fatalf("%d signals, want %d", len(list), signals)
			}
			return queries
		}
		r.leave(t, "de brief")
		one := asked(1)
		for range 30 {
			r.leave(t, "het formulier")
		}
		if many := asked(31); one == 0 || many != one {
			t.Errorf("one signal takes %d queries, and 31 take %d", one, many)
		}
	})
}

func TestASignalStandsOrFallsWithTheEndOfItsSession(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		broken := errors.New("the session did not end")
		wants(t, r.db.Transaction(func(tx *gorm.DB) error {
			return errors.Join(r.Leave(t.Context(), tx, "x"), broken)
		}), broken)
		if n := r.count(t, "signals") + r.count(t, "data_keys"); n != 0 {
			t.Errorf("%d rows are left", n)
		}
		var invalid *signal.Invalid
		err := r.db.Transaction(func(tx *gorm.DB) error { return r.Leave(t.Context(), tx, strings.Repeat("é", 501)) })
		if !errors.As(err, &invalid) || invalid.Faults[0].Field != "signal" || invalid.Faults[0].Code != "too_long" {
			t.Errorf("501 characters: %v", err)
		}
		r.leave(t, strings.Repeat("é", 500))
	})
}

func TestAKeeperAnswers(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.leave(t, "het formulier vraagt twee keer hetzelfde")
		id := r.list(t)[0].ID
		change := signal.Change{State: ptr(signal.PickedUp), Answer: ptr("met de  makers\nbesproken"), FollowedBy: ptr("team formulieren")}
		changed, err := r.Change(t.Context(), r.omar, "rule", id, 1, change)
		must(t, err)
		want := signal.Signal{
			ID: id, Month: "2026-11", Text: "het formulier vraagt twee keer hetzelfde", State: signal.PickedUp,
			Answer: "met de makers besproken", FollowedBy: "team formulieren", Version: 2,
		}
		if list := r.list(t); changed != want || !slices.Equal(list, []signal.Signal{want}) {
			t.Errorf("changed to %+v; the list is %+v", changed, list)
		}
		_, err = r.Change(t.Context(), r.omar, "rule", id, 1, signal.Change{State: ptr(signal.Done)})
		wants(t, err, signal.ErrChanged)
		_, err = r.Change(t.Context(), r.omar, "rule", id, 2, signal.Change{
			State: ptr(signal.State("late")), Answer: ptr(strings.Repeat("x", 501)), FollowedBy: ptr(strings.Repeat("x", 100) + "\xff"),
		})
		var invalid *signal.Invalid
		if !errors.As(err, &invalid) {
			t.Fatalf("%v, want faults", err)
		}
		var got []string
		for _, f := range invalid.Faults {
			got = append(got, f.Field+" "+f.Code)
		}
		if want := []string{"answer too_long", "followedBy too_long", "followedBy not_text", "state unknown"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// Invariant 2.
func TestWhatIsPutAwayTakesItsKey(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.leave(t, "x")
		r.leave(t, "y")
		one := r.list(t)[0]
		wants(t, r.PutAway(t.Context(), r.omar, "rule", one.ID, 2), signal.ErrChanged)
		must(t, r.PutAway(t.Context(), r.omar, "rule", one.ID, 1))
		wants(t, r.PutAway(t.Context(), r.omar, "rule", one.ID, 1), signal.ErrNotFound)
		if r.count(t, "signals") != 1 || r.count(t, "data_keys") != 1 {
			t.Error("its row or its key is still there")
		}
	})
}

// Invariant 2: 24 months, the one it was left in not counted.
func TestASignalIsKeptTwoYearsAtMost(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.leave(t, "x")
		r.now = time.Date(2028, 11, 30, 23, 59, 59, 0, time.UTC)
		must(t, r.Sweep(t.Context()))
		if len(r.list(t)) != 1 {
			t.Error("it went before its term")
		}
		r.now = r.now.Add(time.Second)
		must(t, r.Sweep(t.Context()))
		if n := r.count(t, "signals") + r.count(t, "data_keys"); n != 0 {
			t.Errorf("%d rows outlived its term", n)
		}
	})
}

func ids(of ...uuid.UUID) []uuid.UUID { return of }

func TestOnlyWhoIsNamedKeepsTheList(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		petra, ingrid := policies.DemoID("petra"), policies.DemoID("ingrid")
		keeps := func(want string) {
			t.Helper()
			byPetra, err := r.Keeps(t.Context(), petra)
			must(t, err)
			byIngrid, err := r.Keeps(t.Context(), ingrid)
			must(t, err)
			if got := fmt.Sprint(byPetra, byIngrid); got != want {
				t.Errorf("petra and ingrid keep the list: %s, want %s", got, want)
			}
		}
		keeps("false false")
		must(t, r.Name(t.Context(), r.omar, "rule", ids(petra, petra)))
		keeps("true false")
		must(t, r.Name(t.Context(), r.omar, "rule", ids(ingrid)))
		keeps("false true")
		must(t, r.Name(t.Context(), r.omar, "rule", ids()))
		keeps("false false")
		var kinds []string
		must(t, r.db.Table("audit_entries").Order("seq").Pluck("object_kind", &kinds).Error)
		if want := []string{"signal_keeper", "former_signal_keeper", "signal_keeper", "former_signal_keeper"}; !slices.Equal(kinds, want) {
			t.Errorf("the audit log says %v, want %v", kinds, want)
		}
	})
}
