package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// changed are leader and members after the change. Who led and does so no more is
// out of it, unless they are named among the others.
func (seen sight) changed(change Change) (leader uuid.UUID, members []uuid.UUID) {
	plan := Plan{People: slices.DeleteFunc(slices.Clone(seen.circle.members), func(member uuid.UUID) bool {
		return member == seen.row.LeaderID
	})}
	if change.People != nil {
		plan.People = *change.People
	}
	if seen.row.LeaderID != seen.row.MakerID {
		plan.LeaderID = &seen.row.LeaderID
	}
	put(&plan.LeaderID, change.LeaderID)
	return plan.members(seen.row.MakerID)
}

// regroup makes these the people of the session, after the guard was asked about
// all of them together.
func (s *Service) regroup(ctx context.Context, tx *gorm.DB, seen *sight, leader uuid.UUID, members []uuid.UUID) error {
	before := seen.circle
	after, err := Roster{s.People}.with(ctx, tx, *before, leader, members)
	if err != nil {
		return err
	}
	gone := slices.DeleteFunc(slices.Clone(before.members), after.has)
	joined := slices.DeleteFunc(slices.Clone(members), before.has)
	after.fragments = map[int]fragmentRow{}
	var taken []fragmentRow
	for n, f := range before.fragments {
		if f.TakenBackAt == nil && slices.Contains(gone, f.OwnerID) {
			taken = append(taken, f)
		} else {
			after.fragments[n] = f
		}
	}
	if leader != seen.row.LeaderID {
		joined = append(joined, leader)
	}
	if err := s.admit(ctx, tx, after, joined); err != nil {
		return err
	}
	if err := s.stillOpen(ctx, tx, *before, *after); err != nil {
		return err
	}
	if err := s.takeBack(ctx, tx, taken...); err != nil {
		return err
	}
	if leader != seen.row.LeaderID {
		seen.row.LeaderID, seen.row.Request = leader, after.asked()
	}
	seen.circle = after
	return s.keepPeople(ctx, tx, seen.row.ID, gone, members)
}

// stillOpen refuses people for whom the citizen's yes does not hold: what everyone
// could look at would close to all of them. Errors: *Barred of ErrScope.
func (s *Service) stillOpen(ctx context.Context, tx *gorm.DB, before, after circle) error {
	var recordings []uuid.UUID
	for _, f := range after.fragments {
		recordings = append(recordings, f.RecordingID)
	}
	standings, err := s.Looks.Standings(ctx, tx, recordings)
	if err != nil {
		return err
	}
	names, err := s.names(ctx, tx, &after)
	if err != nil {
		return err
	}
	var problems []Problem
	for _, f := range after.fragments {
		now := standings[f.RecordingID]
		if before.shared(f, now) && !after.shared(f, now) {
			problems = append(problems, Problem{Code: ProblemScope, OwnerName: names[f.OwnerID]})
		}
	}
	return barred(problems)
}

// keepPeople writes who is in the session: gone are those who are no more, members
// everyone who is. Whoever is gone takes what they wrote along.
func (s *Service) keepPeople(ctx context.Context, tx *gorm.DB, id uuid.UUID, gone, members []uuid.UUID) error {
	tx = tx.WithContext(ctx)
	if len(gone) > 0 {
		left := tx.Model(&personRow{}).Where("session_id = ? AND person_id IN ? AND removed_at IS NULL", id, gone)
		if err := left.Updates(map[string]any{"removed_at": s.now(), "present": false, "on_paper": false}).Error; err != nil {
			return err
		}
		// What they wrote could be shown, and they could not take it back any more.
		if err := tx.Where("session_id = ? AND author_id IN ?", id, gone).Delete(&contributionRow{}).Error; err != nil {
			return err
		}
	}
	for _, member := range members {
		back := tx.Model(&personRow{}).Where("session_id = ? AND person_id = ?", id, member)
		done := back.Where("removed_at IS NOT NULL").Updates(map[string]any{"removed_at": nil, "added_at": s.now(), "mailed_at": nil})
		if done.Error != nil {
			return done.Error
		}
		row := personRow{SessionID: id, PersonID: member, AddedAt: s.now()}
		if err := tx.Clauses(doNothing).Create(&row).Error; err != nil {
			return err
		}
	}
	return nil
}
