package database_test

import (
	"context"
	"testing"
	"time"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
)

// Whoever listens hears what is said, also after their connection was ended, and
// is told of each new connection, because what was said in between is lost.
func TestAListenerWhoseConnectionIsEndedHearsAgain(t *testing.T) {
	dsn := databasetest.DSN(t, database.Postgres)
	db := databasetest.Open(t, dsn)
	ctx, stop := context.WithCancel(t.Context())
	heard, failed, ended := make(chan string, 100), make(chan error, 100), make(chan struct{})
	go func() {
		defer close(ended)
		database.Listen(ctx, dsn, "news", func(payload string) { heard <- payload }, func(err error) { failed <- err })
	}()
	hears := func(what, want string) {
		t.Helper()
		select {
		case got := <-heard:
			if got != want {
				t.Errorf("%s: heard %q, want %q", what, got, want)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("nothing was heard: %s", what)
		}
	}
	say := func() {
		t.Helper()
		if err := db.Exec("SELECT pg_notify('news', 'x')").Error; err != nil {
			t.Fatal(err)
		}
	}
	hears("the first connection", "")
	say()
	hears("what was said", "x")
	if err := db.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vakspiegel listens'").Error; err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-failed:
		if err == nil {
			t.Error("it does not say what broke")
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the end of the connection was not noticed")
	}
	hears("the second connection", "")
	say()
	hears("what was said to the second", "x")
	stop()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("it listens on after its end")
	}
}
