package texts

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAFileOfTheFolderWins(t *testing.T) {
	files := copied(t)
	own := fstest.MapFS{
		"pl/language.yaml": {Data: []byte(strings.Replace(string(files["pl/language.yaml"].Data), `reviewedBy: ""`, "reviewedBy: A. Tłumacz", 1))},
		"..data/x.yaml":    {Data: []byte("housekeeping of a mounted folder")},
		"README.md":        {Data: []byte("ours")},
	}
	catalogue, err := Load(own)
	if err != nil {
		t.Fatal(err)
	}
	if got := catalogue.Language("pl").ReviewedBy; got != "A. Tłumacz" {
		t.Errorf("reviewed by %q", got)
	}
	if got, want := catalogue.Consent("pl").Hash, load(t).Consent("pl").Hash; got != want {
		t.Error("what the folder does not hold is not the program's")
	}
}

func TestANewerVersionOfTheFolderIsShownAndTheProgramsKept(t *testing.T) {
	own := fstest.MapFS{}
	for _, l := range load(t).Languages() {
		data := append([]byte("# ours\n"), copied(t)[l.Tag+"/consent/v1.yaml"].Data...)
		own[l.Tag+"/consent/v1001.yaml"] = &fstest.MapFile{Data: data}
	}
	catalogue, err := Load(own)
	if err != nil {
		t.Fatal(err)
	}
	if got := catalogue.Consent("tr").Version; got != "v1001" {
		t.Errorf("shown: %s", got)
	}
	if old, ok := catalogue.ConsentVersion("tr", "v1"); !ok || old.Hash != load(t).Consent("tr").Hash {
		t.Error("the text of earlier consents is gone")
	}
}

func TestAPublishedTextEditedInPlaceIsRefused(t *testing.T) { // invariant 1
	name := "nl/consent/v1.yaml"
	published := copied(t)[name].Data
	for _, test := range []struct {
		name    string
		data    []byte
		refused bool
	}{
		{"the very same file", published, false},
		{"one space more", append(append([]byte{}, published...), ' '), true},
		{"another text", []byte(strings.Replace(string(published), "Nee, liever niet", "Nee", 1)), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(fstest.MapFS{name: {Data: test.data}})
			if errors.Is(err, ErrInvalid) != test.refused || (err != nil) != test.refused {
				t.Fatalf("Load = %v", err)
			}
			if test.refused && (!strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "v1001.yaml")) {
				t.Errorf("error %q does not say what to do", err)
			}
		})
	}
}

func TestAFileThatNobodyWouldReadIsRefused(t *testing.T) {
	_, err := Load(fstest.MapFS{"organisatie.yml": {Data: []byte(whole)}})
	if !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), "organisatie.yml") {
		t.Errorf("Load = %v", err)
	}
}

func TestIsolate(t *testing.T) {
	for name, test := range map[string]struct{ direction, value, want string }{
		"left to right as it is":       {"ltr", "1234 5678", "1234 5678"},
		"kept apart in right to left":  {"rtl", "1234 5678", "\u20681234 5678\u2069"},
		"a name cannot turn the rest":  {"rtl", "a\u202e\u2069b", "\u2068ab\u2069"},
		"a name in Arabic stays whole": {"rtl", "نور", "\u2068نور\u2069"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Isolate(test.direction, test.value); got != test.want {
				t.Errorf("Isolate = %q, want %q", got, test.want)
			}
		})
	}
}
