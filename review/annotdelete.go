package review

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Delete takes one's own note, with its replies, out of sight if it still has
// the version that was read. For Undo it can be put back; then Purge takes the
// rows. Errors: ErrNotFound, ErrChanged.
func (s *Service) Delete(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64) error {
	return s.change(ctx, actor, policies.AnnotationDelete, id, version, func(tx *gorm.DB, row annotationRow, _ Subject) error {
		now := s.now()
		_, err := s.turn(ctx, tx, row, &now)
		return err
	})
}

// Restore puts back what was deleted less than Undo ago, exactly as it was, and
// answers alike when it is back already: an answer may have been lost on its
// way. Errors: ErrNotFound, also when it is too late.
func (s *Service) Restore(ctx context.Context, actor policies.Actor, id uuid.UUID) (Annotation, error) {
	var restored Annotation
	err := s.within(ctx, func(tx *gorm.DB) error {
		row, err := takeDeleted(tx, id, s.undoable())
		if err != nil {
			return err
		}
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.AnnotationDelete, row.RecordingID, row.AuthorID); err != nil {
			return err
		}
		if row.DeletedAt == nil {
			restored, err = s.open(ctx, tx, row)
			return err
		}
		if restored, err = s.turn(ctx, tx, row, nil); err != nil {
			return err
		}
		return s.Recordings.Raise(ctx, tx, row.RecordingID)
	})
	return restored, err
}

// turn deletes or restores a note. Either is a version of it, so that a request
// which was long on its way meets no version it knows.
func (s *Service) turn(ctx context.Context, tx *gorm.DB, row annotationRow, deletedAt *time.Time) (Annotation, error) {
	before, err := s.open(ctx, tx, row)
	if err != nil {
		return Annotation{}, err
	}
	version := row.Version
	row.Version, row.DeletedAt = version+1, deletedAt
	after, err := s.seal(ctx, tx, &row, before.Note)
	if err != nil {
		return Annotation{}, err
	}
	return after, replace(tx, &row, version)
}

func (s *Service) open(ctx context.Context, tx *gorm.DB, row annotationRow) (Annotation, error) {
	texts, err := s.Recordings.Texts(ctx, tx, row.RecordingID)
	if err != nil {
		return Annotation{}, err
	}
	defer texts.Close()
	return row.read(texts)
}

// Purge removes what was deleted and can be put back no more.
func (s *Service) Purge(ctx context.Context) error {
	return s.DB.WithContext(ctx).Where("deleted_at <= ?", s.undoable()).Delete(&annotationRow{}).Error
}

// undoable is the moment after which a deletion can still be undone.
func (s *Service) undoable() time.Time { return s.now().Add(-Undo - undoGrace) }

// takeDeleted is a note that is there, or was deleted after the moment; a reply
// only while the note it replies to is there.
func takeDeleted(tx *gorm.DB, id uuid.UUID, after time.Time) (annotationRow, error) {
	var row annotationRow
	err := tx.Where("id = ? AND (deleted_at IS NULL OR deleted_at > ?)", id, after).Take(&row).Error
	if err == nil && row.ParentID != nil {
		_, err = takeRow(tx, *row.ParentID)
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}
