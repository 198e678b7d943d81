package main

import (
	"slices"
	"testing"
	"time"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob/blobtest"
)

// Two servers lose their database in the middle of a session, by a connection that
// breaks and by one that hangs: every film stops, and no screen hears that all is well.
// Once it is back, what was closed meanwhile is on every screen within 2 s, and the film
// is followed as before.
func TestASessionOutlivesALostDatabase(t *testing.T) {
	t.Parallel()
	dsn := databasetest.Migrated(t, database.Postgres)
	store, cred := blobtest.MinIO(t)
	i := install(t, dsn, store, cred).migrated("noor", "sem", "daan").with("COOLING_OFF", "0s")
	w, through := wired(t, dsn)
	lossy := i.with("DATABASE_URL", through)
	one, other := lossy.serve(), lossy.serve()
	noor, sem, daan := one.as("noor"), other.as("sem"), other.as("daan")
	plan := peers(map[string]any{"participantIds": []string{i.person("sem"), i.person("daan")}})
	id := noor.runs(plan, noor.shared(one), noor, sem, daan)
	seats := []*seat{noor.follow(id), sem.follow(id), daan.follow(id)}
	// said is a word that came after a moment.
	said := func(since time.Time, is func(word) bool) func(word) bool {
		return func(w word) bool { return w.at.After(since) && is(w) }
	}
	everyone := func(what string, since time.Time, is func(word) bool) {
		t.Helper()
		for _, seat := range seats {
			took := seat.hears(what, 20*time.Second, said(since, is)).at.Sub(since)
			t.Logf("%s: told after %v", what, took)
			if took > closesWithin {
				t.Errorf("%s: told after %v", what, took)
			}
		}
	}
	back := func(at any) {
		must(t, i.db.Exec("UPDATE session_fragments SET taken_back_at = ? WHERE session_id = ?", at, id).Error)
		must(t, i.db.Exec("UPDATE review_sessions SET version = version + 1 WHERE id = ?", id).Error)
	}
	open := func(w word) bool { return w.kind == "session" && slices.Equal(w.Open, []int{1}) }
	move := func() {
		began := time.Now()
		moved := decodeAs[news](t, noor.want(200, noor.json("PUT", "/api/v1/review-sessions/"+id+"/film",
			map[string]any{"n": 1, "positionMs": 1, "playing": true, "rate": 1})))
		everyone("the film", began, film(moved.Seq))
	}
	for name, lose := range map[string]func(){"cut": w.cut, "frozen": w.freeze} {
		move()
		video := "/api/v1/review-sessions/" + id + "/fragments/1/video"
		films := []*stream{noor.stream(video, film12, slow), sem.stream(video, film12, slow)}
		lost := time.Now()
		lose()
		back(time.Now().UTC()) // by whoever still reaches it
		for _, film := range films {
			if film.wait(t, 5*time.Second); film.whole() {
				t.Errorf("%s: a film was shown to its end", name)
			}
		}
		if name == "cut" {
			noor.wantCode(503, "unavailable", noor.get("/api/v1/review-sessions/"+id))
		}
		for _, seat := range seats {
			late := said(lost.Add(800*time.Millisecond), func(word) bool { return true })
			if heard := seat.heard(); slices.ContainsFunc(heard, late) {
				t.Errorf("%s: heard without a database: %s", name, seat.all())
			}
		}
		returned := time.Now()
		w.mend()
		everyone("that it was closed", returned, closed)
		again := time.Now()
		back(nil)
		everyone("that it is open again", again, open)
		eventually(t, 10*time.Second, "both servers listen again", func() bool {
			var listen int64
			must(t, i.db.Raw("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'vakspiegel listens' AND datname = current_database()").Scan(&listen).Error)
			return listen >= 2
		})
	}
	move()
}
