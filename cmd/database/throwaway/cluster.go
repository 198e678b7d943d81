// Package throwaway makes a PostgreSQL server that lives as long as the process
// that asked for it: for tests and benchmarks. It takes Debian's programs, or
// those on the PATH, and never a server that is there already.
package throwaway

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that waits for the server and makes databases
)

// Cluster is a PostgreSQL server of this process alone.
type Cluster struct {
	port int
	// alive holds the server's life: collected as garbage, it would be closed
	// and end the server in the middle of its work.
	alive io.Closer
	dir   string
}

// script runs the server as a child of a shell that waits on its standard
// input, a pipe this process holds: however the process ends, the pipe closes
// and the server and its folder go with it. A server that has only just begun
// may still ignore SIGQUIT, as what a shell puts in the background does.
const script = `"$1/postgres" -D "$2" -p "$3" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200 >"$2.log" 2>&1 &
pid=$!
cat >/dev/null
kill -QUIT $pid
(sleep 5; kill -KILL $pid) 2>/dev/null & last=$!
wait $pid; kill $last; rm -rf "$2" "$2.log"`

// Start makes a server with a folder of its own and waits until it answers.
func Start(ctx context.Context) (*Cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "vakspiegel-postgres-")
	if err != nil {
		return nil, err
	}
	attr, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", dir, "-U", "vakspiegel", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attr, "/"
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	port, err := freePort(ctx)
	if err != nil {
		return nil, err
	}
	server := exec.CommandContext(context.WithoutCancel(ctx), "sh", "-c", script, "sh", bin, dir, strconv.Itoa(port))
	server.SysProcAttr, server.Dir = attr, "/"
	alive, err := server.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	c := &Cluster{port, alive, dir}
	return c, c.await(ctx)
}

// End ends the server and takes its folder away.
func (c *Cluster) End() error { return c.alive.Close() }

// Dir is the folder that holds its databases.
func (c *Cluster) Dir() string { return c.dir }

// DSN is the URL of one of its databases.
func (c *Cluster) DSN(name string) string {
	return fmt.Sprintf("postgres://vakspiegel@127.0.0.1:%d/%s?sslmode=disable", c.port, name)
}

func (c *Cluster) await(ctx context.Context) error {
	db, err := sql.Open("pgx", c.DSN("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ctx, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	for {
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Create makes an empty database. The name is one of ours, not of a stranger.
func (c *Cluster) Create(ctx context.Context, name string) error {
	return c.run(ctx, "CREATE DATABASE "+name)
}

// Copy makes a database that is as another one, to which nobody is connected.
// The names are ours, not of a stranger.
func (c *Cluster) Copy(ctx context.Context, from, name string) error {
	return c.run(ctx, "CREATE DATABASE "+name+" TEMPLATE "+from)
}

func (c *Cluster) run(ctx context.Context, statement string) error {
	db, err := sql.Open("pgx", c.DSN("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// programs finds the folder of PostgreSQL's server programs; Debian keeps it
// off the PATH.
func programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(real), nil
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errors.New("initdb is not installed")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// unprivileged hands dir to an account that PostgreSQL accepts: it refuses to
// run as root.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		if account, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func freePort(ctx context.Context) (int, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}
