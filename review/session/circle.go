package session

import (
	"slices"

	"github.com/google/uuid"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// circle is a session as far as looking along goes.
type circle struct {
	session   sessionRow
	members   []uuid.UUID
	agreed    map[uuid.UUID]bool
	fragments map[int]fragmentRow
	live      map[policies.Pair]policies.LiveFacts // of every member before every owner and member
}

func (c circle) onlooker(person uuid.UUID, n int) media.Onlooker {
	return media.Onlooker{ActorID: person, Along: media.Along{SessionID: c.session.ID, N: n}}
}

func (c circle) has(person uuid.UUID) bool { return slices.Contains(c.members, person) }

// gone: they were disabled since.
func (c circle) gone(person uuid.UUID) bool {
	for pair, now := range c.live {
		if pair.ActorID == person && now.Disabled {
			return true
		}
	}
	return false
}

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

// owners are those of the fragments that were not taken back.
func (c circle) owners() (owners []uuid.UUID) {
	for _, f := range c.fragments {
		if f.TakenBackAt == nil && !slices.Contains(owners, f.OwnerID) {
			owners = append(owners, f.OwnerID)
		}
	}
	return owners
}

// brought is how many fragments there are that were not taken back.
func (c circle) brought() (count int) {
	for _, f := range c.fragments {
		if f.TakenBackAt == nil {
			count++
		}
	}
	return count
}

// broughtBy are someone's own fragments that they left in the session.
func (c circle) broughtBy(person uuid.UUID) (own []fragmentRow) {
	for _, f := range c.fragments {
		if f.TakenBackAt == nil && f.OwnerID == person {
			own = append(own, f)
		}
	}
	return own
}

// along are people before the fragments of these numbers; without any, before all.
func (c circle) along(people []uuid.UUID, numbers ...int) (onlookers []media.Onlooker) {
	for n, f := range c.fragments {
		if f.TakenBackAt != nil || len(numbers) > 0 && !slices.Contains(numbers, n) {
			continue
		}
		for _, person := range people {
			onlookers = append(onlookers, c.onlooker(person, n))
		}
	}
	return onlookers
}
