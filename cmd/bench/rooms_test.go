package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"gorm.io/gorm"

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

// TestAPageTakesAsFewQueriesAsALine: nothing is asked one by one.
func TestAPageTakesAsFewQueriesAsALine(t *testing.T) {
	ctx := t.Context()
	r, err := joinRooms(ctx, databasetest.DSN(t, database.SQLite), t.TempDir())
	must(t, err)
	t.Cleanup(func() { _ = r.close() })
	seeder, err := seed.New(ctx, r.db, r.holder)
	must(t, err)
	must(t, seeder.Recordings(ctx, policies.DemoID("noor"), 40))
	people, err := seeder.People(ctx, 20)
	must(t, err)
	noor, err := r.as(ctx, "noor")
	must(t, err)
	var list page
	r.read(t, noor, "/api/v1/recordings", &list)
	few, much := list.Items[0].ID, list.Items[1].ID
	must(t, seeder.Notes(ctx, few, people[:1], 1))
	must(t, seeder.Notes(ctx, much, people, 60))

	var queries atomic.Int64
	count := func(*gorm.DB) { queries.Add(1) }
	must(t, r.db.Callback().Query().Before("gorm:query").Register("count", count))
	must(t, r.db.Callback().Row().Before("gorm:row").Register("count", count))
	must(t, r.db.Callback().Raw().Before("gorm:raw").Register("count", count))
	asked := func(path string) int64 {
		queries.Store(0)
		r.read(t, noor, path, &page{})
		return queries.Load()
	}
	for _, c := range [][2]string{
		{"/api/v1/recordings?limit=1", "/api/v1/recordings?limit=40"},
		{"/api/v1/conversations?limit=1", "/api/v1/conversations?limit=40"},
		{"/api/v1/recordings/" + few.String() + "/annotations", "/api/v1/recordings/" + much.String() + "/annotations"},
	} {
		// Two more at most: what is asked of the old ones, all together.
		if line, whole := asked(c[0]), asked(c[1]); line == 0 || whole > line+2 {
			t.Errorf("%s takes %d queries, and %s %d", c[0], line, c[1], whole)
		}
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
