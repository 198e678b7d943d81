package protocol

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

//go:embed builtin/*.yaml
var embedded embed.FS

// Folder is where a municipality's protocols lie in the folder of its texts.
const Folder = "protocols"

// order is that of the screens: from the most used by a group to the talk of two.
var order = []string{"incidentmethode", "videoclub", "samen-terugkijken", "reflectiegesprek", "sterke-momenten", "terugroepen"}

// Entry is a protocol with where it comes from.
type Entry struct {
	Protocol
	Source string // the YAML text, for Parse
	File   string // of the municipality, as in protocols/eigen.yaml; "" for a built-in
}

// Catalogue is the protocols one can choose from. It does not change after Load
// and is safe for use by several goroutines.
type Catalogue struct {
	entries []Entry
}

// Load reads the built-in protocols and those of a municipality: the .yaml files
// in Folder of own, which may be nil or without the folder. A file with the id of
// a built-in takes its place. Errors: ErrInvalid with every fault of every file,
// or that of own.
func Load(own fs.FS) (*Catalogue, error) {
	c := &Catalogue{}
	builtin, err := read(embedded, "builtin")
	if err != nil {
		return nil, err
	}
	for _, entry := range builtin {
		entry.File = ""
		c.entries = append(c.entries, entry)
	}
	slices.SortStableFunc(c.entries, func(a, b Entry) int { return slices.Index(order, a.ID) - slices.Index(order, b.ID) })
	if own == nil {
		return c, nil
	}
	added, err := read(own, Folder)
	if err != nil {
		return nil, err
	}
	if err := c.add(added); err != nil {
		return nil, err
	}
	return c, nil
}

// add puts a municipality's protocols in place of built-ins, or after them.
func (c *Catalogue) add(added []Entry) error {
	files := map[string]string{}
	var errs []error
	for _, entry := range added {
		if other, taken := files[entry.ID]; taken {
			errs = append(errs, Fault{entry.File, 1, "id", fmt.Sprintf("is %s, that of %s too: give one of them another id", entry.ID, other)})
			continue
		}
		files[entry.ID] = entry.File
		if i := c.index(entry.ID); i >= 0 {
			c.entries[i] = entry
		} else {
			c.entries = append(c.entries, entry)
		}
	}
	return errors.Join(errs...)
}

func (c *Catalogue) index(id string) int {
	return slices.IndexFunc(c.entries, func(e Entry) bool { return e.ID == id })
}

// Get is the protocol with the id.
func (c *Catalogue) Get(id string) (Entry, bool) {
	if i := c.index(id); i >= 0 {
		return c.entries[i], true
	}
	return Entry{}, false
}

// Kept is the protocol whose text a session keeps. Mostly it is still one of the
// catalogue, and nothing is read again: reading takes about 1 ms. Errors: as Parse.
func (c *Catalogue) Kept(id, source string) (Protocol, error) {
	if entry, there := c.Get(id); there && entry.Source == source {
		return entry.Protocol, nil
	}
	return Parse(id+".yaml", []byte(source))
}

// All are the protocols: the built-in ones in a fixed order, then those of the
// municipality in the order of their files.
func (c *Catalogue) All() []Entry { return slices.Clone(c.entries) }

// read reads every .yaml file of a folder, none when it is not there. What begins
// with a dot is not ours: mounted folders keep their housekeeping there.
func read(fsys fs.FS, dir string) ([]Entry, error) {
	files, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("protocol: %w", err)
	}
	var entries []Entry
	var errs []error
	for _, file := range files {
		name := path.Join(dir, file.Name())
		switch {
		case strings.HasPrefix(file.Name(), "."):
			continue
		case path.Ext(name) == ".yml":
			errs = append(errs, Fault{name, 1, "", "is not read: let its name end in .yaml"})
			continue
		case path.Ext(name) != ".yaml":
			continue
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			errs = append(errs, fmt.Errorf("protocol: %w", err))
			continue
		}
		p, err := Parse(name, raw)
		entries, errs = append(entries, Entry{p, string(raw), name}), append(errs, err)
	}
	return entries, errors.Join(errs...)
}
