package blob

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

// dirStore keeps each object in a file of its key, below a folder. A file is
// written under tempFolder first and then moved to its place, so it is never
// seen in part. os.Root keeps every path, links too, inside the folder.
type dirStore struct {
	root *os.Root
	path string
}

const (
	tempFolder = ".tmp"
	// placing is how often a file is moved to a folder that a Delete, just
	// then, found empty and removed.
	placing = 20
)

func openDir(folder string) (Store, error) {
	if folder == "" {
		return nil, errors.New(`blob: no folder is named; write for example "dir:/var/lib/vakspiegel/objects"`)
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, unavailable(err)
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, unavailable(err)
	}
	if err := root.Mkdir(tempFolder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, unavailable(err)
	}
	return &dirStore{root: root, path: folder}, nil
}

func (d *dirStore) String() string { return "dir:" + d.path }

// Ping implements [Store].
func (d *dirStore) Ping(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := d.root.Stat(tempFolder); err != nil {
		return unavailable(err)
	}
	return nil
}

// Put implements [Store].
func (d *dirStore) Put(ctx context.Context, key string, r io.Reader, size int64) error {
	return d.put(ctx, key, r, size, d.root.Rename)
}

// PutIfAbsent implements [Store]. A hard link, unlike a rename, fails if its
// name is taken.
func (d *dirStore) PutIfAbsent(ctx context.Context, key string, r io.Reader, size int64) error {
	return d.put(ctx, key, r, size, d.root.Link)
}

func (d *dirStore) put(ctx context.Context, key string, r io.Reader, size int64, place func(from, to string) error) error {
	if err := checkKey(key); err != nil {
		return err
	}
	exact, err := newExactReader(&contextReader{ctx: ctx, src: r}, size)
	if err != nil {
		return err
	}
	temp, err := tempName(key)
	if err != nil {
		return err
	}
	defer func() { _ = d.root.Remove(temp) }()
	if err := d.write(temp, exact); err != nil {
		if broken := exact.stop(); broken != nil {
			return broken
		}
		return unavailable(err)
	}
	switch err := d.place(temp, key, place); {
	case errors.Is(err, fs.ErrExist) && !errors.Is(err, syscall.EISDIR):
		return fmt.Errorf("%w: %s", ErrExists, key)
	case err != nil:
		return unavailable(err)
	}
	return nil
}

// write makes a file of all that r holds, durably.
func (d *dirStore) write(name string, r io.Reader) error {
	f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = io.Copy(f, r); err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// place moves a finished file to its key and makes that durable.
func (d *dirStore) place(temp, key string, move func(from, to string) error) error {
	folder := path.Dir(key)
	var err error
	for range placing {
		// It also says that a folder exists when it went while it looked: moving tells.
		if err = d.root.MkdirAll(folder, 0o700); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrExist) {
			return err
		}
		if err = move(temp, key); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		if _, gone := d.root.Lstat(temp); gone != nil {
			return err // a Delete of this key took the file away
		}
	}
	if err != nil {
		return err
	}
	return d.sync(folder)
}

// sync makes the entries of a folder, and of those above it, durable.
func (d *dirStore) sync(folder string) error {
	for ; ; folder = path.Dir(folder) {
		f, err := d.root.Open(folder)
		if errors.Is(err, fs.ErrNotExist) { // removed since: so is what was in it
			if folder == "." {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
		if folder == "." {
			return nil
		}
	}
}

// Get implements [Store].
func (d *dirStore) Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error) {
	if err := errors.Join(checkKey(key), ctx.Err()); err != nil {
		return nil, err
	}
	f, err := d.root.Open(key)
	if err != nil {
		return nil, d.missing(key, err)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(unavailable(err), f.Close())
	}
	if info.IsDir() {
		return nil, errors.Join(fmt.Errorf("%w: %s", ErrNotFound, key), f.Close())
	}
	n, err = checkRange(off, n, info.Size())
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	section := io.NewSectionReader(f, off, n)
	return &body{src: &contextReader{ctx: ctx, src: section}, closer: f, left: n}, nil
}

// checkRange returns the number of bytes that a range stands for in an object
// of size bytes.
func checkRange(off, n, size int64) (int64, error) {
	switch {
	case n < 0 && off == 0:
		return size, nil
	case n < 0 && off > 0 && off < size:
		return size - off, nil
	case n > 0 && off >= 0 && off < size && n <= size-off:
		return n, nil
	}
	return 0, fmt.Errorf("%w: %d bytes at %d of %d", ErrRange, n, off, size)
}

// Stat implements [Store].
func (d *dirStore) Stat(ctx context.Context, key string) (Info, error) {
	if err := errors.Join(checkKey(key), ctx.Err()); err != nil {
		return Info{}, err
	}
	info, err := d.root.Lstat(key)
	if err != nil {
		return Info{}, d.missing(key, err)
	}
	if !info.Mode().IsRegular() {
		return Info{}, fmt.Errorf("%w: %s", ErrNotFound, key)
	}
	return Info{Key: key, Size: info.Size()}, nil
}

// missing tells an object that is not there from a store that is not there.
func (d *dirStore) missing(key string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return unavailable(err)
	}
	if _, err := d.root.Stat(tempFolder); err != nil {
		return unavailable(err)
	}
	return fmt.Errorf("%w: %s", ErrNotFound, key)
}

// Delete implements [Store].
func (d *dirStore) Delete(ctx context.Context, key string) error {
	if err := errors.Join(checkKey(key), ctx.Err()); err != nil {
		return err
	}
	temps, err := d.temps(key, true)
	if err != nil {
		return err
	}
	for _, t := range temps {
		if err := d.root.Remove(path.Join(tempFolder, t)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unavailable(err)
		}
	}
	switch info, err := d.root.Lstat(key); {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		if err := d.root.Remove(key); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return unavailable(err)
		}
	default:
		if err := d.missing(key, err); !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return d.prune(path.Dir(key))
}

// prune removes folders that are empty, so that no name is left behind, and
// makes the removal durable.
func (d *dirStore) prune(folder string) error {
	for folder != "." && d.root.Remove(folder) == nil {
		folder = path.Dir(folder)
	}
	if err := d.sync(folder); err != nil {
		return unavailable(err)
	}
	return nil
}

// tempName returns a name under tempFolder that tells its key: '~' is no byte
// of a key.
func tempName(key string) (string, error) {
	b := make([]byte, 8)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("blob: %w", err)
	}
	return path.Join(tempFolder, strings.ReplaceAll(key, "/", "~")+"~~"+hex.EncodeToString(b)), nil
}

func tempKey(name string) (key, unique string) {
	i := strings.LastIndex(name, "~~")
	if i < 0 {
		return strings.ReplaceAll(name, "~", "/"), ""
	}
	return strings.ReplaceAll(name[:i], "~", "/"), name[i+2:]
}

// contextReader ends a long copy when its context does.
type contextReader struct {
	ctx context.Context
	src io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.src.Read(p)
}

// body is an object's content, of which exactly left bytes are still to come.
type body struct {
	src    io.Reader
	closer io.Closer
	left   int64
}

func (b *body) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	n, err := b.src.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	switch {
	case b.left == 0 || err == nil:
		return n, nil
	case errors.Is(err, io.EOF):
		return n, unavailable(io.ErrUnexpectedEOF)
	default:
		return n, unavailable(err)
	}
}

func (b *body) Close() error { return b.closer.Close() }

// unavailable marks an error of the store's, but not the caller's own end.
func unavailable(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}
