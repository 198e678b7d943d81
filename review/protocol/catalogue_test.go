package protocol_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"vakspiegel/review/protocol"
)

func folder(files map[string]string) fs.FS {
	own := fstest.MapFS{"organisation.yaml": {Data: []byte("name: x\n")}}
	for name, text := range files {
		own[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return own
}

func ids(c *protocol.Catalogue) (ids []string) {
	for _, entry := range c.All() {
		ids = append(ids, entry.ID)
	}
	return ids
}

func TestAMunicipalitysProtocolComesAfterTheBuiltInsAndOneOfTheSameIdReplacesIt(t *testing.T) {
	before, err := protocol.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	club := strings.Replace(good, "id: eigen", "id: videoclub", 1)
	after, err := protocol.Load(folder(map[string]string{
		"protocols/zelf.yaml": good, "protocols/club.yaml": club, "protocols/.house/x.yaml": "?", "protocols/LEESMIJ.txt": "hello",
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Join(append(ids(before), "eigen"), " ")
	if got := strings.Join(ids(after), " "); got != want {
		t.Errorf("in the order %s, not %s", got, want)
	}
	own, _ := after.Get("videoclub")
	if own.File != "protocols/club.yaml" || own.Source != club || own.Name.EN != "Our way" {
		t.Errorf("%+v", own)
	}
	if method, _ := after.Get("incidentmethode"); method.File != "" {
		t.Errorf("a built-in comes from %s", method.File)
	}
	if _, there := after.Get("praatje"); there {
		t.Error("there is a protocol that nobody wrote")
	}
}

func TestWithoutAFolderOfProtocolsThereAreTheBuiltIns(t *testing.T) {
	c, err := protocol.Load(folder(nil))
	if err != nil || len(c.All()) == 0 {
		t.Fatalf("%d: %v", len(c.All()), err)
	}
}

func TestEveryWrongFileOfAFolderIsNamedAtOnce(t *testing.T) {
	_, err := protocol.Load(folder(map[string]string{
		"protocols/a.yaml": strings.Replace(good, "gate: ready", "gate: vote", 1),
		"protocols/b.yaml": "name: x\n",
		"protocols/c.yml":  good,
	}))
	if !errors.Is(err, protocol.ErrInvalid) {
		t.Fatalf("not refused: %v", err)
	}
	for _, says := range []string{"protocols/a.yaml:32: steps[1].gate", "protocols/b.yaml:1: id is missing", "protocols/c.yml:1: is not read"} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("says\n%v\nwithout %s", err, says)
		}
	}
}

func TestTwoFilesWithOneIdAreRefused(t *testing.T) {
	_, err := protocol.Load(folder(map[string]string{"protocols/a.yaml": good, "protocols/b.yaml": good}))
	if !errors.Is(err, protocol.ErrInvalid) || !strings.Contains(err.Error(), "protocols/b.yaml:1: id is eigen, that of protocols/a.yaml too") {
		t.Errorf("%v", err)
	}
}

func TestASessionGoesByTheTextItKeepsWhateverBecameOfTheFile(t *testing.T) {
	later := strings.NewReplacer("version: 2", "version: 3", "nl: Kijken", "nl: Samen kijken").Replace(good)
	now, err := protocol.Load(folder(map[string]string{"protocols/eigen.yaml": later}))
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]string{good: "Kijken", later: "Samen kijken"} {
		if kept, err := now.Kept("eigen", source); err != nil || kept.Steps[1].Name.NL != want {
			t.Errorf("%v: %+v", err, kept.Steps)
		}
	}
	if kept, err := now.Kept("weg", strings.Replace(good, "id: eigen", "id: weg", 1)); err != nil || kept.ID != "weg" {
		t.Errorf("of a file that is gone: %v", err)
	}
	if _, err := now.Kept("eigen", "?"); !errors.Is(err, protocol.ErrInvalid) {
		t.Errorf("of what is no protocol: %v", err)
	}
}

func TestTheProtocolsOfTheCatalogueAreNotReadAgain(t *testing.T) {
	catalogue, err := protocol.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range catalogue.All() {
		if n := testing.AllocsPerRun(10, func() { _, err = catalogue.Kept(entry.ID, entry.Source) }); n > 0 || err != nil {
			t.Errorf("%s: %v allocations, %v", entry.ID, n, err)
		}
	}
}

// Invariant 6: the files in testdata/kept are what sessions may have kept. Add one
// with each version of the format; never change one.
func TestWhatWasOnceReadIsAlwaysRead(t *testing.T) {
	kept, err := fs.Glob(os.DirFS("testdata/kept"), "*.yaml")
	if err != nil || len(kept) == 0 {
		t.Fatal(kept, err)
	}
	for _, name := range kept {
		raw, err := os.ReadFile("testdata/kept/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := protocol.Parse(name, raw); err != nil {
			t.Error(err)
		}
	}
}

// A file that an administrator was refused would otherwise be half in use.
func TestARefusedFolderLeavesNoCatalogue(t *testing.T) {
	c, err := protocol.Load(folder(map[string]string{"protocols/a.yaml": "?"}))
	if err == nil || c != nil {
		t.Errorf("%v, %v", c, err)
	}
}
