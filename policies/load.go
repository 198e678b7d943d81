package policies

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/constant"
	"github.com/casbin/casbin/v2/model"
)

// ErrPolicy says that the model or the policy is not one this program trusts.
var ErrPolicy = errors.New("policy refused")

//go:embed model.conf
var modelFile []byte

//go:embed policy.csv
var policyFile []byte

const (
	fields   = 5  // subject, kind, verb, purpose, effect
	maxLines = 60 // what two people can read over in one sitting
	wildcard = "*"
)

// Load reads the embedded model and policy and validates them whole.
// Error: ErrPolicy.
func Load() (*Policy, error) { return load(modelFile, policyFile) }

func load(modelText, policyText []byte) (*Policy, error) {
	m, err := parseModel(string(modelText))
	if err != nil {
		return nil, err
	}
	lines, err := parsePolicy(policyText)
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		if err := m.AddPolicy("p", "p", line); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrPolicy, err)
		}
	}
	enforcer, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPolicy, err)
	}
	sum := sha256.Sum256(slices.Concat(modelText, []byte{0}, policyText))
	return &Policy{enforcer, hex.EncodeToString(sum[:])}, nil
}

// matcher is the only one trusted. A matcher can open everything in a few
// characters and no check of its parts would find every such way, so changing
// model.conf means changing this line too.
const matcher = `p_sub in r_subs && p_kind == r_kind && p_act == r_act && (p_purpose == r_purpose || p_purpose == "*")`

func parseModel(text string) (model.Model, error) {
	m, err := model.NewModelFromString(text)
	if err != nil {
		return nil, fmt.Errorf("%w: model: %w", ErrPolicy, err)
	}
	for section, want := range map[string]int{"r": 1, "p": 1, "e": 1, "m": 1, "g": 0} {
		if len(m[section]) != want || want == 1 && m[section][section] == nil {
			return nil, fmt.Errorf("%w: model: section %q", ErrPolicy, section)
		}
	}
	if !slices.Equal(m["r"]["r"].Tokens, []string{"r_subs", "r_kind", "r_act", "r_purpose"}) ||
		!slices.Equal(m["p"]["p"].Tokens, []string{"p_sub", "p_kind", "p_act", "p_purpose", "p_eft"}) {
		return nil, fmt.Errorf("%w: model: other fields", ErrPolicy)
	}
	if m["e"]["e"].Value != constant.AllowAndDenyEffect {
		return nil, fmt.Errorf("%w: model: other effect", ErrPolicy)
	}
	if m["m"]["m"].Value != matcher {
		return nil, fmt.Errorf("%w: model: other matcher", ErrPolicy)
	}
	return m, nil
}

func parsePolicy(text []byte) ([][]string, error) {
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comment = '#'
	reader.FieldsPerRecord = fields + 1
	records, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPolicy, err)
	}
	if len(records) == 0 || len(records) > maxLines {
		return nil, fmt.Errorf("%w: %d lines, want 1 to %d", ErrPolicy, len(records), maxLines)
	}
	seen := map[string]bool{}
	lines := make([][]string, 0, len(records))
	for _, record := range records {
		line := record[1:]
		cell := strings.Join(line[:fields-1], ",")
		if err := validLine(record[0], line); err != nil {
			return nil, err
		}
		if seen[cell] {
			return nil, fmt.Errorf("%w: %s is said twice", ErrPolicy, cell)
		}
		seen[cell] = true
		lines = append(lines, line)
	}
	return lines, nil
}

// validLine accepts exactly the shapes this program knows. Anything else is
// refused: casbin reads an effect "Deny" as no deny at all (invariant 4).
func validLine(ptype string, line []string) error {
	subject, action, purpose, effect := line[0], Action(line[1]+":"+line[2]), Purpose(line[3]), line[4]
	role, isRole := strings.CutPrefix(subject, "role:")
	if line[3] == "-" {
		purpose = NoPurpose
	}
	var fault string
	switch {
	case ptype != "p":
		fault = "roles inherit from nothing here: only p lines"
	case isRole && !Role(role).known(), !isRole && !slices.Contains(relations(), subject):
		fault = "unknown subject"
	case !action.known():
		fault = "unknown action"
	case effect != "allow" && effect != "deny":
		fault = "effect is not allow or deny"
	case line[3] == wildcard && effect == "deny":
		return nil
	case line[3] == "" || !purpose.known():
		fault = "unknown purpose"
	case action.Purposed() == (purpose == NoPurpose):
		fault = "purpose does not go with the action"
	case effect == "allow" && (purpose == PerformanceEvaluation || purpose == Evidence):
		fault = "forbidden purpose"
	default:
		return nil
	}
	return fmt.Errorf("%w: %q: %s", ErrPolicy, strings.Join(line, ","), fault)
}
