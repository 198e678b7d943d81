package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"vakspiegel/cmd/database"
)

// firstOfSessions is the migration that sessions came with.
const firstOfSessions = 27

// A database as it was at each migration since sessions came, with one in every state:
// brought up to date all of it still reads, and all of it goes with its recording.
func TestSessionsInEveryStateOutliveAnUpgrade(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		keys := []string{"file:" + filepath.Join(t.TempDir(), "keys", "keys.json")}
		same := func(s *Settings) { s.KeyHolders, s.CoolingOff = keys, 0 }
		s, stop := launch(t, p, same)
		g := planOn(s, "peers")
		states := map[string]string{}
		draft := g.noor.makeSession(peers(nil))
		g.noor.bring(draft.ID, g.recording)
		states[draft.ID] = "draft"
		for _, state := range []string{"preparing", "running", "finished", "cancelled"} {
			made := g.ready(nil)
			states[made.ID] = state
			switch state {
			case "running", "finished":
				g.noor.move(made.ID, "start", map[string]any{})
				g.noor.want(201, g.noor.json("POST", "/api/v1/review-sessions/"+made.ID+"/contributions",
					map[string]any{"step": 0, "kind": g.noor.session(made.ID).Me.Posts[0], "body": noteWords}))
			}
			switch state {
			case "finished":
				g.noor.move(made.ID, "finish", map[string]any{})
			case "cancelled":
				g.noor.move(made.ID, "cancel", nil)
			}
		}
		stop()
		newest := newestMigration(t, p)
		for version := newest - 1; version >= firstOfSessions; version-- {
			downTo(t, p, version)
			s, stop := launch(t, p, same) // migrates
			noor := s.as("noor")
			for id, state := range states {
				now := noor.session(id)
				if now.State != state || now.Title == "" || now.Title == "Intervisie" {
					t.Errorf("from %d: one that was %s is %+v", version, state, now)
				}
				if state != "draft" && state != "cancelled" {
					said := string(noor.want(200, noor.get("/api/v1/review-sessions/"+id+"/contributions")).body)
					if strings.Contains(said, noteWords) != (state == "running") {
						t.Errorf("from %d: what was said in one that is %s: %s", version, state, said)
					}
				}
			}
			if version == firstOfSessions {
				g = &planning{system: s, noor: noor, citizen: s.browser(), link: g.link, recording: g.recording}
				for id, state := range states {
					if state == "running" { // it goes on, to its end
						noor.move(id, "finish", map[string]any{})
					}
				}
				g.citizen.want(303, g.citizen.withdraw(s.URL()+pathOf(g.link)))
				noor.until("the sessions are gone", func() bool { return s.count("review_sessions") == 0 })
				g.keysAreGone()
				wordsAreNowhere(t, s)
			}
			stop()
		}
	})
}

// migrations are those of the pair's database, as the program has them.
func migrations(t *testing.T, p pair) (provider *goose.Provider, end func()) {
	t.Helper()
	db, err := database.Open(t.Context(), p.dsn)
	must(t, err)
	conn, err := db.DB()
	must(t, err)
	dialect := map[string]goose.Dialect{database.SQLite: goose.DialectSQLite3, database.Postgres: goose.DialectPostgres}[db.Name()]
	provider, err = goose.NewProvider(dialect, conn, os.DirFS("../database/migrations/"+db.Name()))
	must(t, err)
	return provider, func() { must(t, database.Close(db)) }
}

func newestMigration(t *testing.T, p pair) int64 {
	t.Helper()
	provider, end := migrations(t, p)
	defer end()
	_, newest, err := provider.GetVersions(t.Context())
	must(t, err)
	return newest
}

// downTo leaves the database as it was when the version was the newest.
func downTo(t *testing.T, p pair, version int64) {
	t.Helper()
	provider, end := migrations(t, p)
	defer end()
	_, err := provider.DownTo(t.Context(), version)
	must(t, err)
}
