package main

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
)

// Two servers, as an operator runs them, on one PostgreSQL: what is moved at one is
// followed at the other, also after the connection by which they tell each other
// was ended; when one of them is killed, who was there comes back at the other.
func TestAFilmIsFollowedAcrossProcesses(t *testing.T) {
	t.Parallel()
	i := installed(t, "noor", "sem", "daan").with("COOLING_OFF", "0s")
	one, other := i.serve(), i.serve()
	noor, sem, daan := one.as("noor"), other.as("sem"), other.as("daan")
	plan := peers(map[string]any{"participantIds": []string{i.person("sem"), i.person("daan")}})
	id := noor.runs(plan, noor.shared(one), noor, sem, daan)
	seats := []*seat{noor.follow(id), sem.follow(id), daan.follow(id)}
	put := func(position int64) news {
		t.Helper()
		return decodeAs[news](t, noor.want(200, noor.json("PUT", "/api/v1/review-sessions/"+id+"/film",
			map[string]any{"n": 1, "positionMs": position, "playing": true, "rate": 1})))
	}
	move := func(position int64) (took []time.Duration) {
		t.Helper()
		began := time.Now()
		moved := put(position)
		for _, seat := range seats {
			took = append(took, seat.hears("the film", 2*time.Second, film(moved.Seq)).at.Sub(began))
		}
		return took
	}
	follow := func(what string) {
		t.Helper()
		var times []time.Duration
		for n := range int64(10) {
			times = append(times, move(n)...)
		}
		slices.Sort(times)
		longest := times[len(times)-1]
		t.Logf("%s: median %v, longest %v", what, times[len(times)/2], longest)
		// The issue names 300 ms; on a machine that runs other tests beside it, half a
		// second more for the slowest.
		if times[len(times)*8/10] > followsWithin || longest > followsWithin+500*time.Millisecond {
			t.Errorf("%s: told after %v", what, times)
		}
	}
	follow("over two processes")

	listening := func() (pids []int) {
		must(t, i.db.Raw("SELECT pid FROM pg_stat_activity WHERE application_name = 'vakspiegel listens' AND datname = current_database()").Scan(&pids).Error)
		return pids
	}
	before := listening()
	if len(before) != 2 {
		t.Fatalf("%d processes listen", len(before))
	}
	must(t, i.db.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid IN ?", before).Error)
	move(100) // by the four looks a second
	eventually(t, 10*time.Second, "both listen again", func() bool {
		now := listening()
		return len(now) == 2 && !slices.ContainsFunc(now, func(pid int) bool { return slices.Contains(before, pid) })
	})
	follow("after the connections were ended")

	other.kill()
	for _, seat := range seats[1:] {
		<-seat.ended
	}
	last := put(0)
	again := daan.at(one).follow(id)
	again.hears("the film, at the other server", time.Second, film(last.Seq))
}

// person is the id of someone of the installation.
func (i *installation) person(name string) string {
	i.t.Helper()
	var ids []uuid.UUID
	must(i.t, i.db.Table("people").Where("login = ?", loginOf(name)).Pluck("id", &ids).Error)
	if len(ids) != 1 {
		i.t.Fatalf("%d people are called %s", len(ids), name)
	}
	return ids[0].String()
}

// shared is a film of the browser's person that colleagues may see.
func (b *browser) shared(p *process) (recording string) {
	b.t.Helper()
	c := b.ask("citizen")
	citizen := p.browser()
	ref, _ := citizen.visit(p.url + pathOf(c.Participants[0].ConsentURL))
	citizen.want(303, citizen.choose(ref, "ja", map[string][]string{"scope": {"peers"}}))
	return b.upload(c.ID, film12)
}
