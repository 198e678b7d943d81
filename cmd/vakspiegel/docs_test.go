package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	namedTest = regexp.MustCompile("`(Test[A-Za-z0-9]+)(…?)`")
	namedFile = regexp.MustCompile("`((?:[A-Za-z0-9_-]+/)+[A-Za-z0-9._-]+\\.(?:go|tsx?))`")
	linked    = regexp.MustCompile(`\]\(([^)#:]+)[)#]`)
)

// docs/toestemming.md, docs/terugkijken.md and docs/samen-kijken.md say which test
// guards what: that test exists. A name that ends in … stands for all that begin so.
func TestTheProofsThatTheDocumentsNameExist(t *testing.T) {
	var documents bytes.Buffer
	for _, name := range []string{"toestemming.md", "terugkijken.md", "samen-kijken.md"} {
		document, err := os.ReadFile("../../docs/" + name)
		must(t, err)
		documents.Write(document)
	}
	for _, name := range namedFile.FindAllSubmatch(documents.Bytes(), -1) {
		if _, err := os.Stat("../../" + string(name[1])); err != nil {
			t.Error(err)
		}
	}
	tests := everyTest(t)
	named := namedTest.FindAllSubmatch(documents.Bytes(), -1)
	if len(named) < 35 {
		t.Fatalf("only %d tests are named", len(named))
	}
	for _, name := range named {
		wanted := "func " + string(name[1])
		if len(name[2]) == 0 {
			wanted += "("
		}
		if !bytes.Contains(tests, []byte(wanted)) {
			t.Errorf("there is no test %s", name[1])
		}
	}
}

// everyTest is the source of all Go tests.
func everyTest(t *testing.T) []byte {
	var tests bytes.Buffer
	must(t, filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, "_test.go"):
			return nil
		}
		source, err := os.ReadFile(path)
		tests.Write(source)
		return err
	}))
	return tests.Bytes()
}

func TestTheLinksOfTheDocumentsLeadSomewhere(t *testing.T) {
	documents, err := filepath.Glob("../../docs/*.md")
	must(t, err)
	root, err := filepath.Glob("../../*.md")
	must(t, err)
	seen := 0
	for _, document := range append(documents, root...) {
		text, err := os.ReadFile(document)
		must(t, err)
		for _, link := range linked.FindAllSubmatch(text, -1) {
			seen++
			if _, err := os.Stat(filepath.Join(filepath.Dir(document), string(link[1]))); err != nil {
				t.Errorf("%s: %v", document, err)
			}
		}
	}
	if seen < 50 {
		t.Fatalf("only %d links were seen", seen)
	}
}
