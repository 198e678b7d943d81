package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
)

// Invitation is what leaves the product of a session: when it is, for how long, and
// a number that rises when that changes.
type Invitation struct {
	SessionID uuid.UUID
	StartsAt  time.Time
	Takes     time.Duration // in half hours: it tells no protocol from another
	Sequence  int64
	Off       bool // the session was cancelled
}

// slot is what calendars are filled with.
const slot = 30 * time.Minute

// Invitation is that of a session which the actor may read. Errors: ErrNotFound,
// also for one without a date.
func (s *Service) Invitation(ctx context.Context, actor policies.Actor, id uuid.UUID) (invitation Invitation, err error) {
	err = s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionRead, id, false)
		if err != nil {
			return err
		}
		if seen.row.StartsAt == nil {
			return ErrNotFound
		}
		invitation, err = s.invitation(seen.row)
		return err
	})
	return invitation, err
}

func (s *Service) invitation(row sessionRow) (Invitation, error) {
	plan, err := s.plan(row)
	if err != nil {
		return Invitation{}, err
	}
	takes := (time.Duration(plan.Minutes)*time.Minute + slot - 1).Truncate(slot)
	return Invitation{SessionID: row.ID, StartsAt: *row.StartsAt, Takes: takes, Sequence: row.Version, Off: row.State == Cancelled}, nil
}

// Invite sends everyone of a session that is prepared one letter (see post), and
// another one for each moment it is moved to. It may run in any number of processes.
func (s *Service) Invite(ctx context.Context, mailer consent.Mailer, write func(Invitation) (consent.Letter, error)) error {
	var due []personRow
	err := s.DB.WithContext(ctx).Table("session_people p").Select("p.*").Joins("JOIN review_sessions s ON s.id = p.session_id").
		Where("s.state = ? AND s.starts_at > ? AND p.mailed_at IS NULL AND p.removed_at IS NULL", Preparing, s.now()).
		Order("p.added_at, p.person_id").Scan(&due).Error
	if err != nil {
		return err
	}
	return s.post(ctx, due, mailer, s.claimInvitation, write)
}

func (s *Service) claimInvitation(ctx context.Context, row personRow) (mine *claimed, err error) {
	err = s.within(ctx, func(tx *gorm.DB) error {
		mine = nil
		seen, err := s.see(ctx, tx, policies.Actor{Kind: policies.ActorSystem}, row.SessionID, true)
		if err != nil || seen.row.State != Preparing || seen.row.StartsAt == nil || !s.reads(seen.circle, row.PersonID) {
			return err
		}
		row, there := seen.person(row.PersonID)
		if !there || row.MailedAt != nil || row.RemovedAt != nil {
			return nil
		}
		about, err := s.invitation(seen.row)
		if err != nil {
			return err
		}
		now := s.now()
		if err := row.mark(tx, map[string]any{"mailed_at": now, "invited_for": about.StartsAt}); err != nil {
			return err
		}
		mine = &claimed{about, func(db *gorm.DB) error {
			same := db.Where("mailed_at = ? AND invited_for = ?", now, about.StartsAt)
			return same.Updates(map[string]any{"mailed_at": nil, "invited_for": row.InvitedFor}).Error
		}}
		return s.raise(tx, &seen.row)
	})
	return mine, err
}
