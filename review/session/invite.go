package session

import (
	"context"
	"errors"
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
	return Invitation{SessionID: row.ID, StartsAt: *row.StartsAt, Takes: takes, Sequence: row.Version}, nil
}

// Invite sends everyone of a session that is prepared one letter, at most once: it
// is noted before the letter goes. Only a letter that certainly did not go is tried
// again. Who signs in with something else than an e-mail address gets none. It may
// run in any number of processes. write makes the letter, without an address.
func (s *Service) Invite(ctx context.Context, mailer consent.Mailer, write func(Invitation) (consent.Letter, error)) error {
	addresses, err := s.addresses(ctx)
	if err != nil {
		return err
	}
	var due []personRow
	err = s.DB.WithContext(ctx).Table("session_people p").Select("p.*").Joins("JOIN review_sessions s ON s.id = p.session_id").
		Where("s.state = ? AND s.starts_at > ? AND p.mailed_at IS NULL AND p.removed_at IS NULL", Preparing, s.now()).
		Order("p.added_at, p.person_id").Scan(&due).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, row := range due {
		to, known := addresses[row.PersonID]
		if !known {
			continue
		}
		err := s.invite(ctx, row, to, mailer, write)
		if errs = append(errs, err); errors.Is(err, consent.ErrMailUnavailable) {
			break // for the others too
		}
	}
	return errors.Join(errs...)
}

// addresses are those of people who sign in with one, and can.
func (s *Service) addresses(ctx context.Context) (map[uuid.UUID]string, error) {
	people, err := s.People.List(ctx)
	addresses := map[uuid.UUID]string{}
	for _, person := range people {
		if address, err := consent.ParseAddress(person.Login); err == nil {
			addresses[person.ID] = address
		}
	}
	return addresses, err
}

func (s *Service) invite(ctx context.Context, row personRow, to string, mailer consent.Mailer, write func(Invitation) (consent.Letter, error)) error {
	invitation, mine, err := s.claimInvitation(ctx, row)
	if err != nil || !mine {
		return err
	}
	letter, err := write(invitation)
	if err == nil {
		letter.To = to
		err = mailer.Send(ctx, letter)
	}
	if err == nil || errors.Is(err, consent.ErrMailUnsure) || errors.Is(err, consent.ErrMailAddress) {
		return err
	}
	again := s.DB.WithContext(ctx).Model(&personRow{}).Where("session_id = ? AND person_id = ?", row.SessionID, row.PersonID)
	return errors.Join(err, again.Update("mailed_at", nil).Error)
}

// claimInvitation notes that the letter goes, for one process alone; not mine is
// what another one sends, or what is not to be sent now.
func (s *Service) claimInvitation(ctx context.Context, row personRow) (invitation Invitation, mine bool, err error) {
	err = s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.see(ctx, tx, policies.Actor{Kind: policies.ActorSystem}, row.SessionID, true)
		if err != nil || seen.row.State != Preparing || seen.row.StartsAt == nil || !s.reads(seen.circle, row.PersonID) {
			return err
		}
		claimed := tx.Model(&personRow{}).
			Where("session_id = ? AND person_id = ? AND mailed_at IS NULL AND removed_at IS NULL", row.SessionID, row.PersonID).
			Update("mailed_at", s.now())
		if claimed.Error != nil || claimed.RowsAffected != 1 {
			return claimed.Error
		}
		if invitation, err = s.invitation(seen.row); err != nil {
			return err
		}
		mine = true
		return s.raise(tx, &seen.row)
	})
	if errors.Is(err, ErrNotFound) {
		return invitation, false, nil // it went meanwhile
	}
	return invitation, mine && err == nil, err
}
