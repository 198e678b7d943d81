package session

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// sight is what the database says, at one moment, of an actor before a session.
type sight struct {
	row    sessionRow
	circle *circle
	people []personRow // members, also those who were taken out
	actor  policies.Actor
	facts  policies.Facts
	rule   string // what allowed it
}

// allow decides on the facts of this moment whether the actor may do the action
// to the session. change locks the session's row until the transaction ends; the
// rows of recordings are only ever locked after it. Errors: ErrNotFound, to be
// given to within, which has it written.
func (s *Service) allow(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, id uuid.UUID, change bool) (sight, error) {
	seen, err := s.see(ctx, tx, actor, id, change)
	if err != nil {
		return sight{}, err
	}
	decision := s.Policy.Decide(seen.actor, action, seen.facts, policies.NoPurpose)
	if !decision.Allowed {
		return sight{}, &refusal{entryOf(seen, action, decision.Rule, audit.Refused)}
	}
	seen.rule = decision.Rule
	return seen, nil
}

func (s *Service) see(ctx context.Context, tx *gorm.DB, actor policies.Actor, id uuid.UUID, change bool) (sight, error) {
	tx = tx.WithContext(ctx)
	query := tx
	if change {
		query = tx.Clauses(clause.Locking{Strength: "NO KEY UPDATE"})
	}
	seen := sight{actor: actor}
	err := query.Where("id = ?", id).Take(&seen.row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return sight{}, ErrNotFound
	}
	if err != nil {
		return sight{}, err
	}
	if err := tx.Where("session_id = ?", id).Order("added_at, person_id").Find(&seen.people).Error; err != nil {
		return sight{}, err
	}
	circles, err := (Roster{s.People}).circles(ctx, tx, []uuid.UUID{id})
	if err != nil {
		return sight{}, err
	}
	if seen.circle = circles[id]; seen.circle == nil {
		return sight{}, ErrNotFound // it went since its row was read
	}
	seen.facts, seen.actor.Roles = seen.circle.face(actor)
	return seen, nil
}

// face is what someone is to the session, with their roles of this moment. Who
// evaluates one of its owners or members stands before nothing, whatever else they
// are; a stranger does so too.
func (c circle) face(actor policies.Actor) (policies.Facts, []policies.Role) {
	self := c.live[policies.Pair{ActorID: actor.ID, OwnerID: actor.ID}]
	facts := policies.Facts{
		Member: c.has(actor.ID), Maker: c.session.MakerID == actor.ID, Leader: c.session.LeaderID == actor.ID,
		Disabled: self.Disabled, Evaluates: c.judges(actor.ID),
	}
	return facts, self.Roles
}

// entryOf is the audit entry of something done to a session. It names no member
// but the actor, and no recording.
func entryOf(seen sight, action policies.Action, rule, result string) audit.Entry {
	return audit.Entry{
		ActorKind: string(seen.actor.Kind), ActorID: seen.actor.ID.String(), Action: string(action),
		ObjectKind: string(policies.Session), ObjectID: seen.row.ID.String(), Rule: rule, Result: result,
	}
}

// raise marks that something of the session changed: screens that follow it read
// it again. The row is locked by allow.
func (s *Service) raise(tx *gorm.DB, row *sessionRow) error {
	row.Version, row.UpdatedAt = row.Version+1, s.now()
	if row.emptied() {
		row.Sealed = []byte{} // SQLite reads nothing as NULL, which the column is not
	}
	if err := announce(tx, Word{SessionID: row.ID}); err != nil {
		return err
	}
	return tx.Model(&sessionRow{}).Where("id = ?", row.ID).Select("*").Updates(row).Error
}
