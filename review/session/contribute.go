package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Contribute posts something in the present step. Without a number it is about the
// fragment that the step is about, if there is one alone. What a step does not let the
// actor post is refused inside the lock of the session, so that nothing slips
// through while the step moves on. Posted again as the same draft it is there once.
// Errors: ErrNotFound, also for a fragment that is not open to the actor, and for a
// draft that was posted and is gone; ErrState, ErrAgreement, ErrStepGate, ErrEnough,
// *Invalid.
func (s *Service) Contribute(ctx context.Context, actor policies.Actor, id uuid.UUID, posted NewContribution) (Contribution, error) {
	var made Contribution
	err := s.within(ctx, func(tx *gorm.DB) error {
		there, err := s.takePart(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		before := false
		if made, before, err = s.again(ctx, tx, there, posted.DraftID); before || err != nil {
			return err
		}
		made, err = s.add(ctx, tx, there, posted)
		return err
	})
	return made, err
}

func (s *Service) add(ctx context.Context, tx *gorm.DB, there attending, posted NewContribution) (made Contribution, err error) {
	parent, err := s.repliedTo(ctx, tx, there, &posted)
	if err != nil {
		return made, err
	}
	if err := s.about(ctx, tx, there, &posted); err != nil {
		return made, err
	}
	if err := there.mayPost(posted, parent != nil); err != nil {
		return made, err
	}
	row := there.newRow(posted, s)
	within, err := s.alongWith(ctx, tx, there, &row)
	if err != nil {
		return made, err
	}
	if parent != nil {
		within = nil // its moment is its parent's
	}
	at := At{posted.StartMs, posted.EndMs}
	if err := invalid(append(checkBody(posted.Body), at.check("", within)...)); err != nil {
		return made, err
	}
	if parent != nil {
		row.StartMs, row.EndMs = parent.StartMs, parent.EndMs
	}
	if err := enough(tx, row); err != nil {
		return made, err
	}
	if made, err = s.keep(ctx, tx, there, &row, posted.Body, func() error { return remember(tx, row, posted.DraftID) }); err != nil {
		return made, err
	}
	return made, s.tell(tx, there, row, parent)
}

// keep seals the words, stores the row and reads it back as its author sees it.
func (s *Service) keep(ctx context.Context, tx *gorm.DB, there attending, row *contributionRow, body string, store func() error) (Contribution, error) {
	texts, err := s.Keys.Texts(ctx, tx, row.subject())
	if err != nil {
		return Contribution{}, err
	}
	defer texts.Close()
	if err := row.write(body, texts); err != nil {
		return Contribution{}, err
	}
	if err := store(); err != nil {
		return Contribution{}, err
	}
	return there.read(*row, texts)
}

// tell raises the session when others can see what came, changed or went; while
// only its author can, nothing that others read moves (invariant 4).
func (s *Service) tell(tx *gorm.DB, there attending, row contributionRow, parent *contributionRow) error {
	if !there.stage.shared(row, parent) {
		return nil
	}
	return s.raise(tx, &there.row)
}

// enough counts the author's own: others cannot tell from a refusal that there is
// more than they see.
func enough(tx *gorm.DB, row contributionRow) error {
	var own int64
	err := tx.Model(&contributionRow{}).Where("session_id = ? AND author_id = ?", row.SessionID, row.AuthorID).Count(&own).Error
	if err == nil && own >= MaxContributions {
		return ErrEnough
	}
	return err
}

// mayPost is the gate: the step that the actor saw, and what it lets them post.
func (there attending) mayPost(posted NewContribution, reply bool) error {
	owns := there.stage.owns(there.actor.ID, there.circle.fragments)
	switch {
	case posted.Step != there.stage.step,
		!slices.Contains(there.stage.posts(owns, there.facts.Leader), posted.Kind),
		!reply && posted.N != nil && !there.stage.shows(*posted.N, there.circle.fragments[*posted.N].OwnerID == there.actor.ID):
		return ErrStepGate
	}
	return nil
}

func (there attending) newRow(posted NewContribution, s *Service) contributionRow {
	now := s.now()
	return contributionRow{
		ID: uuid.Must(uuid.NewV7()), SessionID: there.row.ID, N: posted.N, AuthorID: there.actor.ID, Step: there.stage.step,
		Kind: string(posted.Kind), StartMs: posted.StartMs, EndMs: posted.EndMs, ParentID: posted.ParentID, Version: 1,
		CreatedAt: now, UpdatedAt: now,
	}
}
