package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/policies"
)

// The tests in process_*_test.go start the real program, as an operator does:
// configured by environment, in processes of its own that can be killed, frozen
// and cut off.

// built is the folder with the program, once it has been built.
var built string

func TestMain(m *testing.M) {
	code := m.Run()
	if built != "" {
		_ = os.RemoveAll(built)
	}
	os.Exit(code)
}

// program builds the program, once per test process. VAKSPIEGEL_TEST_BINARY names
// another one: a broken build, to see that the tests notice.
var program = sync.OnceValues(func() (string, error) {
	if other := os.Getenv("VAKSPIEGEL_TEST_BINARY"); other != "" {
		return other, nil
	}
	folder, err := os.MkdirTemp("", "vakspiegel-binary-")
	if err != nil {
		return "", err
	}
	built = folder
	path := filepath.Join(folder, "vakspiegel")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return path, nil
})

// installation is what an operator sets up: database, store, keys, provider.
type installation struct {
	t        *testing.T
	db       *gorm.DB // the test's own view on the database; nil before migrate
	store    blob.Store
	provider *provider
	env      map[string]string // without VAKSPIEGEL_
	secrets  *secrets          // what its servers handed out
}

// install sets an installation up; nothing is migrated and nothing runs.
func install(t *testing.T, dsn, store string, cred blob.S3Credentials) *installation {
	t.Helper()
	p := startProvider(t)
	return &installation{t: t, provider: p, secrets: newSecrets(), env: map[string]string{
		"ADDR": "127.0.0.1:0", "PUBLIC_URL": "http://127.0.0.1", "ORGANISATION": "Gemeente Voorbeeld", "LOG_LEVEL": "debug",
		"DATABASE_URL": dsn, "STORE_URL": store, "S3_ACCESS_KEY": cred.AccessKey, "S3_SECRET_KEY": cred.SecretKey,
		"KEY_HOLDERS": "file:" + filepath.Join(t.TempDir(), "keys", "keys.json"), "SWAP": "encrypted",
		"OIDC_ISSUER": p.Issuer(), "OIDC_CLIENT_ID": p.ClientID, "OIDC_CLIENT_SECRET": p.ClientSecret, "MAX_UPLOAD": "67108864",
	}}
}

// installed is a migrated installation on PostgreSQL and MinIO with people who
// may film.
func installed(t *testing.T, people ...string) *installation {
	t.Helper()
	store, cred := blobtest.MinIO(t)
	return install(t, databasetest.Migrated(t, database.Postgres), store, cred).migrated(people...)
}

func (i *installation) migrated(people ...string) *installation {
	i.t.Helper()
	if code, _, errs := i.run("migrate"); code != 0 {
		i.t.Fatalf("migrate: %d %s", code, errs)
	}
	ctx := i.t.Context()
	var err error
	i.db, err = database.Open(ctx, i.env["DATABASE_URL"])
	must(i.t, err)
	i.t.Cleanup(func() { _ = database.Close(i.db) })
	for _, name := range people {
		must(i.t, policies.NewPeople(i.db).Save(ctx, nil, policies.Person{
			ID: uuid.New(), Login: loginOf(name), Name: name, Roles: []policies.Role{policies.Klantmanager}, Teams: []string{"Centrum"},
		}))
	}
	i.store, err = blob.Open(ctx, i.env["STORE_URL"], blob.S3Credentials{AccessKey: i.env["S3_ACCESS_KEY"], SecretKey: i.env["S3_SECRET_KEY"]})
	must(i.t, err)
	return i
}

func loginOf(name string) string { return name + "@gemeente.example" }

// with is the installation with other settings; "" takes one away.
func (i *installation) with(pairs ...string) *installation {
	other := *i
	other.env = maps.Clone(i.env)
	for n := 0; n < len(pairs); n += 2 {
		other.env[pairs[n]] = pairs[n+1]
		if pairs[n+1] == "" {
			delete(other.env, pairs[n])
		}
	}
	return &other
}

func (i *installation) keyFile() string { return strings.TrimPrefix(i.env["KEY_HOLDERS"], "file:") }

// command is the program with these settings and no other environment.
func (i *installation) command(arguments ...string) *exec.Cmd {
	i.t.Helper()
	path, err := program()
	must(i.t, err)
	command := exec.Command(path, arguments...)
	command.Dir = i.t.TempDir()
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + command.Dir}
	for name, value := range i.env {
		command.Env = append(command.Env, "VAKSPIEGEL_"+name+"="+value)
	}
	return command
}

// run runs a command that ends by itself.
func (i *installation) run(arguments ...string) (code int, out, errs string) {
	i.t.Helper()
	command := i.command(arguments...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	p := launched(i.t, command)
	select {
	case <-p.ended:
	case <-time.After(30 * time.Second):
		i.t.Fatalf("%v does not end: %s", arguments, &stderr)
	}
	return p.code, stdout.String(), stderr.String()
}

// process is a running program.
type process struct {
	t       *testing.T
	i       *installation
	command *exec.Cmd
	url     string
	log     *watchedBuffer
	ended   chan struct{}
	code    int // once ended; -1 if a signal ended it
}

// launched starts a command that dies with the test process, also when that is
// killed: the kernel ties it to the thread that started it, which stays.
func launched(t *testing.T, command *exec.Cmd) *process {
	t.Helper()
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	p := &process{t: t, command: command, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		started <- err
		if err != nil {
			return
		}
		_ = command.Wait()
		p.code = command.ProcessState.ExitCode()
		close(p.ended)
	}()
	must(t, <-started)
	t.Cleanup(p.kill)
	return p
}

// begin starts a server without waiting until it serves.
func (i *installation) begin() *process {
	i.t.Helper()
	command := i.command("serve")
	log := &watchedBuffer{served: make(chan string, 1)}
	command.Stderr = log
	p := launched(i.t, command)
	p.i, p.log = i, log
	i.t.Cleanup(func() { // after its end: a log of a killed one counts too
		if found := i.secrets.in([]byte(log.String())); len(found) > 0 {
			i.t.Errorf("in the log of a server: %v", found)
		}
	})
	return p
}

// serve starts a server and waits until it serves.
func (i *installation) serve() *process {
	i.t.Helper()
	return i.begin().ready()
}

func (p *process) ready() *process {
	p.t.Helper()
	select {
	case addr := <-p.log.served:
		p.url = "http://" + addr
	case <-p.ended:
		p.t.Fatalf("serve ended with %d: %s", p.code, p.log)
	case <-time.After(30 * time.Second):
		p.t.Fatalf("serve does not start: %s", p.log)
	}
	return p
}

// refuses starts a server that must not start and returns what it says.
func (i *installation) refuses() string {
	i.t.Helper()
	p := i.begin()
	select {
	case <-p.ended:
	case addr := <-p.log.served:
		i.t.Fatalf("it serves at %s", addr)
	case <-time.After(30 * time.Second):
		i.t.Fatalf("it does not end: %s", p.log)
	}
	if p.code != 1 {
		i.t.Errorf("it ended with %d", p.code)
	}
	return p.log.String()
}

func (p *process) signal(signal syscall.Signal) { must(p.t, p.command.Process.Signal(signal)) }

// kill ends the process as a power cut would.
func (p *process) kill() {
	_ = p.command.Process.Kill()
	<-p.ended
}

// stop ends the process as an operator does; it returns how long that took.
func (p *process) stop() time.Duration {
	p.t.Helper()
	began := time.Now()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(20 * time.Second):
		p.t.Fatalf("it does not stop: %s", p.log)
	}
	if p.code != 0 {
		p.t.Errorf("stopped with %d: %s", p.code, p.log)
	}
	return time.Since(began)
}

// watchedBuffer is a log; served gets the address once it says "serving".
type watchedBuffer struct {
	safeBuffer
	served chan string
	line   []byte
}

func (w *watchedBuffer) Write(p []byte) (int, error) {
	w.line = append(w.line, p...)
	for {
		line, rest, whole := bytes.Cut(w.line, []byte("\n"))
		if !whole {
			return w.safeBuffer.Write(p)
		}
		w.line = rest
		var entry struct{ Msg, Addr string }
		if json.Unmarshal(line, &entry) == nil && entry.Msg == "serving" {
			w.served <- entry.Addr
		}
	}
}

// browser is a fresh browser at this process.
func (p *process) browser() *browser {
	known := &secrets{}
	if p.i != nil { // one of the demo has none
		known = p.i.secrets
	}
	return (&system{t: p.t, secrets: known, App: &App{settings: Settings{PublicURL: p.url}}}).browser()
}

// at is the same browser at another process.
func (b *browser) at(p *process) *browser { return &browser{b.Client, b.t, p.url} }

// as signs a person in, all the way through the provider.
func (p *process) as(name string) *browser {
	p.t.Helper()
	b := p.browser()
	p.i.provider.QueueUser(user("sub-"+name, loginOf(name)))
	begin := b.want(303, b.get("/aanmelden?terug=/"))
	callback, err := url.Parse(b.want(302, b.get(begin.Header.Get("Location"))).Header.Get("Location"))
	must(p.t, err)
	if to := b.comeBack(callback.Query()).Header.Get("Location"); to != "/" {
		p.t.Fatalf("signing in as %s leads to %s", name, to)
	}
	return b
}

// agreed is a conversation of one klantmanager that everyone said yes to.
type agreed struct {
	owner   *browser
	citizen *browser
	link    string // its path: every process has an address of its own
	id      string // of the conversation
}

func (p *process) agreed(owner *browser) agreed {
	p.t.Helper()
	c := owner.ask("citizen")
	link := pathOf(c.Participants[0].ConsentURL)
	citizen := p.browser()
	ref, _ := citizen.visit(link)
	citizen.want(303, citizen.choose(ref, "ja", nil))
	return agreed{owner, citizen, link, c.ID}
}

// gone checks that no address of a recording answers at any of the processes.
func (x agreed) gone(t *testing.T, recording string, processes ...*process) {
	t.Helper()
	for _, p := range processes {
		b := x.owner.at(p)
		for _, path := range []string{"", "/video", "/views", "/annotations"} {
			b.wantCode(404, "not_found", b.get("/api/v1/recordings/"+recording+path))
		}
		b.wantCode(404, "not_found", b.get("/api/v1/conversations/"+x.id))
		b.want(404, b.send("HEAD", "/api/v1/uploads/"+recording, map[string]string{"Tus-Resumable": "1.0.0"}, nil))
	}
}

// erased waits until the citizen's page says that all is done, and looks in
// database and store whether that is so.
func (x agreed) erased(t *testing.T, i *installation, recording string, p *process) {
	t.Helper()
	citizen := x.citizen.at(p)
	var page string
	citizen.until("all of it is erased and verified", func() bool {
		a := citizen.want(200, citizen.get("/toestemming"))
		page = string(a.body)
		return a.Header.Get("Refresh") == ""
	})
	if !strings.Contains(page, "Alles is gewist en nagekeken") {
		t.Errorf("the citizen's page does not say that all is erased: %.600s", page)
	}
	left, err := i.store.Remains(t.Context(), "recordings/"+recording+"/")
	must(t, err)
	if len(left) != 0 {
		t.Errorf("erased, and the store has %v", left)
	}
	for table, column := range map[string]string{"recordings": "id", "segments": "recording_id", "uploads": "recording_id", "data_keys": "subject_id"} {
		if rows := i.rows(table, column+" = ?", recording); rows != 0 {
			t.Errorf("erased, and %s has %d rows of it", table, rows)
		}
	}
}

// passTime lets what a killed process had claimed run out: the lock of an upload
// (10 s) and the claim of an erasure (30 s). Nothing may be running.
func (i *installation) passTime() {
	i.t.Helper()
	must(i.t, i.db.Exec("UPDATE upload_locks SET expires_at = CURRENT_TIMESTAMP - interval '1 second'").Error)
	must(i.t, i.db.Exec("UPDATE erasures SET claimed_until = CURRENT_TIMESTAMP - interval '1 second' WHERE erased_at IS NULL").Error)
}

// tidy fails for objects in the store that the database does not know.
func (i *installation) tidy() {
	i.t.Helper()
	known := map[string]bool{}
	var keys []string
	must(i.t, i.db.Table("segments").Pluck("object_key", &keys).Error)
	for _, key := range keys {
		known[key] = true
	}
	for object, err := range i.store.List(context.Background(), "recordings/") {
		must(i.t, err)
		if !known[object.Key] {
			i.t.Errorf("the store has %s, which the database does not know", object.Key)
		}
	}
}

// eventually polls for what another process does.
func eventually(t *testing.T, patience time.Duration, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				t.Fatalf("not within %v: %s", patience, what)
			}
			return
		case <-tick.C:
		}
	}
}
