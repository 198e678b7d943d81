package cutter

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vakspiegel/media/cutter/cuttertest"
)

// children are the processes of FFmpeg that this one has started, as folders of
// /proc.
func children(t *testing.T) []string { return childrenOf(t, os.Getpid()) }

func childrenOf(t *testing.T, parent int) (running []string) {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	ok(t, err)
	for _, path := range all {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it ended meanwhile
		}
		_, after, _ := strings.Cut(string(stat), ") ")
		if fields := strings.Fields(after); strings.Contains(string(stat), "(ffmpeg)") && fields[1] == strconv.Itoa(parent) {
			running = append(running, filepath.Dir(path))
		}
	}
	return running
}

// spied is a film that looks at its reader.
type spied struct {
	cuttertest.Film
	look func()
}

func (s spied) Open(ctx context.Context, off int64) io.ReadCloser {
	s.look()
	return s.Film.Open(ctx, off)
}

// Invariants 1 and 2, seen from outside while FFmpeg runs.
func TestFFmpegHasNoFileNoAddressAndNoCore(t *testing.T) {
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	looks := 0
	film := spied{cuttertest.Films(t)[1], func() {
		for _, process := range children(t) {
			looks++
			line, err := os.ReadFile(process + "/cmdline")
			ok(t, err)
			if strings.Contains(string(line), "127.0.0.1") {
				t.Errorf("its command line tells the address: %q", line)
			}
			if variables, _ := os.ReadFile(process + "/environ"); len(variables) > 0 {
				t.Errorf("its environment: %q", variables)
			}
			files, err := filepath.Glob(process + "/fd/*")
			ok(t, err)
			for _, file := range files {
				to, _ := os.Readlink(file)
				if strings.HasPrefix(to, "/") && to != "/dev/null" && !strings.HasPrefix(to, "/memfd:") {
					t.Errorf("it has %s open", to)
				}
			}
			limits, err := os.ReadFile(process + "/limits")
			ok(t, err)
			for limit, most := range map[string]string{"Max core file size": "1", "Max address space": "2147483648", "Max cpu time": "600"} {
				if !hasLimit(string(limits), limit, most) {
					t.Errorf("%s is not %s:\n%s", limit, most, limits)
				}
			}
		}
	}}
	_, err := found(t).Cut(t.Context(), film, Order{Format: MP4, From: 5 * time.Second, To: 8 * time.Second, MaxSize: 1 << 30, Keep: new(whole).keep})
	ok(t, err)
	if looks < 2 {
		t.Fatal("nobody looked")
	}
}

func hasLimit(limits, name, most string) bool {
	for line := range strings.Lines(limits) {
		if rest, is := strings.CutPrefix(line, name); is {
			soft, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			limit, _ := strconv.ParseInt(most, 10, 64)
			return strings.Fields(rest)[0] != "unlimited" && soft <= limit
		}
	}
	return false
}

// Invariant 3, whenever it is told to stop.
func TestWhenItIsToldToStopFFmpegEndsAndNobodyReadsOn(t *testing.T) {
	stop := errors.New("told to stop")
	for after := range 4 {
		ctx, cancel := context.WithCancelCause(t.Context())
		var mu sync.Mutex
		reads, ended := 0, false
		film := spied{cuttertest.Films(t)[1], func() {
			mu.Lock()
			defer mu.Unlock()
			if ended {
				t.Error("it is read after the end")
			}
			if reads++; reads > after {
				cancel(stop)
			}
		}}
		_, err := found(t).Cut(ctx, film, Order{Format: MP4, From: 5 * time.Second, To: 8 * time.Second, MaxSize: 1 << 30, Keep: new(whole).keep})
		mu.Lock()
		ended = true
		mu.Unlock()
		if !errors.Is(err, stop) {
			t.Errorf("stopped at read %d: got %v", after+1, err)
		}
		if left := children(t); len(left) != 0 {
			t.Errorf("it still runs: %v", left)
		}
		cancel(nil)
	}
}

// A service manager that stops all there is asks FFmpeg to end, too; an operator,
// or a machine without memory, kills it. The film can be cut all the same.
func TestAnFFmpegThatIsEndedByOthersIsNotTheFilmsFault(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGKILL} {
		for at := 1; at <= 2; at++ { // while it looks for the key frame, and while it copies
			reads := 0
			film := spied{cuttertest.Films(t)[0], func() {
				if reads++; reads == at {
					for _, process := range children(t) {
						pid, _ := strconv.Atoi(filepath.Base(process))
						ok(t, syscall.Kill(pid, signal))
					}
				}
			}}
			_, err := found(t).Cut(t.Context(), film, Order{Format: MP4, From: 5 * time.Second, To: 8 * time.Second, MaxSize: 1 << 30, Keep: new(whole).keep})
			if errors.Is(err, ErrUnreadable) || (err != nil) != (signal == syscall.SIGKILL) {
				t.Errorf("%v at read %d: got %v", signal, at, err)
			}
		}
	}
}

// A cut larger than what may lie in memory goes on while it is written.
func TestALargeCutIsHandedOnWhileFFmpegWrites(t *testing.T) {
	film := cuttertest.Make(t, "video/mp4", "large.mp4", "-vf noise=alls=80:allf=t,scale=640:360 -c:v libx264 -preset ultrafast -g 15 -qp 12 -an")
	var got whole
	keep := got.keep
	early := false
	cut, err := found(t).Cut(t.Context(), film, Order{Format: MP4, From: 0, To: 40 * time.Second, MaxSize: 1 << 30,
		Keep: func(ctx context.Context, start int64, piece []byte) error {
			early = early || len(children(t)) == 1
			return keep(ctx, start, piece)
		}})
	ok(t, err)
	if cut.Size < backlog || !early {
		t.Fatalf("%d bytes, handed on meanwhile: %v", cut.Size, early)
	}
	if packets := cuttertest.Packets(t, got.bytes); len(packets) < 590 {
		t.Fatalf("%d packets", len(packets))
	}
}
