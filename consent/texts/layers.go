package texts

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

//go:embed demo/organisation.yaml
var demo embed.FS

// Demo is a municipality's folder with only the fictional organisation.yaml of
// the demo.
func Demo() fs.FS {
	folder, err := fs.Sub(demo, "demo")
	if err != nil {
		panic(err) // the name is valid
	}
	return folder
}

// layers is a municipality's folder on top of the texts of the program: a file
// of the folder wins over that of the program with the same path.
type layers struct{ own, program fs.FS }

// Open implements fs.FS.
func (l layers) Open(name string) (fs.File, error) {
	file, err := l.own.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return l.program.Open(name)
	}
	return file, err
}

// ReadDir implements fs.ReadDirFS: the entries of both. What begins with a dot
// is not ours: mounted folders keep their housekeeping there.
func (l layers) ReadDir(name string) ([]fs.DirEntry, error) {
	own, err := fs.ReadDir(l.own, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	program, err := fs.ReadDir(l.program, name)
	if err != nil && (len(own) == 0 || !errors.Is(err, fs.ErrNotExist)) {
		return nil, err
	}
	seen := map[string]bool{}
	var entries []fs.DirEntry
	for _, entry := range append(own, program...) {
		if !seen[entry.Name()] && !strings.HasPrefix(entry.Name(), ".") {
			entries = append(entries, entry)
		}
		seen[entry.Name()] = true
	}
	return entries, nil
}

// layer puts a municipality's folder on the program's texts. Errors: ErrInvalid
// when it edits a published text in place (invariant 1) or holds a file that
// nobody would read, or that of own.
func layer(own fs.FS) (fs.FS, error) {
	if own == nil {
		return embedded, nil
	}
	entries, err := fs.ReadDir(own, ".")
	if err != nil {
		return nil, fmt.Errorf("texts: %w", err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if ext := path.Ext(name); !entry.IsDir() && name != OrganisationFile && (ext == ".yaml" || ext == ".yml") {
			return nil, fmt.Errorf("%w: %s: beside the folders of the languages only %s is read", ErrInvalid, name, OrganisationFile)
		}
	}
	return layers{own, embedded}, unedited(own)
}

// unedited compares the versions that the program publishes with those of the folder.
func unedited(own fs.FS) error {
	published, err := fs.Glob(embedded, "*/consent/*.yaml")
	if err != nil {
		return err
	}
	spoken, err := fs.Glob(embedded, "*/spoken/*.yaml")
	if err != nil {
		return err
	}
	for _, name := range append(published, spoken...) {
		mine, err := fs.ReadFile(own, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("texts: %w", err)
		}
		ours, err := fs.ReadFile(embedded, name)
		if err != nil {
			return fmt.Errorf("texts: %w", err)
		}
		if !bytes.Equal(mine, ours) {
			return fmt.Errorf("%w: %s is published with the program and is never edited in place, because consents were given on it: give your text a number of its own, as in %s",
				ErrInvalid, name, path.Join(path.Dir(name), "v1001.yaml"))
		}
	}
	return nil
}
