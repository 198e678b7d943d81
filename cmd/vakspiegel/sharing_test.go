package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// sharing is what a test reads of who sees a recording.
type sharing struct {
	SessionID, Title, State string
	Fragments               []struct {
		N             int
		State         string
		EndMs         int64
		Whole         bool
		OpenTo, Later []struct{ ID, Name string }
	}
}

func (b *browser) sharing(recording string) []sharing {
	b.t.Helper()
	return decodeAs[struct{ Items []sharing }](b.t, b.want(200, b.get("/api/v1/recordings/"+recording+"/sharing"))).Items
}

func named(people []struct{ ID, Name string }) (names []string) {
	for _, person := range people {
		names = append(names, strings.ToLower(person.Name))
	}
	slices.Sort(names)
	return names
}

// drawn is a session whose rows are drawn, past every guard: whatever came to be.
type drawn struct {
	*planning
	dice     *rand.Rand
	everyone map[string]*browser
	undo     []func()
}

func (d *drawn) often() bool { return d.dice.IntN(6) > 0 }

// lasting are people who can be in it; noor owns what is shown.
var lasting = []string{"noor", "sem", "daan", "fatima", "bram", "ingrid"}

// make makes a session of some of them with two fragments of these recordings.
func (d *drawn) make(recordings []string) (session string) {
	d.t.Helper()
	session = d.noor.makeSession(map[string]any{"title": "Getrokken", "protocol": "videoclub"}).ID
	one := uuid.MustParse(session)
	leader, now := lasting[d.dice.IntN(len(lasting)-1)], time.Now().UTC()
	for _, person := range lasting {
		if person != "noor" && (person == leader || person != "ingrid" && d.often() || d.dice.IntN(8) == 0) {
			row := map[string]any{"session_id": one, "person_id": policies.DemoID(person), "present": false, "on_paper": false, "added_at": now}
			if person != leader && !d.often() {
				row["removed_at"] = now
			}
			must(d.t, d.db.Table("session_people").Create(row).Error)
		}
		if d.often() {
			d.accept(session, person)
		}
	}
	for n := range 2 {
		row := map[string]any{"session_id": one, "n": n + 1, "recording_id": uuid.MustParse(recordings[d.dice.IntN(len(recordings))]),
			"owner_id": policies.DemoID("noor"), "start_ms": 0, "brought_at": now}
		if !d.often() {
			row["taken_back_at"] = now
		}
		must(d.t, d.db.Table("session_fragments").Create(row).Error)
	}
	states := []string{"draft", "preparing", "preparing", "running", "running", "finished", "cancelled"}
	d.set(session, map[string]any{"leader_id": policies.DemoID(leader), "state": states[d.dice.IntN(len(states))]})
	return session
}

func (d *drawn) set(session string, columns map[string]any) {
	d.t.Helper()
	must(d.t, d.db.Table("review_sessions").Where("id = ?", uuid.MustParse(session)).Updates(columns).Error)
}

func (d *drawn) accept(session, person string) {
	d.t.Helper()
	must(d.t, d.db.Table("session_agreements").Create(map[string]any{
		"session_id": uuid.MustParse(session), "person_id": policies.DemoID(person), "version": 1, "method": "own",
		"recorded_by": policies.DemoID(person), "accepted_at": time.Now().UTC(),
	}).Error)
}

// disturb has someone disabled, with a role that never watches, or evaluate another,
// until calm.
func (d *drawn) disturb() {
	d.t.Helper()
	someone, other := lasting[1+d.dice.IntN(5)], lasting[d.dice.IntN(5)]
	it := policies.DemoID(someone)
	switch d.dice.IntN(5) {
	case 0:
		people := d.db.Table("people").Where("id = ?", it)
		must(d.t, people.Update("disabled_at", time.Now().UTC()).Error)
		d.undo = append(d.undo, func() { must(d.t, d.db.Table("people").Where("id = ?", it).Update("disabled_at", nil).Error) })
	case 1:
		must(d.t, d.db.Table("person_roles").Create(map[string]any{"person_id": it, "role": "hr"}).Error)
		d.undo = append(d.undo, func() {
			must(d.t, d.db.Exec("DELETE FROM person_roles WHERE person_id = ? AND role = 'hr'", it).Error)
		})
	case 2:
		if someone == other {
			return
		}
		relation, err := d.people.RecordEvaluator(context.Background(), it, policies.DemoID(other), time.Now(), nil)
		must(d.t, err)
		d.undo = append(d.undo, func() { d.endedLongAgo(relation) })
	}
}

// endedLongAgo ends a relation as if that were written down two years ago.
func (d *drawn) endedLongAgo(relation uuid.UUID) {
	d.t.Helper()
	then := time.Now().UTC().AddDate(-2, 0, 0)
	must(d.t, d.db.Table("evaluator_endings").Create(map[string]any{
		"id": uuid.New(), "relation_id": relation, "ends_at": then, "recorded_at": then, "purge_after": time.Now().UTC().AddDate(1, 0, 0),
	}).Error)
}

func (d *drawn) calm() {
	for _, undo := range d.undo {
		undo()
	}
	d.undo = nil
}

// granted is who but noor is given a lease for a fragment: whoever has its video
// answered.
func (d *drawn) granted(session string, n int) (names []string) {
	d.t.Helper()
	for _, person := range lasting {
		a := d.everyone[person].send("HEAD", fmt.Sprintf("/api/v1/review-sessions/%s/fragments/%d/video", session, n), nil, nil)
		if person != "noor" && a.StatusCode == 200 {
			names = append(names, person)
		}
	}
	slices.Sort(names)
	return names
}

// Whatever people, agreements, relations, roles, scopes and states there are: who
// is said to see a fragment now is exactly who is given a lease for it, and who is
// said to see it later exactly who is when preparing began and all accepted.
func TestWhoIsSaidToSeeARecordingIsWhoCanOpenIt(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "coach", "peers")
		recordings := []string{g.recording, g.recording}
		for _, scopes := range [][]string{{"peers"}, {"coach"}} {
			c := g.noor.ask("citizen")
			g.sayYes(c.Participants[0].ConsentURL, scopes...)
			recordings = append(recordings, g.noor.upload(c.ID, sampleFilm))
		}
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		d := &drawn{planning: g, dice: rand.New(rand.NewPCG(seed, 5)), everyone: map[string]*browser{}}
		for _, person := range lasting {
			d.everyone[person] = g.as(person)
		}
		rounds := map[string]int{"sqlite": 30, "postgres": 10}[p.name]
		opened, later := 0, 0
		for range rounds {
			session := d.make(recordings)
			d.disturb()
			said := map[int]sharing{}
			for _, recording := range recordings[1:] {
				for _, one := range g.noor.sharing(recording) {
					if one.SessionID != session {
						continue
					}
					for i, f := range one.Fragments {
						said[f.N] = sharing{Fragments: one.Fragments[i : i+1]}
					}
				}
			}
			var before [3][]string
			for n := 1; n <= 2; n++ {
				before[n] = d.granted(session, n)
				var names []string
				if one, ok := said[n]; ok {
					names = named(one.Fragments[0].OpenTo)
				}
				if !slices.Equal(names, before[n]) {
					t.Fatalf("fragment %d is said to be open to %v, and is to %v", n, names, before[n])
				}
				opened += len(names)
			}
			var state string
			must(t, g.db.Table("review_sessions").Where("id = ?", uuid.MustParse(session)).Select("state").Scan(&state).Error)
			if state == "draft" {
				d.set(session, map[string]any{"state": "preparing"})
			}
			must(t, g.db.Exec("DELETE FROM session_agreements WHERE session_id = ?", uuid.MustParse(session)).Error)
			for _, person := range lasting {
				d.accept(session, person)
			}
			for n, one := range said {
				f := one.Fragments[0]
				want := d.granted(session, n)
				if got := append(named(f.OpenTo), named(f.Later)...); !slices.Equal(slices.Sorted(slices.Values(got)), want) {
					t.Fatalf("fragment %d is said to be open to %v and later %v, and is then to %v", n, named(f.OpenTo), named(f.Later), want)
				}
				later += len(f.Later)
			}
			d.calm()
			must(t, g.db.Exec("DELETE FROM review_sessions WHERE id = ?", uuid.MustParse(session)).Error)
		}
		if opened == 0 || later == 0 {
			t.Errorf("%d times something was open and %d times later: the test looked at nothing", opened, later)
		}
	})
}

func TestWhoSeesARecordingIsToldToItsOwnerAlone(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		made := g.ready(nil)
		path := "/api/v1/recordings/" + g.recording + "/sharing"
		for _, person := range []string{"sem", "daan", "fatima", "bram", "ingrid", "henk", "petra", "femke", "olga", "omar"} {
			other := g.as(person)
			other.wantCode(404, "not_found", other.get(path))
		}
		one := func() sharing {
			t.Helper()
			list := g.noor.sharing(g.recording)
			if len(list) != 1 || len(list[0].Fragments) != 1 || list[0].SessionID != made.ID {
				t.Fatalf("noor reads %+v", list)
			}
			return list[0]
		}
		if now := one(); now.Title != "Video club" || now.State != "preparing" || now.Fragments[0].State != "open" || !now.Fragments[0].Whole ||
			!slices.Equal(named(now.Fragments[0].OpenTo), []string{"daan", "sem"}) || len(now.Fragments[0].Later) != 0 {
			t.Errorf("noor reads %+v", now)
		}
		ref, _ := g.citizen.visit(g.link)
		g.citizen.want(303, g.citizen.choose(ref, "stil", nil))
		if now := one().Fragments[0]; now.State != "closed" || len(now.OpenTo) != 0 || len(now.Later) != 0 {
			t.Errorf("while it is paused: %+v", now)
		}
		ref, _ = g.citizen.visit(g.link)
		g.citizen.want(303, g.citizen.choose(ref, "verder", nil))
		// Who evaluates one of its people may not know of the session any more, and
		// still has to know who sees their own film.
		_, err := g.people.RecordEvaluator(context.Background(), policies.DemoID("noor"), policies.DemoID("daan"), time.Now(), nil)
		must(t, err)
		g.noor.wantCode(404, "not_found", g.noor.get("/api/v1/review-sessions/"+made.ID))
		if now := one(); now.Title != "" || !slices.Equal(named(now.Fragments[0].OpenTo), []string{"daan", "sem"}) {
			t.Errorf("who evaluates one of them reads %+v", now)
		}
		// Nor does who is no klantmanager any more lose it.
		must(t, g.db.Exec("DELETE FROM person_roles WHERE person_id = ?", policies.DemoID("noor")).Error)
		if now := one(); !slices.Equal(named(now.Fragments[0].OpenTo), []string{"daan", "sem"}) {
			t.Errorf("who is no klantmanager any more reads %+v", now)
		}
		g.noor.want(204, g.noor.send("DELETE", "/api/v1/review-sessions/"+made.ID+"/fragments/1", nil, nil))
		if list := g.noor.sharing(g.recording); len(list) != 0 {
			t.Errorf("taken back: %+v", list)
		}
		g.citizen.want(303, g.citizen.withdraw(g.link))
		g.noor.wantCode(404, "not_found", g.noor.get(path))
	})
}

// A fragment that is not cut yet is open to nobody.
func TestAFragmentIsSharedWhenItIsCut(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := cutting(t, p)
		g.fragment(g.recording, fromMs, toMs)
		now := func() ([]string, []string, string) {
			f := g.noor.sharing(g.recording)[0].Fragments[0]
			return named(f.OpenTo), named(f.Later), f.State
		}
		both := []string{"daan", "sem"}
		if open, later, state := now(); !slices.Equal(open, both) || later != nil || state != "open" {
			t.Errorf("cut: %v, later %v, %s", open, later, state)
		}
		must(t, g.db.Exec("UPDATE cuts SET state = 'making'").Error)
		if open, later, state := now(); open != nil || !slices.Equal(later, both) || state != "cutting" {
			t.Errorf("not cut yet: %v, later %v, %s", open, later, state)
		}
		must(t, g.db.Exec("UPDATE cuts SET state = 'failed'").Error)
		if open, later, state := now(); open != nil || later != nil || state != "failed" {
			t.Errorf("it failed: %v, later %v, %s", open, later, state)
		}
	})
}

// However many sessions there are, it takes as many queries.
func TestWhoSeesARecordingIsReadInOneRoundOfQueries(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := plan(t, p, "peers")
		var asked atomic.Int64
		count := func(tx *gorm.DB) {
			if tx.Statement.Context.Value(counted{}) != nil {
				asked.Add(1)
			}
		}
		must(t, g.db.Callback().Query().Before("*").Register("count", count))
		must(t, g.db.Callback().Row().Before("*").Register("count", count))
		must(t, g.db.Callback().Raw().Before("*").Register("count", count))
		noor := policies.Actor{Kind: policies.ActorPerson, ID: policies.DemoID("noor")}
		queries := func(want int) int64 {
			t.Helper()
			asked.Store(0)
			list, err := g.together.Sharing(context.WithValue(context.Background(), counted{}, true), noor, uuid.MustParse(g.recording))
			must(t, err)
			if len(list) != want {
				t.Fatalf("%d sessions; want %d", len(list), want)
			}
			return asked.Load()
		}
		g.ready(nil)
		one := queries(1)
		for range 6 {
			g.ready(nil)
		}
		if many := queries(7); many != one || one == 0 {
			t.Errorf("%d queries for seven sessions, %d for one", many, one)
		}
	})
}

type counted struct{}
