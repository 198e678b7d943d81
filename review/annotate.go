package review

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// List is the notes on a recording that the actor may read, by position.
// Errors: ErrNotFound.
func (s *Service) List(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) ([]Annotation, error) {
	var annotations []Annotation
	err := s.opened(ctx, actor, policies.AnnotationRead, recordingID, func(tx *gorm.DB, texts Texts) error {
		rows, err := readable(tx, recordingID, actor.ID)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			annotation, err := row.read(texts)
			if err != nil {
				return err
			}
			annotations = append(annotations, annotation)
		}
		return nil
	})
	return annotations, err
}

// Create keeps a note. Errors: ErrNotFound, *Invalid.
func (s *Service) Create(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, note Note) (Annotation, error) {
	return s.create(ctx, actor, recordingID, note, nil)
}

func (s *Service) create(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, note Note, draft *DraftRef) (Annotation, error) {
	var created Annotation
	err := s.within(ctx, func(tx *gorm.DB) error {
		subject, err := s.Recordings.Allow(ctx, tx, actor, policies.AnnotationCreate, recordingID, actor.ID)
		if err != nil {
			return err
		}
		if err := inThread(tx, recordingID, actor.ID, &note); err != nil {
			return err
		}
		if err := note.check(subject.DurationMs); err != nil {
			return err
		}
		now := s.now()
		row := annotationRow{
			ID: uuid.Must(uuid.NewV7()), RecordingID: recordingID, AuthorID: actor.ID, Version: 1, CreatedAt: now, UpdatedAt: now,
		}
		if created, err = s.insert(ctx, tx, row, note, draft); err != nil {
			return err
		}
		if err := s.dropDraft(ctx, tx, row, draft, note.Body); err != nil {
			return err
		}
		return s.Recordings.Raise(ctx, tx, recordingID)
	})
	return created, err
}

func (s *Service) seal(ctx context.Context, tx *gorm.DB, row *annotationRow, note Note) (Annotation, error) {
	texts, err := s.Recordings.Texts(ctx, tx, row.RecordingID)
	if err != nil {
		return Annotation{}, err
	}
	defer texts.Close()
	if note.Tags == nil {
		note.Tags = []string{}
	}
	if err := row.write(note, texts); err != nil {
		return Annotation{}, err
	}
	return row.read(texts)
}

// Update changes one's own note if it still has the version that was read.
// Errors: ErrNotFound, ErrChanged, *Invalid.
func (s *Service) Update(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64, change Change) (Annotation, error) {
	return s.update(ctx, actor, id, version, change, nil)
}

func (s *Service) update(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64, change Change, draft *DraftRef) (Annotation, error) {
	var updated Annotation
	err := s.change(ctx, actor, policies.AnnotationUpdate, id, version, func(tx *gorm.DB, row annotationRow, subject Subject) error {
		texts, err := s.Recordings.Texts(ctx, tx, row.RecordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		before, err := row.read(texts)
		if err != nil {
			return err
		}
		note := change.apply(before.Note)
		if row.ParentID != nil {
			note.StartMs, note.EndMs = row.StartMs, row.EndMs
		}
		if err := note.check(subject.DurationMs); err != nil {
			return err
		}
		row.Version, row.UpdatedAt = version+1, s.now()
		if updated, err = s.seal(ctx, tx, &row, note); err != nil {
			return err
		}
		if err := replace(tx, &row, version); err != nil {
			return err
		}
		if err := s.dropDraft(ctx, tx, row, draft, note.Body); err != nil {
			return err
		}
		return tx.Model(&annotationRow{}).Where("parent_id = ?", id).
			UpdateColumns(map[string]any{"start_ms": note.StartMs, "end_ms": note.EndMs}).Error
	})
	return updated, err
}

// replace writes a row over the version of it that was read.
func replace(tx *gorm.DB, row *annotationRow, version int64) error {
	return first(tx.Model(&annotationRow{}).Where("id = ? AND version = ?", row.ID, version).Select("*").UpdateColumns(row))
}

func (s *Service) change(ctx context.Context, actor policies.Actor, action policies.Action, id uuid.UUID, version int64,
	do func(tx *gorm.DB, row annotationRow, subject Subject) error,
) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		row, err := takeRow(tx, id)
		if err != nil {
			return err
		}
		subject, err := s.Recordings.Allow(ctx, tx, actor, action, row.RecordingID, row.AuthorID)
		if err != nil {
			return err
		}
		if row.Version != version {
			return ErrChanged
		}
		if err := do(tx, row, subject); err != nil {
			return err
		}
		return s.Recordings.Raise(ctx, tx, row.RecordingID)
	})
}

// first turns a compare-and-set that met no row into ErrChanged.
func first(result *gorm.DB) error {
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrChanged
	}
	return result.Error
}
