package review

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
)

// CreateFrom is Create from a draft, which is gone in the same instant. Asked
// again, because an answer got lost, it makes no second note: the first one gets
// what was typed since. Errors: those of Create; ErrChanged when that note was
// changed or deleted meanwhile.
func (s *Service) CreateFrom(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, note Note, draft DraftRef) (Annotation, error) {
	return s.create(ctx, actor, recordingID, note, &draft)
}

// UpdateFrom is Update from a draft, which is gone in the same instant.
func (s *Service) UpdateFrom(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64, change Change, draft DraftRef) (Annotation, error) {
	return s.update(ctx, actor, id, version, change, &draft)
}

// insert keeps a new note, or finds the one that its draft became already.
func (s *Service) insert(ctx context.Context, tx *gorm.DB, row annotationRow, note Note, draft *DraftRef) (Annotation, error) {
	if draft == nil {
		created, err := s.seal(ctx, tx, &row, note)
		if err != nil {
			return created, err
		}
		return created, tx.Create(&row).Error
	}
	var before []annotationRow
	err := tx.Where("recording_id = ? AND author_id = ? AND draft_id = ?", row.RecordingID, row.AuthorID, draft.ID).Limit(1).Find(&before).Error
	if err != nil {
		return Annotation{}, err
	}
	if len(before) > 0 {
		return s.again(ctx, tx, before[0], note)
	}
	row.DraftID = &draft.ID
	created, err := s.seal(ctx, tx, &row, note)
	if err != nil {
		return created, err
	}
	return created, first(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row))
}

// again puts what is saved once more into the note it became the first time.
func (s *Service) again(ctx context.Context, tx *gorm.DB, row annotationRow, note Note) (Annotation, error) {
	if row.Version != 1 || row.DeletedAt != nil {
		return Annotation{}, ErrChanged
	}
	row.Version, row.UpdatedAt = 2, s.now()
	after, err := s.seal(ctx, tx, &row, note)
	if err != nil {
		return after, err
	}
	return after, replace(tx, &row, 1)
}
