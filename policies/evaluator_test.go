package policies_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

const day = 24 * time.Hour

func TestAnEvaluatorCountsFromTheAnnouncementUntilTwelveMonthsAfterTheEnd(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := newClock()
		people := policies.NewPeople(db, policies.WithClock(clock.now))
		expect := func(when string, want bool) {
			t.Helper()
			if got := live(t, people, "ingrid", "daan").Evaluates; got != want {
				t.Errorf("%s: evaluates is %v", when, got)
			}
			if live(t, people, "daan", "ingrid").Evaluates {
				t.Errorf("%s: the evaluated evaluates", when)
			}
		}
		expect("before", false)
		omar := policies.DemoID("omar")
		id, err := people.RecordEvaluator(ctx, policies.DemoID("ingrid"), policies.DemoID("daan"), clock.now().Add(60*day), &omar)
		must(t, err)
		expect("announced", true)
		clock.add(90 * day)
		expect("now", true)
		must(t, people.EndEvaluator(ctx, id, clock.now().Add(10*day), nil))
		expect("ending", true)
		clock.add(10*day + 366*day - time.Second)
		expect("ended almost twelve months ago", true)
		clock.add(2 * time.Second)
		expect("ended more than twelve months ago", false)
	})
}

// Invariant 8.
func TestAnEndingWithAnOldDateOpensNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := newClock()
		people := policies.NewPeople(db, policies.WithClock(clock.now))
		id, err := people.RecordEvaluator(ctx, policies.DemoID("bram"), policies.DemoID("daan"), clock.now().Add(-900*day), nil)
		must(t, err)
		must(t, people.EndEvaluator(ctx, id, clock.now().Add(-800*day), nil))
		if !live(t, people, "bram", "daan").Evaluates {
			t.Error("an ending of two years ago, written today, opened the recordings")
		}
		clock.add(300 * day)
		must(t, people.EndEvaluator(ctx, id, clock.now(), nil))
		clock.add(100 * day)
		if !live(t, people, "bram", "daan").Evaluates {
			t.Error("the earlier ending counted, not the last")
		}
	})
}

func TestWhatIsNoEvaluatorRelationIsRefused(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		noor := policies.DemoID("noor")
		_, err := people.RecordEvaluator(ctx, noor, noor, time.Now(), nil)
		wantErr(t, err, policies.ErrEvaluator)
		_, err = people.RecordEvaluator(ctx, uuid.New(), noor, time.Now(), nil)
		wantErr(t, err, policies.ErrNoPerson)
		wantErr(t, people.EndEvaluator(ctx, uuid.New(), time.Now(), nil), policies.ErrEvaluator)
	})
}

// Invariant 8, against someone who reached the database through the program.
func TestRelationsCannotBeChangedOrDeletedBeforeTheirTerm(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		id, err := people.RecordEvaluator(ctx, policies.DemoID("bram"), policies.DemoID("daan"), time.Now(), nil)
		must(t, err)
		must(t, people.EndEvaluator(ctx, id, time.Now(), nil))
		for _, attack := range []string{
			"UPDATE evaluator_relations SET evaluated_id = evaluator_id",
			"DELETE FROM evaluator_relations",
			"UPDATE evaluator_endings SET ends_at = recorded_at",
			"DELETE FROM evaluator_endings",
		} {
			if db.Exec(attack).Error == nil {
				t.Errorf("the database did: %s", attack)
			}
		}
		purged, err := people.PurgeEvaluators(ctx)
		must(t, err)
		if purged != 0 || !live(t, people, "bram", "daan").Evaluates {
			t.Errorf("%d relations were purged before their term", purged)
		}
	})
}

func TestRelationsGoAfterAllTheirEndingsAreOver(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		clock := &clock{time.Now().Add(-1000 * day)}
		people := policies.NewPeople(db, policies.WithClock(clock.now))
		relation := func(evaluator string, endings ...time.Duration) {
			clock.at = time.Now().Add(-1000 * day)
			id, err := people.RecordEvaluator(ctx, policies.DemoID(evaluator), policies.DemoID("daan"), clock.now(), nil)
			must(t, err)
			for _, ago := range endings {
				clock.at = time.Now().Add(-ago)
				must(t, people.EndEvaluator(ctx, id, clock.now(), nil))
			}
		}
		relation("bram", 900*day)
		relation("henk", 900*day, 700*day)
		relation("petra")
		purged, err := people.PurgeEvaluators(ctx)
		must(t, err)
		if purged != 1 {
			t.Errorf("purged %d relations, want bram's only", purged)
		}
		people = policies.NewPeople(db)
		if live(t, people, "bram", "daan").Evaluates || !live(t, people, "petra", "daan").Evaluates {
			t.Error("the wrong relation was purged")
		}
		purged, err = people.PurgeEvaluators(ctx)
		must(t, err)
		if purged != 0 {
			t.Errorf("purged %d more", purged)
		}
	})
}

func TestLiveAnswersEveryPairAndDisablesTheUnknown(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		pair := func(actor, owner string) policies.Pair {
			return policies.Pair{ActorID: policies.DemoID(actor), OwnerID: policies.DemoID(owner)}
		}
		want := map[policies.Pair]policies.LiveFacts{
			pair("noor", "noor"):   {Roles: []policies.Role{"klantmanager"}},
			pair("ingrid", "noor"): {Roles: []policies.Role{"coach", "manager"}, Evaluates: true},
			pair("ingrid", "daan"): {Roles: []policies.Role{"coach", "manager"}},
			pair("bram", "sem"):    {Roles: []policies.Role{"coach"}},
			pair("ghost", "noor"):  {Disabled: true},
		}
		var queries []policies.Pair
		for pair := range want {
			queries = append(queries, pair, pair)
		}
		got, err := people.Live(ctx, nil, queries)
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("live facts are %v, want %v", got, want)
		}
		none, err := people.Live(ctx, nil, nil)
		if err != nil || len(none) != 0 {
			t.Errorf("no pairs: %v, %v", none, err)
		}
	})
}

// The lease asks four times a second for every stream.
func TestLiveAsksTheDatabaseOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		asked := 0
		count := func(*gorm.DB) { asked++ }
		must(t, db.Callback().Query().Before("*").Register("test:query", count))
		must(t, db.Callback().Row().Before("*").Register("test:row", count))
		must(t, db.Callback().Raw().Before("*").Register("test:raw", count))
		var queries []policies.Pair
		for _, owner := range []string{"noor", "sem", "daan"} {
			queries = append(queries, policies.Pair{ActorID: policies.DemoID("ingrid"), OwnerID: policies.DemoID(owner)})
		}
		_, err := people.Live(ctx, nil, queries)
		must(t, err)
		if asked != 1 {
			t.Errorf("%d queries for %d pairs", asked, len(queries))
		}
	})
}

func TestLiveSeesTheTransactionItIsAskedIn(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		pair := policies.Pair{ActorID: policies.DemoID("bram"), OwnerID: policies.DemoID("noor")}
		must(t, db.Transaction(func(tx *gorm.DB) error {
			must(t, people.Save(ctx, tx, policies.Person{ID: pair.ActorID, Login: "bram", Name: "Bram"}))
			facts, err := people.Live(ctx, tx, []policies.Pair{pair})
			must(t, err)
			if len(facts[pair].Roles) != 0 {
				t.Errorf("roles are %v within the transaction", facts[pair].Roles)
			}
			return nil
		}))
	})
}

func TestLiveAnswersThousandsOfPairs(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		queries := make([]policies.Pair, 3000)
		for i := range queries {
			queries[i] = policies.Pair{ActorID: uuid.New(), OwnerID: policies.DemoID("noor")}
		}
		facts, err := people.Live(ctx, nil, queries)
		must(t, err)
		if len(facts) != len(queries) {
			t.Errorf("%d answers for %d pairs", len(facts), len(queries))
		}
	})
}

func TestLiveKnowsNothingWhenTheQueryFails(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		gone, cancel := context.WithCancel(ctx)
		cancel()
		pair := policies.Pair{ActorID: policies.DemoID("noor"), OwnerID: policies.DemoID("noor")}
		if facts, err := people.Live(gone, nil, []policies.Pair{pair}); !errors.Is(err, context.Canceled) || facts != nil {
			t.Errorf("facts %v, error %v", facts, err)
		}
	})
}

// Invariants 1 and 7 over sequences: whatever is recorded, ended, given and
// taken away in whatever order, an evaluator is refused, at once.
func TestNoOrderOfChangesLetsAnEvaluatorIn(t *testing.T) {
	policy, err := policies.Load()
	must(t, err)
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		seeded(t, db)
		rapid.Check(t, func(t *rapid.T) { walkRelations(t, db, policy) })
	})
}

// ending is a relation as the model of the test keeps it.
type ending struct {
	id    uuid.UUID
	until time.Time // counts until then; zero while it has no end
}

func walkRelations(t *rapid.T, db *gorm.DB, policy *policies.Policy) {
	clock := newClock()
	people := policies.NewPeople(db, policies.WithClock(clock.now))
	actor := policies.Person{ID: uuid.New(), Name: "A"}
	owner := policies.Person{ID: uuid.New(), Name: "O", Roles: []policies.Role{policies.Klantmanager}}
	actor.Login, owner.Login = actor.ID.String(), owner.ID.String()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(people.Save(ctx, nil, actor))
	check(people.Save(ctx, nil, owner))
	var relations []ending
	pair := policies.Pair{ActorID: actor.ID, OwnerID: owner.ID}
	steps := map[string]func(*rapid.T){
		"record": func(t *rapid.T) {
			begins := clock.now().Add(time.Duration(rapid.IntRange(-500, 500).Draw(t, "begins")) * day)
			id, err := people.RecordEvaluator(ctx, actor.ID, owner.ID, begins, nil)
			check(err)
			relations = append(relations, ending{id: id})
		},
		"end": func(t *rapid.T) {
			if len(relations) == 0 {
				t.Skip("nothing to end")
			}
			i := rapid.IntRange(0, len(relations)-1).Draw(t, "which")
			ends := clock.now().Add(time.Duration(rapid.IntRange(-500, 500).Draw(t, "ends")) * day)
			check(people.EndEvaluator(ctx, relations[i].id, ends, nil))
			for _, from := range []time.Time{ends, clock.now()} {
				if until := from.Add(366 * day); until.After(relations[i].until) {
					relations[i].until = until
				}
			}
		},
		"roles": func(t *rapid.T) {
			actor.Roles = rapid.SliceOfNDistinct(rapid.SampledFrom(policies.Roles()), 0, 3, rapid.ID).Draw(t, "roles")
			check(people.Save(ctx, nil, actor))
		},
		"time": func(t *rapid.T) { clock.add(time.Duration(rapid.IntRange(1, 400).Draw(t, "days")) * day) },
		"": func(t *rapid.T) {
			want := false
			for _, relation := range relations {
				want = want || relation.until.IsZero() || relation.until.After(clock.now())
			}
			facts, err := people.Live(ctx, nil, []policies.Pair{pair})
			check(err)
			got := facts[pair]
			if got.Evaluates != want || len(got.Roles) != len(actor.Roles) {
				t.Fatalf("live facts are %+v, want evaluates %v, roles %v", got, want, actor.Roles)
			}
			for _, purpose := range policies.Purposes() {
				who := policies.Actor{Kind: policies.ActorPerson, ID: actor.ID, Roles: got.Roles}
				d := policy.Decide(who, policies.RecordingWatch, policies.Facts{OwnerID: owner.ID, Part: policies.PartPeer, SharingOpen: true, Evaluates: got.Evaluates}, purpose)
				if d.Allowed && want {
					t.Fatalf("%q was allowed by %s", purpose, d.Rule)
				}
			}
		},
	}
	t.Repeat(steps)
}
