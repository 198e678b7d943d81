package session

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
)

// postedRow is what someone posted by the id that they gave it themselves, as a
// draft of theirs. It is under its author: what another chose is no answer to
// anyone. The contribution is nil once it is gone, by whatever way.
type postedRow struct {
	SessionID      uuid.UUID `gorm:"primaryKey"`
	AuthorID       uuid.UUID `gorm:"primaryKey"`
	DraftID        uuid.UUID `gorm:"primaryKey"`
	ContributionID *uuid.UUID
}

func (postedRow) TableName() string { return "session_posted" }

// again answers what is posted once more with what is there, as it is now, in
// whatever step the session is. What is not there any more for its author is
// not found, and not posted anew: taken back, or about a fragment that closed, with
// one answer for every cause. posted says whether this draft was posted before.
func (s *Service) again(ctx context.Context, tx *gorm.DB, there attending, draft *uuid.UUID) (made Contribution, posted bool, err error) {
	if draft == nil {
		return made, false, nil
	}
	var before []postedRow
	by := tx.Where("session_id = ? AND author_id = ? AND draft_id = ?", there.row.ID, there.actor.ID, *draft)
	if err := by.Limit(1).Find(&before).Error; err != nil || len(before) == 0 {
		return made, false, err
	}
	if before[0].ContributionID == nil {
		return made, true, ErrNotFound
	}
	made, err = s.ownNow(ctx, tx, there, *before[0].ContributionID)
	if errors.Is(err, media.ErrNotFound) {
		err = ErrNotFound
	}
	return made, true, err
}

// ownNow is one's own contribution, as long as what it is about is open.
func (s *Service) ownNow(ctx context.Context, tx *gorm.DB, there attending, id uuid.UUID) (Contribution, error) {
	row, err := takeContribution(tx, there.row.ID, id)
	if err != nil {
		return Contribution{}, err
	}
	if _, err := s.alongWith(ctx, tx, there, &row); err != nil {
		return Contribution{}, err
	}
	texts, err := s.Keys.Texts(ctx, tx, row.subject())
	if err != nil {
		return Contribution{}, err
	}
	defer texts.Close()
	return there.read(row, texts)
}

// remember keeps a new contribution, and by which id its author knows it.
func remember(tx *gorm.DB, row contributionRow, draft *uuid.UUID) error {
	if err := tx.Create(&row).Error; err != nil || draft == nil {
		return err
	}
	return tx.Create(&postedRow{row.SessionID, row.AuthorID, *draft, &row.ID}).Error
}

// forgetPosted is for the end: nothing is posted after it.
func forgetPosted(tx *gorm.DB, sessionID uuid.UUID) error {
	return tx.Where("session_id = ?", sessionID).Delete(&postedRow{}).Error
}
