package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Presence is who is there when a session begins.
type Presence struct {
	Present []uuid.UUID
	OnPaper []uuid.UUID // there too, and write on paper
	Agreed  []uuid.UUID // of those: who accepts the agreement in the room, which the leader records
}

func (p Presence) there() []uuid.UUID { return compact(slices.Concat(p.Present, p.OnPaper)) }

// Start begins a session. In the room someone who was not invited joins by the
// same guard as an invitation. At a distance, when nobody is named, it is everyone
// who accepted the agreement. Everyone who is there has accepted it, and in the
// room each is written as a viewer of what they will see on the shared screen.
// Errors: ErrNotFound, ErrState, *Invalid, *Barred.
func (s *Service) Start(ctx context.Context, actor policies.Actor, id uuid.UUID, who Presence) (Session, error) {
	return s.turn(ctx, actor, policies.SessionLead, id, func(tx *gorm.DB, seen *sight) error {
		if seen.row.State != Preparing {
			return ErrState
		}
		if len(who.there()) == 0 && seen.row.Place == AtDistance {
			who.Present = seen.circle.accepted()
		}
		if faults := checkInvited(who.there()); faults != nil {
			return &Invalid{faults}
		}
		if err := s.join(ctx, tx, seen, who.there()); err != nil {
			return err
		}
		if err := s.agreedInRoom(ctx, tx, *seen, who); err != nil {
			return err
		}
		if err := s.startable(ctx, tx, *seen, who.there()); err != nil {
			return err
		}
		if err := s.sitDown(ctx, tx, *seen, who); err != nil {
			return err
		}
		stage, err := s.stage(seen.row)
		if err != nil {
			return err
		}
		stage.state = Running
		stage.enter(0).put(&seen.row)
		now := s.now()
		seen.row.StartedAt, seen.row.StepBeganAt = &now, &now
		return nil
	})
}

// accepted are the members who accepted the agreement, and are still there.
func (c circle) accepted() (people []uuid.UUID) {
	for _, member := range c.members {
		if c.agreed[member] && !c.live[policies.Pair{ActorID: member, OwnerID: member}].Disabled {
			people = append(people, member)
		}
	}
	return people
}

// join adds those who are there and were not invited. In a room everyone who is
// there looks at the one screen: also who was invited must be someone who may, still.
func (s *Service) join(ctx context.Context, tx *gorm.DB, seen *sight, there []uuid.UUID) error {
	if slices.ContainsFunc(there, func(person uuid.UUID) bool { return !seen.circle.has(person) }) {
		members := compact(slices.Concat(seen.circle.members, there))
		if err := s.regroup(ctx, tx, seen, seen.row.LeaderID, members); err != nil {
			return err
		}
	}
	if seen.row.Place != InRoom {
		return nil
	}
	return s.mayLook(*seen.circle, there)
}

// agreedInRoom records who accepts the agreement in the room, of those who are there.
func (s *Service) agreedInRoom(ctx context.Context, tx *gorm.DB, seen sight, who Presence) error {
	for _, person := range who.there() {
		if seen.row.Place != InRoom || !slices.Contains(who.Agreed, person) || seen.circle.agreed[person] {
			continue
		}
		if _, err := s.accept(ctx, tx, seen, person, byRoom); err != nil {
			return err
		}
		seen.circle.agreed[person] = true
	}
	return nil
}

// startable asks, of everyone who is there, whether they may begin.
func (s *Service) startable(ctx context.Context, tx *gorm.DB, seen sight, there []uuid.UUID) error {
	if err := s.bars(ctx, tx, seen, starting); err != nil {
		return err
	}
	names, err := s.names(ctx, tx, seen.circle)
	if err != nil {
		return err
	}
	var problems []Problem
	for _, person := range compact(append(slices.Clone(there), seen.row.LeaderID)) {
		if !seen.circle.agreed[person] {
			problems = append(problems, Problem{Code: ProblemAgreement, PersonName: names[person]})
		}
	}
	if len(there) < 2 || !slices.Contains(there, seen.row.LeaderID) {
		problems = append(problems, Problem{Code: ProblemFewPeople})
	}
	return barred(problems)
}
