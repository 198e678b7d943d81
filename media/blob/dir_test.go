package blob_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vakspiegel/media/blob"
)

func openFolder(t *testing.T, folder string) blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), "dir:"+folder, blob.S3Credentials{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOnlyTheOwnerCanReadAFolderStore(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "store")
	s := openFolder(t, folder)
	if err := s.Put(t.Context(), "recordings/r/1", strings.NewReader("x"), 1); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		files++
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %s", path, info.Mode())
		}
		return err
	})
	if err != nil || files != 5 {
		t.Errorf("%d entries, %v; want the store, .tmp, two folders and one file", files, err)
	}
}

// Attack: whoever can write to the folder puts a link in it that leads out.
func TestALinkOutOfTheFolderLeadsNowhere(t *testing.T) {
	outside := t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("key"), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	s := openFolder(t, folder)
	if err := errors.Join(os.Symlink(outside, filepath.Join(folder, "out")),
		os.Symlink(filepath.Join(outside, "secret"), filepath.Join(folder, "link"))); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"out/secret", "link"} {
		if r, err := s.Get(t.Context(), key, 0, -1); err == nil {
			t.Errorf("get %s reads outside", key)
			_ = r.Close()
		}
	}
	if err := s.Put(t.Context(), "out/new", strings.NewReader("x"), 1); err == nil {
		t.Error("put writes outside")
	}
	_ = s.Delete(t.Context(), "out/secret")
	if names, err := os.ReadDir(outside); err != nil || len(names) != 1 || names[0].Name() != "secret" {
		t.Errorf("outside holds %v, %v", names, err)
	}
	// What lies there is at least seen: nobody calls the folder empty.
	if left, err := s.Remains(t.Context(), ""); err != nil || !slices.Equal(left, []string{"link", "out"}) {
		t.Errorf("remains %q, %v", left, err)
	}
}

func TestWhatACrashLeftIsSeenAndDeletedWithItsKey(t *testing.T) {
	folder := t.TempDir()
	s := openFolder(t, folder)
	for _, name := range []string{"r~1~seg~~0a0b", "r~1~seg~~0c0d", "r~1~seg2~~0e0f"} {
		if err := os.WriteFile(filepath.Join(folder, ".tmp", name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"r/1/seg2?temporary=0e0f", "r/1/seg?temporary=0a0b", "r/1/seg?temporary=0c0d"}
	left, err := s.Remains(t.Context(), "r/1/")
	if slices.Sort(left); err != nil || !slices.Equal(left, want) {
		t.Errorf("remains %q, %v; want %q", left, err, want)
	}
	if err := s.Delete(t.Context(), "r/1/seg"); err != nil {
		t.Fatal(err)
	}
	if left, err := s.Remains(t.Context(), "r/"); err != nil || !slices.Equal(left, want[:1]) {
		t.Errorf("remains %q, %v; want the neighbour's alone", left, err)
	}
}

func TestDeletingLeavesNoNameBehind(t *testing.T) {
	folder := t.TempDir()
	s := openFolder(t, folder)
	if err := s.Put(t.Context(), "recordings/r/1", strings.NewReader("x"), 1); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(t.Context(), "recordings/r/1"); err != nil {
		t.Fatal(err)
	}
	if names, err := os.ReadDir(folder); err != nil || len(names) != 1 || names[0].Name() != ".tmp" {
		t.Errorf("the folder holds %v, %v; want .tmp alone", names, err)
	}
}

func TestPuttingWhileItsFolderIsRemovedSucceeds(t *testing.T) {
	s := openFolder(t, t.TempDir())
	done := make(chan error, 1)
	go func() {
		var err error
		for range 300 {
			err = errors.Join(err, s.Put(t.Context(), "r/1/a", strings.NewReader("x"), 1), s.Delete(t.Context(), "r/1/a"))
		}
		done <- err
	}()
	for range 300 {
		if err := s.Put(t.Context(), "r/1/b", strings.NewReader("x"), 1); err != nil {
			t.Fatal(err)
		}
		if err := s.Delete(t.Context(), "r/1/b"); err != nil {
			t.Fatal(err)
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestAFolderThatIsGoneIsUnavailable(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "store")
	s := openFolder(t, folder)
	if err := s.Put(t.Context(), "a/b", strings.NewReader("x"), 1); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	wantAllUnavailable(t, s)
}
