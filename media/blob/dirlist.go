package blob

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"syscall"
)

// List implements [Store].
func (d *dirStore) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		if err := errors.Join(checkPrefix(prefix), d.Ping(ctx)); err != nil {
			yield(Info{}, err)
			return
		}
		folder := "."
		if i := strings.LastIndexByte(prefix, '/'); i >= 0 {
			folder = prefix[:i]
		}
		d.walk(ctx, folder, prefix, yield)
	}
}

// walk yields the files below folder that begin with prefix, in the order of
// their keys' bytes, and says whether to go on.
func (d *dirStore) walk(ctx context.Context, folder, prefix string, yield func(Info, error) bool) bool {
	names, err := d.names(folder)
	if err != nil {
		yield(Info{}, err)
		return false
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			yield(Info{}, err)
			return false
		}
		key := path.Join(folder, name)
		isFolder := strings.HasSuffix(name, "/")
		switch {
		case isFolder && (strings.HasPrefix(key+"/", prefix) || strings.HasPrefix(prefix, key+"/")):
			if !d.walk(ctx, key, prefix, yield) {
				return false
			}
		case !isFolder && strings.HasPrefix(key, prefix):
			info, err := d.root.Lstat(key)
			if errors.Is(err, fs.ErrNotExist) {
				continue // deleted while we looked
			}
			if err != nil {
				yield(Info{}, unavailable(err))
				return false
			}
			if !yield(Info{Key: key, Size: info.Size()}, nil) {
				return false
			}
		}
	}
	return true
}

// names returns what is in a folder; folders carry a slash, by which keys sort.
// A folder that is not there is empty.
func (d *dirStore) names(folder string) ([]string, error) {
	f, err := d.root.Open(folder)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, nil
	}
	if err != nil {
		return nil, unavailable(err)
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	if errors.Is(err, syscall.ENOTDIR) || errors.Is(err, fs.ErrNotExist) { // removed since it was opened
		return nil, nil
	}
	if err != nil {
		return nil, unavailable(err)
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		switch {
		case folder == "." && e.Name() == tempFolder:
		case e.IsDir():
			names = append(names, e.Name()+"/")
		default:
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// Remains implements [Store].
func (d *dirStore) Remains(ctx context.Context, prefix string) ([]string, error) {
	var left []string
	for info, err := range d.List(ctx, prefix) {
		if err != nil {
			return nil, err
		}
		left = append(left, info.Key)
	}
	temps, err := d.temps(prefix, false)
	if err != nil {
		return nil, err
	}
	for _, t := range temps {
		key, unique := tempKey(t)
		left = append(left, key+"?temporary="+unique)
	}
	return left, nil
}

// temps names the temporary files of a key, or of all keys with a prefix.
func (d *dirStore) temps(prefix string, exact bool) ([]string, error) {
	f, err := d.root.Open(tempFolder)
	if err != nil {
		return nil, unavailable(err)
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	if err != nil {
		return nil, unavailable(err)
	}
	var names []string
	for _, e := range entries {
		key, _ := tempKey(e.Name())
		if key == prefix || (!exact && strings.HasPrefix(key, prefix)) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}
