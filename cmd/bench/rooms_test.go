package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"vakspiegel/cmd/bench/seed"
	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
	"vakspiegel/review"
)

func TestWhatIsSeededIsWhatTheRoomsRead(t *testing.T) {
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) { seedAndRead(t, dialect) })
	}
}

func seedAndRead(t *testing.T, dialect string) {
	ctx := t.Context()
	r, err := joinRooms(ctx, databasetest.DSN(t, dialect), t.TempDir())
	must(t, err)
	t.Cleanup(func() { _ = r.close() })
	seeder, err := seed.New(ctx, r.db, r.holder)
	must(t, err)
	must(t, seeder.Recordings(ctx, policies.DemoID("noor"), 70))
	noor, err := r.as(ctx, "noor")
	must(t, err)

	var recordings, conversations page
	r.read(t, noor, "/api/v1/recordings?limit=100", &recordings)
	r.read(t, noor, "/api/v1/conversations?limit=100", &conversations)
	if len(recordings.Items) != 70 || len(conversations.Items) != 70 {
		t.Fatalf("%d recordings and %d conversations, want 70", len(recordings.Items), len(conversations.Items))
	}
	for i, c := range conversations.Items {
		if !strings.HasPrefix(c.Label, "gesprek ") || c.State != "given" || len(c.Recordings) != 1 || !c.Recordings[0].Can.Annotate {
			t.Fatalf("conversation %d: %+v", i, c)
		}
	}

	people, err := seeder.People(ctx, 3)
	must(t, err)
	must(t, seeder.Notes(ctx, recordings.Items[0].ID, people, 10))
	var notes page
	r.read(t, noor, "/api/v1/recordings/"+recordings.Items[0].ID.String()+"/annotations", &notes)
	authors := map[string]bool{}
	for _, note := range notes.Items {
		authors[note.Author.Name] = note.Body != ""
	}
	if len(notes.Items) != 10 || len(authors) != 3 || !authors["Collega 2"] {
		t.Errorf("%d notes of %v, want 10 of three people, with words", len(notes.Items), authors)
	}
	created, err := r.review.Create(ctx, policies.Actor{Kind: policies.ActorPerson, ID: policies.DemoID("noor")}, recordings.Items[0].ID,
		review.Note{Kind: review.Question, Body: "en ik?", Visibility: review.Self})
	if err != nil || created.Body != "en ik?" {
		t.Errorf("the owner's own note: %+v, %v", created, err)
	}
}

// page is what a test reads of any list.
type page struct {
	Items []struct {
		ID     uuid.UUID
		Label  string
		State  string
		Body   string
		Author struct{ Name string }
		Can    struct{ Annotate bool }

		Recordings []struct{ Can struct{ Annotate bool } }
	}
}

func (r *rooms) read(t *testing.T, as *http.Client, path string, into any) {
	t.Helper()
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, r.server.URL+path, nil)
	must(t, err)
	answer, err := as.Do(request)
	must(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(t, err)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %s", path, answer.Status, body)
	}
	must(t, json.Unmarshal(body, into))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
