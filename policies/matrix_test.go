package policies

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
)

//go:embed matrix.csv
var matrixFile string

var (
	me       = uuid.MustParse("00000000-0000-4000-8000-000000000001")
	somebody = uuid.MustParse("00000000-0000-4000-8000-000000000002")
)

func staff(roles ...Role) Actor { return Actor{Kind: ActorPerson, ID: me, Roles: roles} }

// cases are who may stand before an object, as matrix.csv calls them.
func cases() map[string]struct {
	actor Actor
	facts Facts
} {
	others, own := Facts{OwnerID: somebody, AuthorID: somebody, Scopes: []string{"coach", "peers", "training"}, SharingOpen: true}, Facts{OwnerID: me, AuthorID: somebody}
	session, mine, notOwner := others, own, others
	session.InSession, mine.AuthorID, notOwner.AuthorID = true, me, me
	table := map[string]struct {
		actor Actor
		facts Facts
	}{
		"no_role":                 {staff(), others},
		"manager_and_coach":       {staff(Manager, Coach), others},
		"every_role":              {staff(Roles()...), others},
		"owner":                   {staff(Klantmanager), own},
		"owner_and_author":        {staff(Klantmanager), mine},
		"owner_and_coach":         {staff(Klantmanager, Coach), own},
		"owner_and_administrator": {staff(Klantmanager, Administrator), own},
		"author_not_owner":        {staff(Klantmanager), notOwner},
		"former_owner":            {staff(), mine},
		"in_session":              {staff(Coach), session},
		"participant":             {Actor{Kind: ActorParticipant, ID: me, Roles: Roles()}, mine},
		"system":                  {Actor{Kind: ActorSystem, ID: me, Roles: Roles()}, mine},
		"anonymous":               {Actor{Kind: ActorAnonymous, ID: me, Roles: Roles()}, mine},
	}
	for _, role := range Roles() {
		table[string(role)] = struct {
			actor Actor
			facts Facts
		}{staff(role), others}
	}
	return table
}

var states = []struct {
	name string
	set  func(*Facts)
}{
	{"open", func(*Facts) {}},
	{"closed", func(f *Facts) { f.Closed = true }},
	{"evaluates", func(f *Facts) { f.Evaluates = true }},
	{"disabled", func(f *Facts) { f.Disabled = true }},
}

type row struct {
	who    string
	action Action
}

// matrix reads matrix.csv: of each row the answers by state.
func matrix(t *testing.T) map[row][]string {
	t.Helper()
	reader := csv.NewReader(strings.NewReader(matrixFile))
	reader.Comment = '#'
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"who", "action"}
	for _, state := range states {
		want = append(want, state.name)
	}
	if !slices.Equal(records[0], want) {
		t.Fatalf("header is %v, want %v", records[0], want)
	}
	table := map[row][]string{}
	for _, record := range records[1:] {
		key := row{record[0], Action(record[1])}
		if table[key] != nil {
			t.Errorf("%v is there twice", key)
		}
		table[key] = record[2:]
	}
	return table
}

// Invariant 6.
func TestEveryCellOfTheMatrixHolds(t *testing.T) {
	policy, table := mustLoad(t), matrix(t)
	yes, cells := 0, 0
	for who, c := range cases() {
		for _, action := range Actions() {
			answers := table[row{who, action}]
			if answers == nil {
				t.Errorf("matrix.csv lacks %s, %s", who, action)
				continue
			}
			delete(table, row{who, action})
			for i, state := range states {
				facts := c.facts
				state.set(&facts)
				allowed := expected(t, answers[i])
				for _, purpose := range Purposes() {
					got, want := policy.Decide(c.actor, action, facts, purpose), slices.Contains(allowed, purpose.written())
					if got.Allowed != want || got.Rule == "" {
						t.Errorf("%s, %s, %s, %q: %v (%s), want %v", who, action, state.name, purpose, got.Allowed, got.Rule, want)
					}
					if cells++; got.Allowed {
						yes++
					}
				}
			}
		}
	}
	for left := range table {
		t.Errorf("matrix.csv has %v, which no test stands for", left)
	}
	t.Logf("%d cells, %d of them yes", cells, yes)
}

// expected splits an answer and refuses words that are no purpose.
func expected(t *testing.T, answer string) []string {
	t.Helper()
	if answer == "no" {
		return nil
	}
	purposes := strings.Split(answer, "|")
	for _, purpose := range purposes {
		if !slices.ContainsFunc(Purposes(), func(p Purpose) bool { return p.written() == purpose }) {
			t.Errorf("matrix.csv: %q is no answer", answer)
		}
	}
	return purposes
}

func mustLoad(t testing.TB) *Policy {
	t.Helper()
	policy, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return policy
}
