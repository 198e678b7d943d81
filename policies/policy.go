package policies

import (
	"strings"

	"github.com/casbin/casbin/v2"
)

// Policy is the closed table of who may do what. It is safe for use by
// several goroutines and never changes after Load.
type Policy struct {
	enforcer *casbin.Enforcer
	hash     string
}

// Decision is an answer and what gave it: a clause of the guard
// ("guard:evaluator"), a policy line ("policy:is:owner,recording,watch,
// self_reflection,allow"), "policy:none" or "policy:error".
type Decision struct {
	Allowed bool
	Rule    string
}

// Decide says whether the actor may do the action to the object of these
// facts. The guard speaks first, then the policy; no line is a no, an error
// too.
func (p *Policy) Decide(a Actor, action Action, f Facts, purpose Purpose) Decision {
	if rule := guard(action, f, purpose); rule != "" {
		return Decision{Rule: rule}
	}
	if p == nil || p.enforcer == nil {
		return Decision{Rule: "policy:error"}
	}
	return decide(p.enforcer, subjects(a, f), action, purpose)
}

func decide(enforcer *casbin.Enforcer, subjects []any, action Action, purpose Purpose) Decision {
	kind, verb := action.split()
	allowed, line, err := enforcer.EnforceEx(subjects, string(kind), verb, purpose.written())
	switch {
	case err != nil:
		return Decision{Rule: "policy:error"}
	case len(line) != fields:
		// A yes without a line that says it is no yes.
		return Decision{Rule: "policy:none"}
	}
	return Decision{Allowed: allowed && line[fields-1] == "allow", Rule: "policy:" + strings.Join(line, ",")}
}

// Hash is the SHA-256 of model and policy, in hex: reported at the start, in
// the audit log and on the public page.
func (p *Policy) Hash() string { return p.hash }
