package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob/blobtest"
)

// With the last recording of a session nothing of the session is left, in
// whatever state it was, once nobody is in the middle of it.
func TestASessionGoesWithItsLastRecording(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		draft, over, awaited := g.noor.makeSession(peers(nil)), g.ready(nil), g.ready(nil)
		g.noor.bring(draft.ID, g.recording)
		g.noor.move(over.ID, "start", map[string]any{})
		g.noor.move(over.ID, "finish", map[string]any{})

		g.citizen.want(303, g.citizen.withdraw(g.link))
		g.noor.until("the sessions are gone", func() bool { return g.count("review_sessions") == 0 })
		g.keysAreGone()
		for _, id := range []string{draft.ID, over.ID, awaited.ID} {
			g.noor.wantCode(404, "not_found", g.noor.get("/api/v1/review-sessions/"+id))
			g.nothingNames(id)
		}
		wordsAreNowhere(t, g.system)
	})
}

// Who is in the middle of a session goes on without its last recording: step by
// step, to its end. Nothing that was written is left, and nothing more can be; an
// old copy of its rows does not open with the keys of today.
func TestASessionThatRunsGoesOnWithoutItsLastRecording(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		made := g.ready(map[string]any{"protocol": "incidentmethode"})
		g.noor.move(made.ID, "start", map[string]any{})
		path := "/api/v1/review-sessions/" + made.ID
		written := map[string]any{"step": 0, "kind": "tried", "body": noteWords}
		g.noor.want(201, g.noor.json("POST", path+"/contributions", written))
		old := g.copied(made.ID)

		g.citizen.want(303, g.citizen.withdraw(g.link))
		g.noor.until("its words are gone", func() bool { return g.noor.session(made.ID).Emptied })
		g.keysAreGone()
		wordsAreNowhere(t, g.system)
		now := g.noor.session(made.ID)
		if now.State != "running" || now.Title != "Intervisie" || now.LearningQuestion != "" || len(now.Me.Posts) > 0 {
			t.Errorf("what is left of it: %+v", now)
		}
		if body := string(g.noor.want(200, g.noor.get(path+"/contributions")).body); !strings.Contains(body, `"items":[]`) {
			t.Errorf("what is left of what was written: %s", body)
		}
		g.noor.wantCode(409, "step_gate", g.noor.json("POST", path+"/contributions", written))
		for step := 1; step < 6; step++ { // no gate is left: there is nothing to choose, nor to be ready with
			g.noor.want(204, g.noor.json("POST", path+"/steps", map[string]any{"to": step}))
		}
		g.noor.move(made.ID, "finish", map[string]any{"signal": "De brief is onleesbaar."})
		g.noor.until("the session is gone", func() bool { return g.count("review_sessions") == 0 })
		g.nothingNames(made.ID)

		other := g.noor.makeSession(peers(nil))
		g.putBack(old)
		if list := g.noor.sessions(); !slices.Equal(list, []string{other.ID}) {
			t.Errorf("beside an old copy %v is listed, want %s alone", list, other.ID)
		}
		g.noor.wantCode(404, "not_found", g.noor.get(path))
		must(t, g.together.Forget(context.Background()))
		wordsAreNowhere(t, g.system)
	})
}

// keysAreGone waits until every key that was forgotten is destroyed.
func (g *planning) keysAreGone() {
	g.t.Helper()
	g.noor.until("its key is destroyed", func() bool {
		must(g.t, g.keys.Settle(context.Background()))
		return g.count("data_keys") == 0
	})
}

// copied is what a dump from before has of a session and its key.
func (g *planning) copied(id string) (old map[string]map[string]any) {
	g.t.Helper()
	old = map[string]map[string]any{}
	for table, column := range map[string]string{"review_sessions": "id", "data_keys": "subject_id"} {
		row := map[string]any{}
		must(g.t, g.db.Table(table).Where(column+" = ?", id).Take(&row).Error)
		old[table] = row
	}
	people := map[string]any{}
	must(g.t, g.db.Table("session_people").Where("session_id = ?", id).Limit(1).Take(&people).Error)
	old["session_people"] = people
	return old
}

func (g *planning) putBack(old map[string]map[string]any) {
	g.t.Helper()
	for _, table := range []string{"data_keys", "review_sessions", "session_people"} {
		must(g.t, g.db.Table(table).Create(old[table]).Error)
	}
}

// nothingNames reads every row of every table but the audit log, which says that
// there was a session and nothing of what was in it.
func (g *planning) nothingNames(id string) {
	g.t.Helper()
	tables, err := g.db.Migrator().GetTables()
	must(g.t, err)
	for _, table := range tables {
		var rows []map[string]any
		must(g.t, g.db.Table(table).Find(&rows).Error)
		for _, row := range rows {
			if table != "audit_entries" && strings.Contains(fmt.Sprint(row), id) {
				g.t.Errorf("a row of %s names the session", table)
			}
		}
	}
}

func TestAPausedRecordingKeepsItsSession(t *testing.T) {
	g := plan(t, sqlitePair(t), "peers")
	made := g.ready(nil)
	ref, _ := g.citizen.visit(g.link)
	g.citizen.want(303, g.citizen.choose(ref, "stil", nil))
	must(t, g.together.Forget(context.Background()))
	body := string(g.noor.want(200, g.noor.get("/api/v1/review-sessions/"+made.ID)).body)
	if !strings.Contains(body, `"fragments":[{"n":1,"state":"closed"}]`) || !strings.Contains(body, `{"code":"fragment_closed"}`) {
		t.Errorf("while it is paused: %s", body)
	}
	ref, _ = g.citizen.visit(g.link)
	g.citizen.want(303, g.citizen.choose(ref, "verder", nil))
	if now := g.noor.session(made.ID); now.state(1) != "open" {
		t.Errorf("when it goes on: %+v", now.Fragments)
	}
}

// What nobody ended ends by itself, by the clock of the database.
func TestWhatNobodyEndsEndsByItself(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		ago := func(id, column string, d time.Duration) {
			must(t, g.db.Table("review_sessions").Where("id = ?", id).Update(column, time.Now().UTC().Add(-d)).Error)
		}
		runs, waits := g.ready(nil), g.ready(nil)
		g.noor.move(runs.ID, "start", map[string]any{})
		empty, kept := g.noor.makeSession(peers(nil)), g.noor.makeSession(peers(nil))
		g.noor.bring(kept.ID, g.recording)
		for round, want := range []map[string]string{
			{runs.ID: "running", waits.ID: "preparing", empty.ID: "draft", kept.ID: "draft"},
			{runs.ID: "finished", waits.ID: "cancelled", empty.ID: "", kept.ID: "draft"},
		} {
			late := time.Duration(2*round-1) * time.Hour
			ago(runs.ID, "started_at", 24*time.Hour+late)
			ago(waits.ID, "starts_at", 7*24*time.Hour+late)
			ago(empty.ID, "updated_at", 60*24*time.Hour+late)
			ago(kept.ID, "updated_at", 60*24*time.Hour+late)
			must(t, g.together.Sweep(context.Background()))
			must(t, g.together.Forget(context.Background()))
			for id, state := range want {
				if state == "" {
					g.noor.wantCode(404, "not_found", g.noor.get("/api/v1/review-sessions/"+id))
				} else if got := g.noor.session(id); got.State != state {
					t.Errorf("round %d: a session is %s, want %s", round, got.State, state)
				}
			}
		}
	})
}

// When everything was taken back a plan stays, and what is over goes.
func TestWithEverythingTakenBackAPlanStaysAndWhatIsOverGoes(t *testing.T) {
	g := plan(t, sqlitePair(t), "peers")
	made := g.ready(nil)
	g.noor.want(204, g.noor.send("DELETE", "/api/v1/review-sessions/"+made.ID+"/fragments/1", nil, nil))
	must(t, g.together.Forget(context.Background()))
	if brought := g.noor.bring(made.ID, g.recording); brought.state(2) != "open" {
		t.Errorf("brought in again: %+v", brought.Fragments)
	}
	g.noor.want(204, g.noor.send("DELETE", "/api/v1/review-sessions/"+made.ID+"/fragments/2", nil, nil))
	g.noor.move(made.ID, "cancel", nil)
	must(t, g.together.Forget(context.Background()))
	g.noor.wantCode(404, "not_found", g.noor.get("/api/v1/review-sessions/"+made.ID))
}

// A session whose protocol cannot be read any more, as after an update that reads it
// otherwise, ends like any other: by itself, and with its last recording.
func TestASessionWhoseProtocolNobodyCanReadEndsLikeAnyOther(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		runs, waits := g.ready(nil), g.ready(nil)
		g.noor.move(runs.ID, "start", map[string]any{})
		old := map[string]any{"protocol": "steps: kapot", "started_at": time.Now().UTC().Add(-25 * time.Hour)}
		must(t, g.db.Table("review_sessions").Where("id IN ?", []string{runs.ID, waits.ID}).Updates(old).Error)

		must(t, g.together.Sweep(context.Background()))
		var state string
		must(t, g.db.Table("review_sessions").Where("id = ?", runs.ID).Select("state").Row().Scan(&state))
		if state != "finished" {
			t.Errorf("after a day it is %s", state)
		}
		g.citizen.want(303, g.citizen.withdraw(g.link))
		g.noor.until("the sessions are gone", func() bool { return g.count("review_sessions") == 0 })
		g.keysAreGone()
	})
}

// Whoever lets go of a session touches what hangs on its recording only after the keys'
// epoch, as whoever erases that recording does: neither waits for the other for ever.
func TestLettingGoOfASessionAndErasingItsRecordingDoNotWaitForEachOther(t *testing.T) {
	store, cred := blobtest.MinIO(t)
	g := plan(t, pair{"postgres", databasetest.Migrated(t, database.Postgres), store, cred}, "peers")
	made := g.ready(nil)
	cut := uuid.New()
	must(t, g.db.Exec(`INSERT INTO cuts (id, recording_id, start_ms, end_ms, state, created_at) VALUES (?, ?, 0, 1, 'failed', now())`, cut, g.recording).Error)
	must(t, g.db.Exec("UPDATE session_fragments SET cut_id = ?, end_ms = 1 WHERE session_id = ?", cut, made.ID).Error)

	erasing := g.db.Begin()
	defer erasing.Rollback()
	must(t, erasing.Exec("SELECT epoch FROM key_epochs WHERE retired_at IS NULL FOR UPDATE").Error)
	g.citizen.want(303, g.citizen.withdraw(g.link))
	g.noor.until("its session is let go of", func() bool {
		var waiting int64
		must(t, g.db.Raw(`SELECT count(*) FROM pg_locks l JOIN pg_locks w ON w.pid = l.pid AND NOT w.granted
			WHERE l.granted AND l.relation = 'review_sessions'::regclass AND l.mode = 'RowShareLock'`).Scan(&waiting).Error)
		return waiting > 0
	})
	must(t, erasing.Exec("DELETE FROM cuts WHERE recording_id = ?", g.recording).Error)
	must(t, erasing.Rollback().Error)
	g.noor.until("the session is gone", func() bool { return g.count("review_sessions") == 0 })
	if strings.Contains(g.log.String(), "40P01") { // PostgreSQL broke one of them off
		t.Error("they waited for each other")
	}
}
