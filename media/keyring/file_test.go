package keyring

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestOnlyTheOwnerCanReadAKeyFile(t *testing.T) {
	_, holders := ring(t, 1)
	path := pathOf(holders[0])
	for _, name := range []string{path, path + ".lock"} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info.Mode(), err)
	}
}

func TestAKeyFileThatOthersCanReadIsRefusedWithTheCommandThatMendsIt(t *testing.T) {
	_, holders := ring(t, 1)
	path := pathOf(holders[0])
	folder := filepath.Dir(path)
	for _, c := range []struct {
		name       string
		mode, good os.FileMode
		mend       string
	}{
		{path, 0o640, 0o600, "chmod 600 " + path}, {path, 0o604, 0o600, "chmod 600 " + path},
		{path, 0o620, 0o600, "chmod 600 " + path}, {folder, 0o750, 0o700, "chmod 700 " + folder},
		{folder, 0o701, 0o700, "chmod 700 " + folder},
	} {
		if err := os.Chmod(c.name, c.mode); err != nil {
			t.Fatal(err)
		}
		_, err := Open(t.Context(), holders)
		if !errors.Is(err, ErrUnsafe) || !strings.Contains(err.Error(), c.mend) {
			t.Errorf("%s %o: %v; want ErrUnsafe and %q", c.name, c.mode, err, c.mend)
		}
		if err := os.Chmod(c.name, c.good); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(t.Context(), holders); err != nil {
		t.Errorf("mended: %v", err)
	}
	moved := path + ".moved"
	if err := errors.Join(os.Rename(path, moved), os.Symlink(moved, path)); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), holders)
	wantError(t, "a link", err, ErrUnsafe)
}

// A crash anywhere in a change leaves either the map before or the one after,
// and what it left beside is wiped by the next operation.
func TestACrashInAChange(t *testing.T) {
	crash := errors.New("the power fails")
	for step, want := range map[string]int{"written": 1, "renamed": 2} {
		t.Run("after it was "+step, func(t *testing.T) {
			r, holders := ring(t, 1)
			h := holders[0].(*fileHolder)
			h.crash = func(at string) error {
				if at == step {
					return crash
				}
				return nil
			}
			_, err := r.Begin(t.Context())
			wantError(t, "begin", err, crash)
			left := slices.Contains(namesIn(t, h), "keys.json.new")
			if left != (step == "written") {
				t.Fatalf("the crash left %q", namesIn(t, h))
			}
			temp, err := os.Open(h.temp())
			h.crash = nil
			wantNewest(t, r, want)
			if names := namesIn(t, h); !slices.Equal(names, []string{"keys.json", "keys.json.lock"}) {
				t.Errorf("left is %q", names)
			}
			if left {
				if info, serr := temp.Stat(); err != nil || serr != nil || info.Size() != 0 {
					t.Errorf("what the crash left was removed, but not wiped")
				}
				_ = temp.Close()
			}
			if epoch := begin(t, r); epoch != want+1 {
				t.Errorf("epoch %d began, want %d", epoch, want+1)
			}
		})
	}
}

func TestAChangeFromAnotherGenerationIsAConflict(t *testing.T) {
	_, holders := ring(t, 1)
	m, err := holders[0].Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	before := mustRead(t, holders[0])
	for _, expected := range []int64{0, m.Generation - 1, m.Generation + 1} {
		wantError(t, fmt.Sprint("generation ", expected), holders[0].Store(t.Context(), m, expected), ErrConflict)
	}
	if string(before) != string(mustRead(t, holders[0])) {
		t.Error("a conflict changed the file")
	}
}

func TestWaitingForTheLockEndsWithTheContext(t *testing.T) {
	_, holders := ring(t, 1)
	unlock, err := lock(t.Context(), pathOf(holders[0])+".lock")
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = holders[0].Load(ctx)
	wantError(t, "load", err, context.DeadlineExceeded)
}

const (
	racers      = 3
	racerEpochs = 8
)

func TestManyInOneProcessNeverLoseAnEpoch(t *testing.T) {
	r, holders := ring(t, 2)
	epochs := make([][]int, racers)
	errs := make([]error, racers)
	var wg sync.WaitGroup
	for i := range racers {
		wg.Go(func() { epochs[i], errs[i] = race(t.Context(), r) })
	}
	wg.Wait()
	wantAllDifferent(t, holders, slices.Concat(epochs...), errors.Join(errs...))
}

func race(ctx context.Context, r *Ring) (epochs []int, err error) {
	for range racerEpochs {
		epoch, err := r.Begin(ctx)
		if err != nil {
			return nil, err
		}
		w, err := r.Wrap(ctx, epoch, "r", [32]byte{1})
		if err != nil {
			return nil, err
		}
		if _, err := r.Unwrap(ctx, epoch, "r", w); err != nil {
			return nil, err
		}
		epochs = append(epochs, epoch)
	}
	return epochs, nil
}

func wantAllDifferent(t *testing.T, holders []Holder, epochs []int, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(epochs)
	if len(epochs) != racers*racerEpochs || len(slices.Compact(slices.Clone(epochs))) != len(epochs) {
		t.Errorf("epochs %v; want %d different ones", epochs, racers*racerEpochs)
	}
	for _, h := range holders {
		m, err := h.Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, epoch := range epochs {
			if m.Epochs[epoch] == (Key{}) {
				t.Errorf("%s lost epoch %d", h, epoch)
			}
		}
	}
}

// helperEnv makes the test program a process that races for epochs.
const helperEnv = "KEYRING_TEST_RACE"

func helper() int {
	var holders []Holder
	for url := range strings.SplitSeq(os.Getenv(helperEnv), "|") {
		h, err := OpenHolder(url)
		if err != nil {
			fmt.Println(err)
			return 1
		}
		holders = append(holders, h)
	}
	r, err := Open(context.Background(), holders)
	if err == nil {
		var epochs []int
		epochs, err = race(context.Background(), r)
		for _, epoch := range epochs {
			fmt.Println(epoch)
		}
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

func helperProcess(t *testing.T, holders []Holder) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	var urls []string
	for _, h := range holders {
		urls = append(urls, h.String())
	}
	cmd.Env = append(os.Environ(), helperEnv+"="+strings.Join(urls, "|"))
	return cmd
}

func TestManyProcessesNeverLoseAnEpoch(t *testing.T) {
	_, holders := ring(t, 2)
	outs := make([]string, racers)
	errs := make([]error, racers)
	var wg sync.WaitGroup
	for i := range racers {
		wg.Go(func() {
			out, err := helperProcess(t, holders).CombinedOutput()
			if outs[i] = string(out); err != nil {
				errs[i] = fmt.Errorf("%w: %s", err, out)
			}
		})
	}
	wg.Wait()
	var epochs []int
	for line := range strings.FieldsSeq(strings.Join(outs, "\n")) {
		var epoch int
		if _, err := fmt.Sscan(line, &epoch); err == nil {
			epochs = append(epochs, epoch)
		}
	}
	wantAllDifferent(t, holders, epochs, errors.Join(errs...))
}

// Kill loop: a process that is killed at any moment of its changes leaves a key
// map that opens, and loses no epoch that it had been given.
func TestAProcessThatIsKilledLosesNothing(t *testing.T) {
	r, holders := ring(t, 2)
	w := wrap(t, r, 1, "r", [32]byte{9})
	for kill := range 12 {
		cmd := helperProcess(t, holders)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		before, err := r.Newest(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		// The moment of the kill follows the progress of the process, and a
		// different distance after it each time.
		for newest := before; newest < before+1+kill%4; {
			if newest, err = r.Newest(t.Context()); err != nil {
				t.Fatalf("while another process changes the map: %v", err)
			}
		}
		for range kill * 300 {
			_ = cmd.Process.Signal(syscall.Signal(0))
		}
		_ = cmd.Process.Kill()
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
		}
		_ = cmd.Wait()
		if _, err := Open(t.Context(), holders); err != nil {
			t.Fatalf("after kill %d: %v", kill, err)
		}
		if _, err := r.Unwrap(t.Context(), 1, "r", w); err != nil {
			t.Fatalf("after kill %d: %v", kill, err)
		}
	}
	for _, h := range holders {
		if names := namesIn(t, h); !slices.Equal(names, []string{"keys.json", "keys.json.lock"}) {
			t.Errorf("left is %q", names)
		}
	}
}
