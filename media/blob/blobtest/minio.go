package blobtest

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vakspiegel/media/blob"
)

// startTimeout is how long MinIO may take to be healthy; it takes one second
// on an idle machine.
const startTimeout = 60 * time.Second

// Server is a MinIO with data of its own.
type Server struct {
	Endpoint string // host:port
	Cred     blob.S3Credentials

	binary string
	folder string
	mu     sync.Mutex
	guard  *exec.Cmd
	leash  io.WriteCloser
	pid    int
}

var shared struct {
	sync.Mutex
	server *Server
}

// MinIO returns a store with an empty bucket, on a server that all tests of
// this process share and that ends with the process.
func MinIO(t *testing.T) (storeURL string, cred blob.S3Credentials) {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		s, err := newServer()
		if err != nil {
			t.Fatal(err)
		}
		shared.server = s
	}
	return shared.server.URL(), shared.server.Cred
}

// StartServer returns a server of the test's own, which it may stop and start.
func StartServer(t *testing.T) *Server {
	t.Helper()
	s, err := newServer()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Stop()
		_ = os.RemoveAll(s.folder)
	})
	return s
}

// URL returns the setting of a store in a bucket that does not exist yet.
func (s *Server) URL() string {
	return fmt.Sprintf("s3://test-%s?endpoint=%s&tls=false", randomText(8), s.Endpoint)
}

// Stop kills the server as a crash would. Its data stays. Stopping a stopped
// server does nothing.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.guard == nil {
		return
	}
	s.end()
}

// end kills the server and keeps its data.
func (s *Server) end() {
	_, _ = io.WriteString(s.leash, "keep\n")
	_ = s.leash.Close()
	_ = s.guard.Wait()
	s.guard = nil
}

// Start starts a stopped server again, on the same address and data.
func (s *Server) Start(t *testing.T) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.guard != nil {
		return
	}
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
}

func newServer() (*Server, error) {
	binary, err := findMinIO()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "vakspiegel-minio-")
	if err != nil {
		return nil, err
	}
	var failed error
	for range 3 { // another process may take the port before MinIO does
		port, err := freePort()
		if err != nil {
			return nil, err
		}
		s := &Server{
			Endpoint: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)),
			Cred:     blob.S3Credentials{AccessKey: "test" + randomText(6), SecretKey: randomText(16)},
			binary:   binary, folder: folder,
		}
		if failed = s.start(); failed == nil {
			return s, nil
		}
	}
	_ = os.RemoveAll(folder)
	return nil, failed
}

// guard runs MinIO until its own input has a line, or ends. It ends when the
// test process does, also by a panic or a kill; then the data goes too.
const guard = `
"$1" server --quiet --address "$2" "$3/data" >"$3/log" 2>&1 &
pid=$!
echo $pid
keep=no
if read -r _; then keep=yes; fi
kill -KILL $pid 2>/dev/null
wait $pid 2>/dev/null
if [ $keep = no ]; then rm -rf "$3"; fi
`

func (s *Server) start() error {
	cmd := exec.Command("sh", "-c", guard, "sh", s.binary, s.Endpoint, s.folder)
	cmd.Env = append(os.Environ(),
		"MINIO_ROOT_USER="+s.Cred.AccessKey, "MINIO_ROOT_PASSWORD="+s.Cred.SecretKey,
		"MINIO_BROWSER=off", "MINIO_UPDATE=off", "HOME="+s.folder)
	// A group of its own, so that Ctrl-C in a terminal leaves it to the guard.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	leash, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	pid, numErr := strconv.Atoi(strings.TrimSpace(line))
	if err = errors.Join(err, numErr); err != nil {
		return errors.Join(fmt.Errorf("start MinIO: %w", err), leash.Close(), cmd.Wait())
	}
	s.guard, s.leash, s.pid = cmd, leash, pid
	if err := s.waitHealthy(); err != nil {
		log, _ := os.ReadFile(filepath.Join(s.folder, "log"))
		s.end()
		return fmt.Errorf("start MinIO: %w\n%s", err, log)
	}
	return nil
}

// waitHealthy asks until the server says that it can be written to.
func (s *Server) waitHealthy() error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.Endpoint+"/minio/health/cluster", nil)
		if err != nil {
			return err
		}
		if res, err := client.Do(req); err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		if err := syscall.Kill(s.pid, 0); err != nil {
			return errors.New("it ended at once")
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not healthy within %s", startTimeout)
		case <-tick.C:
		}
	}
}

func findMinIO() (string, error) {
	binary := os.Getenv("VAKSPIEGEL_TEST_MINIO")
	if binary == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		binary = filepath.Join(cache, "vakspiegel", "bin", "minio")
	}
	if _, err := os.Stat(binary); err != nil {
		return "", fmt.Errorf("these tests need MinIO and there is none at %s: run `make tools`, or name one in VAKSPIEGEL_TEST_MINIO", binary)
	}
	return binary, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

func randomText(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // crypto/rand never fails: it ends the program instead
	return hex.EncodeToString(b)
}
