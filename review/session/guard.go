package session

import (
	"context"

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
// is someone who may look at all, and nobody evaluates another of them. Errors:
// *Invalid; *Barred of ErrEvaluator.
func (s *Service) admit(ctx context.Context, tx *gorm.DB, c *circle, joined []uuid.UUID) error {
	if err := s.mayLook(*c, joined); err != nil {
		return err
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

// mayLook: each of them is there, and may look along at all. Errors: *Invalid.
func (s *Service) mayLook(c circle, people []uuid.UUID) error {
	for _, person := range people {
		now := c.live[policies.Pair{ActorID: person, OwnerID: person}]
		if now.Disabled || !s.Invitable(now.Roles) {
			return &Invalid{[]Fault{{"participantIds", "unknown", "One of them is nobody whom one can invite."}}}
		}
	}
	return nil
}

// Invitable says whether one can be asked into a session with these roles: whom the
// policy lets look along at anything. Who never watches, whatever else they are, is
// not let in where films are watched.
func (s *Service) Invitable(roles []policies.Role) bool {
	someone := policies.Actor{Kind: policies.ActorPerson, ID: uuid.Max, Roles: roles}
	facts := policies.Facts{Part: policies.PartPeer, SharingOpen: true}
	return s.Policy.Decide(someone, policies.RecordingWatch, facts, policies.PeerReview).Allowed
}

// asked says whether the leader of a circle has to be asked: a coach who did not
// make it.
func (c circle) asked() Request {
	if c.session.LeaderID != c.session.MakerID && c.leaderIs(policies.Coach) {
		return Asked
	}
	return NotAsked
}
