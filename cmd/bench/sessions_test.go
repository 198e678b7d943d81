package main

import (
	"fmt"
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
)

// gathered are the rooms with n sessions of six people each, about as many films.
func gathered(t *testing.T, dialect string, n int) (r *rooms, people []policies.Person, as *http.Client) {
	t.Helper()
	ctx := t.Context()
	r, err := joinRooms(ctx, databasetest.DSN(t, dialect), t.TempDir())
	must(t, err)
	t.Cleanup(func() { _ = r.close() })
	seeder, err := seed.New(ctx, r.db, r.holder)
	must(t, err)
	people, err = seeder.People(ctx, 6)
	must(t, err)
	must(t, seeder.Recordings(ctx, people[0].ID, n))
	must(t, seeder.Sessions(ctx, people, n))
	if dialect == database.Postgres {
		must(t, r.db.Exec("VACUUM ANALYZE").Error)
	}
	as, err = r.as(ctx, people[1].Login)
	must(t, err)
	return r, people, as
}

// counted counts the queries of some work.
func (r *rooms) counted(t *testing.T) func(work func()) int64 {
	t.Helper()
	var queries atomic.Int64
	count := func(*gorm.DB) { queries.Add(1) }
	must(t, r.db.Callback().Query().Before("gorm:query").Register("count", count))
	must(t, r.db.Callback().Row().Before("gorm:row").Register("count", count))
	must(t, r.db.Callback().Raw().Before("gorm:raw").Register("count", count))
	return func(work func()) int64 {
		queries.Store(0)
		work()
		return queries.Load()
	}
}

// What is asked again and again is no reading of all sessions, but of an index, and
// nothing is asked about those that nothing happened to.
func TestNoRoundReadsAllSessions(t *testing.T) {
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) {
			r, people, _ := gathered(t, dialect, 1500)
			most := 0
			note := func(db *gorm.DB) { most = max(most, len(db.Statement.Vars)) }
			must(t, r.db.Callback().Query().After("gorm:query").Register("most", note))
			plans := r.planned(t, func() {
				must(t, r.together.Forget(t.Context()))
				_, err := r.together.Marks(t.Context(), []uuid.UUID{people[0].ID, people[1].ID})
				must(t, err)
			})
			if most > 20 { // not one for each session
				t.Errorf("%d values are handed to one query", most)
			}
			seen := 0
			for query, plan := range plans {
				if !strings.Contains(query, "review_sessions") {
					continue
				}
				seen++
				for line := range strings.Lines(plan) {
					reads := strings.Contains(line, "review_sessions") || strings.Contains(line, "SCAN s ")
					byID := strings.Contains(line, "SEARCH s ") // which SQLite prefers to the index with what is asked
					if reads && !byID && !strings.Contains(line, "COVERING INDEX") && !strings.Contains(line, "Index Only Scan") {
						t.Errorf("the sessions themselves are read:\n%s\n%s", query, plan)
					}
				}
			}
			if seen != 2 {
				t.Errorf("%d queries were looked at", seen)
			}
		})
	}
}

// A list of many sessions is as many queries as one of few.
func TestAPageOfSessionsTakesAsFewQueriesAsALine(t *testing.T) {
	r, _, as := gathered(t, database.SQLite, 60)
	var list page
	r.read(t, as, "/api/v1/review-sessions?limit=50", &list)
	if len(list.Items) != 50 || list.Items[0].State != "running" || list.Items[1].State != "finished" {
		t.Fatalf("what was seeded is read as %+v", list.Items)
	}
	count := r.counted(t)
	asked := func(limit int) int64 {
		return count(func() { r.read(t, as, fmt.Sprintf("/api/v1/review-sessions?limit=%d", limit), &page{}) })
	}
	if line, whole := asked(1), asked(50); line == 0 || whole > line+2 {
		t.Errorf("one takes %d queries, and fifty %d", line, whole)
	}
}
