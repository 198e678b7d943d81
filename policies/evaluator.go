package policies

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// ErrEvaluator says that an evaluator relation is not valid or not there.
var ErrEvaluator = errors.New("evaluator relation is not valid")

const (
	// afterglow is how long an ended relation still counts: twelve months,
	// never short of them in a leap year.
	afterglow = 366 * 24 * time.Hour
	// proof is how long an ended relation is kept after it stopped counting.
	proof = 366 * 24 * time.Hour
)

// RecordEvaluator writes down that evaluator judges evaluated from beginsAt
// on. It counts at once, also when beginsAt is still to come. recordedBy is
// nil for the program itself. Errors: ErrEvaluator (someone of themselves),
// ErrNoPerson.
func (p *People) RecordEvaluator(ctx context.Context, evaluator, evaluated uuid.UUID, beginsAt time.Time, recordedBy *uuid.UUID) (uuid.UUID, error) {
	if evaluator == evaluated {
		return uuid.Nil, fmt.Errorf("%w: nobody evaluates themselves", ErrEvaluator)
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, err
	}
	row := relationRow{id, evaluator, evaluated, beginsAt.UTC(), p.utc(), recordedBy}
	if err := p.db.WithContext(ctx).Create(&row).Error; notFound(err) {
		return uuid.Nil, ErrNoPerson
	} else if err != nil {
		return uuid.Nil, fmt.Errorf("record evaluator: %w", err)
	}
	return id, nil
}

// EndEvaluator writes down that the relation ends at endsAt. It goes on
// counting until twelve months after endsAt or after this was recorded,
// whichever is later: an ending written with an old date opens nothing
// (invariant 8). Of several endings the last one counts. Error: ErrEvaluator.
func (p *People) EndEvaluator(ctx context.Context, relationID uuid.UUID, endsAt time.Time, recordedBy *uuid.UUID) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	now, ends := p.utc(), endsAt.UTC()
	last := now
	if ends.After(last) {
		last = ends
	}
	row := endingRow{id, relationID, ends, now, recordedBy, last.Add(afterglow + proof)}
	if err := p.db.WithContext(ctx).Create(&row).Error; notFound(err) {
		return fmt.Errorf("%w: no such relation", ErrEvaluator)
	} else if err != nil {
		return fmt.Errorf("end evaluator: %w", err)
	}
	return nil
}

// PurgeEvaluators deletes relations all of whose endings are past their term,
// by the database's clock, and returns how many.
func (p *People) PurgeEvaluators(ctx context.Context) (int64, error) {
	var purged int64
	err := within(ctx, p.db, nil, func(tx *gorm.DB) error {
		done := tx.Exec(`DELETE FROM evaluator_relations
			WHERE EXISTS (SELECT 1 FROM evaluator_endings e WHERE e.relation_id = evaluator_relations.id)
			AND NOT EXISTS (SELECT 1 FROM evaluator_endings e WHERE e.relation_id = evaluator_relations.id AND e.purge_after > CURRENT_TIMESTAMP)`)
		purged = done.RowsAffected
		return done.Error
	})
	if err != nil {
		return 0, fmt.Errorf("purge evaluators: %w", err)
	}
	return purged, nil
}
