package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// Follower is someone before a session that is on their screen.
type Follower struct{ SessionID, PersonID uuid.UUID }

// Live is what is new at a session for everyone alike. It says nothing of what
// anyone wrote: in a blind step nothing of it changes by that.
type Live struct {
	Version int64 // rises when there is something to read again
	Film    *Film // nil: none was put on yet
	Present []uuid.UUID
}

// Attend decides whether the actor may follow the session: read it, and it is not
// over. Errors: ErrNotFound, ErrState.
func (s *Service) Attend(ctx context.Context, actor policies.Actor, id uuid.UUID) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionRead, id, false)
		if err == nil && seen.row.State.over() {
			return ErrState
		}
		return err
	})
}

// Glance reads what is new at sessions in two queries, however many there are. A
// session that is gone has nothing.
func (s *Service) Glance(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]Live, error) {
	db := s.DB.WithContext(ctx)
	var rows []struct {
		ID      uuid.UUID
		Version int64
		Film    filmRow `gorm:"embedded"`
		HasFilm bool
	}
	err := db.Table("review_sessions s").Joins("LEFT JOIN session_films f ON f.session_id = s.id").Where("s.id IN ?", ids).
		Select("s.id, s.version, f.session_id IS NOT NULL AS has_film, f.*").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	present, err := s.present(db, ids)
	if err != nil {
		return nil, err
	}
	lives := make(map[uuid.UUID]Live, len(rows))
	for _, row := range rows {
		live := Live{Version: row.Version, Present: present[row.ID]}
		if row.HasFilm {
			live.Film = row.Film.film()
		}
		lives[row.ID] = live
	}
	return lives, nil
}

// present are the people with an open screen, in a fixed order.
func (s *Service) present(db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	var rows []presenceRow
	err := db.Distinct("session_id", "person_id").Where("session_id IN ? AND seen_at > ?", ids, s.now().Add(-presenceTerm)).
		Order("person_id").Find(&rows).Error
	present := map[uuid.UUID][]uuid.UUID{}
	for _, row := range rows {
		present[row.SessionID] = append(present[row.SessionID], row.PersonID)
	}
	return present, err
}

// Open tells which fragments are open to each follower now, in order, with one
// round of queries for all of them. Who may not follow any more is not in the
// answer: no member, disabled, or the session is over or gone.
func (s *Service) Open(ctx context.Context, followers []Follower) (map[Follower][]int, error) {
	circles, err := (Roster{s.People}).circles(ctx, s.DB, sessionsOf(followers))
	if err != nil {
		return nil, err
	}
	open := make(map[Follower][]int, len(followers))
	before := map[media.Onlooker]media.Gathered{}
	for _, follower := range followers {
		circle, there := circles[follower.SessionID]
		if !there || circle.session.State.over() || !s.reads(circle, follower.PersonID) {
			continue
		}
		open[follower] = []int{}
		circle.gather(follower.PersonID, before)
	}
	if len(before) == 0 {
		return open, nil
	}
	looks, err := s.Looks.OpenAmong(ctx, s.DB, before)
	if err != nil {
		return nil, err
	}
	for onlooker, may := range looks {
		if follower := (Follower{onlooker.SessionID, onlooker.ActorID}); may {
			open[follower] = append(open[follower], onlooker.N)
		}
	}
	for follower := range open {
		slices.Sort(open[follower])
	}
	return open, nil
}

// reads decides session:read, as allow does for one.
func (s *Service) reads(c *circle, person uuid.UUID) bool {
	actor := policies.Actor{Kind: policies.ActorPerson, ID: person}
	facts, roles := c.face(actor)
	actor.Roles = roles
	return s.Policy.Decide(actor, policies.SessionRead, facts, policies.NoPurpose).Allowed
}

// gather adds what the session says of a person before each fragment that could be
// open to them.
func (c *circle) gather(person uuid.UUID, before map[media.Onlooker]media.Gathered) {
	if !c.session.State.open() {
		return
	}
	for n, f := range c.fragments {
		if now := c.before(person, f); now.Part != "" {
			before[c.onlooker(person, n)] = now
		}
	}
}

func sessionsOf(followers []Follower) (ids []uuid.UUID) {
	seen := map[uuid.UUID]bool{}
	for _, follower := range followers {
		if !seen[follower.SessionID] {
			seen[follower.SessionID] = true
			ids = append(ids, follower.SessionID)
		}
	}
	return ids
}
