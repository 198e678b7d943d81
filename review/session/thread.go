package session

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// Round is one session of a series on one learning question.
type Round struct {
	ID       uuid.UUID
	Round    int // from 1
	State    State
	StartsAt *time.Time
	// Tried is what was said, in a round that has ended, to have been tried since
	// the one before.
	Tried []Tried
}

// Tried is what someone had tried.
type Tried struct {
	AuthorID uuid.UUID
	Body     string
}

// Thread is the rounds of the learning question that the actor is a member of, in
// order: those that are still there. What is about a fragment is in none of them;
// what was not revealed when a round ended never is. Errors: ErrNotFound.
func (s *Service) Thread(ctx context.Context, actor policies.Actor, id uuid.UUID) ([]Round, error) {
	var rounds []Round
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionRead, id, false)
		if err != nil {
			return err
		}
		rounds, err = s.thread(ctx, tx, seen)
		return err
	})
	return rounds, err
}

func (s *Service) thread(ctx context.Context, tx *gorm.DB, seen sight) (rounds []Round, err error) {
	var rows []sessionRow
	if err := tx.Where("series_id = ?", seen.row.SeriesID).Order("round, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	others, err := s.readable(ctx, tx, seen.actor, rows)
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		row := other.row
		round := Round{ID: row.ID, Round: row.Round, State: row.State, StartsAt: row.StartsAt}
		if round.Tried, err = s.tried(ctx, tx, other); err != nil {
			return nil, err
		}
		rounds = append(rounds, round)
	}
	return rounds, nil
}

// tried is what members said in a round that has ended, if the actor accepted its
// agreement. A key that is gone has taken it along.
func (s *Service) tried(ctx context.Context, tx *gorm.DB, seen sight) (list []Tried, err error) {
	if seen.row.State != Finished || !seen.circle.agreed[seen.actor.ID] {
		return nil, nil
	}
	now, err := s.stage(seen.row)
	if err != nil {
		return nil, err
	}
	var rows []contributionRow
	err = tx.Where("session_id = ? AND recording_id IS NULL AND parent_id IS NULL AND kind = ?", seen.row.ID, protocol.Tried).Find(&rows).Error
	rows = slices.DeleteFunc(rows, func(row contributionRow) bool { return !now.told(row.Step) })
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	slices.SortFunc(rows, byPlace)
	texts, err := s.Keys.Texts(ctx, tx, seen.row.ID)
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer texts.Close()
	for _, row := range rows {
		read, err := row.read(texts)
		if err != nil {
			return nil, err
		}
		list = append(list, Tried{row.AuthorID, read.Body})
	}
	return list, nil
}
