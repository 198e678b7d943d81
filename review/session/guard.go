package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// with is the circle as it would be with these members, and leader.
func (r Roster) with(ctx context.Context, db *gorm.DB, c circle, leader uuid.UUID, members []uuid.UUID) (*circle, error) {
	c.session.LeaderID, c.members = leader, members
	return &c, r.fillLive(ctx, db, map[uuid.UUID]*circle{c.session.ID: &c})
}

// admit asks the guard about everyone who would be in a session: whoever joined
// is someone who may look at all, and nobody evaluates another of them. field is
// where new people stand in the input. Errors: *Invalid; *Barred of ErrEvaluator.
func (s *Service) admit(ctx context.Context, tx *gorm.DB, c *circle, field string, joined []uuid.UUID) error {
	var faults []Fault
	for _, person := range joined {
		if !c.invitable(person) {
			faults = append(faults, Fault{field, "unknown", "One of them is nobody whom one can invite."})
			break
		}
	}
	if faults != nil {
		return &Invalid{faults}
	}
	if len(c.evaluations()) == 0 {
		return nil
	}
	names, err := s.names(ctx, tx, c)
	if err != nil {
		return err
	}
	return barred(sight{circle: c}.judging(names))
}

// Invitable says whether one can be asked into a session with these roles.
func Invitable(roles []policies.Role) bool {
	return slices.Contains(roles, policies.Klantmanager) || slices.Contains(roles, policies.Coach)
}

// invitable: a klantmanager or coach who is there.
func (c circle) invitable(person uuid.UUID) bool {
	now := c.live[policies.Pair{ActorID: person, OwnerID: person}]
	return !now.Disabled && Invitable(now.Roles)
}

// asked says whether the leader of a circle has to be asked: a coach who did not
// make it.
func (c circle) asked() Request {
	if c.session.LeaderID != c.session.MakerID && c.leaderIs(policies.Coach) {
		return Asked
	}
	return NotAsked
}
