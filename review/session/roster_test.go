package session

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"pgregory.net/rapid"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media"
	"vakspiegel/policies"
)

// circleOf is a session as it was drawn, and what an oracle says of it without
// looking at any code of this room.
type circleOf struct {
	people    []policies.Person // the last one is in no session
	member    []bool
	removed   []bool // was a member
	agreed    []bool
	evaluates map[[2]int]bool
	leader    int
	state     State
	fragments []drawnFragment
	session   uuid.UUID
}

type drawnFragment struct {
	owner               int
	back, closed, share bool
	scopes              []string
	recording           uuid.UUID
}

var drawnRoles = [][]policies.Role{
	{policies.Klantmanager},
	{policies.Klantmanager},
	{policies.Coach},
	{policies.Coach, policies.Klantmanager},
	{policies.Manager},
	{policies.HR, policies.Klantmanager},
	{},
}

func drawCircle(t *rapid.T) circleOf {
	const people = 5
	c := circleOf{evaluates: map[[2]int]bool{}, session: uuid.New(), leader: rapid.IntRange(0, people-2).Draw(t, "leader")}
	// Of half of them only people and relations differ: else most are closed for
	// several reasons at once, and none is seen to count by itself.
	calm := rapid.Bool().Draw(t, "calm")
	often := func(name string) bool { return calm || rapid.IntRange(0, 7).Draw(t, name) > 0 }
	for i := range people {
		id := uuid.New()
		c.people = append(c.people, policies.Person{
			ID: id, Login: id.String(), Name: "Iemand", Roles: rapid.SampledFrom(drawnRoles).Draw(t, "roles"), Disabled: !often("enabled"),
		})
		last := i == people-1
		c.member = append(c.member, !last && (i == c.leader || often("member")))
		c.removed = append(c.removed, !last && !c.member[i] && rapid.Bool().Draw(t, "removed"))
		c.agreed = append(c.agreed, often("agreed"))
	}
	c.state = rapid.SampledFrom([]State{Preparing, Running, Preparing, Running, Draft, Finished, Cancelled}).Draw(t, "state")
	for range rapid.IntRange(1, 2).Draw(t, "fragments") {
		f := drawnFragment{
			owner: rapid.IntRange(0, people-1).Draw(t, "owner"), back: !often("there"), closed: !often("open"), share: often("shared"),
			scopes:    rapid.SampledFrom([][]string{{"coach", "peers"}, {"coach", "peers"}, {"coach"}, {"peers"}, nil}).Draw(t, "scopes"),
			recording: uuid.New(),
		}
		if calm {
			c.state, f.scopes = Running, []string{"coach", "peers"}
		}
		c.fragments = append(c.fragments, f)
	}
	c.drawRelations(t)
	return c
}

// drawRelations draws who evaluates whom; owners more often than others.
func (c circleOf) drawRelations(t *rapid.T) {
	var evaluated []int
	for i := range c.people {
		evaluated = append(evaluated, i)
	}
	for _, f := range c.fragments {
		evaluated = append(evaluated, f.owner, f.owner, f.owner)
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "relations") {
		pair := [2]int{rapid.IntRange(0, len(c.people)-1).Draw(t, "evaluator"), rapid.SampledFrom(evaluated).Draw(t, "evaluated")}
		if pair[0] != pair[1] {
			c.evaluates[pair] = true
		}
	}
}

// may is the oracle: whether person i may look at fragment n.
func (c circleOf) may(i, n int) bool {
	return c.open(n) && c.eligible(i, n)
}

// open is what holds for everyone: nothing in it is of whoever looks.
func (c circleOf) open(n int) bool {
	f := c.fragments[n]
	if c.state != Preparing && c.state != Running || f.back || f.closed || !f.share {
		return false
	}
	if !c.member[f.owner] || c.people[f.owner].Disabled {
		return false
	}
	for m := range c.people {
		if !c.member[m] {
			continue
		}
		if c.evaluates[[2]int{m, f.owner}] && !c.people[m].Disabled {
			return false
		}
		if m == f.owner {
			continue
		}
		need := "peers"
		if m == c.leader && slices.Contains(c.people[m].Roles, policies.Coach) {
			need = "coach"
		}
		if !slices.Contains(f.scopes, need) {
			return false
		}
	}
	return true
}

// eligible is what holds of one person.
func (c circleOf) eligible(i, n int) bool {
	p, f := c.people[i], c.fragments[n]
	if !c.member[i] || p.Disabled || !c.agreed[i] || slices.Contains(p.Roles, policies.HR) {
		return false
	}
	for m := range c.people {
		if c.evaluates[[2]int{i, m}] && (c.member[m] || slices.ContainsFunc(c.fragments, func(f drawnFragment) bool { return f.owner == m })) {
			return false
		}
	}
	klantmanager, coach := slices.Contains(p.Roles, policies.Klantmanager), slices.Contains(p.Roles, policies.Coach)
	if i == f.owner {
		return klantmanager
	}
	return klantmanager || coach
}

// store writes the circle as rows.
func (c circleOf) store(t *testing.T, db *gorm.DB, people *policies.People) {
	t.Helper()
	now := time.Now().UTC()
	for _, person := range c.people {
		must(t, people.Save(t.Context(), nil, person))
		if person.Disabled {
			must(t, people.Disable(t.Context(), person.ID, now))
		}
	}
	for pair := range c.evaluates {
		_, err := people.RecordEvaluator(t.Context(), c.people[pair[0]].ID, c.people[pair[1]].ID, now, nil)
		must(t, err)
	}
	id := func(i int) uuid.UUID { return c.people[i].ID }
	must(t, db.Create(&sessionRow{
		ID: c.session, SeriesID: c.session, Round: 1, Rounds: 1, MakerID: id(0), LeaderID: id(c.leader), ProtocolID: "videoclub", Request: NotAsked,
		State: c.state, Place: AtDistance, Sealed: []byte{1}, Wording: 1, Revealed: "[]", NextN: 3, Version: 1, CreatedAt: now, UpdatedAt: now,
	}).Error)
	for i := range c.people {
		row := personRow{SessionID: c.session, PersonID: id(i), AddedAt: now}
		if c.removed[i] {
			row.RemovedAt = &now
		}
		if c.member[i] || c.removed[i] {
			must(t, db.Create(&row).Error)
		}
		if c.agreed[i] {
			must(t, db.Create(&agreementRow{c.session, id(i), AgreementVersion, byOwn, id(i), now}).Error)
		}
	}
	for n, f := range c.fragments {
		c.storeFragment(t, db, n, f, now)
	}
}

func (c circleOf) storeFragment(t *testing.T, db *gorm.DB, n int, f drawnFragment, now time.Time) {
	t.Helper()
	owner := c.people[f.owner].ID
	must(t, db.Table("conversations").Create(map[string]any{"id": f.recording, "owner_id": owner, "held_at": now, "version": 1, "created_at": now}).Error)
	must(t, db.Table("recordings").Create(map[string]any{
		"id": f.recording, "conversation_id": f.recording, "owner_id": owner, "state": "ready", "origin": "file", "content_type": "video/mp4",
		"size_bytes": 1, "started_at": now, "expires_at": now.Add(time.Hour), "failure": "", "version": 1, "created_at": now,
	}).Error)
	row := fragmentRow{SessionID: c.session, N: n + 1, RecordingID: f.recording, OwnerID: owner, BroughtAt: now}
	if f.back {
		row.TakenBackAt = &now
	}
	must(t, db.Create(&row).Error)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// decide asks roster and policy, as media does, with what media knows of the
// recording.
func (c circleOf) decide(t *testing.T, roster Roster, policy *policies.Policy, db *gorm.DB) map[[2]int]bool {
	t.Helper()
	var onlookers []media.Onlooker
	for i := range c.people {
		for n := range c.fragments {
			onlookers = append(onlookers, c.onlooker(i, n))
		}
	}
	gathered, err := roster.Gathered(context.Background(), db, onlookers)
	must(t, err)
	may := map[[2]int]bool{}
	for i, person := range c.people {
		for n, f := range c.fragments {
			now, there := gathered[c.onlooker(i, n)]
			if !there {
				continue
			}
			pair := policies.Pair{ActorID: person.ID, OwnerID: c.people[f.owner].ID}
			live, err := roster.People.Live(context.Background(), db, []policies.Pair{pair})
			must(t, err)
			facts := policies.Facts{
				OwnerID: pair.OwnerID, Closed: f.closed, Scopes: f.scopes, SharingOpen: f.share, Part: now.Part, Needs: now.Needs,
				Evaluates: live[pair].Evaluates, Disabled: live[pair].Disabled,
			}
			actor := policies.Actor{Kind: policies.ActorPerson, ID: person.ID, Roles: live[pair].Roles}
			may[[2]int{i, n}] = policy.Decide(actor, policies.RecordingWatch, facts, now.Purpose).Allowed
		}
	}
	return may
}

func (c circleOf) onlooker(i, n int) media.Onlooker {
	return media.Onlooker{ActorID: c.people[i].ID, Along: media.Along{SessionID: c.session, N: n + 1}}
}

// Invariants 1 and 2, over whatever people, relations, agreements, scopes and
// states there are: who may look is whom an oracle says, and a fragment is open to
// everyone who could look or to nobody.
func TestAFragmentIsOpenToEveryoneWhoCouldLookOrToNobody(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		people := policies.NewPeople(db)
		policy, err := policies.Load()
		must(t, err)
		opened := 0
		rapid.Check(t, func(r *rapid.T) {
			c := drawCircle(r)
			c.store(t, db, people)
			got := c.decide(t, Roster{people}, policy, db)
			for n := range c.fragments {
				for i := range c.people {
					if got[[2]int{i, n}] != c.may(i, n) {
						r.Fatalf("person %d before fragment %d: %v, want %v\n%+v", i, n, got[[2]int{i, n}], c.may(i, n), c)
					}
					if c.eligible(i, n) && got[[2]int{i, n}] != c.open(n) {
						r.Fatalf("fragment %d is open to some and not to person %d", n, i)
					}
					if got[[2]int{i, n}] {
						opened++
					}
				}
			}
		})
		if opened == 0 {
			t.Error("nothing was ever open: the test looked at nothing")
		}
	})
}
