package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// attending is a session that runs, or is prepared, before one of its members.
type attending struct {
	sight
	stage stage
}

// takePart decides that the actor takes part in a session at this moment, and
// locks it until the transaction ends. Errors: ErrNotFound, ErrState, ErrAgreement.
func (s *Service) takePart(ctx context.Context, tx *gorm.DB, actor policies.Actor, id uuid.UUID) (attending, error) {
	return s.onStage(ctx, tx, actor, policies.SessionTakePart, id)
}

// onStage is takePart for another action.
func (s *Service) onStage(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, id uuid.UUID) (attending, error) {
	seen, err := s.allow(ctx, tx, actor, action, id, true)
	if err != nil {
		return attending{}, err
	}
	now, err := s.stage(seen.row)
	switch {
	case err != nil:
		return attending{}, err
	case !now.state.open():
		return attending{}, ErrState
	case !seen.circle.agreed[actor.ID]:
		return attending{}, ErrAgreement
	}
	return attending{seen, now}, nil
}

// viewer asks which fragments are open to the actor, in one round of queries and
// without an entry in the audit log.
func (s *Service) viewer(ctx context.Context, tx *gorm.DB, there attending) (viewer, error) {
	who := viewer{
		id: there.actor.ID, agreed: there.circle.has(there.actor.ID) && there.circle.agreed[there.actor.ID],
		open: map[int]bool{}, owns: map[int]bool{},
	}
	if !there.stage.state.open() {
		return who, s.lookBack(ctx, tx, there, who)
	}
	var onlookers []media.Onlooker
	for n := range there.circle.fragments {
		onlookers = append(onlookers, there.circle.onlooker(who.id, n))
	}
	open, err := s.Looks.OpenTo(ctx, tx, onlookers)
	for onlooker, is := range open {
		who.open[onlooker.N] = is
	}
	return who, err
}

// changeable: its author can change the words while its step lasts, if they could
// post it now and it was not revealed. What others read stays as they read it.
func (there attending) changeable(row contributionRow) bool {
	now, known := there.stage.protocol.Step(row.Step)
	owns := there.stage.owns(there.actor.ID, there.circle.fragments)
	return known && row.AuthorID == there.actor.ID && row.Step == there.stage.step &&
		slices.ContainsFunc(there.stage.posts(owns, there.facts.Leader), row.is) &&
		(!now.Blind || !there.stage.told(row.Step))
}

// read opens a contribution as the actor sees it.
func (there attending) read(row contributionRow, texts words.Texts) (Contribution, error) {
	read, err := row.read(texts)
	read.Changeable = there.changeable(row)
	read.Removable = row.AuthorID == there.actor.ID && there.stage.state.open()
	return read, err
}

// everyone says whether all who are present said to be ready with the present
// step; of nobody it is not said. Who was disabled meanwhile is not waited for.
func (there attending) everyone() bool {
	waited := false
	for _, person := range there.people {
		if person.RemovedAt != nil || !person.Present || there.circle.gone(person.PersonID) {
			continue
		}
		if !person.ready(there.stage.step) {
			return false
		}
		waited = true
	}
	return waited
}
