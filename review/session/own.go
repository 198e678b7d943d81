package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// own is a contribution of the actor's own that they may still reach.
type own struct {
	row    contributionRow
	parent *contributionRow
	// within is where it may be; nil when it has no place, or that of what it replies to.
	within *interval
}

// ChangeContribution changes one's own contribution if it still has the version that
// was read, while its step lasts; what was revealed stays as it was. Replies to it are
// where it is. The same change sent again, because no answer came, changes nothing
// more. Errors: as Contribute, and ErrChanged.
func (s *Service) ChangeContribution(ctx context.Context, actor policies.Actor, id, contributionID uuid.UUID, version int64, change ContributionChange) (Contribution, error) {
	var changed Contribution
	err := s.ownContribution(ctx, actor, id, contributionID, func(tx *gorm.DB, there attending, mine own) (moved bool, err error) {
		if mine.row.Version == version+1 {
			if changed, err = s.ownNow(ctx, tx, there, contributionID); err != nil || change.made(changed) {
				return false, err
			}
		}
		switch {
		case mine.row.Version != version:
			return false, ErrChanged
		case !there.changeable(mine.row):
			return false, ErrStepGate
		}
		if err := mine.apply(change); err != nil {
			return false, err
		}
		mine.row.Version, mine.row.UpdatedAt = version+1, s.now()
		changed, err = s.keep(ctx, tx, there, &mine.row, change.Body, func() error { return mine.store(tx) })
		return true, err
	})
	return changed, err
}

// RemoveContribution takes one's own contribution back, with the replies to it, if
// it still has the version that was read. Errors: ErrNotFound, ErrState,
// ErrAgreement, ErrChanged.
func (s *Service) RemoveContribution(ctx context.Context, actor policies.Actor, id, contributionID uuid.UUID, version int64) error {
	return s.ownContribution(ctx, actor, id, contributionID, func(tx *gorm.DB, _ attending, mine own) (bool, error) {
		if mine.row.Version != version {
			return false, ErrChanged
		}
		return true, tx.Where("id = ?", mine.row.ID).Delete(&contributionRow{}).Error
	})
}

// ownContribution runs do with a contribution of the actor's own that they may
// still reach, and tells others when it moved something. Another's is not found, seen
// or not.
func (s *Service) ownContribution(ctx context.Context, actor policies.Actor, id, contributionID uuid.UUID,
	do func(tx *gorm.DB, there attending, mine own) (moved bool, err error),
) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		there, err := s.takePart(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		mine, err := s.own(ctx, tx, there, contributionID)
		if err != nil {
			return err
		}
		moved, err := do(tx, there, mine)
		if err != nil || !moved {
			return err
		}
		return s.tell(tx, there, mine.row, mine.parent)
	})
}

func (s *Service) own(ctx context.Context, tx *gorm.DB, there attending, id uuid.UUID) (mine own, err error) {
	if mine.row, err = takeContribution(tx, there.row.ID, id); err != nil {
		return mine, err
	}
	if mine.row.AuthorID != there.actor.ID {
		return mine, ErrNotFound
	}
	if mine.within, err = s.alongWith(ctx, tx, there, &mine.row); err != nil {
		return mine, err
	}
	if mine.parent, err = parentOf(tx, mine.row); mine.parent != nil {
		mine.within = nil
	}
	return mine, err
}

// made says whether a contribution is already what the change makes of it.
func (change ContributionChange) made(now Contribution) bool {
	at := change.At
	return now.Body == change.Body && (at == nil || same(at.StartMs, now.StartMs) && same(at.EndMs, now.EndMs))
}

func same(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

func (mine *own) apply(change ContributionChange) error {
	faults := checkBody(change.Body)
	if at := change.At; at != nil {
		faults = append(faults, at.check("at.", mine.within)...)
		if mine.parent == nil { // a reply is where its parent is
			mine.row.StartMs, mine.row.EndMs = at.StartMs, at.EndMs
		}
	}
	return invalid(faults)
}

// store keeps it; where it is now, its replies are too.
func (mine own) store(tx *gorm.DB) error {
	row := mine.row
	if err := tx.Model(&contributionRow{}).Where("id = ?", row.ID).Select("*").UpdateColumns(&row).Error; err != nil {
		return err
	}
	return tx.Model(&contributionRow{}).Where("parent_id = ?", row.ID).
		Select("start_ms", "end_ms").UpdateColumns(contributionRow{StartMs: row.StartMs, EndMs: row.EndMs}).Error
}
