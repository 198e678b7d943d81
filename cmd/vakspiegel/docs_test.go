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

var namedTest = regexp.MustCompile("`(Test[A-Za-z]+)(…?)`")

// docs/toestemming.md says which test guards which duty: that test exists. A
// name that ends in … stands for all that begin so.
func TestTheProofsThatTheDocumentsNameExist(t *testing.T) {
	document, err := os.ReadFile("../../docs/toestemming.md")
	must(t, err)
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
	named := namedTest.FindAllSubmatch(document, -1)
	if len(named) < 15 {
		t.Fatalf("only %d tests are named", len(named))
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
