package policies

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// The oracle knows nothing of guard.go or policy.csv: it says in plain Go who
// must not get a yes. Invariants 1, 2 and 3.
func mustBeNo(a Actor, action string, f Facts, purpose string) string {
	if purpose == "performance_evaluation" || purpose == "evidence" {
		return "forbidden purpose"
	}
	if f.Evaluates {
		return "evaluator"
	}
	if f.Disabled {
		return "disabled"
	}
	if action == "recording:watch" && (purpose == "coaching" || purpose == "peer_review") {
		return mustNotLookAlong(a, f, purpose)
	}
	if strings.HasPrefix(action, "session:") && action != "session:create" && !f.Member {
		return "not in the session"
	}
	if action == "signal:keep" && !f.Keeper {
		return "not named for the signals"
	}
	about := strings.HasPrefix(action, "recording:") || strings.HasPrefix(action, "annotation:")
	if about && (a.Kind != "person" || a.ID != f.OwnerID || a.ID == uuid.Nil) {
		return "not the owner"
	}
	if about && f.Closed && (strings.HasSuffix(action, ":watch") || strings.HasSuffix(action, ":create") || action == "annotation:read" || action == "annotation:update") {
		return "closed"
	}
	if action == "recording:watch" && (purpose != "self_reflection" || !slices.Contains(a.Roles, "klantmanager")) {
		return "only for self-reflection of a klantmanager"
	}
	if (action == "annotation:update" || action == "annotation:delete") && a.ID != f.AuthorID {
		return "another's note"
	}
	if action == "recording:watch" && neverWatches(a) {
		return "a role that never watches"
	}
	return ""
}

func neverWatches(a Actor) bool {
	return slices.ContainsFunc(a.Roles, func(role Role) bool {
		return slices.Contains([]Role{"administrator", "hr", "privacy_manager", "dpo", "works_council"}, role)
	})
}

// mustNotLookAlong is the oracle for a recording in a session.
func mustNotLookAlong(a Actor, f Facts, purpose string) string {
	switch {
	case a.Kind != "person" || a.ID == uuid.Nil || f.Part == "" || f.Closed || !f.SharingOpen || neverWatches(a):
		return "not one who looks along"
	case slices.ContainsFunc(f.Needs, func(need string) bool { return !slices.Contains(f.Scopes, need) }):
		return "the citizen does not allow it"
	case (a.ID == f.OwnerID) != (f.Part == "owner"):
		return "the part of another"
	case f.Part == "coach" && (purpose != "coaching" || !slices.Contains(a.Roles, "coach")):
		return "no coach"
	case f.Part == "peer" && (purpose != "peer_review" || !slices.Contains(a.Roles, "klantmanager") && !slices.Contains(a.Roles, "coach")):
		return "no peer"
	case f.Part == "owner" && !slices.Contains(a.Roles, "klantmanager"):
		return "no klantmanager any more"
	}
	return ""
}
func TestNothingTurnsAnOraclesNoIntoAYes(t *testing.T) {
	policy := mustLoad(t)
	someone := rapid.SampledFrom([]uuid.UUID{me, me, somebody, uuid.Nil})
	word := rapid.OneOf(rapid.SampledFrom([]string{"is:owner", "role:klantmanager", "*", "-", ""}), rapid.String())
	allowed := 0
	rapid.Check(t, func(t *rapid.T) {
		actor := Actor{
			Kind:  ActorKind(rapid.SampledFrom([]string{"person", "person", "person", "participant", "system", "anonymous", "", "*"}).Draw(t, "kind")),
			ID:    someone.Draw(t, "actor"),
			Name:  word.Draw(t, "name"),
			Login: word.Draw(t, "login"),
			Roles: rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(Roles()), rapid.Map(word, func(s string) Role { return Role(s) })), 0, 4).Draw(t, "roles"),
		}
		flag := rapid.SampledFrom([]bool{false, false, false, true})
		facts := Facts{
			OwnerID: someone.Draw(t, "owner"), AuthorID: someone.Draw(t, "author"),
			Closed: flag.Draw(t, "closed"), Evaluates: flag.Draw(t, "evaluates"), Disabled: flag.Draw(t, "disabled"),
			Part:        rapid.SampledFrom([]Part{"", "owner", "coach", "peer", "is:owner"}).Draw(t, "part"),
			Needs:       rapid.SliceOfN(rapid.SampledFrom([]string{"coach", "peers"}), 0, 2).Draw(t, "needs"),
			SharingOpen: flag.Draw(t, "sharing"), Member: flag.Draw(t, "member"), Maker: flag.Draw(t, "maker"),
			Leader: flag.Draw(t, "leader"), Keeper: flag.Draw(t, "keeper"),
			Scopes: rapid.SliceOfN(rapid.SampledFrom([]string{"coach", "peers", "training"}), 0, 3).Draw(t, "scopes"),
		}
		actions := append(Actions(), Action(word.Draw(t, "action")))
		purposes := append(Purposes(), Purpose(word.Draw(t, "purpose")))
		for _, action := range actions {
			for _, purpose := range purposes {
				decision := policy.Decide(actor, action, facts, purpose)
				if !decision.Allowed {
					continue
				}
				allowed++
				if why := mustBeNo(actor, string(action), facts, string(purpose)); why != "" {
					t.Fatalf("%s, %q allowed by %s, must be no: %s", action, purpose, decision.Rule, why)
				}
				if !slices.Contains(Actions(), action) || !slices.Contains(Purposes(), purpose) {
					t.Fatalf("allowed %q, %q, which nobody knows", action, purpose)
				}
			}
		}
	})
	if allowed == 0 {
		t.Error("nothing was allowed at all: the generator tests nothing")
	}
}

func TestACoachWhoEvaluatesIsRefusedByTheGuard(t *testing.T) {
	policy := mustLoad(t)
	ingrid := staff(Manager, Coach)
	for _, action := range Actions() {
		for _, purpose := range Purposes() {
			facts := Facts{OwnerID: somebody, AuthorID: me, Part: PartCoach, Member: true, Leader: true, SharingOpen: true, Scopes: []string{"coach"}, Evaluates: true}
			if d := policy.Decide(ingrid, action, facts, purpose); d.Allowed || !strings.HasPrefix(d.Rule, "guard:") {
				t.Errorf("%s, %q: %+v", action, purpose, d)
			}
		}
	}
}

// Invariant 5.
func TestAPersonCalledLikeARoleOrRelationDoesNotGetIt(t *testing.T) {
	policy := mustLoad(t)
	for _, name := range []string{"role:klantmanager", "klantmanager", "is:owner", "is:author", "is:owner,role:klantmanager"} {
		mallory := Actor{Kind: ActorPerson, ID: me, Name: name, Login: name, Roles: []Role{Role(name + " "), Role("is:owner"), Role("role:klantmanager"), "Klantmanager"}}
		for _, action := range []Action{ConversationCreate, RecordingRead, RecordingErase, PeopleRead} {
			if d := policy.Decide(mallory, action, Facts{OwnerID: somebody}, NoPurpose); d.Allowed {
				t.Errorf("someone called %q may %s: %s", name, action, d.Rule)
			}
		}
	}
}

func TestAnObjectOfNobodyBelongsToNobody(t *testing.T) {
	nobody := Actor{Kind: ActorPerson, Roles: Roles()}
	for _, action := range Actions() {
		if d := mustLoad(t).Decide(nobody, action, Facts{}, NoPurpose); d.Allowed {
			t.Errorf("a person without id may %s", action)
		}
	}
}

// Invariant 3.
func TestAPolicyThatWasNotLoadedRefuses(t *testing.T) {
	for _, policy := range []*Policy{nil, {}} {
		if d := policy.Decide(staff(Klantmanager), SelfRead, Facts{}, NoPurpose); d.Allowed || d.Rule != "policy:error" {
			t.Errorf("%+v", d)
		}
	}
}

func TestDecisionsNameTheirRule(t *testing.T) {
	policy, own := mustLoad(t), Facts{OwnerID: me}
	closed := own
	closed.Closed = true
	tests := map[string]struct {
		action  Action
		facts   Facts
		purpose Purpose
		roles   []Role
	}{
		"policy:is:owner,recording,watch,self_reflection,allow": {RecordingWatch, own, SelfReflection, []Role{Klantmanager}},
		"policy:role:administrator,recording,watch,*,deny":      {RecordingWatch, own, SelfReflection, []Role{Klantmanager, Administrator}},
		"policy:none":             {RecordingWatch, own, Coaching, []Role{Klantmanager}},
		"guard:closed":            {RecordingWatch, closed, SelfReflection, []Role{Klantmanager}},
		"guard:forbidden_purpose": {RecordingWatch, own, Evidence, []Role{Klantmanager}},
		"guard:unknown":           {RecordingWatch, own, NoPurpose, []Role{Klantmanager}},
	}
	for rule, test := range tests {
		if d := policy.Decide(staff(test.roles...), test.action, test.facts, test.purpose); d.Rule != rule {
			t.Errorf("rule is %q, want %q", d.Rule, rule)
		}
	}
}

func TestManyMayDecideAtOnce(t *testing.T) {
	policy := mustLoad(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				if !policy.Decide(staff(Klantmanager), RecordingWatch, Facts{OwnerID: me}, SelfReflection).Allowed {
					t.Error("the owner was refused")
				}
				if policy.Decide(staff(HR), RecordingWatch, Facts{OwnerID: somebody}, SelfReflection).Allowed {
					t.Error("HR was allowed")
				}
			}
		})
	}
	group.Wait()
}
