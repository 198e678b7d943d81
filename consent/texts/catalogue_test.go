package texts

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func load(t *testing.T) *Catalogue {
	t.Helper()
	catalogue, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

// copied is the program's own texts as a file system that a test may spoil.
func copied(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(embedded, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(embedded, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestLoadRefusesTextsThatDifferFromDutch(t *testing.T) { // invariant 2
	edit := func(name, old, new string) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			data := string(files[name].Data)
			if !strings.Contains(data, old) {
				panic(name + " does not hold " + old)
			}
			files[name] = &fstest.MapFile{Data: []byte(strings.Replace(data, old, new, 1))}
		}
	}
	for name, test := range map[string]struct {
		spoil func(fstest.MapFS)
		says  []string
	}{
		"a key is missing":             {edit("en/pages.yaml", "mine.title: Your recording\n", ""), []string{"en/pages.yaml", `"mine.title"`}},
		"a key is empty":               {edit("en/pages.yaml", "mine.title: Your recording\n", "mine.title: ' '\n"), []string{"en/pages.yaml", `"mine.title"`}},
		"a key is unknown":             {edit("en/pages.yaml", "mine.title:", "mine.titel: x\nmine.title:"), []string{"en/pages.yaml", `"mine.titel"`}},
		"a key stands there twice":     {edit("en/pages.yaml", "mine.title:", "mine.title: x\nmine.title:"), []string{"en/pages.yaml", "mine.title"}},
		"a place is missing":           {edit("en/pages.yaml", "on {moment}, with {klantmanager}.", "on {moment}."), []string{"en/pages.yaml", `"mine.conversation"`}},
		"a place is unknown":           {edit("en/consent/v1.yaml", "At most {days} days", "At most {weeks} weeks"), []string{"en/consent/v1.yaml", "howlong"}},
		"a field is unknown":           {edit("en/consent/v1.yaml", "yes:", "maybe: x\nyes:"), []string{"en/consent/v1.yaml", "maybe"}},
		"a section is missing":         {edit("en/limits.yaml", "  - id: judge", "  - id: court"), []string{"en/limits.yaml", "judge"}},
		"a section is for others":      {edit("en/consent/v1.yaml", "roles: [citizen, partner, representative]", "roles: [citizen]"), []string{"en/consent/v1.yaml", "consequence"}},
		"a scope is missing":           {edit("en/consent/v1.yaml", "  training:\n", "  trainer:\n"), []string{"en/consent/v1.yaml", "training"}},
		"a Dutch sentence is empty":    {edit("nl/consent/v1.yaml", "no: Nee, liever niet", "no: ''"), []string{"nl/consent/v1.yaml", `"no"`}},
		"a version is missing":         {func(f fstest.MapFS) { f["nl/consent/v2.yaml"] = f["nl/consent/v1.yaml"] }, []string{"/consent/v2.yaml", "missing"}},
		"a version is not in Dutch":    {func(f fstest.MapFS) { f["en/consent/v2.yaml"] = f["en/consent/v1.yaml"] }, []string{"en/consent/v2.yaml"}},
		"a version has another name":   {func(f fstest.MapFS) { f["nl/consent/new.yaml"] = f["nl/consent/v1.yaml"] }, []string{"nl/consent/new.yaml"}},
		"an article is missing":        {func(f fstest.MapFS) { delete(f, "en/privacy.yaml") }, []string{"en/privacy.yaml"}},
		"Dutch is missing":             {func(f fstest.MapFS) { drop(f, "nl/") }, []string{`"nl"`}},
		"a folder is no language":      {func(f fstest.MapFS) { f["english/pages.yaml"] = f["en/pages.yaml"] }, []string{`"english"`}},
		"the direction is unknown":     {edit("en/language.yaml", "direction: ltr", "direction: up"), []string{"en/language.yaml", "direction"}},
		"a month is missing":           {edit("en/language.yaml", "January, ", ""), []string{"en/language.yaml", "months"}},
		"a weekday is missing":         {edit("en/language.yaml", "Sunday, ", ""), []string{"en/language.yaml", "weekdays"}},
		"a moment has no hour":         {edit("en/language.yaml", "{hour}:", ""), []string{"en/language.yaml", "moment"}},
		"the language has no name":     {edit("en/language.yaml", "name: English", "name: ''"), []string{"en/language.yaml", "name"}},
		"a file is not YAML":           {edit("en/pages.yaml", "mine.title:", "\tmine.title:"), []string{"en/pages.yaml"}},
		"there is no consent text":     {func(f fstest.MapFS) { drop(f, "en/consent/") }, []string{"en/consent"}},
		"a spoken text has no days":    {edit("en/spoken/v1.yaml", "after {days} days", "after some days"), []string{"en/spoken/v1.yaml", "text"}},
		"a spoken text is missing":     {func(f fstest.MapFS) { f["nl/spoken/v2.yaml"] = f["nl/spoken/v1.yaml"] }, []string{"/spoken/v2.yaml", "missing"}},
		"there is nothing to read out": {func(f fstest.MapFS) { drop(f, "en/spoken/") }, []string{"en/spoken"}},
		"a day without its year":       {edit("nl/language.yaml", "{day} {month} {year}", "{day} {month}"), []string{"nl/language.yaml", "day"}},
		"a file of the first language": {func(f fstest.MapFS) { delete(f, "nl/language.yaml") }, []string{"nl/language.yaml"}},
	} {
		t.Run(name, func(t *testing.T) {
			files := copied(t)
			test.spoil(files)
			_, err := loadAll(files)
			if !errors.Is(err, ErrInvalid) {
				t.Fatalf("Load = %v, want ErrInvalid", err)
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not name %s", err, part)
				}
			}
		})
	}
}

func drop(files fstest.MapFS, prefix string) {
	for name := range files {
		if strings.HasPrefix(name, prefix) {
			delete(files, name)
		}
	}
}

func TestANewLanguageIsAFolder(t *testing.T) {
	own := fstest.MapFS{}
	for name, file := range copied(t) {
		if rest, ok := strings.CutPrefix(name, "en/"); ok {
			data := strings.Replace(string(file.Data), "direction: ltr", "direction: rtl", 1)
			own["fa/"+rest] = &fstest.MapFile{Data: []byte(data)}
		}
	}
	catalogue, err := Load(own)
	if err != nil {
		t.Fatal(err)
	}
	if got := tags(catalogue); got != "nl ar en fa pl tr uk" {
		t.Errorf("Languages = %s, want Dutch first, then by tag", got)
	}
	if text := catalogue.Consent("fa"); text.Language != "fa" || text.Direction != "rtl" {
		t.Errorf("Consent(fa) = %s %s", text.Language, text.Direction)
	}
}

func tags(catalogue *Catalogue) string {
	var tags []string
	for _, l := range catalogue.Languages() {
		tags = append(tags, l.Tag)
	}
	return strings.Join(tags, " ")
}

func TestTheLanguagesOfTheProgram(t *testing.T) {
	catalogue := load(t)
	if got := tags(catalogue); got != "nl ar en pl tr uk" {
		t.Errorf("Languages = %s", got)
	}
	for _, l := range catalogue.Languages() {
		if got, want := l.Direction, map[string]string{"ar": "rtl"}[l.Tag]; got != want && want != "" || want == "" && got != "ltr" {
			t.Errorf("%s runs %s", l.Tag, got)
		}
	}
}

func TestTheNewestVersionIsShownAndTheOlderOneKept(t *testing.T) {
	files := copied(t)
	for _, lang := range strings.Fields(tags(load(t))) {
		files[lang+"/consent/v2.yaml"] = files[lang+"/consent/v1.yaml"]
		files[lang+"/consent/v10.yaml"] = &fstest.MapFile{Data: append([]byte("# newer\n"), files[lang+"/consent/v1.yaml"].Data...)}
	}
	catalogue, err := loadAll(files)
	if err != nil {
		t.Fatal(err)
	}
	if got := catalogue.Consent("nl").Version; got != "v10" {
		t.Errorf("newest = %s, want v10", got)
	}
	old, ok := catalogue.ConsentVersion("nl", "v1")
	if !ok || old.Version != "v1" || old.Hash == catalogue.Consent("nl").Hash {
		t.Errorf("ConsentVersion(v1) = %s %s %t", old.Version, old.Hash, ok)
	}
	if _, ok := catalogue.ConsentVersion("nl", "v3"); ok {
		t.Error("a version that does not exist was found")
	}
}

func TestTheHashIsThatOfTheFile(t *testing.T) {
	text := load(t).Consent("nl")
	file, err := os.ReadFile("nl/consent/v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(file)
	if want := hex.EncodeToString(sum[:]); text.Hash != want {
		t.Errorf("Hash = %s, want %s", text.Hash, want)
	}
}

// A record keeps version and hash; a text edited in place would make it a lie.
func TestPublishedTextsAreNeverEdited(t *testing.T) { // invariant 1
	published, err := os.ReadFile("testdata/published.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(published)) {
		hash, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			t.Fatalf("published.txt: %q is not a line of sha256sum", line)
		}
		want[name] = hash
	}
	catalogue := load(t)
	texts := 0
	for lang, folder := range catalogue.folders {
		for _, text := range folder.consent {
			texts++
			name := lang + "/consent/" + text.Version + ".yaml"
			if want[name] != text.Hash {
				t.Errorf("%s has hash %s, published was %q: write a new version, and add its line", name, text.Hash, want[name])
			}
		}
	}
	for _, folder := range catalogue.folders {
		for _, spoken := range folder.spoken {
			texts++
			if want[spoken.file()] != spoken.Hash {
				t.Errorf("%s has hash %s, published was %q: write a new version, and add its line", spoken.file(), spoken.Hash, want[spoken.file()])
			}
		}
	}
	if texts != len(want) {
		t.Errorf("%d texts, %d published: a published text may not go", texts, len(want))
	}
}

func TestNegotiate(t *testing.T) {
	catalogue := load(t)
	for name, test := range map[string]struct{ explicit, header, want string }{
		"the choice wins":                    {"nl", "en", "nl"},
		"an unknown choice is ignored":       {"xx", "en", "en"},
		"a region is met by its language":    {"", "en-GB,en;q=0.9", "en"},
		"weights count":                      {"", "en;q=0.2,nl;q=0.8", "nl"},
		"the next wish when the first lacks": {"", "ja,en;q=0.5", "en"},
		"Arabic of a country":                {"", "ar-MA,fr;q=0.8", "ar"},
		"Ukrainian before Russian":           {"", "uk,ru;q=0.9", "uk"},
		"none of ours is Dutch":              {"", "ja", "nl"},
		"no header is Dutch":                 {"", "", "nl"},
		"nonsense is Dutch":                  {"", ";;;q=,,\x00", "nl"},
		"a path is no language":              {"../en", "", "nl"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := catalogue.Negotiate(test.explicit, test.header); got != test.want {
				t.Errorf("Negotiate(%q, %q) = %s, want %s", test.explicit, test.header, got, test.want)
			}
		})
	}
}
