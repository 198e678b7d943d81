package main

import (
	"context"
	"strings"
	"testing"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

const peopleFile = `login,name,roles,teams,evaluates
noor@gemeente.example,Noor,klantmanager,Centrum,
Ingrid@gemeente.example,Ingrid,manager;coach,Centrum,noor@gemeente.example
`

func TestPeopleAreImportedOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		ctx := context.Background()
		people := policies.NewPeople(db)
		plan := func(file string) []change {
			t.Helper()
			lines, err := readPeople(strings.NewReader(file))
			must(t, err)
			changes, err := planPeople(ctx, people, lines)
			must(t, err)
			return changes
		}
		changes := plan(peopleFile)
		if len(changes) != 3 {
			t.Fatalf("%d changes planned, want two people and a relation", len(changes))
		}
		if all, err := people.List(ctx); err != nil || len(all) != 0 {
			t.Fatalf("planning changed something: %v, %v", all, err)
		}
		for _, c := range changes {
			must(t, c.do(ctx))
		}
		ingrid, err := people.ByLogin(ctx, "ingrid@gemeente.example")
		must(t, err)
		noor, err := people.ByLogin(ctx, "noor@gemeente.example")
		must(t, err)
		pair := policies.Pair{ActorID: ingrid.ID, OwnerID: noor.ID}
		live, err := people.Live(ctx, nil, []policies.Pair{pair})
		must(t, err)
		if !live[pair].Evaluates || len(ingrid.Roles) != 2 {
			t.Errorf("ingrid: %+v, evaluates noor: %v", ingrid, live[pair].Evaluates)
		}
		if again := plan(peopleFile); len(again) != 0 {
			t.Errorf("a second import would change %d things: %v", len(again), again[0].says)
		}
		changed := plan(strings.Replace(peopleFile, "Noor,klantmanager", "Noor,klantmanager;coach", 1))
		if len(changed) != 1 || !strings.HasPrefix(changed[0].says, "changed: noor") {
			t.Errorf("one more role is %v", changed)
		}
	})
}

func TestEveryFaultOfAnImportIsNamed(t *testing.T) {
	for file, want := range map[string]string{
		"":             "the first line must be",
		"name,login\n": "the first line must be",
		"login,name,roles,teams,evaluates\na,A,chief,,\n":    `line 2: "chief" is no role`,
		"login,name,roles,teams,evaluates\n,A,,,\n":          "line 2: login and name",
		"login,name,roles,teams,evaluates\na,A,,,\nA,B,,,\n": "line 3: the login stands in the file twice",
		"login,name,roles,teams,evaluates\na,A\n":            "line 2",
	} {
		if _, err := readPeople(strings.NewReader(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", file, err, want)
		}
	}
}
