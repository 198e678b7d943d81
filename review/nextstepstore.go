package review

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// NextStepKeys is what this room needs of media for words that hang on no
// recording: each next step has a data key of its own, so that a deleted one
// cannot be read from any old copy either.
type NextStepKeys interface {
	// Create makes the key of a new next step. Nothing it stores tells when.
	Create(ctx context.Context, tx *gorm.DB, id uuid.UUID) error
	// Texts opens the key. Errors: ErrNotFound where it is gone for good.
	Texts(ctx context.Context, tx *gorm.DB, id uuid.UUID) (Texts, error)
	// Forget has the key destroyed.
	Forget(ctx context.Context, tx *gorm.DB, id uuid.UUID) error
}

// nextStepRow is a next step as the database has it: whose, and what became of
// it. No time is kept; number orders those of one person.
type nextStepRow struct {
	ID       uuid.UUID
	PersonID uuid.UUID
	Number   int64
	State    NextStepState
	Sealed   []byte
	Version  int64
}

func (nextStepRow) TableName() string { return "next_steps" }

// nextStepWords are what is sealed of a next step.
type nextStepWords struct {
	Text    string `json:"text"`
	Date    string `json:"date"`
	Insight string `json:"insight"`
}

const kindNextStep = "next_step"

func (r *nextStepRow) write(n NextStep, texts Texts) error {
	r.State, r.Version = n.State, n.Version
	var err error
	r.Sealed, err = words.Seal(texts, kindNextStep, words.Place(r.ID, r.Version), nextStepWords{n.Text, n.Date, n.Insight})
	return err
}

func (r nextStepRow) read(texts Texts) (NextStep, error) {
	w, err := words.Open[nextStepWords](texts, kindNextStep, words.Place(r.ID, r.Version), r.Sealed)
	return NextStep{ID: r.ID, Text: w.Text, State: r.State, Date: w.Date, Insight: w.Insight, Version: r.Version}, err
}

// NextSteps are the actor's own, newest first. One whose key is gone for good
// (a database that was put back) is as if it were not there.
func (s *Service) NextSteps(ctx context.Context, actor policies.Actor) ([]NextStep, error) {
	var steps []NextStep
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		steps = nil
		var rows []nextStepRow
		if err := tx.Where("person_id = ?", actor.ID).Order("number DESC, id").Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			texts, err := s.NextStepKeys.Texts(ctx, tx, row.ID)
			if errors.Is(err, ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			step, err := row.read(texts)
			texts.Close()
			if err != nil {
				return err
			}
			steps = append(steps, step)
		}
		return nil
	})
	return steps, err
}

// AddNextStep keeps a new, open one for the actor. Errors: *Invalid.
func (s *Service) AddNextStep(ctx context.Context, actor policies.Actor, text, date string) (NextStep, error) {
	step := NextStep{ID: words.TimelessID(), Text: text, State: NextStepOpen, Date: date, Version: 1}
	if err := step.check(); err != nil {
		return NextStep{}, err
	}
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := s.NextStepKeys.Create(ctx, tx, step.ID); err != nil {
			return err
		}
		texts, err := s.NextStepKeys.Texts(ctx, tx, step.ID)
		if err != nil {
			return err
		}
		defer texts.Close()
		row := nextStepRow{ID: step.ID, PersonID: actor.ID}
		own := tx.Model(&nextStepRow{}).Where("person_id = ?", actor.ID)
		if err := own.Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error; err != nil {
			return err
		}
		if err := row.write(step, texts); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	return step, err
}

// ChangeNextStep changes one of the actor's own if it still has the version
// that was read. Errors: ErrNotFound, ErrChanged, *Invalid.
func (s *Service) ChangeNextStep(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64, change NextStepChange) (NextStep, error) {
	var changed NextStep
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		row, err := takeNextStep(tx, actor.ID, id, version)
		if err != nil {
			return err
		}
		texts, err := s.NextStepKeys.Texts(ctx, tx, id)
		if err != nil {
			return err
		}
		defer texts.Close()
		before, err := row.read(texts)
		if err != nil {
			return err
		}
		changed = change.apply(before)
		if err := changed.check(); err != nil {
			return err
		}
		changed.Version = version + 1
		if err := row.write(changed, texts); err != nil {
			return err
		}
		return first(tx.Model(&nextStepRow{}).Where("id = ? AND version = ?", id, version).Select("*").Updates(&row))
	})
	return changed, err
}

// DeleteNextStep deletes one of the actor's own and has its key destroyed.
// Errors: ErrNotFound, ErrChanged.
func (s *Service) DeleteNextStep(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if _, err := takeNextStep(tx, actor.ID, id, version); err != nil {
			return err
		}
		if err := first(tx.Where("id = ? AND version = ?", id, version).Delete(&nextStepRow{})); err != nil {
			return err
		}
		return s.NextStepKeys.Forget(ctx, tx, id)
	})
}

// takeNextStep finds one of the person's own; another's is not there.
func takeNextStep(tx *gorm.DB, personID, id uuid.UUID, version int64) (nextStepRow, error) {
	var rows []nextStepRow
	err := tx.Where("id = ? AND person_id = ?", id, personID).Limit(1).Find(&rows).Error
	switch {
	case err != nil:
		return nextStepRow{}, err
	case len(rows) == 0:
		return nextStepRow{}, ErrNotFound
	case rows[0].Version != version:
		return nextStepRow{}, ErrChanged
	}
	return rows[0], nil
}
