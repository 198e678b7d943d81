package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The differential test of invariant 4 of review/session: two sessions in which
// everything is done alike, but in one of them people also post, change, take back
// and say that they are ready in blind steps. Until the reveal, nothing that the
// API answers anyone but them may tell the two apart, nor move at all.
func TestNoAnswerTellsWhatWasDoneInABlindStep(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, people, recordings := shared(t, p)
		people["fatima"] = s.as("fatima") // who may be let in
		sequences := map[string]int{"sqlite": 6, "postgres": 2}[p.name]
		for i := range sequences {
			protocol := []string{"incidentmethode", "videoclub", "sterke-momenten", "samen-terugkijken", "reflectiegesprek", "terugroepen"}[i]
			seed := rand.Uint64()
			t.Logf("%s, seed %d", protocol, seed)
			dice, late := rand.New(rand.NewPCG(seed, 5)), ""
			if dice.IntN(2) == 0 {
				late = "daan"
			}
			w := &twins{
				real: s.gather(people, recordings, protocol, late), bare: s.gather(people, recordings, protocol, late), dice: dice,
				secret: map[string]string{}, drafts: map[string]draft{}, ready: map[string]bool{}, routes: sessionRoutes(t),
				elsewhere: otherRoutes(t, recordings["noor"]),
			}
			for range 15 {
				w.act()
				w.compare()
			}
			w.finish()
			w.compare()
			if t.Failed() {
				return
			}
		}
	})
}

// twins are a session in which people act in blind steps, and one without.
type twins struct {
	real, bare        *gathering
	dice              *rand.Rand
	secret            map[string]string // contributions of blind steps of real, and whose they are
	drafts            map[string]draft  // what each posted under last in a blind step of real
	ready             map[string]bool   // who said so in real alone
	routes, elsewhere []string
	did               []string
}

// sessionRoutes are what can be read of a session, but for streams.
func sessionRoutes(t *testing.T) (paths []string) {
	t.Helper()
	document, err := contractDocument()
	must(t, err)
	for path, item := range document.Paths.Map() {
		rest, of := strings.CutPrefix(path, "/review-sessions/{sessionId}")
		if of && item.Get != nil && !strings.Contains(rest, "{") && rest != "/live" && rest != "/qr" {
			paths = append(paths, rest)
		}
	}
	slices.Sort(paths)
	if !slices.Contains(paths, "") || !slices.Contains(paths, "/contributions") {
		t.Fatalf("the routes of a session are %v", paths)
	}
	return paths
}

// otherRoutes are what else can be read that has no id, or that of a recording.
func otherRoutes(t *testing.T, recording string) (paths []string) {
	t.Helper()
	document, err := contractDocument()
	must(t, err)
	for path, item := range document.Paths.Map() {
		filled := strings.ReplaceAll(path, "{recordingId}", recording)
		if item.Get != nil && !strings.Contains(filled, "{") && path != "/events" && !strings.HasSuffix(path, "/video") && !strings.HasPrefix(path, "/health") {
			paths = append(paths, "/api/v1"+filled)
		}
	}
	slices.Sort(paths)
	if len(paths) < 20 {
		t.Fatalf("only %v are looked at", paths)
	}
	return paths
}

func (w *twins) t() *testing.T { return w.real.t }

func (w *twins) both(do func(g *gathering)) {
	w.t().Helper()
	do(w.real)
	do(w.bare)
}

func (w *twins) someone() string { return w.real.members[w.dice.IntN(len(w.real.members))] }

// blind says whether the present step of real is, and was not revealed.
func (w *twins) blind(now together) bool {
	steps := map[string][]int{
		"incidentmethode": {-1, analysis}, "videoclub": {1}, "sterke-momenten": {-1}, "samen-terugkijken": {1}, "terugroepen": {-1}, "reflectiegesprek": {-1, 2, 3, 4},
	}[now.Protocol.ID]
	return slices.Contains(steps, now.Step) && !slices.Contains(now.Revealed, now.Step)
}

func (w *twins) act() {
	w.t().Helper()
	person := w.someone()
	now := w.real.people[person].session(w.real.id)
	switch action := w.dice.IntN(14); {
	case action < 5 && w.blind(now):
		w.unseen(person, fmt.Sprintf("%s posts in blind step %d", person, now.Step), func() { w.postBlind(person, now) })
	case action < 7 && w.blind(now) && now.State == "running" && now.Me.Agreed && w.waits(now, person):
		w.unseen(person, fmt.Sprintf("%s is ready with blind step %d", person, now.Step), func() {
			w.real.does(person, "ready", map[string]any{"step": now.Step, "ready": true})
			w.ready[person] = true
		})
	case action < 5 && len(now.Me.Posts) > 0:
		w.log("%s posts in step %d", person, now.Step)
		as := w.draftFor(person)
		w.both(func(g *gathering) { g.posts(person, now.Step, now.Me.Posts[0], "open", as.with(nil)) })
	case now.State != "running":
		w.log("it begins")
		w.both((*gathering).begin)
	case action == 7:
		w.everyoneReady(now.Step)
	case action == 8 && w.blind(now):
		w.unready(now.Step)
		w.log("bram reveals step %d", now.Step)
		w.both(func(g *gathering) { g.does("bram", "reveal", map[string]any{"step": now.Step}) })
	case action == 9 && now.Step > 0:
		w.move(now, now.Step-1)
	case action == 10 && !now.Me.Agreed:
		w.log("%s joins", person)
		w.both(func(g *gathering) { g.people[person].agree(g.id) })
	case action == 10 && w.dice.IntN(2) == 0:
		w.log("noor takes fragment 1 back")
		w.both(func(g *gathering) {
			noor := g.people["noor"]
			noor.want(204, noor.send("DELETE", g.path("/fragments/1"), nil, nil))
		})
	case action == 12 && !slices.Contains(w.real.members, "fatima"):
		w.letIn()
	case action >= 12 && person != "bram":
		w.unready(now.Step)
		here := !strings.Contains(now.present(), now.name(person))
		w.log("bram says that %s is there: %v", person, here)
		w.both(func(g *gathering) { g.people["bram"].letsIn(g.id, person, map[string]any{"present": here}) })
	default:
		w.move(now, now.Step+1)
	}
}

// letIn has fatima take part in both; where the protocol has no room, in neither.
func (w *twins) letIn() {
	w.t().Helper()
	var statuses []int
	w.both(func(g *gathering) {
		a := g.people["bram"].says(g.id, "fatima", there)
		if statuses = append(statuses, a.StatusCode); a.StatusCode == 200 {
			g.members = append(slices.Clone(g.members), "fatima")
		}
	})
	w.log("bram lets fatima in: %v", statuses)
	if statuses[0] != statuses[1] {
		w.t().Errorf("letting in: %v after %v", statuses, w.did)
	}
}

// waits: when this person is ready too, there is someone for whom the others wait.
func (w *twins) waits(now together, person string) bool {
	for _, other := range w.real.members {
		if other != person && !w.ready[other] && strings.Contains(now.present(), now.name(other)) {
			return true
		}
	}
	return false
}

func (t together) name(login string) string {
	for _, person := range t.People {
		if person.ID == id(login) {
			return person.Name
		}
	}
	return ""
}

func (w *twins) log(format string, args ...any) { w.did = append(w.did, fmt.Sprintf(format, args...)) }

// draftFor is what a person posts under: one that another used in a blind step of
// real, if there is one, and else a new one.
func (w *twins) draftFor(person string) draft {
	for _, other := range slices.Sorted(maps.Keys(w.drafts)) {
		if used := w.drafts[other]; other != person {
			delete(w.drafts, other)
			return used
		}
	}
	return newDraft()
}

// postBlind posts something, and half of the time changes it or takes it back.
func (w *twins) postBlind(person string, now together) {
	w.t().Helper()
	if len(now.Me.Posts) == 0 {
		return
	}
	more := map[string]any{}
	if w.dice.IntN(2) == 0 && now.Fragments[0].State == "open" && (now.Protocol.ID != "incidentmethode" || now.Step != analysis || w.real.people["bram"].session(w.real.id).Chosen == 1) {
		more = map[string]any{"n": 1, "startMs": 1500}
	}
	w.drafts[person] = newDraft()
	posted := w.real.posts(person, now.Step, now.Me.Posts[0], "blind", w.drafts[person].with(more))
	if w.dice.IntN(2) == 0 { // its answer got lost
		w.real.posts(person, now.Step, now.Me.Posts[0], "blind", w.drafts[person].with(more))
	}
	b := w.real.people[person]
	switch w.dice.IntN(4) {
	case 0:
		b.want(204, b.send("DELETE", w.real.path("/contributions/"+posted.ID), map[string]string{"If-Match": `"1"`}, nil))
		return
	case 1:
		to := map[string]any{"body": noteWords + " anders"}
		if posted.StartMs != nil {
			to["at"] = map[string]any{"startMs": 1600, "endMs": 1700}
		}
		for range 1 + w.dice.IntN(2) { // this answer can get lost too
			b.want(200, w.real.changes(person, posted, 1, to))
		}
	}
	w.secret[posted.ID] = person
}

// everyoneReady is done alike in both: nobody is ready with real before the other.
func (w *twins) everyoneReady(step int) {
	w.t().Helper()
	w.unready(step)
	w.log("everyone is ready with step %d", step)
	for _, person := range w.real.members {
		if w.real.people[person].session(w.real.id).Me.Agreed {
			w.both(func(g *gathering) { g.does(person, "ready", map[string]any{"step": step, "ready": true}) })
		}
	}
}

func (w *twins) unready(step int) {
	for _, person := range slices.Sorted(maps.Keys(w.ready)) {
		w.unseen(person, person+" is not ready after all", func() {
			w.real.does(person, "ready", map[string]any{"step": step, "ready": false})
		})
		delete(w.ready, person)
	}
}

func (w *twins) move(now together, to int) {
	w.t().Helper()
	w.unready(now.Step)
	body := map[string]any{"to": to}
	if now.Protocol.ID == "incidentmethode" && now.Step == choosing && to == questions {
		body["choose"] = 2
		if now.Fragments[0].State == "open" {
			body["choose"] = 1
		}
	}
	w.log("bram goes from step %d to %d", now.Step, to)
	var statuses []int
	w.both(func(g *gathering) {
		statuses = append(statuses, g.people["bram"].json("POST", g.path("/steps"), body).StatusCode)
	})
	if statuses[0] != statuses[1] {
		w.t().Errorf("a step on: %v after %v", statuses, w.did)
	}
}

func (w *twins) finish() {
	if w.real.people["bram"].session(w.real.id).State == "preparing" {
		w.both((*gathering).begin)
	}
	w.log("it is over")
	w.both((*gathering).finish)
}

// unseen does what nobody but the person may notice: every answer to the others
// stays the same, byte for byte.
func (w *twins) unseen(person, what string, do func()) {
	w.t().Helper()
	w.log("%s", what)
	paths := w.paths(w.real)
	if w.dice.IntN(3) == 0 {
		paths = append(paths, w.elsewhere...)
	}
	look := func() map[string]string {
		views := map[string]string{}
		for _, other := range w.real.members {
			for _, path := range paths {
				if other != person {
					views[other+" "+path] = stamp.ReplaceAllString(w.real.people[other].get(path).view(), "")
				}
			}
		}
		return views
	}
	before := look()
	do()
	for at, now := range look() {
		if now != before[at] {
			w.t().Errorf("%s\nis seen by %s:\n%s", what, at, parting(now, before[at]))
		}
	}
}

func (w *twins) paths(g *gathering) (paths []string) {
	for _, route := range w.routes {
		paths = append(paths, g.path(route))
	}
	return append(paths, "/api/v1/review-sessions")
}

// compare asks both sessions everything, as everyone.
func (w *twins) compare() {
	w.t().Helper()
	for _, person := range w.real.members {
		b := w.real.people[person]
		for _, route := range w.routes {
			if route == "" && w.ready[person] {
				continue // that they are ready themselves
			}
			real, bare := b.get(w.real.path(route)), b.get(w.bare.path(route))
			if route == "/contributions" {
				real.body = w.withoutSecrets(person, real)
			}
			if got, want := blank(w.real, real), blank(w.bare, bare); got != want {
				w.t().Errorf("%s can tell on %q:\n%s\nafter %s", person, route, parting(got, want), strings.Join(w.did, "; "))
			}
		}
	}
}

// withoutSecrets takes out what was posted in blind steps, where it may be: before
// the author, or after the reveal.
func (w *twins) withoutSecrets(person string, a answer) []byte {
	w.t().Helper()
	if a.StatusCode != http.StatusOK {
		return a.body
	}
	now := w.real.people[person].session(w.real.id)
	list := decodeAs[struct {
		Items []json.RawMessage `json:"items"`
	}](w.t(), a)
	list.Items = slices.DeleteFunc(list.Items, func(raw json.RawMessage) bool {
		var one said
		must(w.t(), json.Unmarshal(raw, &one))
		author, secret := w.secret[one.ID]
		if secret && author != person && !slices.Contains(now.Revealed, one.Step) {
			w.t().Errorf("%s reads what %s posted in step %d, after %s", person, author, one.Step, strings.Join(w.did, "; "))
		}
		return secret
	})
	body, err := json.Marshal(list)
	must(w.t(), err)
	return body
}

var (
	anyID   = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	anyTime = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z|[0-9]{8}T[0-9]{6}Z`)
	stamp   = regexp.MustCompile(`DTSTAMP:[0-9]{8}T[0-9]{6}Z`) // when a calendar file was asked for
)

// blank is an answer without what two sessions always differ in: their ids and
// times.
func blank(g *gathering, a answer) string {
	a.Header.Del("Content-Length")
	view := strings.ReplaceAll(a.view(), g.id, "{session}")
	for _, person := range gathered {
		view = strings.ReplaceAll(view, id(person), person)
	}
	return anyTime.ReplaceAllString(anyID.ReplaceAllString(view, "{id}"), "{time}")
}

// parting is where two answers begin to differ.
func parting(got, want string) string {
	from := 0
	for from < min(len(got), len(want)) && got[from] == want[from] {
		from++
	}
	around := func(text string) string { return text[max(0, from-80):min(len(text), from+160)] }
	return "…" + around(got) + "\nand not:\n…" + around(want)
}
