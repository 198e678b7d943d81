package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
)

// onOneServer is an installation on SQLite and a folder.
func onOneServer(t *testing.T) *installation {
	return install(t, databasetest.DSN(t, database.SQLite), "dir:"+filepath.Join(t.TempDir(), "store"), s3None)
}

func closedPort(t *testing.T) string {
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	return l.Addr().String()
}

const secretOfTheTest = "zeer-geheim-42"

func TestServeRefusesWhatIsMissingOrUnsafe(t *testing.T) {
	t.Parallel()
	good := onOneServer(t).migrated().with("S3_SECRET_KEY", secretOfTheTest, "OIDC_CLIENT_SECRET", secretOfTheTest)
	down := closedPort(t)
	for name, test := range map[string]struct {
		settings []string
		says     []string
	}{
		"nothing is set": {[]string{"PUBLIC_URL", "", "ORGANISATION", "", "DATABASE_URL", "", "STORE_URL", "", "KEY_HOLDERS", "", "OIDC_ISSUER", "", "OIDC_CLIENT_ID", ""},
			[]string{"VAKSPIEGEL_PUBLIC_URL", "VAKSPIEGEL_ORGANISATION", "VAKSPIEGEL_DATABASE_URL", "VAKSPIEGEL_STORE_URL", "VAKSPIEGEL_KEY_HOLDERS", "VAKSPIEGEL_OIDC_ISSUER", "VAKSPIEGEL_OIDC_CLIENT_ID"}},
		"plain http":                           {[]string{"PUBLIC_URL", "http://vakspiegel.gemeente.example"}, []string{"VAKSPIEGEL_PUBLIC_URL", "https://"}},
		"no provider":                          {[]string{"OIDC_ISSUER", ""}, []string{"VAKSPIEGEL_OIDC_ISSUER"}},
		"keys in the store":                    {[]string{"STORE_URL", "dir:/data", "KEY_HOLDERS", "file:/data/keys.json"}, []string{"VAKSPIEGEL_KEY_HOLDERS"}},
		"everyone is a proxy":                  {[]string{"TRUSTED_PROXIES", "0.0.0.0/0"}, []string{"VAKSPIEGEL_TRUSTED_PROXIES"}},
		"a retention of ten years":             {[]string{"RETENTION", "87600h"}, []string{"VAKSPIEGEL_RETENTION"}},
		"a number that is none":                {[]string{"MAX_UPLOAD", "much"}, []string{"VAKSPIEGEL_MAX_UPLOAD"}},
		"a database of another kind":           {[]string{"DATABASE_URL", "mysql://u:" + secretOfTheTest + "@127.0.0.1/x"}, []string{"postgres://"}},
		"a database that is down":              {[]string{"DATABASE_URL", "postgres://u:" + secretOfTheTest + "@" + down + "/x?sslmode=disable"}, []string{"database"}},
		"a database URL with a typing mistake": {[]string{"DATABASE_URL", "postgres://u:" + secretOfTheTest + "@" + down + ":x/y z"}, nil},
		"a store that is down":                 {[]string{"STORE_URL", "s3://films?endpoint=" + down + "&tls=false", "S3_ACCESS_KEY", "a"}, []string{"store"}},
		"a store without a secret":             {[]string{"STORE_URL", "s3://films?endpoint=" + down + "&tls=false", "S3_SECRET_KEY", ""}, []string{"VAKSPIEGEL_S3_ACCESS_KEY"}},
		"a provider that is down":              {[]string{"OIDC_ISSUER", "http://" + down}, []string{"OIDC"}},
	} {
		t.Run(name, func(t *testing.T) {
			i := good.with(test.settings...)
			i.t = t
			said := i.refuses()
			if !strings.HasPrefix(said, "vakspiegel: ") || len(test.says) == 0 && len(said) < 30 {
				t.Errorf("it does not say a sentence: %q", said)
			}
			for _, word := range test.says {
				if !strings.Contains(said, word) {
					t.Errorf("%q does not name %s", said, word)
				}
			}
			if strings.Contains(said, secretOfTheTest) {
				t.Errorf("a secret is in %q", said)
			}
		})
	}
}

func TestServeRefusesAPortThatIsTaken(t *testing.T) {
	t.Parallel()
	i := onOneServer(t).migrated()
	other, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	must(t, err)
	defer other.Close()
	addr := other.Addr().String()
	if said := i.with("ADDR", addr).refuses(); !strings.Contains(said, addr) || !strings.Contains(said, "choose another address") {
		t.Errorf("it says %q", said)
	}
}

// On an unmigrated database it says what to run; several may run it at once.
func TestADatabaseIsMigratedByCommand(t *testing.T) {
	t.Parallel()
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) {
			i := install(t, databasetest.DSN(t, dialect), "dir:"+filepath.Join(t.TempDir(), "store"), s3None)
			if said := i.refuses(); !strings.Contains(said, "`vakspiegel migrate`") {
				t.Errorf("it says %q", said)
			}
			if code, out, _ := i.run("check"); code != 1 || !strings.Contains(out, "`vakspiegel migrate`") {
				t.Errorf("check: %d, %q", code, out)
			}
			if _, err := os.Stat(i.keyFile()); err == nil {
				t.Error("a refused start made keys")
			}
			var migrations sync.WaitGroup
			for range 3 {
				migrations.Go(func() {
					if code, _, said := i.run("migrate"); code != 0 {
						t.Errorf("one of three migrations at once ended with %d %s", code, said)
					}
				})
			}
			migrations.Wait()
			i.serve().stop()
		})
	}
}

func TestCheckSaysWhatAnswers(t *testing.T) {
	t.Parallel()
	i := onOneServer(t).migrated()
	code, out, errs := i.run("check")
	if code != 0 || strings.Count(out, " ok\n") != 8 {
		t.Fatalf("a good installation: %d %q %q", code, out, errs)
	}
	if code, out, _ := i.with("FFMPEG", "no-such-program").run("check"); code != 0 || !strings.Contains(out, "fragments cannot be cut") {
		t.Errorf("without FFmpeg: %d %q", code, out)
	}
	if _, err := os.Stat(i.keyFile()); err == nil {
		t.Error("a check made keys, with the rights of who ran it")
	}
	for _, lack := range []string{"without organisation.yaml", "nobody has reviewed ar"} {
		if !strings.Contains(out, lack) {
			t.Errorf("check does not say %q: %s", lack, out)
		}
	}
	own := t.TempDir()
	must(t, os.WriteFile(filepath.Join(own, "organisation.yaml"), []byte("name: Voorbeeld\n"), 0o600))
	unsafe := filepath.Join(t.TempDir(), "keys", "keys.json")
	must(t, os.Mkdir(filepath.Dir(unsafe), 0o755))
	for name, test := range map[string]struct {
		settings []string
		says     string
	}{
		"settings":                {[]string{"ORGANISATION", ""}, "VAKSPIEGEL_ORGANISATION"},
		"a store that is down":    {[]string{"STORE_URL", "s3://films?endpoint=" + closedPort(t) + "&tls=false", "S3_ACCESS_KEY", "a", "S3_SECRET_KEY", secretOfTheTest}, "store "},
		"a database that is down": {[]string{"DATABASE_URL", "postgres://u:" + secretOfTheTest + "@" + closedPort(t) + "/x?sslmode=disable"}, "database "},
		"an organisation in half": {[]string{"TEXTS", own}, "organisation.yaml: telephone"},
		"no folder of texts":      {[]string{"TEXTS", filepath.Join(own, "none")}, "texts "},
		"keys that others read":   {[]string{"KEY_HOLDERS", "file:" + unsafe}, "chmod 700"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := i.with(test.settings...).run("check")
			if code != 1 || !strings.Contains(out+errs, test.says) || strings.Contains(out+errs, secretOfTheTest) {
				t.Errorf("%d %q %q", code, out, errs)
			}
		})
	}
	if code, out, _ := i.run("version"); code != 0 || !strings.HasPrefix(out, "vakspiegel "+release) || !strings.Contains(out, "\npolicy ") {
		t.Errorf("version: %d %q", code, out)
	}
}

// trust.md 2: a lost key map is never replaced, an older one never used.
func TestALostOrOldKeyFileStopsTheStart(t *testing.T) {
	t.Parallel()
	i := onOneServer(t).migrated("noor")
	p := i.serve()
	old, err := os.ReadFile(i.keyFile())
	must(t, err)
	noor := p.as("noor")
	x := p.agreed(noor)
	recording := noor.upload(x.id, sampleFilm)
	x.citizen.want(303, x.citizen.withdraw(x.link))
	x.erased(t, i, recording, p)
	p.stop()
	present, err := os.ReadFile(i.keyFile())
	must(t, err)
	if bytes.Equal(old, present) {
		t.Fatal("erasing did not change the keys: the test proves nothing")
	}

	must(t, os.Remove(i.keyFile()))
	if said := i.refuses(); !strings.Contains(said, "put it back") {
		t.Errorf("without its key file it says %q", said)
	}
	if code, out, _ := i.run("check"); code != 1 || !strings.Contains(out, "keys      keyring") {
		t.Errorf("check without the key file: %d %q", code, out)
	}
	if _, err := os.Stat(i.keyFile()); err == nil {
		t.Error("a new key file was made in its place")
	}

	must(t, os.WriteFile(i.keyFile(), old, 0o600))
	if said := i.refuses(); !strings.Contains(said, "newest key map") {
		t.Errorf("with a key file from before it says %q", said)
	}
	if code, out, _ := i.run("check"); code != 1 || !strings.Contains(out, "newest key map") {
		t.Errorf("check with the old key file: %d %q", code, out)
	}
	if now, err := os.ReadFile(i.keyFile()); err != nil || !bytes.Equal(now, old) {
		t.Errorf("the refused start changed the old key file (%v)", err)
	}

	must(t, os.WriteFile(i.keyFile(), present, 0o600))
	i.serve().stop()
}

// Several servers that start on a fresh installation agree on one set of keys.
func TestServersThatStartTogetherAgreeOnTheKeys(t *testing.T) {
	t.Parallel()
	i := installed(t, "noor")
	var servers []*process
	for range 3 {
		servers = append(servers, i.begin())
	}
	for _, p := range servers {
		p.ready()
	}
	noor := servers[0].as("noor")
	x := servers[1].agreed(noor.at(servers[1])) // its texts are sealed there
	recording := noor.upload(x.id, sampleFilm)
	for _, p := range servers {
		noor.at(p).isWhole(recording, sampleFilm)
	}
}

// SIGTERM: 0 within 10 s, whatever is open, and what came of an upload is kept.
func TestAStopEndsWhatIsOpenAndKeepsWhatCame(t *testing.T) {
	t.Parallel()
	i := installed(t, "noor")
	p := i.serve()
	noor := p.as("noor")
	x := p.agreed(noor)
	film := filmNumber(1)
	recording := noor.upload(x.id, film)
	ear := noor.listen()
	looking := noor.stream("/api/v1/recordings/"+recording+"/video", film, slow)
	location := noor.want(201, noor.createUpload(x.id, len(film))).Header.Get("Location")
	const came = 3 << 20
	body, sending := io.Pipe()
	var sent sync.WaitGroup
	sent.Go(func() {
		if response, err := noor.Do(patchOf(t, noor, location, 0, len(film), body)); err == nil {
			_ = response.Body.Close()
		}
	})
	_, err := sending.Write(film[:came])
	must(t, err)
	took := p.stop()
	t.Logf("a server with a film, events and an upload open ended within %v", took)
	if took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	ear.ends(time.Second)
	looking.release()
	if looking.wait(t, 5*time.Second); looking.whole() {
		t.Error("the film ended as if it were whole")
	}
	_ = sending.CloseWithError(io.ErrUnexpectedEOF)
	sent.Wait()

	again := i.serve()
	noor = noor.at(again)
	began := time.Now()
	offset := noor.offset(location)
	if offset != "3145728" {
		t.Errorf("%s bytes of %d were kept", offset, came)
	}
	if waited := time.Since(began); waited > 3*time.Second {
		t.Errorf("the stopped server's lock was in the way for %v", waited)
	}
	noor.isWhole(recording, film)
}

func patchOf(t *testing.T, b *browser, location string, offset, length int, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPatch, b.base+pathOf(location), io.NopCloser(body))
	must(t, err)
	r.ContentLength = int64(length - offset)
	r.Header = http.Header{"Tus-Resumable": {"1.0.0"}, "Upload-Offset": {itoa(offset)}, "Content-Type": {"application/offset+octet-stream"}}
	return r
}
