package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Sharing is a session that has not ended, with what is brought into it of one
// recording, for the recording's owner.
type Sharing struct {
	SessionID uuid.UUID
	// Title is empty for an owner who may not read the session (any more): who
	// evaluates one of its people keeps the brake, and learns no word of it.
	Title     string
	State     State
	StartsAt  *time.Time
	Fragments []SharedFragment // by number; never none
}

// SharedFragment is a fragment that was not taken back, as its owner must know it.
type SharedFragment struct {
	N       int
	State   FragmentState // open: to whoever OpenTo names
	StartMs int64         // of the film
	EndMs   *int64        // nil: to the end
	Whole   bool          // the whole film was chosen
	OpenTo  []Named       // who but its owner can have it played at this moment
	Later   []Named       // who else can, once preparing began, they accepted the agreement and it is cut
}

// Sharing is who sees what of a recording at this moment, and who is going to,
// the newest session first. It goes by the rule that opens the film: what a lease
// would be given for, and nothing that was written down about it. Its owner alone
// may ask, as for who looked. Errors: ErrNotFound.
func (s *Service) Sharing(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) (shared []Sharing, err error) {
	err = s.within(ctx, func(tx *gorm.DB) error {
		shared = nil
		if err := s.Looks.AllowViews(ctx, tx, actor, recordingID); err != nil {
			return err
		}
		rows, err := sharedIn(tx, recordingID)
		if err != nil || len(rows) == 0 {
			return err
		}
		now, err := s.exposure(ctx, tx, actor, rows, recordingID)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if len(now.fragmentsOf[row.ID]) == 0 {
				continue // taken back since
			}
			shared = append(shared, now.sharing(row))
		}
		return nil
	})
	return shared, err
}

// sharedIn are the sessions that have not ended and hold something of a recording.
func sharedIn(tx *gorm.DB, recordingID uuid.UUID) (rows []sessionRow, err error) {
	err = tx.Where("id IN (SELECT session_id FROM session_fragments WHERE recording_id = ? AND taken_back_at IS NULL)", recordingID).
		Where("state IN ?", []State{Draft, Preparing, Running}).Order("created_at DESC, id DESC").Find(&rows).Error
	return rows, err
}

func (e exposure) sharing(row sessionRow) Sharing {
	out := Sharing{SessionID: row.ID, Title: e.titles[row.ID], State: row.State, StartsAt: row.StartsAt}
	for _, f := range e.fragmentsOf[row.ID] {
		out.Fragments = append(out.Fragments, e.fragment(*e.circles[row.ID], f))
	}
	return out
}

func (e exposure) fragment(c circle, f fragmentRow) SharedFragment {
	out := SharedFragment{N: f.N, State: e.stateOf(c, f), StartMs: f.StartMs, EndMs: f.EndMs, Whole: f.EndMs == nil}
	for _, member := range c.members {
		played := e.there.cutState(f)
		switch {
		case member == f.OwnerID || played == FragmentFailed:
		case played == "" && e.there.open[c.onlooker(member, f.N)]:
			out.OpenTo = append(out.OpenTo, e.names.of(member))
		case e.later[c.onlooker(member, f.N)]:
			out.Later = append(out.Later, e.names.of(member))
		}
	}
	return out
}

// stateOf is how a fragment stands for whoever accepted the agreement.
func (e exposure) stateOf(c circle, f fragmentRow) FragmentState {
	switch {
	case !c.shared(f, e.there.standing[f.RecordingID]):
		return FragmentClosed
	case e.there.cutState(f) != "":
		return e.there.cutState(f)
	case c.session.State.open():
		return FragmentOpen
	}
	return FragmentWaiting
}
