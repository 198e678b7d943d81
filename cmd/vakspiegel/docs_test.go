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
	namedTest = regexp.MustCompile("`(Test[A-Za-z]+)(…?)`")
	namedFile = regexp.MustCompile("`((?:web|consent|cmd)/[a-z0-9/_-]+\\.[a-z.]+)`")
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
	named := namedTest.FindAllSubmatch(documents.Bytes(), -1)
	if len(named) < 35 {
		t.Fatalf("only %d tests are named", len(named))
	}
	for _, name := range namedFile.FindAllSubmatch(documents.Bytes(), -1) {
		if _, err := os.Stat("../../" + string(name[1])); err != nil {
			t.Error(err)
		}
	}
	for _, name := range named {
		wanted := "func " + string(name[1])
		if len(name[2]) == 0 {
			wanted += "("
		}
		if !bytes.Contains(tests.Bytes(), []byte(wanted)) {
			t.Errorf("there is no test %s", name[1])
		}
	}
}
