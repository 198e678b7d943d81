package keyring

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// fileHolder keeps the key map in a file that only its owner can read, in a
// folder that only its owner can enter. It belongs outside every backup, image
// and snapshot.
//
// A change writes a new file beside it, puts that in its place, and overwrites
// the bytes of the old one before letting it go. On a plain disk that leaves
// nothing of an old key. It promises nothing where writing to a place does not
// replace what was there: flash (an SSD's spare blocks), copy-on-write and
// journalling-data file systems (btrfs, ZFS, snapshots), network storage, and a
// crash between the change and the overwriting. There, put the file on an
// encrypted volume of its own or in memory (tmpfs) with a second holder
// elsewhere; the limits page says so.
type fileHolder struct {
	path string
	// crash is nil but in tests, which stop a Store at a named step with it.
	crash func(step string) error
}

func (h *fileHolder) String() string { return "file:" + h.path }

func (h *fileHolder) temp() string { return h.path + ".new" }

// Load implements [Holder].
func (h *fileHolder) Load(ctx context.Context) (Map, error) {
	if err := h.checkFolder(); err != nil {
		return Map{}, err
	}
	if err := h.checkFile(); err != nil {
		return Map{}, err
	}
	unlock, err := lock(ctx, h.path+".lock")
	if err != nil {
		return Map{}, h.unreachable(err)
	}
	defer unlock()
	if err := h.removeTemp(); err != nil {
		return Map{}, err
	}
	return h.read()
}

// Store implements [Holder].
func (h *fileHolder) Store(ctx context.Context, m Map, expectedGeneration int64) error {
	if expectedGeneration == 0 {
		if err := os.MkdirAll(filepath.Dir(h.path), 0o700); err != nil {
			return h.unreachable(err)
		}
	}
	if err := h.checkFolder(); err != nil {
		return err
	}
	unlock, err := lock(ctx, h.path+".lock")
	if err != nil {
		return h.unreachable(err)
	}
	defer unlock()
	if err := h.removeTemp(); err != nil {
		return err
	}
	present := int64(0)
	switch old, err := h.read(); {
	case err == nil:
		present = old.Generation
		old.Wipe()
	case !errors.Is(err, ErrNoKeys):
		return err
	}
	if present != expectedGeneration {
		return fmt.Errorf("%w: %s is at generation %d, not %d", ErrConflict, h, present, expectedGeneration)
	}
	return h.replace(m)
}

// read returns the map; the lock is held.
func (h *fileHolder) read() (Map, error) {
	if err := h.checkFile(); err != nil {
		return Map{}, err
	}
	text, err := os.ReadFile(h.path)
	defer clear(text)
	if err != nil {
		return Map{}, h.unreachable(err)
	}
	m, err := decode(text)
	if err != nil {
		return Map{}, fmt.Errorf("%w (%s)", err, h)
	}
	return m, nil
}

// replace puts m in the place of what is there; the lock is held.
func (h *fileHolder) replace(m Map) (err error) {
	text, err := m.encode()
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	defer clear(text)
	if err := writeNew(h.temp(), text); err != nil {
		return h.unreachable(errors.Join(err, h.removeTemp()))
	}
	if err := h.step("written"); err != nil {
		return err
	}
	// The old file stays open over the rename, so that its bytes can be
	// overwritten once it is out of the way; before, a crash would lose both.
	old, err := os.OpenFile(h.path, os.O_RDWR, 0)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return h.unreachable(errors.Join(err, h.removeTemp()))
	}
	if old != nil {
		defer func() { err = errors.Join(err, old.Close()) }()
	}
	if err := os.Rename(h.temp(), h.path); err != nil {
		return h.unreachable(errors.Join(err, h.removeTemp()))
	}
	if err := h.step("renamed"); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(h.path)); err != nil {
		return h.unreachable(err)
	}
	if old != nil {
		if err := overwrite(old); err != nil {
			return h.unreachable(err)
		}
	}
	return nil
}

func (h *fileHolder) step(name string) error {
	if h.crash == nil {
		return nil
	}
	return h.crash(name)
}

// removeTemp wipes what a crash left; the lock is held.
func (h *fileHolder) removeTemp() error {
	left, err := os.OpenFile(h.temp(), os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return h.unreachable(err)
	}
	err = overwrite(left)
	err = errors.Join(err, left.Close(), os.Remove(h.temp()))
	if err != nil {
		return h.unreachable(err)
	}
	return nil
}

func (h *fileHolder) checkFolder() error {
	folder := filepath.Dir(h.path)
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w in %s: the folder does not exist. Is a disk not mounted? To make a first key map, use the command that creates keys", ErrNoKeys, h)
	case err != nil:
		return h.unreachable(err)
	case !info.IsDir():
		return fmt.Errorf("%w: %s is not a folder", ErrUnsafe, folder)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%w: others can enter its folder; mend it with: chmod 700 %s", ErrUnsafe, folder)
	}
	return nil
}

func (h *fileHolder) checkFile() error {
	info, err := os.Lstat(h.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w in %s: the file does not exist. If it was lost, put it back; to make a first key map, use the command that creates keys", ErrNoKeys, h)
	case err != nil:
		return h.unreachable(err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("%w: %s is a link or something else than a file; name the file itself", ErrUnsafe, h.path)
	case info.Mode().Perm()&0o077 != 0:
		return fmt.Errorf("%w: others can read it; mend it with: chmod 600 %s (and begin a new epoch: someone may have copied it)", ErrUnsafe, h.path)
	}
	return nil
}

func (h *fileHolder) unreachable(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w: %s: %w", ErrUnreachable, h, err)
}
