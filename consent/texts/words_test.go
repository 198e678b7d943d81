package texts

import (
	"errors"
	"testing"
)

func TestSay(t *testing.T) { // invariant 3
	words := load(t).Words("nl")
	for name, test := range map[string]struct {
		key   string
		pairs []any
		want  string
		err   error
	}{
		"places are filled":                {"consent.when", []any{"moment", "nu"}, "Het gesprek is op nu.", nil},
		"a number is written":              {"mine.looked.count", []any{"count", 3}, "Zoveel collega's keken mee: 3.", nil},
		"an unknown key":                   {"consent.wat", nil, "", ErrUnknownKey},
		"a place left open":                {"consent.when", nil, "", ErrPlace},
		"a value for another place":        {"consent.when", []any{"when", "nu"}, "", ErrPlace},
		"a value too many":                 {"consent.when", []any{"moment", "nu", "x", "y"}, "", ErrPlace},
		"a name without a value":           {"consent.when", []any{"moment"}, "", ErrPlace},
		"a value that looks like a place":  {"consent.when", []any{"moment", "{moment}"}, "Het gesprek is op {moment}.", nil},
		"a value that looks like a second": {"answered.conversation", []any{"moment", "{klantmanager}", "klantmanager", "N"}, "Gesprek op {klantmanager}, met N", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := words.Say(test.key, test.pairs...)
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("Say = %q, %v; want %q, %v", got, err, test.want, test.err)
			}
		})
	}
}

func TestFillSomeRefusesAPlaceWithoutValue(t *testing.T) {
	if _, err := FillSome("{days} {hours}", map[string]string{"days": "60"}); !errors.Is(err, ErrPlace) {
		t.Errorf("err = %v, want ErrPlace", err)
	}
}

func TestASectionIsForItsRolesOnly(t *testing.T) {
	for _, s := range load(t).Consent("nl").Sections {
		if !s.For("citizen") {
			t.Errorf("section %s is not for the citizen", s.ID)
		}
		if got, want := s.For("interpreter"), s.ID != "consequence"; got != want {
			t.Errorf("section %s for an interpreter = %t, want %t", s.ID, got, want)
		}
	}
}
