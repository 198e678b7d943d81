package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// Roster says who looks along at what: it is media.Gatherings. Leases ask it for
// every running stream, four times a second.
type Roster struct{ People *policies.People }

// Gathered implements media.Gatherings with one round of queries, however many
// onlookers there are (invariants 1 and 2). Who is no member, and who has not
// accepted the present agreement, has no part.
func (r Roster) Gathered(ctx context.Context, db *gorm.DB, onlookers []media.Onlooker) (map[media.Onlooker]media.Gathered, error) {
	ids := make([]uuid.UUID, 0, len(onlookers))
	for _, onlooker := range onlookers {
		if !slices.Contains(ids, onlooker.SessionID) {
			ids = append(ids, onlooker.SessionID)
		}
	}
	circles, err := r.circles(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	answers := make(map[media.Onlooker]media.Gathered, len(onlookers))
	for _, onlooker := range onlookers {
		circle, ok := circles[onlooker.SessionID]
		if !ok || !circle.has(onlooker.ActorID) {
			continue
		}
		if fragment, ok := circle.fragments[onlooker.N]; ok {
			answers[onlooker] = circle.before(onlooker.ActorID, fragment)
		}
	}
	return answers, nil
}

// circle is a session as far as looking along goes.
type circle struct {
	session   sessionRow
	members   []uuid.UUID
	agreed    map[uuid.UUID]bool
	fragments map[int]fragmentRow
	live      map[policies.Pair]policies.LiveFacts // of every member before every owner and member
}

func (c circle) has(person uuid.UUID) bool { return slices.Contains(c.members, person) }

// before says what a member is before a fragment, and what it takes for everyone.
func (c circle) before(person uuid.UUID, f fragmentRow) media.Gathered {
	answer := media.Gathered{
		RecordingID: f.RecordingID, CutID: f.CutID, FromMs: f.StartMs, ToMs: f.EndMs, Needs: c.needs(f.OwnerID),
	}
	part := c.part(person, f.OwnerID)
	answer.Purpose = c.purpose(part)
	if c.session.State.open() && f.TakenBackAt == nil && c.agreed[person] && c.keeps(f.OwnerID) && !c.judged(f.OwnerID) && !c.judges(person) {
		answer.Part = part
	}
	return answer
}

// keeps: the owner is there to take their fragment back, which they can at any
// second. Of one who was disabled nothing is open.
func (c circle) keeps(owner uuid.UUID) bool { return c.has(owner) && !c.gone(owner) }

// part: who leads as a coach looks as a coach.
func (c circle) part(person, owner uuid.UUID) policies.Part {
	switch {
	case person == owner:
		return policies.PartOwner
	case c.coaches(person, owner):
		return policies.PartCoach
	}
	return policies.PartPeer
}

func (c circle) coaches(person, owner uuid.UUID) bool {
	return person == c.session.LeaderID && slices.Contains(c.live[policies.Pair{ActorID: person, OwnerID: owner}].Roles, policies.Coach)
}

// needs are the scopes without which not everyone may look at a fragment of the
// owner's, so that nobody does.
func (c circle) needs(owner uuid.UUID) (needs []string) {
	for _, part := range []policies.Part{policies.PartCoach, policies.PartPeer} {
		if slices.ContainsFunc(c.members, func(member uuid.UUID) bool { return c.part(member, owner) == part }) {
			needs = append(needs, scopeOf[part])
		}
	}
	return needs
}

// scopeOf is what a citizen allows of each part (domain.md, Consent).
var scopeOf = map[policies.Part]string{policies.PartCoach: "coach", policies.PartPeer: "peers"}

// purpose follows from the session: a coach looks to coach, a peer to review; an
// owner for what the session is.
func (c circle) purpose(part policies.Part) policies.Purpose {
	switch {
	case part == policies.PartCoach:
		return policies.Coaching
	case part == policies.PartOwner && !slices.ContainsFunc(c.members, c.isPeer):
		return policies.Coaching
	}
	return policies.PeerReview
}

// isPeer: before at least one fragment they are neither its owner nor the coach.
func (c circle) isPeer(person uuid.UUID) bool {
	for _, f := range c.fragments {
		if f.TakenBackAt == nil && c.part(person, f.OwnerID) == policies.PartPeer {
			return true
		}
	}
	return false
}

// judged: someone of the session evaluates the owner. Who was disabled looks at
// nothing anyway, and keeps nobody else from it.
func (c circle) judged(owner uuid.UUID) bool {
	return slices.ContainsFunc(c.members, func(member uuid.UUID) bool {
		now := c.live[policies.Pair{ActorID: member, OwnerID: owner}]
		return now.Evaluates && !now.Disabled
	})
}

// judges: they evaluate someone who is in the session, or an owner. Peers look
// together without hierarchy (domain.md, "The method"): who evaluates one of them
// looks at nothing here, and reads nothing of it either.
func (c circle) judges(person uuid.UUID) bool {
	evaluates := func(other uuid.UUID) bool {
		return c.live[policies.Pair{ActorID: person, OwnerID: other}].Evaluates
	}
	for _, f := range c.fragments {
		if evaluates(f.OwnerID) {
			return true
		}
	}
	return slices.ContainsFunc(c.members, evaluates)
}
