package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
)

// letterTerm is how long what is left of a session waits for its letters.
const letterTerm = 24 * time.Hour

// CallOff sends everyone who was mailed an invitation one letter (see post) when
// the session is cancelled or they are taken out of it, while the moment that they
// were told is still to come. To whom evaluates someone of it nothing is written,
// also not that something is off. It may run in any number of processes.
func (s *Service) CallOff(ctx context.Context, mailer consent.Mailer, write func(Invitation) (consent.Letter, error)) error {
	var due []personRow
	err := s.toCallOff(s.DB.WithContext(ctx)).Select("p.*").Order("p.added_at, p.person_id").Scan(&due).Error
	if err != nil {
		return err
	}
	return s.post(ctx, due, mailer, s.claimCallOff, write)
}

// toCallOff are those who hold an invitation to what they are not to come to.
func (s *Service) toCallOff(db *gorm.DB) *gorm.DB {
	return db.Table("session_people p").Joins("JOIN review_sessions s ON s.id = p.session_id").
		Where("p.invited_for > ? AND (p.removed_at IS NOT NULL OR s.state = ?)", s.now(), Cancelled)
}

// lettersDue says whether someone still has to hear that they need not come, so that
// the row of the session is to wait: at most a day after it was cancelled or they
// were taken out.
func (s *Service) lettersDue(tx *gorm.DB, sessionID uuid.UUID) (bool, error) {
	var due int64
	since := s.now().Add(-letterTerm)
	err := s.toCallOff(tx).Where("s.id = ?", sessionID).
		Where("p.removed_at > ? OR (s.state = ? AND s.ended_at > ?)", since, Cancelled, since).Count(&due).Error
	return due > 0, err
}

func (s *Service) claimCallOff(ctx context.Context, row personRow) (mine *claimed, err error) {
	err = s.within(ctx, func(tx *gorm.DB) error {
		mine = nil
		seen, err := s.see(ctx, tx, policies.Actor{Kind: policies.ActorSystem}, row.SessionID, true)
		if err != nil {
			return err
		}
		row, there := seen.person(row.PersonID)
		if !there || row.InvitedFor == nil || !row.InvitedFor.After(s.now()) || row.RemovedAt == nil && seen.row.State != Cancelled {
			return nil
		}
		if err := row.mark(tx, map[string]any{"invited_for": nil}); err != nil {
			return err
		}
		may, err := s.mayWriteTo(ctx, tx, seen, row.PersonID)
		if err != nil || !may {
			return err
		}
		told := seen.row
		told.StartsAt = row.InvitedFor // what they know of
		about, err := s.invitation(told)
		if err != nil {
			return err
		}
		mine = &claimed{about, func(db *gorm.DB) error {
			return db.Where("invited_for IS NULL").Update("invited_for", row.InvitedFor).Error
		}}
		return nil
	})
	return mine, err
}

// mayWriteTo asks about someone among everyone who ever was in the session.
func (s *Service) mayWriteTo(ctx context.Context, tx *gorm.DB, seen sight, person uuid.UUID) (bool, error) {
	var ever []uuid.UUID
	for _, row := range seen.people {
		ever = append(ever, row.PersonID)
	}
	with, err := Roster{s.People}.with(ctx, tx, *seen.circle, seen.row.LeaderID, ever)
	if err != nil {
		return false, err
	}
	return !with.live[policies.Pair{ActorID: person, OwnerID: person}].Disabled && !with.judges(person), nil
}

// person is the row of someone who is in it, or was.
func (seen sight) person(id uuid.UUID) (personRow, bool) {
	for _, row := range seen.people {
		if row.PersonID == id {
			return row, true
		}
	}
	return personRow{}, false
}

// mark changes the row, under the lock of its session.
func (r personRow) mark(tx *gorm.DB, to map[string]any) error {
	return tx.Model(&personRow{}).Where("session_id = ? AND person_id = ?", r.SessionID, r.PersonID).Updates(to).Error
}
