package cutter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// askPatience is how long FFmpeg may take to say what it can.
	askPatience = 10 * time.Second
	// grace is how long pipes may stay open after FFmpeg was killed.
	grace = 2 * time.Second

	memoryLimit  = 2 << 30 // bytes of address space
	secondsLimit = 600     // of processor time
	filesLimit   = 64
)

// Find looks for FFmpeg: a path, or a name on the PATH. Errors: ErrUnavailable.
func Find(name string) (*Cutter, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		path, err = filepath.Abs(path) // it runs in another folder than we do
	}
	if err != nil {
		return nil, ErrUnavailable
	}
	ctx, cancel := context.WithTimeout(context.Background(), askPatience)
	defer cancel()
	ask := exec.CommandContext(ctx, path, "-hide_banner", "-h", "bsf=noise")
	ask.Env, ask.WaitDelay = []string{}, grace
	said, err := ask.Output()
	// The filter that leaves out what lies outside: since FFmpeg 5.0.
	if err != nil || !strings.Contains(string(said), "-drop ") {
		return nil, ErrUnavailable
	}
	return &Cutter{path: path}, nil
}

// job is one run of FFmpeg.
type job struct {
	args    []string
	script  string
	stdout  io.Writer
	output  *os.File // its file 3, or nil
	maxSize int64
}

// run runs FFmpeg until it ends, or kills it when ctx does. Errors:
// ErrUnreadable when it failed of itself, ErrTooLarge, and ctx's cause.
func (c *Cutter) run(ctx context.Context, j job) error {
	// It is killed when the thread that started it ends, as it does with us, and
	// hears the signals that this thread does.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(ctx, c.path, j.args...)
	cmd.Env, cmd.Dir, cmd.WaitDelay = []string{}, "/", grace
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return killGroup(cmd.Process.Pid) }
	cmd.Stdout = j.stdout // what it says of the film goes nowhere
	if j.output != nil {
		cmd.ExtraFiles = []*os.File{j.output}
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := start(cmd); err != nil {
		return err
	}
	// Before it knows where the film is.
	err = limit(cmd.Process.Pid, j.maxSize)
	if err == nil {
		_, err = io.WriteString(stdin, j.script)
	}
	if err := errors.Join(err, stdin.Close()); err != nil {
		_ = killGroup(cmd.Process.Pid)
		_ = cmd.Wait()
		return fmt.Errorf("cutter: start FFmpeg: %w", err)
	}
	err = cmd.Wait() // also the error of stdout, when FFmpeg itself is content
	_ = killGroup(cmd.Process.Pid)
	return reason(ctx, err)
}

// reason says why a run ended as it did.
func reason(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	switch {
	case ok && status.Signaled() && status.Signal() == syscall.SIGXFSZ:
		return ErrTooLarge
	case ok && endedByOthers(status):
		return fmt.Errorf("cutter: FFmpeg was ended: %w", err)
	}
	return fmt.Errorf("%w: %s", ErrUnreadable, exit.ProcessState)
}

// endedByOthers: it was not the film's doing. No memory is left, or an operator
// ended it; or its libraries are being replaced (126 and 127, of the loader).
func endedByOthers(status syscall.WaitStatus) bool {
	return status.Signal() == syscall.SIGKILL || slices.Contains([]int{126, 127}, status.ExitStatus())
}

// start starts FFmpeg deaf to what asks it to end: a service manager that stops us
// asks all there is at once, and FFmpeg would answer that the film cannot be read.
// It is we who end it.
func start(cmd *exec.Cmd) error {
	var asked, before unix.Sigset_t
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT} {
		asked.Val[0] |= 1 << (signal - 1)
	}
	if err := unix.PthreadSigmask(unix.SIG_BLOCK, &asked, &before); err != nil { // of this thread, which FFmpeg inherits
		return err
	}
	return errors.Join(cmd.Start(), unix.PthreadSigmask(unix.SIG_SETMASK, &before, nil))
}

func killGroup(pid int) error {
	err := syscall.Kill(-pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		return os.ErrProcessDone
	}
	return err
}

// limit bounds what a process may use, whatever a film makes it do.
func limit(pid int, maxSize int64) error {
	for resource, most := range map[int]uint64{
		// 1 and not 0: the kernel then gives no core to a handler of cores either.
		unix.RLIMIT_CORE: 1, unix.RLIMIT_AS: memoryLimit, unix.RLIMIT_CPU: secondsLimit,
		unix.RLIMIT_NOFILE: filesLimit, unix.RLIMIT_FSIZE: uint64(maxSize), //nolint:gosec // a size
	} {
		var now unix.Rlimit
		if err := unix.Prlimit(pid, resource, nil, &now); err != nil {
			return err
		}
		most = min(most, now.Max) // an operator may have set less
		if err := unix.Prlimit(pid, resource, &unix.Rlimit{Cur: most, Max: most}, nil); err != nil {
			return err
		}
	}
	return nil
}

// memoryFile is a file that lies on no disk.
func memoryFile() (*os.File, error) {
	fd, err := unix.MemfdCreate("cut", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("cutter: a file in memory: %w", err)
	}
	return os.NewFile(uintptr(fd), "cut"), nil
}

// empty gives the memory of a part of the sink back.
func (s *sink) empty(at, n int64) error {
	return unix.Fallocate(int(s.file.Fd()), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, at, n)
}
