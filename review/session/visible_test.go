package session

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"vakspiegel/review/protocol"
)

// Invariant 4: no sequence of joining, posting, being ready or not, steps, reveals,
// leaving, taking back, closing and ending shows anything that was written before
// its time to anyone but its author; and whatever its time has come is there.
func TestNoSequenceShowsAContributionBeforeItsTime(t *testing.T) {
	catalogue, err := protocol.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	all := catalogue.All()
	rapid.Check(t, func(t *rapid.T) {
		w := newTable(all[rapid.IntRange(0, len(all)-1).Draw(t, "protocol")].Protocol, rapid.IntRange(2, 5).Draw(t, "people"))
		for range rapid.IntRange(1, 60).Draw(t, "length") {
			w.act(t)
			w.compare(t)
		}
	})
}

// table is a session that people sit around, and beside it an oracle: it knows the
// rules only as the design tells them, as events that happen to each contribution.
type table struct {
	attending
	ids    []uuid.UUID
	leads  uuid.UUID
	posted []contributionRow
	open   map[int]bool
	truth  map[uuid.UUID]*note
	blind  map[int]bool // steps of the file that are blind; -1 is preparing
	out    map[int]bool // blind steps whose moment of reveal has been
	ready  map[uuid.UUID]bool
}

// note is what the oracle knows of a contribution.
type note struct {
	author, owner uuid.UUID
	step, n       int // n 0: about no fragment
	parent        *note
	gone          bool
}

func newTable(p protocol.Protocol, people int) *table {
	w := &table{open: map[int]bool{}, truth: map[uuid.UUID]*note{}, blind: map[int]bool{-1: p.Prepare.Blind}, out: map[int]bool{}, ready: map[uuid.UUID]bool{}}
	for i, step := range p.Steps {
		w.blind[i] = step.Blind
	}
	w.leads = uuid.UUID{15: byte(people)}
	w.stage = stage{protocol: p, state: Preparing, step: protocol.Preparing}
	w.circle = &circle{agreed: map[uuid.UUID]bool{}, fragments: map[int]fragmentRow{}}
	for i := range people {
		id := uuid.UUID{15: byte(i + 1)}
		w.ids = append(w.ids, id)
		w.circle.members = append(w.circle.members, id)
		w.people = append(w.people, personRow{PersonID: id, Present: i < people-1})
		w.circle.agreed[id] = i > 0 // the first accepts it on the way
	}
	for n := 1; n <= 3; n++ {
		w.circle.fragments[n] = fragmentRow{N: n, OwnerID: w.ids[n%min(people, 2)], RecordingID: uuid.UUID{0: byte(n)}}
		w.open[n] = true
	}
	return w
}

// act does one thing that can be done to a session, as the service would.
func (w *table) act(t *rapid.T) {
	who := rapid.IntRange(0, len(w.ids)-1).Draw(t, "who")
	n := rapid.IntRange(1, len(w.circle.fragments)).Draw(t, "n")
	switch action := rapid.IntRange(0, 17).Draw(t, "action"); action {
	case 0, 1, 2, 3, 4:
		w.post(t, who, n)
	case 5, 6, 7:
		w.sayReady(t, who, action != 7)
	case 8:
		w.everyoneReady(t)
	case 9, 10:
		w.go1(t, w.stage.step+1, n)
	case 11:
		w.go1(t, w.stage.step-1, n)
	case 12:
		w.leaderReveals(t)
	case 13:
		w.people[who].Present = !w.people[who].Present
		if rapid.Bool().Draw(t, "noticed") { // who is disabled drops out by themselves
			w.settle()
		}
	case 14:
		w.close(t, n)
	case 15:
		w.accept(who)
		if rapid.IntRange(0, 9).Draw(t, "end") == 0 {
			w.stage.state = rapid.SampledFrom([]State{Finished, Cancelled}).Draw(t, "as")
		}
	case 16:
		if rapid.IntRange(0, 9).Draw(t, "last recording") == 0 {
			w.lose()
		}
	case 17:
		w.letIn(t)
	}
}

// lose is the last recording's going while the session runs: everything that was
// written goes with it, and nothing more can be.
func (w *table) lose() {
	if w.stage.state != Running {
		return
	}
	w.stage.emptied, w.posted, w.open = true, nil, map[int]bool{}
	for _, truth := range w.truth {
		truth.gone = true
	}
}

// accept is of the first, who is not there by it, or of who was let in, who is.
func (w *table) accept(who int) {
	if w.circle.agreed[w.ids[who]] {
		who = 0
	}
	w.circle.agreed[w.ids[who]] = true
	w.people[who].Present = w.people[who].Present || who > 0
}

// letIn is what the leader does while it runs: someone who was not in it takes part
// from now on, in the room at once, at a distance once they accepted the agreement.
func (w *table) letIn(t *rapid.T) {
	if w.stage.state != Running || len(w.ids) == 7 {
		return
	}
	id, there := uuid.UUID{15: byte(len(w.ids) + 1)}, rapid.Bool().Draw(t, "there")
	w.ids, w.circle.members = append(w.ids, id), append(w.circle.members, id)
	w.people = append(w.people, personRow{PersonID: id, Present: there})
	w.circle.agreed[id] = there
	w.settle()
}

func (w *table) post(t *rapid.T, who, n int) {
	w.actor.ID, w.facts.Leader = w.ids[who], w.ids[who] == w.leads
	posts := w.stage.posts(w.stage.owns(w.actor.ID, w.circle.fragments), w.facts.Leader)
	if w.stage.emptied && len(posts) > 0 {
		t.Fatal("something can be written when there is no key to seal it")
	}
	if len(posts) == 0 || !w.circle.agreed[w.actor.ID] {
		return
	}
	row := contributionRow{ID: uuid.UUID{1: 1, 15: byte(len(w.truth))}, AuthorID: w.actor.ID, Step: w.stage.step, Kind: string(rapid.SampledFrom(posts).Draw(t, "kind"))}
	truth := &note{author: row.AuthorID, step: row.Step}
	if parent := w.aVisibleOne(t); parent != nil {
		row.ParentID, row.N, truth.parent = &parent.ID, parent.N, w.truth[parent.ID]
	} else if w.open[n] && w.stage.shows(n, w.circle.fragments[n].OwnerID == w.actor.ID) {
		row.N = &n
	}
	if row.N != nil {
		truth.n, truth.owner = *row.N, w.circle.fragments[*row.N].OwnerID
	}
	if w.mayPost(NewContribution{Step: row.Step, Kind: protocol.Kind(row.Kind), N: row.N}, row.ParentID != nil) != nil {
		t.Fatalf("%s may not post %s in step %d", row.AuthorID, row.Kind, row.Step)
	}
	w.posted, w.truth[row.ID] = append(w.posted, row), truth
}

func (w *table) aVisibleOne(t *rapid.T) *contributionRow {
	seen := w.stage.visible(w.viewerOf(w.actor.ID), w.posted)
	if len(seen) == 0 || rapid.IntRange(0, 2).Draw(t, "reply") > 0 {
		return nil
	}
	parent := seen[rapid.IntRange(0, len(seen)-1).Draw(t, "parent")]
	if parent.ParentID != nil {
		return nil
	}
	return &parent
}

func (w *table) sayReady(t *rapid.T, who int, ready bool) {
	if w.stage.state != Running {
		return
	}
	w.people[who].ReadyStep, w.ready[w.ids[who]] = nil, ready
	if ready {
		w.people[who].ReadyStep = new(int)
		*w.people[who].ReadyStep = w.stage.step
	}
	w.settle()
}

func (w *table) everyoneReady(t *rapid.T) {
	for who := range w.people {
		w.sayReady(t, who, true)
	}
}

// settle is what both do when someone is ready, comes or goes.
func (w *table) settle() {
	w.stage = w.stage.settle(w.everyone())
	if w.allReady() && w.stage.state == Running && w.blind[w.stage.step] {
		w.out[w.stage.step] = true
	}
}

// allReady by the oracle: someone is there, and everyone who is there said so.
func (w *table) allReady() bool {
	present := 0
	for _, person := range w.people {
		if person.Present {
			if !w.ready[person.PersonID] {
				return false
			}
			present++
		}
	}
	return present > 0
}

func (w *table) go1(t *rapid.T, to, n int) {
	if w.stage.state == Preparing {
		if w.stage.step == -1 && to == 0 { // the session starts
			w.stage.state = Running
			w.stage = w.stage.enter(0)
			w.entered(0)
		}
		return
	}
	if w.stage.state == Running && w.stage.protocol.Chooses(w.stage.step) && rapid.Bool().Draw(t, "choose") && w.open[n] {
		next, err := w.stage.choose(n)
		if err != nil {
			t.Fatalf("no case can be chosen in step %d: %v", w.stage.step, err)
		}
		w.stage = next
	}
	from := w.stage.step
	next, err := w.stage.move(to, gate{w.everyone(), w.cases()})
	if err != nil {
		return
	}
	w.mayPass(t, from, to)
	w.stage = next
	if to == from {
		return
	}
	if w.allReady() && w.blind[from] {
		w.out[from] = true
	}
	for i := range w.people {
		w.people[i].ReadyStep = nil
	}
	w.entered(to)
}

// mayPass: the gates, by the file alone.
func (w *table) mayPass(t *rapid.T, from, to int) {
	if to < from {
		return
	}
	left := w.stage.protocol.Steps[from]
	if w.stage.emptied {
		return
	}
	if left.Gate == protocol.GateReady && !w.allReady() && !w.out[from] {
		t.Fatalf("step %d was left while not everyone was ready", from)
	}
	if w.stage.protocol.Choose == left.ID && w.stage.chosen == nil && w.cases() {
		t.Fatalf("step %d was left without a case", from)
	}
}

// cases: there is a fragment that can be chosen.
func (w *table) cases() bool {
	for _, open := range w.open {
		if open {
			return true
		}
	}
	return false
}

func (w *table) entered(step int) {
	w.ready = map[uuid.UUID]bool{}
	if w.stage.protocol.Steps[step].Reveal {
		for before := -1; before < step; before++ {
			w.out[before] = true
		}
	}
}

func (w *table) leaderReveals(t *rapid.T) {
	next, err := w.stage.reveal()
	if (err == nil) != (w.stage.state == Running && (w.blind[w.stage.step] || w.stage.protocol.Steps[max(0, w.stage.step)].Reveal)) {
		t.Fatalf("revealing in step %d: %v", w.stage.step, err)
	}
	if err == nil && w.blind[w.stage.step] {
		w.out[w.stage.step] = true
	}
	w.stage = next
}

// close takes a fragment back, or closes it to everyone for a while.
func (w *table) close(t *rapid.T, n int) {
	f := w.circle.fragments[n]
	if f.TakenBackAt != nil {
		return
	}
	w.open[n] = !w.open[n] && !w.stage.emptied
	if rapid.IntRange(0, 3).Draw(t, "back") > 0 {
		return
	}
	w.open[n], f.TakenBackAt = false, &f.BroughtAt
	w.circle.fragments[n] = f
	w.posted = slices.DeleteFunc(w.posted, func(row contributionRow) bool {
		if row.N != nil && *row.N == n {
			w.truth[row.ID].gone = true
			return true
		}
		return false
	})
}

// viewerOf is what the database would say.
func (w *table) viewerOf(id uuid.UUID) viewer {
	who := viewer{id: id, agreed: w.circle.agreed[id], open: map[int]bool{}, owns: map[int]bool{}}
	for n, f := range w.circle.fragments {
		who.open[n] = w.open[n] && w.circle.agreed[id]
		who.owns[n] = w.open[n] && f.OwnerID == id && f.TakenBackAt == nil
	}
	return who
}

func (w *table) compare(t *rapid.T) {
	for _, id := range append([]uuid.UUID{{0: 99}}, w.ids...) {
		seen := map[uuid.UUID]bool{}
		for _, row := range w.stage.visible(w.viewerOf(id), w.posted) {
			seen[row.ID] = true
		}
		for noteID, truth := range w.truth {
			if want := w.expects(id, truth); seen[noteID] != want {
				t.Fatalf("%s sees %s: %v, want %v, in %s", id, noteID, seen[noteID], want, w)
			}
		}
		w.compareProgress(t, id)
	}
}

// expects is the oracle's answer.
func (w *table) expects(id uuid.UUID, truth *note) bool {
	if truth.gone || truth.parent != nil && !w.expects(id, truth.parent) {
		return false
	}
	timely := truth.author == id || !w.blind[truth.step] || w.out[truth.step]
	switch w.stage.state {
	case Preparing, Running:
		return timely && w.circle.agreed[id] && (truth.n == 0 || w.open[truth.n])
	default:
		return timely && truth.n != 0 && w.open[truth.n] && truth.owner == id
	}
}

// compareProgress: before a reveal nobody learns who is ready, nor that everyone is.
func (w *table) compareProgress(t *rapid.T, id uuid.UUID) {
	w.actor.ID = id
	shown := w.progress()
	hidden := w.blind[w.stage.step] && !w.out[w.stage.step]
	if hidden && (shown.Ready != nil || shown.EveryoneReady) {
		t.Fatalf("%s learns who is ready in %s", id, w)
	}
	if !hidden && w.stage.state == Running && (shown.Ready == nil || shown.EveryoneReady != w.allReady()) {
		t.Fatalf("%s does not learn who is ready in %s", id, w)
	}
	if shown.MeReady != (w.stage.state == Running && w.ready[id]) {
		t.Fatalf("%s is ready: %v, in %s", id, shown.MeReady, w)
	}
}

func (w *table) String() string {
	return fmt.Sprintf("%s/%s step %d, revealed %v, by the oracle %v", w.stage.protocol.ID, w.stage.state, w.stage.step, w.stage.revealed, w.out)
}
