package consent

import (
	"testing"

	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/cmd/database/databasetest"
)

func TestRowsAreTheSchema(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		databasetest.Drift(t, db, &conversationRow{}, &participantRow{}, &requestRow{}, &recordRow{}, &eventRow{},
			&linkSessionRow{}, &erasureRow{}, &owedRow{}, &organisationRow{}, &receiptKeyRow{},
			&proposalRow{}, &decisionRow{}, &unmaskingRow{}, &unmaskingSeenRow{}, &pinRow{}, &pinTryRow{}, &reminderRow{})
	})
}

func TestACheckDigitFindsOneWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code, err := newCode()
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := ParseCode(code); !ok || got != code {
			t.Fatalf("ParseCode(%q) = %q, %v", code, got, ok)
		}
		place := rapid.IntRange(0, codeDigits-1).Draw(t, "place")
		add := rapid.IntRange(1, 9).Draw(t, "add")
		wrong := []byte(code)
		wrong[place] = '0' + byte((int(wrong[place]-'0')+add)%10)
		if _, ok := ParseCode(string(wrong)); ok {
			t.Fatalf("%s passes for %s", wrong, code)
		}
	})
}

func TestEveryDigitScriptIsRead(t *testing.T) {
	code, err := newCode()
	if err != nil {
		t.Fatal(err)
	}
	for _, zero := range []rune{'0', '٠', '۰', '०', '০', '０', '𝟎', '𝟘', '𝟢', '𝟬', '𝟶'} {
		var typed []rune
		for _, d := range code {
			typed = append(typed, zero+d-'0')
		}
		if got, ok := ParseCode(string(typed)); !ok || got != code {
			t.Errorf("%s: got %q, %v; want %q", string(typed), got, ok, code)
		}
	}
}

func TestIntersectIsWhatBothAllow(t *testing.T) {
	some := rapid.Custom(func(t *rapid.T) Scopes {
		return ParseScopes(rapid.SliceOf(rapid.SampledFrom([]string{"coach", "peers", "training", "evidence", ""})).Draw(t, "scopes"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := some.Draw(t, "a"), some.Draw(t, "b")
		both := a.Intersect(b)
		if both.String() != b.Intersect(a).String() || len(both) > min(len(a), len(b)) {
			t.Fatalf("%v ∩ %v = %v", a, b, both)
		}
		if scopesOf(both.String()).String() != both.String() {
			t.Fatalf("%v does not come back from its column", both)
		}
	})
}
