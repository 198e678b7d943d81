package session

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// Command is how the film is to stand from now on.
type Command struct {
	N          int   // of the fragment that is on
	PositionMs int64 // of the recording, within the fragment
	Playing    bool
	Rate       float64 // 1 is the speed of life; from slowest to fastest
}

// The speeds that a player can follow.
const (
	slowest = 0.25
	fastest = 4
)

// Film is how the film of a session stands. While it plays it goes on by itself:
// at a moment it is at PositionMs and what passed since At, times Rate.
type Film struct {
	Command
	At   time.Time
	ByID uuid.UUID
	Seq  int64 // rises with every command
}

// Steer lets everyone's film stand as whoever leads it says. No entry is written
// of it: who looks is written when they look. Errors: ErrNotFound, also of a
// fragment that is not open; ErrState before and after a session; ErrStepGate when
// someone else leads the film in this step, or nobody; *Invalid. In a room everyone
// there is written as a viewer of what comes on the one screen, which may have
// opened since they came.
func (s *Service) Steer(ctx context.Context, actor policies.Actor, id uuid.UUID, command Command) (film Film, err error) {
	if command.Rate < slowest || command.Rate > fastest {
		return Film{}, invalid([]Fault{{"rate", "range", fmt.Sprintf("From %v to %v.", slowest, fastest)}})
	}
	err = s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionTakePart, id, false)
		if err != nil {
			return err
		}
		if err := s.leadsFilm(seen, command.N); err != nil {
			return err
		}
		fragment := seen.circle.fragments[command.N]
		if err := s.opens(ctx, tx, seen, fragment, command.PositionMs); err != nil {
			return err
		}
		comes, err := comesOn(tx, id, command)
		if err != nil {
			return err
		}
		row, err := putFilm(tx, filmRow{
			SessionID: id, N: command.N, PositionMs: command.PositionMs, Playing: command.Playing, Rate: command.Rate,
			At: s.now(), ByID: actor.ID,
		})
		if err != nil {
			return err
		}
		film = *row.film()
		if err := announce(tx, Word{SessionID: id, Film: &film}); err != nil || !comes || seen.row.Place != InRoom {
			return err
		}
		return s.seat(ctx, tx, seen, seen.present(), command.N)
	})
	return film, err
}

// comesOn says whether a film that was not on, or stood still, is put on.
func comesOn(tx *gorm.DB, id uuid.UUID, command Command) (bool, error) {
	on := tx.Model(&filmRow{}).Where("session_id = ? AND n = ?", id, command.N)
	if command.Playing {
		on = on.Where("playing")
	}
	var already int64
	err := on.Count(&already).Error
	return already == 0, err
}

// leadsFilm says whether the actor starts and stops the film of fragment n for
// everyone now: the leader or the fragment's owner, as the step has it.
func (s *Service) leadsFilm(seen sight, n int) error {
	if seen.row.State != Running {
		return ErrState
	}
	fragment, there := seen.circle.fragments[n]
	if !there {
		return ErrNotFound
	}
	now, err := s.stage(seen.row)
	if err != nil {
		return err
	}
	if !now.leadsFilm(n, fragment.OwnerID == seen.actor.ID, seen.facts.Leader, seen.onTheOneScreen()) {
		return ErrStepGate
	}
	return nil
}

// onTheOneScreen: in a room the film is on one screen, the leader's. Where the
// owner leads the film they say when, and the leader presses.
func (seen sight) onTheOneScreen() bool { return seen.row.Place == InRoom && seen.facts.Leader }

// opens says whether a fragment is open to the actor, and the position in it. A
// whole film whose length is not known has no end.
func (s *Service) opens(ctx context.Context, tx *gorm.DB, seen sight, f fragmentRow, positionMs int64) error {
	onlooker := seen.onlooker(f.N)
	open, err := s.Looks.OpenAmong(ctx, tx, map[media.Onlooker]media.Gathered{onlooker: seen.circle.before(seen.actor.ID, f)})
	if err != nil {
		return err
	}
	if !open[onlooker] {
		return ErrNotFound
	}
	end := f.EndMs
	if end == nil {
		standing, err := s.Looks.Standings(ctx, tx, []uuid.UUID{f.RecordingID})
		if err != nil {
			return err
		}
		end = standing[f.RecordingID].DurationMs
	}
	if positionMs < f.StartMs || end != nil && positionMs > *end {
		return invalid([]Fault{{"positionMs", "range", "It does not lie in the fragment."}})
	}
	return nil
}
