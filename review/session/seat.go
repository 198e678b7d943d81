package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
)

// sitDown writes who is there. On a shared screen nobody has a stream of their own
// that would name them as a viewer.
func (s *Service) sitDown(ctx context.Context, tx *gorm.DB, seen sight, who Presence) error {
	all := tx.WithContext(ctx).Model(&personRow{}).Where("session_id = ?", seen.row.ID)
	if err := all.Updates(map[string]any{"present": false, "on_paper": false, "ready_step": nil}).Error; err != nil {
		return err
	}
	for _, person := range who.there() {
		one := tx.WithContext(ctx).Model(&personRow{}).Where("session_id = ? AND person_id = ?", seen.row.ID, person)
		if err := one.Updates(map[string]any{"present": true, "on_paper": slices.Contains(who.OnPaper, person)}).Error; err != nil {
			return err
		}
	}
	if seen.row.Place != InRoom {
		return nil
	}
	return s.seat(ctx, tx, seen, who.there())
}

// present are those who are there, by what was said of who came and left.
func (seen sight) present() (people []uuid.UUID) {
	for _, person := range seen.people {
		if person.RemovedAt == nil && person.Present {
			people = append(people, person.PersonID)
		}
	}
	return people
}

// seat has the log name each of them before each fragment that is open; of these
// numbers, if any are given.
func (s *Service) seat(ctx context.Context, tx *gorm.DB, seen sight, there []uuid.UUID, numbers ...int) error {
	onlookers := seen.circle.along(there, numbers...)
	open, err := s.Looks.OpenTo(ctx, tx, onlookers)
	if err != nil {
		return err
	}
	return s.Looks.Seat(ctx, tx, slices.DeleteFunc(onlookers, func(o media.Onlooker) bool { return !open[o] }))
}
