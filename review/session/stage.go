package session

import (
	"encoding/json"
	"slices"

	"github.com/google/uuid"

	"vakspiegel/review/protocol"
)

// stage is how far a session is. It is all that steps, gates, reveals and seeing
// look at, and it decides about them without a database: what a method answers is
// what the session becomes, the stage itself does not change.
type stage struct {
	protocol protocol.Protocol
	state    State
	step     int   // protocol.Preparing until it starts
	chosen   *int  // the fragment whose case was chosen
	revealed []int // blind steps that were revealed; only ever more
	emptied  bool  // nothing can be written any more
}

// stage reads how far a session is. The protocol is the one it was made with.
func (s *Service) stage(row sessionRow) (now stage, err error) {
	now = stage{state: row.State, step: row.Step, chosen: row.ChosenN, emptied: row.emptied()}
	if now.protocol, err = s.plan(row); err != nil {
		return stage{}, err
	}
	now.revealed, err = row.revealed()
	return now, err
}

// put writes how far it is into the row.
func (s stage) put(row *sessionRow) {
	row.State, row.Step, row.ChosenN = s.state, s.step, s.chosen
	row.Revealed = revealedJSON(s.revealed)
}

func revealedJSON(steps []int) string {
	written, _ := json.Marshal(append([]int{}, steps...)) // numbers always marshal
	return string(written)
}

// told says whether what is posted in a step is there for everyone: the step is
// not blind, or was revealed. A step that the protocol does not know is not.
func (s stage) told(step int) bool {
	known, there := s.protocol.Step(step)
	return there && (!known.Blind || slices.Contains(s.revealed, step))
}

// enter is the stage at a step, with what it shows by beginning.
func (s stage) enter(step int) stage {
	s.step = step
	if begun, _ := s.protocol.Step(step); begun.Reveal {
		s = s.show(s.protocol.RevealedBy(step))
	}
	return s
}

func (s stage) show(steps []int) stage {
	s.revealed = slices.Clone(s.revealed)
	for _, step := range steps {
		if !slices.Contains(s.revealed, step) {
			s.revealed = append(s.revealed, step)
		}
	}
	slices.Sort(s.revealed)
	return s
}

// move goes to another step: one on, if the gate is open, or one back. Who is
// there already stays. A blind step that everyone is ready with is revealed before
// it is left. Errors: ErrState, ErrStepGate.
func (s stage) move(to int, now gate) (stage, error) {
	switch {
	case s.state != Running:
		return s, ErrState
	case to == s.step:
		return s, nil
	case !s.protocol.CanGo(s.step, to), to > s.step && !s.gateOpen(now):
		return s, ErrStepGate
	}
	return s.settle(now.everyone).enter(to), nil
}

// gate is what the way to the next step depends on beside the stage.
type gate struct {
	everyone bool // who is present is ready with the step
	cases    bool // there is a fragment that can be chosen
}

// gateOpen: a leader who revealed a blind step has waited long enough. Where
// nothing is left to choose from the session goes on without a case, and where
// nothing can be written nobody is waited for.
func (s stage) gateOpen(at gate) bool {
	now, there := s.protocol.Step(s.step)
	if there && s.emptied {
		return true
	}
	if !there || s.protocol.Chooses(s.step) && s.chosen == nil && at.cases {
		return false
	}
	return now.Gate == protocol.GateLeader || at.everyone || now.Blind && s.told(s.step)
}

// choose points out the case, in the step that does. Errors: ErrState,
// ErrStepGate.
func (s stage) choose(n int) (stage, error) {
	if s.state != Running {
		return s, ErrState
	}
	if !s.protocol.Chooses(s.step) {
		return s, ErrStepGate
	}
	s.chosen = &n
	return s, nil
}

// reveal shows what is posted blind in the present step. Errors: ErrState,
// ErrStepGate when there is nothing that this step shows.
func (s stage) reveal() (stage, error) {
	shown := s.protocol.RevealedBy(s.step)
	switch {
	case s.state != Running:
		return s, ErrState
	case len(shown) == 0:
		return s, ErrStepGate
	}
	return s.show(shown), nil
}

// settle reveals the blind step that everyone present is ready with.
func (s stage) settle(everyone bool) stage {
	if now, there := s.protocol.Step(s.step); s.state == Running && there && now.Blind && everyone {
		return s.show([]int{s.step})
	}
	return s
}

// posts are the kinds that someone can post now: who owns what the step is about,
// or leads the session (package protocol, "Roles").
func (s stage) posts(owns, leads bool) []protocol.Kind {
	now, there := s.protocol.Step(s.step)
	if !there || !s.state.open() || s.emptied {
		return nil
	}
	return now.Posts(protocol.RoleOf(owns, leads))
}

// shows says whether the film of a fragment can be on for someone now, and so
// whether a moment of it can be written about.
func (s stage) shows(n int, owns bool) bool {
	now, there := s.protocol.Step(s.step)
	return there && now.Shows(owns, s.chosen != nil && *s.chosen == n)
}

// leadsFilm says whether someone starts and stops the film of a fragment for
// everyone now: the leader or the fragment's owner, as the step has it, and on one
// screen in a room whoever leads.
func (s stage) leadsFilm(n int, owns, leads, oneScreen bool) bool {
	now, there := s.protocol.Step(s.step)
	return there && s.state == Running && s.shows(n, owns) &&
		(now.LeadsFilm(owns, leads) || oneScreen && now.LeadsFilm(true, true))
}

// owns says whether someone owns what the present step is about: the chosen
// fragment, taken back or not (it stays their case), or before a choice any that
// they left in the session.
func (s stage) owns(person uuid.UUID, fragments map[int]fragmentRow) bool {
	if s.protocol.AboutChosen(s.step) {
		if s.chosen == nil {
			return false
		}
		f, there := fragments[*s.chosen]
		return there && f.OwnerID == person
	}
	for _, f := range fragments {
		if f.OwnerID == person && f.TakenBackAt == nil {
			return true
		}
	}
	return false
}
