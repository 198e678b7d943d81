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

// along is a recording looked at in a session.
func along(f Facts, part Part, needs ...string) Facts {
	f.Part, f.Needs, f.SharingOpen = part, needs, f.SharingOpen || f.OwnerID == me
	if f.OwnerID == me {
		f.Scopes = []string{"coach", "peers"}
	}
	return f
}

// cases are who may stand before an object, as matrix.csv calls them.
func cases() map[string]struct {
	actor Actor
	facts Facts
} {
	others, own := Facts{OwnerID: somebody, AuthorID: somebody, Scopes: []string{"coach", "peers", "training"}, SharingOpen: true}, Facts{OwnerID: me, AuthorID: somebody}
	mine, notOwner := own, others
	mine.AuthorID, notOwner.AuthorID = me, me
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
		"session_member":          {staff(Klantmanager), Facts{Member: true}},
		"session_maker":           {staff(Klantmanager), Facts{Member: true, Maker: true}},
		"session_former_maker":    {staff(), Facts{Member: true, Maker: true}},
		"session_leader":          {staff(Coach), Facts{Member: true, Leader: true}},
		"session_outsider":        {staff(Klantmanager, Coach), Facts{Maker: true, Leader: true}},
		"signal_keeper":           {staff(), Facts{Keeper: true}},
		"session_owner":           {staff(Klantmanager), along(own, PartOwner, "coach", "peers")},
		"session_former_owner":    {staff(), along(own, PartOwner)},
		"session_coach":           {staff(Coach), along(others, PartCoach, "coach")},
		"session_coach_no_more":   {staff(Klantmanager), along(others, PartCoach, "coach")},
		"session_peer":            {staff(Klantmanager), along(others, PartPeer, "peers")},
		"session_peer_no_more":    {staff(), along(others, PartPeer, "peers")},
		"session_peer_and_hr":     {staff(Klantmanager, HR), along(others, PartPeer, "peers")},
		"session_scope_missing":   {staff(Coach), along(others, PartCoach, "coach", "elsewhere")},
		"session_not_yet_shared":  {staff(Klantmanager), along(Facts{OwnerID: somebody, Scopes: []string{"coach", "peers"}}, PartPeer)},
		"session_part_swapped":    {staff(Klantmanager, Coach), along(others, PartOwner)},
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
