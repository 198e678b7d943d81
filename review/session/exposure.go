package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// exposure is what is to be known of a recording in sessions, read in one round of
// queries, however many there are.
type exposure struct {
	circles     map[uuid.UUID]*circle
	there       shelf // open: at this moment
	later       map[media.Onlooker]bool
	names       called
	titles      map[uuid.UUID]string
	fragmentsOf map[uuid.UUID][]fragmentRow // by number
}

func (s *Service) exposure(ctx context.Context, tx *gorm.DB, actor policies.Actor, rows []sessionRow, recordingID uuid.UUID) (e exposure, err error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	e.fragmentsOf = make(map[uuid.UUID][]fragmentRow, len(rows))
	if e.circles, err = (Roster{s.People}).circles(ctx, tx, ids); err != nil {
		return e, err
	}
	for id, c := range e.circles {
		e.fragmentsOf[id] = c.of(recordingID)
	}
	if e.names, err = s.People.Names(ctx, tx, e.people()); err != nil {
		return e, err
	}
	if e.titles, err = s.titles(ctx, tx, s.among(actor, rows, e.circles)); err != nil {
		return e, err
	}
	return e, s.look(ctx, tx, &e, recordingID)
}

// look puts in what is open, now and later.
func (s *Service) look(ctx context.Context, tx *gorm.DB, e *exposure, recordingID uuid.UUID) (err error) {
	if e.there.cuts, err = s.Looks.Cuts(ctx, tx, e.cuts()); err != nil {
		return err
	}
	if e.there.standing, err = s.Looks.Standings(ctx, tx, []uuid.UUID{recordingID}); err != nil {
		return err
	}
	if e.there.open, err = s.Looks.OpenAmong(ctx, tx, e.gathered(func(c circle) circle { return c })); err != nil {
		return err
	}
	e.later, err = s.Looks.OpenAmong(ctx, tx, e.gathered(circle.onceAgreed))
	return err
}

// people are the members of all of them.
func (e exposure) people() (people []uuid.UUID) {
	for _, c := range e.circles {
		people = append(people, c.members...)
	}
	return compact(people)
}

// cuts are those of the fragments of the recording.
func (e exposure) cuts() (cuts []uuid.UUID) {
	for _, fragments := range e.fragmentsOf {
		for _, f := range fragments {
			if f.CutID != nil {
				cuts = append(cuts, *f.CutID)
			}
		}
	}
	return cuts
}

// of are the fragments of a recording that were not taken back, by number.
func (c circle) of(recordingID uuid.UUID) (those []fragmentRow) {
	for _, f := range c.fragments {
		if f.RecordingID == recordingID && f.TakenBackAt == nil {
			those = append(those, f)
		}
	}
	slices.SortFunc(those, func(a, b fragmentRow) int { return a.N - b.N })
	return those
}

// onceAgreed is the circle as it will be when preparing has begun and everyone
// accepted the agreement.
func (c circle) onceAgreed() circle {
	if c.session.State == Draft {
		c.session.State = Preparing
	}
	c.agreed = make(map[uuid.UUID]bool, len(c.members))
	for _, member := range c.members {
		c.agreed[member] = true
	}
	return c
}

// gathered is what the sessions say of everyone before each fragment, as they are
// or as they would be.
func (e exposure) gathered(as func(circle) circle) map[media.Onlooker]media.Gathered {
	all := map[media.Onlooker]media.Gathered{}
	for id, c := range e.circles {
		c := as(*c)
		for _, f := range e.fragmentsOf[id] {
			for _, member := range c.members {
				all[c.onlooker(member, f.N)] = c.before(member, f)
			}
		}
	}
	return all
}
