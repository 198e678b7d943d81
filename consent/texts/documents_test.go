package texts

import (
	"slices"
	"testing"
	"testing/fstest"
)

func TestEveryLanguageLiesLineByLineBesideDutch(t *testing.T) {
	catalogue, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	keys := func(lang string) (keys []string) {
		for _, d := range catalogue.Documents(lang) {
			for _, line := range d.Lines {
				keys = append(keys, d.Name+" "+line.Key)
				if line.Text == "" {
					t.Errorf("%s: %s %s is empty", lang, d.Name, line.Key)
				}
			}
		}
		return keys
	}
	dutch := keys(Authoritative)
	if !slices.Contains(dutch, "consent/v1 yes") || !slices.Contains(dutch, "privacy kept.1") || len(dutch) < 100 {
		t.Fatalf("Dutch lacks lines: %v", dutch)
	}
	for _, l := range catalogue.Languages() {
		for _, d := range catalogue.Documents(l.Tag) {
			if !slices.ContainsFunc(d.Lines, func(line Line) bool { return slices.Contains(dutch, d.Name+" "+line.Key) }) {
				t.Errorf("%s: nothing of %s stands beside Dutch", l.Tag, d.Name)
			}
		}
	}
	if catalogue.Documents("xx") != nil || catalogue.Versions("xx") != nil {
		t.Error("a language that is not there has texts")
	}
}

func TestATextTellsWhetherItIsTheMunicipalitysOwn(t *testing.T) {
	own := fstest.MapFS{"nl/consent/v1.yaml": {Data: must(embedded.ReadFile("nl/consent/v1.yaml"))}}
	catalogue, err := Load(own)
	if err != nil {
		t.Fatal(err)
	}
	if !catalogue.Consent("nl").Own || catalogue.Consent("en").Own {
		t.Error("own and the program's are mixed up")
	}
}

func must(raw []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return raw
}
