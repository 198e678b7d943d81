package review

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Fragments are the passages that the owner chose of a recording, by position.
// Errors: ErrNotFound.
func (s *Service) Fragments(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) ([]Fragment, error) {
	var fragments []Fragment
	err := s.opened(ctx, actor, policies.FragmentChoose, recordingID, func(tx *gorm.DB, texts Texts) error {
		var err error
		fragments, err = fragmentsOf(tx, recordingID, texts)
		return err
	})
	return fragments, err
}

// Choose keeps a passage for later. Errors: ErrNotFound, ErrEnough, *Invalid.
func (s *Service) Choose(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, passage Passage) (Fragment, error) {
	var chosen Fragment
	err := s.choosing(ctx, actor, recordingID, func(tx *gorm.DB, subject Subject) error {
		if err := passage.check(subject.DurationMs); err != nil {
			return err
		}
		var present int64
		if err := tx.Model(&fragmentRow{}).Where("recording_id = ?", recordingID).Count(&present).Error; err != nil {
			return err
		}
		if present >= int64(s.MaxFragments) {
			return ErrEnough
		}
		now := s.now()
		row := fragmentRow{ID: uuid.Must(uuid.NewV7()), RecordingID: recordingID, Version: 1, CreatedAt: now, UpdatedAt: now}
		var err error
		if chosen, err = s.sealFragment(ctx, tx, &row, passage); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	return chosen, err
}

// ChangeFragment changes a fragment if it still has the version that was read.
// Errors: ErrNotFound, ErrChanged, *Invalid.
func (s *Service) ChangeFragment(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64, change PassageChange) (Fragment, error) {
	var changed Fragment
	err := s.ofFragment(ctx, actor, id, version, func(tx *gorm.DB, row fragmentRow, subject Subject) error {
		texts, err := s.Recordings.Texts(ctx, tx, row.RecordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		before, err := row.read(texts)
		if err != nil {
			return err
		}
		passage := change.apply(before.Passage)
		if err := passage.check(subject.DurationMs); err != nil {
			return err
		}
		row.Version, row.UpdatedAt = version+1, s.now()
		if changed, err = s.sealFragment(ctx, tx, &row, passage); err != nil {
			return err
		}
		return first(tx.Model(&fragmentRow{}).Where("id = ? AND version = ?", id, version).Select("*").Updates(&row))
	})
	return changed, err
}

// DropFragment takes a fragment out if it still has the version that was read;
// the film stays whole. Errors: ErrNotFound, ErrChanged.
func (s *Service) DropFragment(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64) error {
	return s.ofFragment(ctx, actor, id, version, func(tx *gorm.DB, _ fragmentRow, _ Subject) error {
		return first(tx.Where("id = ? AND version = ?", id, version).Delete(&fragmentRow{}))
	})
}

func (s *Service) ofFragment(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64,
	do func(tx *gorm.DB, row fragmentRow, subject Subject) error,
) error {
	row, err := takeFragment(s.DB.WithContext(ctx), id)
	if err != nil {
		return err
	}
	return s.choosing(ctx, actor, row.RecordingID, func(tx *gorm.DB, subject Subject) error {
		if row, err = takeFragment(tx, id); err != nil {
			return err
		}
		if row.Version != version {
			return ErrChanged
		}
		return do(tx, row, subject)
	})
}

// choosing lets one at a time change what is chosen of a recording. Raise comes
// first because it locks the recording's row: of two tabs the second counts what
// the first chose (invariant 11). A refusal takes it back with all the rest.
func (s *Service) choosing(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, do func(tx *gorm.DB, subject Subject) error) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		if err := s.Recordings.Raise(ctx, tx, recordingID); err != nil {
			return err
		}
		subject, err := s.Recordings.Allow(ctx, tx, actor, policies.FragmentChoose, recordingID, actor.ID)
		if err != nil {
			return err
		}
		return do(tx, subject)
	})
}

func (s *Service) sealFragment(ctx context.Context, tx *gorm.DB, row *fragmentRow, passage Passage) (Fragment, error) {
	texts, err := s.Recordings.Texts(ctx, tx, row.RecordingID)
	if err != nil {
		return Fragment{}, err
	}
	defer texts.Close()
	if err := row.write(passage, texts); err != nil {
		return Fragment{}, err
	}
	return row.read(texts)
}
