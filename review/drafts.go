package review

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
)

// Drafts is what the actor is still typing on a recording, the latest first.
// Errors: ErrNotFound.
func (s *Service) Drafts(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) ([]Draft, error) {
	var drafts []Draft
	err := s.opened(ctx, actor, policies.AnnotationRead, recordingID, func(tx *gorm.DB, texts Texts) error {
		var rows []draftRow
		err := tx.Where("recording_id = ? AND author_id = ?", recordingID, actor.ID).Order("updated_at DESC, id").Find(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			draft, err := row.read(texts)
			if err != nil {
				return err
			}
			drafts = append(drafts, draft)
		}
		return nil
	})
	return drafts, err
}

// KeepDraft keeps a draft as it stands now if it still has the version that was
// read, or is not there yet where that is nil. Of two windows that go on with
// one draft the second is told. No screen hears of it. Errors: ErrNotFound,
// ErrChanged, *Invalid.
func (s *Service) KeepDraft(ctx context.Context, actor policies.Actor, draft Draft, version *int64) (int64, error) {
	next := int64(1)
	err := s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.AnnotationCreate, draft.RecordingID, actor.ID); err != nil {
			return err
		}
		if err := draft.check(); err != nil {
			return err
		}
		texts, err := s.Recordings.Texts(ctx, tx, draft.RecordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		if version != nil {
			next = *version + 1
		}
		row := draftRow{RecordingID: draft.RecordingID, AuthorID: actor.ID, ID: draft.ID, Version: next, UpdatedAt: s.now()}
		if row.AnnotationID, row.BaseVersion, err = ownNote(tx, actor.ID, draft); err != nil {
			return err
		}
		if err := row.write(draft.DraftWords, texts); err != nil {
			return err
		}
		if version == nil {
			return first(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row))
		}
		return first(tx.Model(&draftRow{}).Scopes(draftAt(row.RecordingID, row.AuthorID, row.ID)).
			Where("version = ?", *version).Select("*").UpdateColumns(&row))
	})
	return next, err
}

// ownNote is the note that a draft changes, if it is the actor's and still a
// row; the words of a draft outlive it, and make a new note then.
func ownNote(tx *gorm.DB, personID uuid.UUID, draft Draft) (*uuid.UUID, *int64, error) {
	if draft.AnnotationID == nil {
		return nil, nil, nil
	}
	var there int64
	err := tx.Model(&annotationRow{}).
		Where("id = ? AND recording_id = ? AND author_id = ?", *draft.AnnotationID, draft.RecordingID, personID).Count(&there).Error
	if err != nil || there == 0 {
		return nil, nil, err
	}
	return draft.AnnotationID, draft.BaseVersion, nil
}

// DropDraft throws a draft away if it still has the version that was read.
// Errors: ErrNotFound, ErrChanged.
func (s *Service) DropDraft(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, ref DraftRef) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.AnnotationDelete, recordingID, actor.ID); err != nil {
			return err
		}
		var row draftRow
		err := tx.Scopes(draftAt(recordingID, actor.ID, ref.ID)).Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		return first(tx.Scopes(draftAt(recordingID, actor.ID, ref.ID)).Where("version = ?", ref.Version).Delete(&draftRow{}))
	})
}

// DraftKey is the key under which the actor's browser may keep what the server
// has not got yet: derived from the recording's, for this person, stored
// nowhere, and gone with the recording's. The caller wipes it. Errors:
// ErrNotFound.
func (s *Service) DraftKey(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) ([]byte, error) {
	var key []byte
	err := s.opened(ctx, actor, policies.AnnotationCreate, recordingID, func(tx *gorm.DB, texts Texts) error {
		var err error
		key, err = texts.Derive(kindDraft, actor.ID.String())
		return err
	})
	return key, err
}
