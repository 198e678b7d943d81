package session

import (
	"time"

	"github.com/google/uuid"

	"vakspiegel/review/protocol"
)

// Progress is how far a session is, as one of its members sees it.
type Progress struct {
	Step        int // -1 until it starts
	StepBeganAt *time.Time
	Chosen      *int
	Revealed    []int
	// EveryoneReady is all that is told of others in a blind step before its
	// reveal; as that reveals it, it is no there until then.
	EveryoneReady bool
	Ready         map[uuid.UUID]bool // who of the people; nil while nobody may know
	MeReady       bool
	Posts         []protocol.Kind // what the member can post now
}

// progress is that of the actor.
func (there attending) progress() Progress {
	now := there.stage
	p := Progress{
		Step: now.step, StepBeganAt: there.row.StepBeganAt, Chosen: now.chosen, Revealed: append([]int{}, now.revealed...),
		Posts: []protocol.Kind{},
	}
	if now.state.open() && there.circle.agreed[there.actor.ID] {
		p.Posts = append(p.Posts, now.posts(now.owns(there.actor.ID, there.circle.fragments), there.facts.Leader)...)
	}
	if now.state != Running {
		return p
	}
	known := now.told(now.step)
	if known {
		p.EveryoneReady, p.Ready = there.everyone(), map[uuid.UUID]bool{}
	}
	for _, person := range there.people {
		ready := person.RemovedAt == nil && person.ready(now.step)
		if person.PersonID == there.actor.ID {
			p.MeReady = ready
		}
		if known && person.RemovedAt == nil {
			p.Ready[person.PersonID] = ready
		}
	}
	return p
}
