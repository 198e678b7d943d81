package session

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// Contributions are those of a session that the actor sees at this moment, by
// place in the film. What belongs to a fragment that is not open to them is left
// out without a trace, as is what was not revealed yet. Errors: ErrNotFound,
// ErrAgreement.
func (s *Service) Contributions(ctx context.Context, actor policies.Actor, id uuid.UUID) ([]Contribution, error) {
	var contributions []Contribution
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionTakePart, id, false)
		if err != nil {
			return err
		}
		now, err := s.stage(seen.row)
		if err != nil {
			return err
		}
		if now.state.open() && !seen.circle.agreed[actor.ID] {
			return ErrAgreement
		}
		contributions, err = s.listed(ctx, tx, attending{seen, now})
		return err
	})
	return contributions, err
}

// listed reads the session's row before the contributions, so that it never knows
// of more reveals than it does of contributions.
func (s *Service) listed(ctx context.Context, tx *gorm.DB, there attending) ([]Contribution, error) {
	who, err := s.viewer(ctx, tx, there)
	if err != nil {
		return nil, err
	}
	var rows []contributionRow
	if err := tx.Where("session_id = ?", there.row.ID).Find(&rows).Error; err != nil {
		return nil, err
	}
	rows = there.stage.visible(who, rows)
	slices.SortFunc(rows, byPlace)
	opened := map[uuid.UUID]words.Texts{}
	defer func() {
		for _, texts := range opened {
			if texts != nil {
				texts.Close()
			}
		}
	}()
	var contributions []Contribution
	for _, row := range rows {
		texts, err := s.textsOf(ctx, tx, row.subject(), opened)
		if err != nil {
			return nil, err
		}
		if texts == nil {
			continue
		}
		contribution, err := there.read(row, texts)
		if err != nil {
			return nil, err
		}
		contributions = append(contributions, contribution)
	}
	return contributions, nil
}

// textsOf opens each key once. A key that is gone is nil: what it sealed is gone.
func (s *Service) textsOf(ctx context.Context, tx *gorm.DB, subject uuid.UUID, opened map[uuid.UUID]words.Texts) (words.Texts, error) {
	if texts, known := opened[subject]; known {
		return texts, nil
	}
	texts, err := s.Keys.Texts(ctx, tx, subject)
	if errors.Is(err, ErrNotFound) {
		opened[subject] = nil
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	opened[subject] = texts
	return texts, nil
}

// byPlace: what is about no fragment first, then fragment by fragment as the film
// runs.
func byPlace(a, b contributionRow) int {
	return cmp.Or(lessOr(a.N, b.N), lessOr(a.StartMs, b.StartMs), a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID.String(), b.ID.String()))
}

// lessOr compares two numbers of which none comes first.
func lessOr[T cmp.Ordered](a, b *T) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return cmp.Compare(*a, *b)
}

// lookBack asks, after the end, which fragments are of a recording that the actor
// owns and may look back at alone. A refusal leaves it out, without an entry: the
// list is not a way to ask.
func (s *Service) lookBack(ctx context.Context, tx *gorm.DB, there attending, who viewer) error {
	var own []fragmentRow
	for _, f := range there.circle.fragments {
		if f.OwnerID == who.id && f.TakenBackAt == nil {
			own = append(own, f)
		}
	}
	slices.SortFunc(own, func(a, b fragmentRow) int { return cmp.Compare(a.RecordingID.String(), b.RecordingID.String()) })
	for _, f := range own {
		_, err := s.Looks.Allow(ctx, tx, there.actor, policies.AnnotationRead, f.RecordingID, who.id)
		if err != nil && !errors.Is(err, media.ErrNotFound) {
			return err
		}
		who.owns[f.N] = err == nil
	}
	return nil
}

// deleteUnseen takes away, at the end, what was posted blind and never revealed:
// nobody but its author ever saw it and nobody can any more. An owner's own words
// about their own fragment stay theirs.
func (s stage) deleteUnseen(tx *gorm.DB, sessionID uuid.UUID, fragments map[int]fragmentRow) error {
	var rows []contributionRow
	if err := tx.Where("session_id = ?", sessionID).Find(&rows).Error; err != nil {
		return err
	}
	for _, row := range rows {
		if s.told(row.Step) || row.N != nil && fragments[*row.N].OwnerID == row.AuthorID {
			continue
		}
		if err := tx.Where("id = ?", row.ID).Delete(&contributionRow{}).Error; err != nil {
			return err
		}
	}
	return nil
}
