package review

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Forms are the filled forms of a recording that the actor may read, in the
// order they were begun. Errors: ErrNotFound.
func (s *Service) Forms(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) ([]Form, error) {
	var forms []Form
	err := s.opened(ctx, actor, policies.AnnotationRead, recordingID, func(tx *gorm.DB, texts Texts) error {
		var rows []formRow
		err := tx.Where("recording_id = ? AND (author_id = ? OR visibility = ?)", recordingID, actor.ID, Session).
			Order("id").Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			form, err := row.read(tx, texts)
			if err != nil {
				return err
			}
			forms = append(forms, form)
		}
		return nil
	})
	return forms, err
}

// BeginForm begins a form on the newest version of the template, or finds the
// one that this actor began earlier: each has one of a template. Errors:
// ErrNotFound, *Invalid when there is no such form to begin.
func (s *Service) BeginForm(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, formCode string) (begun Form, isNew bool, err error) {
	err = s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.AnnotationCreate, recordingID, actor.ID); err != nil {
			return err
		}
		versions, err := versionsOf(tx, FormList, formCode)
		if err != nil {
			return err
		}
		if len(versions) == 0 || !versions[0].Current {
			return &Invalid{[]Fault{{"code", "unknown", "Choose a form that can be begun; see /learning-lists."}}}
		}
		texts, err := s.Recordings.Texts(ctx, tx, recordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		now := s.now()
		row := formRow{
			ID: uuid.Must(uuid.NewV7()), RecordingID: recordingID, AuthorID: actor.ID, Perspective: ProfessionalView, FormCode: formCode,
			FormVersion: versions[0].Version, Visibility: Self, Version: 1, CreatedAt: now, UpdatedAt: now,
		}
		if err := row.write(nil, texts); err != nil {
			return err
		}
		if row, isNew, err = row.add(tx); err != nil {
			return err
		}
		if begun, err = row.read(tx, texts); err != nil || !isNew {
			return err
		}
		return s.Recordings.Raise(ctx, tx, recordingID)
	})
	return begun, isNew, err
}

// FillForm changes one's own form if it still has the version that was read.
// Other screens are told only of another visibility: a form is kept as it is
// typed. Errors: ErrNotFound, ErrChanged, *Invalid.
func (s *Service) FillForm(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64, change FormChange) (Form, error) {
	var filled Form
	err := s.changeForm(ctx, actor, policies.AnnotationUpdate, id, version, func(tx *gorm.DB, row formRow, subject Subject) error {
		texts, err := s.Recordings.Texts(ctx, tx, row.RecordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		before, err := row.read(tx, texts)
		if err != nil {
			return err
		}
		if err := change.check(before.Template, subject.DurationMs); err != nil {
			return err
		}
		if change.Visibility != nil {
			row.Visibility = *change.Visibility
		}
		row.Version, row.UpdatedAt = version+1, s.now()
		if err := row.write(change.apply(before.Answers, before.Template), texts); err != nil {
			return err
		}
		err = first(tx.Model(&formRow{}).Where("id = ? AND version = ?", id, version).Select("*").UpdateColumns(&row))
		if err != nil {
			return err
		}
		if filled, err = row.read(tx, texts); err != nil || filled.Visibility == before.Visibility {
			return err
		}
		return s.Recordings.Raise(ctx, tx, row.RecordingID)
	})
	return filled, err
}

// DeleteForm deletes one's own form if it still has the version that was read.
// Errors: ErrNotFound, ErrChanged.
func (s *Service) DeleteForm(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64) error {
	return s.changeForm(ctx, actor, policies.AnnotationDelete, id, version, func(tx *gorm.DB, row formRow, _ Subject) error {
		if err := first(tx.Where("id = ? AND version = ?", id, version).Delete(&formRow{})); err != nil {
			return err
		}
		return s.Recordings.Raise(ctx, tx, row.RecordingID)
	})
}

func (s *Service) changeForm(ctx context.Context, actor policies.Actor, action policies.Action, id uuid.UUID, version int64,
	do func(tx *gorm.DB, row formRow, subject Subject) error,
) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		row, err := takeForm(tx.Where("id = ?", id))
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
		return do(tx, row, subject)
	})
}
