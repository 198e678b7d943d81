package policies

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// Invariant 4. Every one of these is read by casbin without complaint, and
// most of them open something.
func TestLoadRefusesWhatCasbinWouldMisread(t *testing.T) {
	good := string(policyFile)
	replaced := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("policy.csv has no %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	var deep strings.Builder
	for i := range 11 {
		fmt.Fprintf(&deep, "g,role:r%d,role:r%d\n", i, i+1)
	}
	long := good
	for _, purpose := range Purposes()[1:7] {
		for _, role := range Roles() {
			long += fmt.Sprintf("p,role:%s,annotation,create,%s,allow\n", role, purpose)
		}
	}
	tests := map[string]string{
		"the effect Deny, which denies nothing":        replaced("watch,*,deny", "watch,*,Deny"),
		"an effect with a space after it":              replaced("watch,*,deny", "watch,*,deny "),
		"an effect with a space before it":             replaced("watch,*,deny", "watch,*, deny"),
		"a quoted effect with a space":                 replaced("watch,*,deny", `watch,*,"deny "`),
		"an empty effect":                              replaced("watch,*,deny", "watch,*,"),
		"another effect":                               replaced("watch,*,deny", "watch,*,refuse"),
		"a line without effect":                        replaced(",watch,*,deny", ",watch,*"),
		"a line with a field too many":                 replaced("watch,*,deny", "watch,*,deny,x"),
		"an unknown role":                              replaced("role:hr", "role:hrm"),
		"a role in capitals":                           replaced("role:hr", "role:HR"),
		"a subject without prefix":                     replaced("role:hr", "hr"),
		"an unknown relation":                          replaced("is:owner", "is:friend"),
		"a wildcard subject":                           replaced("is:owner", "*"),
		"an empty subject":                             replaced("is:owner", ""),
		"an unknown kind":                              replaced("recording,erase", "recordings,erase"),
		"an unknown verb":                              replaced("recording,erase", "recording,wipe"),
		"a wildcard verb":                              replaced("recording,erase", "recording,*"),
		"an unknown purpose":                           replaced("watch,self_reflection", "watch,self-reflection"),
		"an empty purpose":                             replaced("watch,self_reflection", "watch,"),
		"a wildcard purpose that allows":               replaced("watch,self_reflection", "watch,*"),
		"watching without purpose":                     replaced("watch,self_reflection", "watch,-"),
		"a purpose where none is asked":                replaced("erase,-", "erase,coaching"),
		"an allow for performance evaluation":          good + "p,role:manager,recording,watch,performance_evaluation,allow\n",
		"an allow for evidence":                        good + "p,role:dpo,recording,watch,evidence,allow\n",
		"a cell said twice":                            good + "p,is:owner,recording,erase,-,allow\n",
		"a cell allowed and denied":                    good + "p,is:owner,recording,erase,-,deny\n",
		"a role that inherits":                         good + "g,role:coach,role:klantmanager\n",
		"a hierarchy eleven deep, which is ignored":    good + deep.String(),
		"roles in a circle":                            good + "g,role:coach,role:hr\ng,role:hr,role:coach\n",
		"a second policy type":                         good + "p2,is:owner,recording,erase,-,allow\n",
		"an unclosed quote":                            good + `p,is:owner,recording,"erase,-,allow`,
		"a byte order mark before the first line":      "\ufeffp,is:person,self,read,-,allow\n",
		"no lines, where casbin asks the matcher once": "# nothing\n",
		"an empty file":                                "",
		"more lines than two people read over":         long,
	}
	for name, policy := range tests {
		t.Run(name, func(t *testing.T) { refusesToLoad(t, string(modelFile), policy) })
	}
}

func TestLoadRefusesAnotherModel(t *testing.T) {
	good := string(modelFile)
	replaced := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("model.conf has no %q", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	const effect, matcher = "e = some(where (p.eft == allow)) && !some(where (p.eft == deny))", "m = p.sub in r.subs && "
	tests := map[string]string{
		"deny does not outweigh":       replaced(effect, "e = some(where (p.eft == allow))"),
		"allowed unless denied":        replaced(effect, "e = !some(where (p.eft == deny))"),
		"the first line wins":          replaced(effect, "e = priority(p.eft) || deny"),
		"the matcher is always true":   replaced(matcher, "m = true || "),
		"the matcher forgets who asks": replaced(matcher, "m = "),
		"eval in the matcher":          replaced(matcher, "m = eval(p.sub) && "),
		"a pattern in the matcher":     replaced("p.act == r.act", "regexMatch(r.act, p.act)"),
		"a role definition":            good + "\n[role_definition]\ng = _, _\n",
		"a second matcher":             good + "m2 = true\n",
		"no effect column":             replaced(", eft", ""),
		"other request fields":         replaced("r = subs, kind", "r = kind, subs"),
		"an empty file":                "",
	}
	for name, model := range tests {
		t.Run(name, func(t *testing.T) { refusesToLoad(t, model, string(policyFile)) })
	}
}

func refusesToLoad(t *testing.T, model, policy string) {
	t.Helper()
	if p, err := load([]byte(model), []byte(policy)); !errors.Is(err, ErrPolicy) || p != nil {
		t.Errorf("loaded: %v", err)
	}
}

func TestTheHashFollowsModelAndPolicy(t *testing.T) {
	first := mustLoad(t).Hash()
	if len(first) != 64 || first != mustLoad(t).Hash() {
		t.Errorf("hash %q is not stable", first)
	}
	for _, files := range [][2]string{{string(modelFile) + "\n", string(policyFile)}, {string(modelFile), string(policyFile) + "\n"}} {
		changed, err := load([]byte(files[0]), []byte(files[1]))
		if err != nil || changed.Hash() == first {
			t.Errorf("the hash does not follow the files: %v", err)
		}
	}
}
