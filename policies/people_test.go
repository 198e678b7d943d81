package policies_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

var ctx = context.Background()

// clock is a clock that a test moves.
type clock struct{ at time.Time }

func newClock() *clock               { return &clock{time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)} }
func (c *clock) now() time.Time      { return c.at }
func (c *clock) add(d time.Duration) { c.at = c.at.Add(d) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error is %v, want %v", err, want)
	}
}

func seeded(t testing.TB, db *gorm.DB) *policies.People {
	t.Helper()
	must(t, policies.SeedDemo(ctx, db))
	return policies.NewPeople(db)
}

func TestTheDemoPeopleAreThoseOfTheContract(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		must(t, policies.SeedDemo(ctx, db))
		list, err := people.List(ctx)
		must(t, err)
		var names []string
		for _, person := range list {
			names = append(names, person.Name)
		}
		want := []string{"Aylin", "Bram", "Daan", "Fatima", "Femke", "Henk", "Ingrid", "Noor", "Olga", "Omar", "Paul", "Petra", "Sem"}
		if !reflect.DeepEqual(names, want) {
			t.Errorf("people are %v, want %v", names, want)
		}
		ingrid, err := people.ByLogin(ctx, "ingrid")
		must(t, err)
		if want := (policies.Person{ID: policies.DemoID("ingrid"), Login: "ingrid", Name: "Ingrid", Roles: []policies.Role{"coach", "manager"}, Teams: []string{"Centrum"}}); !reflect.DeepEqual(ingrid, want) {
			t.Errorf("ingrid is %+v, want %+v", ingrid, want)
		}
		var evaluated []string
		for _, login := range []string{"noor", "sem", "aylin", "daan", "fatima", "bram"} {
			if live(t, people, "ingrid", login).Evaluates {
				evaluated = append(evaluated, login)
			}
		}
		if want := []string{"noor", "sem", "aylin"}; !reflect.DeepEqual(evaluated, want) {
			t.Errorf("ingrid evaluates %v, want %v", evaluated, want)
		}
	})
}

func live(t testing.TB, people *policies.People, actor, owner string) policies.LiveFacts {
	t.Helper()
	pair := policies.Pair{ActorID: policies.DemoID(actor), OwnerID: policies.DemoID(owner)}
	facts, err := people.Live(ctx, nil, []policies.Pair{pair})
	must(t, err)
	evaluated, err := people.Evaluated(ctx, nil, pair.ActorID)
	must(t, err)
	if slices.Contains(evaluated, pair.OwnerID) != facts[pair].Evaluates {
		t.Errorf("the list of whom %s evaluates and the fact about %s disagree", actor, owner)
	}
	return facts[pair]
}

func TestSavingReplacesRolesAndTeams(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		noor, err := people.ByLogin(ctx, "noor")
		must(t, err)
		noor.Name, noor.Login, noor.Roles, noor.Teams = "Noor B.", "noorb", []policies.Role{policies.Coach}, []string{"Oost", "West"}
		must(t, people.Save(ctx, nil, noor))
		must(t, db.Transaction(func(tx *gorm.DB) error { return people.Save(ctx, tx, noor) }))
		found, err := people.ByID(ctx, noor.ID)
		must(t, err)
		if !reflect.DeepEqual(found, noor) {
			t.Errorf("found %+v, want %+v", found, noor)
		}
		noor.Roles, noor.Teams = nil, nil
		must(t, people.Save(ctx, nil, noor))
		found, err = people.ByID(ctx, noor.ID)
		must(t, err)
		if !reflect.DeepEqual(found, noor) {
			t.Errorf("without roles and teams: found %+v, want %+v", found, noor)
		}
		sem, err := people.ByLogin(ctx, "sem")
		must(t, err)
		if len(sem.Roles) != 1 || len(sem.Teams) != 1 {
			t.Errorf("saving noor changed sem: %+v", sem)
		}
	})
}

func TestNamesAreThoseOfWhoIsThere(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		noor, sem, nobody := policies.DemoID("noor"), policies.DemoID("sem"), uuid.New()
		names, err := people.Names(ctx, nil, []uuid.UUID{noor, sem, nobody})
		must(t, err)
		if want := map[uuid.UUID]string{noor: "Noor", sem: "Sem"}; !reflect.DeepEqual(names, want) {
			t.Errorf("names are %v, want %v", names, want)
		}
		if names, err = people.Names(ctx, nil, nil); err != nil || len(names) != 0 {
			t.Errorf("nobody's names are %v, %v", names, err)
		}
	})
}

func TestSavingRefusesWhatIsNoPerson(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		good := policies.Person{ID: uuid.New(), Login: "x", Name: "X"}
		for name, spoil := range map[string]func(*policies.Person){
			"no id":             func(p *policies.Person) { p.ID = uuid.Nil },
			"no login":          func(p *policies.Person) { p.Login = " " },
			"no name":           func(p *policies.Person) { p.Name = "" },
			"an unknown role":   func(p *policies.Person) { p.Roles = []policies.Role{"is:owner"} },
			"a team of no name": func(p *policies.Person) { p.Teams = []string{""} },
		} {
			t.Run(name, func(t *testing.T) {
				person := good
				spoil(&person)
				wantErr(t, people.Save(ctx, nil, person), policies.ErrPerson)
			})
		}
		wantErr(t, people.Save(ctx, nil, policies.Person{ID: uuid.New(), Login: "noor", Name: "Noor 2"}), policies.ErrLoginTaken)
		_, err := people.ByLogin(ctx, "x")
		wantErr(t, err, policies.ErrNoPerson)
	})
}

func TestEmptyKeysFindNobody(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		_, err := people.ByLogin(ctx, "")
		wantErr(t, err, policies.ErrNoPerson)
		_, err = people.BySubject(ctx, "")
		wantErr(t, err, policies.ErrNoPerson)
		_, err = people.ByID(ctx, uuid.Nil)
		wantErr(t, err, policies.ErrNoPerson)
	})
}

// Invariant 9.
func TestASubjectIsBoundOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		noor, sem := policies.DemoID("noor"), policies.DemoID("sem")
		must(t, people.BindSubject(ctx, noor, "https://id.example|1"))
		must(t, people.BindSubject(ctx, noor, "https://id.example|1"))
		wantErr(t, people.BindSubject(ctx, noor, "https://id.example|2"), policies.ErrAlreadyBound)
		wantErr(t, people.BindSubject(ctx, sem, "https://id.example|1"), policies.ErrAlreadyBound)
		wantErr(t, people.BindSubject(ctx, uuid.New(), "https://id.example|3"), policies.ErrNoPerson)
		wantErr(t, people.BindSubject(ctx, sem, " "), policies.ErrPerson)
		found, err := people.BySubject(ctx, "https://id.example|1")
		must(t, err)
		if found.ID != noor {
			t.Errorf("the subject belongs to %s", found.Login)
		}
		must(t, people.Save(ctx, nil, found))
		_, err = people.BySubject(ctx, "https://id.example|1")
		must(t, err)
		must(t, people.Disable(ctx, sem, time.Now()))
		wantErr(t, people.BindSubject(ctx, sem, "https://id.example|4"), policies.ErrNoPerson)
	})
}

func TestManyWhoBindAtOnceGetOneBinding(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := seeded(t, db)
		var bound atomic.Int32
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				err := people.BindSubject(ctx, policies.DemoID("noor"), string(rune('a'+i)))
				if err == nil {
					bound.Add(1)
				} else {
					wantErr(t, err, policies.ErrAlreadyBound)
				}
			})
		}
		group.Wait()
		if bound.Load() != 1 {
			t.Errorf("%d subjects were bound", bound.Load())
		}
	})
}

func TestADisabledPersonLosesEverythingAtOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people, sessions := seeded(t, db), policies.NewSessions(db)
		noor := policies.DemoID("noor")
		token, err := sessions.Create(ctx, noor)
		must(t, err)
		must(t, people.Disable(ctx, noor, time.Now()))
		_, err = sessions.Actor(ctx, token)
		wantErr(t, err, policies.ErrNoSession)
		_, err = sessions.Create(ctx, noor)
		wantErr(t, err, policies.ErrNoPerson)
		if !live(t, people, "noor", "noor").Disabled {
			t.Error("the live facts do not know")
		}
		list, err := people.List(ctx)
		must(t, err)
		if len(list) != 12 {
			t.Errorf("%d people are listed, want 12", len(list))
		}
		found, err := people.ByID(ctx, noor)
		must(t, err)
		must(t, people.Save(ctx, nil, found))
		if found, err = people.ByID(ctx, noor); err != nil || !found.Disabled {
			t.Errorf("saving let the person in again: %+v, %v", found, err)
		}
		must(t, people.Disable(ctx, noor, time.Now()))
		wantErr(t, people.Disable(ctx, uuid.New(), time.Now()), policies.ErrNoPerson)
	})
}

func TestTheFirstAdministratorIsMadeOnceAndOnlyOnAnEmptyInstallation(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := policies.NewPeople(db)
		var made atomic.Int32
		var group sync.WaitGroup
		for range 6 { // replicas that start together
			group.Go(func() {
				did, err := people.FirstAdmin(ctx, "https://id.example|admin")
				if err != nil {
					t.Error(err)
				}
				if did {
					made.Add(1)
				}
			})
		}
		group.Wait()
		if made.Load() != 1 {
			t.Errorf("made %d times", made.Load())
		}
		admin, err := people.BySubject(ctx, "https://id.example|admin")
		must(t, err)
		if !reflect.DeepEqual(admin.Roles, []policies.Role{policies.Administrator}) {
			t.Errorf("roles are %v", admin.Roles)
		}
		did, err := people.FirstAdmin(ctx, "https://id.example|mallory")
		must(t, err)
		_, err = people.BySubject(ctx, "https://id.example|mallory")
		if did || !errors.Is(err, policies.ErrNoPerson) {
			t.Errorf("a second one was made: %v, %v", did, err)
		}
		_, err = people.FirstAdmin(ctx, "")
		wantErr(t, err, policies.ErrPerson)
	})
}
