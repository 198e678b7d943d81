package session

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
)

// alongWith decides about the fragment that a row is about and locks its
// recording, after the session (lock order). It answers the fragment's interval,
// nil for what is about none.
func (s *Service) alongWith(ctx context.Context, tx *gorm.DB, there attending, row *contributionRow) (*interval, error) {
	if row.N == nil {
		return nil, nil
	}
	subject, err := s.Looks.AllowAlong(ctx, tx, there.actor, media.Along{SessionID: there.row.ID, N: *row.N}, false)
	if err != nil {
		return nil, err
	}
	f, known := there.circle.fragments[*row.N]
	if !known || f.RecordingID != subject.Recording.ID {
		return nil, ErrNotFound
	}
	row.RecordingID = &f.RecordingID
	if f.EndMs == nil {
		return &interval{f.StartMs, subject.Recording.DurationMs}, nil
	}
	return &interval{f.StartMs, f.EndMs}, nil
}

// repliedTo finds what is replied to and takes over what it is about. What the
// actor does not see is as unknown as what is not there.
func (s *Service) repliedTo(ctx context.Context, tx *gorm.DB, there attending, posted *NewContribution) (*contributionRow, error) {
	if posted.ParentID == nil {
		return nil, nil
	}
	unknown := &Invalid{[]Fault{{"parentId", "unknown", "There is nothing to reply to with this id."}}}
	parent, err := takeContribution(tx, there.row.ID, *posted.ParentID)
	if errors.Is(err, ErrNotFound) {
		return nil, unknown
	}
	if err != nil {
		return nil, err
	}
	who, err := s.viewer(ctx, tx, there)
	switch {
	case err != nil:
		return nil, err
	case parent.ParentID != nil, len(there.stage.visible(who, []contributionRow{parent})) == 0:
		return nil, unknown
	}
	posted.N = parent.N
	return &parent, nil
}

// about lets what is said in a step with film belong to the fragment that the step
// is about, when there is one alone, also without a moment: it is said about that
// film, is sealed under its key and goes with it (invariant 3).
func (s *Service) about(ctx context.Context, tx *gorm.DB, there attending, posted *NewContribution) error {
	if posted.N != nil || posted.ParentID != nil || posted.StartMs != nil || posted.EndMs != nil {
		return nil
	}
	who, err := s.viewer(ctx, tx, there)
	if err != nil {
		return err
	}
	var about []int
	for n, f := range there.circle.fragments {
		if who.open[n] && there.stage.shows(n, f.OwnerID == who.id) {
			about = append(about, n)
		}
	}
	if len(about) == 1 {
		posted.N = &about[0]
	}
	return nil
}

func takeContribution(tx *gorm.DB, sessionID, id uuid.UUID) (contributionRow, error) {
	var row contributionRow
	err := tx.Where("id = ? AND session_id = ?", id, sessionID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}

func parentOf(tx *gorm.DB, row contributionRow) (*contributionRow, error) {
	if row.ParentID == nil {
		return nil, nil
	}
	parent, err := takeContribution(tx, row.SessionID, *row.ParentID)
	return &parent, err
}
