package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Attendance is what the leader says of someone while a session runs.
type Attendance struct {
	PersonID uuid.UUID
	Present  bool // false: they left, and nobody waits for them
	OnPaper  bool // of who is present: they write on paper
	Agreed   bool // they accept the agreement in the room, which the leader records
}

// SayPresent lets someone take part in a session that runs, also who was not
// invited, by the same guard as an invitation; or says that they left. Nothing is
// open to them before they accepted the agreement: in the room that is asked first,
// at a distance they are present from then on. In the room they are written as a
// viewer when they come. It tells nobody anything of what was written: who comes in
// a blind step reads what everyone there may read, and one who left can be the last
// for whom its reveal waited. Errors: ErrNotFound, ErrState, *Invalid, *Barred.
func (s *Service) SayPresent(ctx context.Context, actor policies.Actor, id uuid.UUID, said Attendance) (Session, error) {
	return s.turn(ctx, actor, policies.SessionLead, id, func(tx *gorm.DB, seen *sight) error {
		if seen.row.State != Running {
			return ErrState
		}
		change := s.comes
		if !said.Present {
			change = s.goes
		}
		if err := change(ctx, tx, seen, said); err != nil {
			return err
		}
		return s.settle(ctx, tx, seen)
	})
}

func (s *Service) comes(ctx context.Context, tx *gorm.DB, seen *sight, said Attendance) error {
	who := Presence{Present: []uuid.UUID{said.PersonID}}
	if said.Agreed {
		who.Agreed = who.Present
	}
	before, _ := seen.person(said.PersonID)
	if err := s.join(ctx, tx, seen, who.there()); err != nil {
		return err
	}
	if err := s.bars(ctx, tx, *seen, joining); err != nil {
		return err
	}
	if err := s.agreedInRoom(ctx, tx, *seen, who); err != nil {
		return err
	}
	room, there := seen.row.Place == InRoom, seen.circle.agreed[said.PersonID]
	if room && !there {
		names, err := s.names(ctx, tx, seen.circle)
		if err != nil {
			return err
		}
		return barred([]Problem{{Code: ProblemAgreement, PersonName: names[said.PersonID]}})
	}
	row := personRow{SessionID: seen.row.ID, PersonID: said.PersonID}
	if err := row.mark(tx, map[string]any{"present": there, "on_paper": there && said.OnPaper}); err != nil || !room || before.Present {
		return err
	}
	return s.seat(ctx, tx, *seen, who.there())
}

func (s *Service) goes(_ context.Context, tx *gorm.DB, seen *sight, said Attendance) error {
	row, there := seen.person(said.PersonID)
	switch {
	case !there || row.RemovedAt != nil:
		return &Invalid{[]Fault{{"personId", "unknown", "Nobody with this id is in the session."}}}
	case said.PersonID == seen.row.LeaderID:
		return &Invalid{[]Fault{{"personId", "leader", "Who leads it is there until it ends."}}}
	}
	return row.mark(tx, map[string]any{"present": false, "on_paper": false, "ready_step": nil})
}

// settle reveals the blind step that everyone is ready with who is there by now.
func (s *Service) settle(ctx context.Context, tx *gorm.DB, seen *sight) error {
	now, err := s.see(ctx, tx, seen.actor, seen.row.ID, false)
	if err != nil {
		return err
	}
	stage, err := s.stage(seen.row)
	if err != nil {
		return err
	}
	stage.settle(attending{now, stage}.everyone()).put(&seen.row)
	return nil
}
