package cutter

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// asMaker has a test program be a process that cuts, and does not get far.
const asMaker = "CUTTER_TEST_MAKER"

func TestMain(m *testing.M) {
	if os.Getenv(asMaker) != "" {
		c, err := Find("ffmpeg")
		if err == nil {
			_, err = c.Cut(context.Background(), endless{}, Order{Format: MP4, To: time.Second, MaxSize: 1 << 30})
		}
		panic(err)
	}
	os.Exit(m.Run())
}

// endless is a film of which nothing comes.
type endless struct{}

func (endless) Size() int64                                     { return 1 << 30 }
func (endless) Open(ctx context.Context, _ int64) io.ReadCloser { return io.NopCloser(never{ctx}) }

type never struct{ ctx context.Context }

func (n never) Read([]byte) (int, error) {
	_, _ = os.Stdout.WriteString("it is read\n")
	<-n.ctx.Done()
	return 0, n.ctx.Err()
}

// Invariant 1: also one that hangs, and would not hear that nobody feeds it.
func TestAProcessThatIsKilledTakesFFmpegWithIt(t *testing.T) {
	self, err := os.Executable()
	ok(t, err)
	maker := exec.CommandContext(t.Context(), self)
	maker.Env = append(os.Environ(), asMaker+"=1")
	said, err := maker.StdoutPipe()
	ok(t, err)
	ok(t, maker.Start())
	_, err = io.ReadFull(said, make([]byte, len("it is read\n")))
	ok(t, err)
	running := childrenOf(t, maker.Process.Pid)
	if len(running) != 1 {
		t.Fatalf("FFmpeg does not run: %v", running)
	}
	pid, err := strconv.Atoi(filepath.Base(running[0]))
	ok(t, err)
	ok(t, syscall.Kill(pid, syscall.SIGSTOP))
	ok(t, maker.Process.Kill())
	_ = maker.Wait()
	for deadline := time.Now().Add(10 * time.Second); ; {
		stat, err := os.ReadFile(running[0] + "/stat")
		if err != nil || bytes.Contains(stat, []byte(") Z ")) { // gone, or nobody asked how it ended
			return
		}
		if time.Now().After(deadline) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
			t.Fatalf("it is still there: %s", stat)
		}
	}
}
