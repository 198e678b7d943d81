package session

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// Get is a session as the actor sees it. Errors: ErrNotFound.
func (s *Service) Get(ctx context.Context, actor policies.Actor, id uuid.UUID) (Session, error) {
	var out Session
	look := func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionRead, id, false)
		if err != nil {
			return err
		}
		if out, err = s.view(ctx, tx, seen); errors.Is(err, ErrNotFound) {
			return errKeyGone
		}
		return err
	}
	err := s.within(ctx, look)
	if errors.Is(err, errKeyGone) { // since its row was read: now the row says so
		err = s.within(ctx, look)
	}
	if errors.Is(err, errKeyGone) {
		return Session{}, ErrNotFound
	}
	return out, err
}

// errKeyGone: there is a row with words, and no key to them.
var errKeyGone = errors.New("session: its key is gone")

// plan is the protocol as it was when the session was made.
func (s *Service) plan(row sessionRow) (protocol.Protocol, error) {
	return s.Protocols.Kept(row.ProtocolID, row.Protocol)
}

// view is the session as the actor of the sight sees it, who may read it.
func (s *Service) view(ctx context.Context, tx *gorm.DB, seen sight) (Session, error) {
	written, err := s.wording(ctx, tx, seen.row)
	if err != nil {
		return Session{}, err
	}
	now, err := s.stage(seen.row)
	if err != nil {
		return Session{}, err
	}
	names, err := s.names(ctx, tx, seen.circle)
	if err != nil {
		return Session{}, err
	}
	there, err := s.shelf(ctx, tx, seen)
	if err != nil {
		return Session{}, err
	}
	row, plan, progress := seen.row, now.protocol, attending{seen, now}.progress()
	out := Session{
		ID: row.ID, Version: row.Version, State: row.State, Emptied: row.emptied(),
		Title: written.Title, Question: written.Question, Protocol: plan,
		Purpose: seen.circle.what(), Place: row.Place, Clock: row.Clock, StartsAt: row.StartsAt,
		SeriesID: row.SeriesID, Round: row.Round, Rounds: row.Rounds, Request: row.Request,
		Maker: names.of(row.MakerID), Leader: names.of(row.LeaderID),
		Step: row.Step, StepBeganAt: row.StepBeganAt, ChosenN: row.ChosenN, Revealed: progress.Revealed, EveryoneReady: progress.EveryoneReady,
	}
	out.Members = seen.members(names, progress)
	out.Fragments = seen.fragments(names, there)
	out.Me, out.Can = attending{seen, now}.me(progress), s.can(seen)
	if out.Can.Plan || out.Can.Lead && row.State.planned() {
		out.Problems = seen.problems(plan, names, there, s.now())
	}
	return out, nil
}

// called are people's names of now.
type called map[uuid.UUID]string

func (c called) of(id uuid.UUID) Named { return Named{id, c[id]} }

func (s *Service) names(ctx context.Context, tx *gorm.DB, circles ...*circle) (called, error) {
	ids := map[uuid.UUID]bool{}
	for _, c := range circles {
		ids[c.session.MakerID], ids[c.session.LeaderID] = true, true
		for _, member := range c.members {
			ids[member] = true
		}
		for _, f := range c.fragments {
			ids[f.OwnerID] = true
		}
	}
	return s.People.Names(ctx, tx, slices.Collect(maps.Keys(ids)))
}

// shelf is how the recordings of a session stand, and which of its fragments the
// actor may look at now.
type shelf struct {
	standing map[uuid.UUID]media.Standing
	open     map[media.Onlooker]bool
	cuts     map[uuid.UUID]media.Cut
}

func (s *Service) shelf(ctx context.Context, tx *gorm.DB, seen sight) (there shelf, err error) {
	var recordings []uuid.UUID
	var onlookers []media.Onlooker
	var cuts []uuid.UUID
	for n, f := range seen.circle.fragments {
		if f.CutID != nil {
			cuts = append(cuts, *f.CutID)
		}
		recordings = append(recordings, f.RecordingID)
		onlookers = append(onlookers, seen.onlooker(n))
	}
	if there.standing, err = s.Looks.Standings(ctx, tx, recordings); err != nil {
		return there, err
	}
	if there.cuts, err = s.Looks.Cuts(ctx, tx, cuts); err != nil {
		return there, err
	}
	there.open, err = s.Looks.OpenTo(ctx, tx, onlookers)
	return there, err
}

func (seen sight) onlooker(n int) media.Onlooker {
	return seen.circle.onlooker(seen.actor.ID, n)
}

// what is what the session is for. Without fragments it is what it would be for
// those of its maker.
func (c circle) what() policies.Purpose {
	owners := []uuid.UUID{}
	for _, f := range c.fragments {
		if f.TakenBackAt == nil {
			owners = append(owners, f.OwnerID)
		}
	}
	if len(owners) == 0 {
		owners = []uuid.UUID{c.session.MakerID}
	}
	for _, owner := range owners {
		for _, member := range c.members {
			if c.part(member, owner) == policies.PartPeer {
				return policies.PeerReview
			}
		}
	}
	return policies.Coaching
}

// revealed are the steps that were.
func (r sessionRow) revealed() (steps []int, err error) {
	if r.Revealed == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(r.Revealed), &steps); err != nil {
		return nil, errors.New("session: what was revealed is not readable")
	}
	return steps, nil
}
