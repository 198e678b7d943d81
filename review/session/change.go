package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Change is what changes of a plan; nil leaves it as it is.
type Change struct {
	Title    *string
	Question *string
	Protocol *string
	LeaderID **uuid.UUID // nil in it: the maker
	People   *[]uuid.UUID
	Place    *Place
	Clock    *bool
	StartsAt **time.Time // nil in it: no date
}

// Change changes the plan of a session that has the version which was read. Who is
// taken out of it takes their fragments along. Errors: ErrNotFound, ErrChanged,
// ErrState (the protocol stays once preparing began), *Invalid, *Barred of
// ErrEvaluator or ErrScope.
func (s *Service) Change(ctx context.Context, actor policies.Actor, id uuid.UUID, version int64, change Change) (Session, error) {
	var out Session
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionPlan, id, true)
		if err != nil {
			return err
		}
		switch {
		case !seen.row.State.planned(), change.Protocol != nil && seen.row.State != Draft:
			return ErrState
		case seen.row.Version != version:
			return ErrChanged
		}
		if err := s.change(ctx, tx, &seen, change); err != nil {
			return err
		}
		if err := s.raise(tx, &seen.row); err != nil {
			return err
		}
		out, err = s.reread(ctx, tx, actor, id)
		return err
	})
	return out, err
}

func (s *Service) change(ctx context.Context, tx *gorm.DB, seen *sight, change Change) error {
	if err := s.checkChange(change); err != nil {
		return err
	}
	row := &seen.row
	put(&row.Place, change.Place)
	put(&row.Clock, change.Clock)
	if change.StartsAt != nil && !sameMoment(row.StartsAt, utc(*change.StartsAt)) {
		row.StartsAt = utc(*change.StartsAt)
		if err := row.onTime(s.now()); err != nil {
			return err
		}
		if err := inviteAnew(tx, row.ID); err != nil {
			return err
		}
	}
	if change.Protocol != nil {
		entry, _ := s.Protocols.Get(*change.Protocol)
		row.ProtocolID, row.Protocol = entry.ID, entry.Source
	}
	if err := s.reword(ctx, tx, row, change); err != nil {
		return err
	}
	if change.LeaderID == nil && change.People == nil {
		return nil
	}
	leader, members := seen.changed(change)
	return s.regroup(ctx, tx, seen, leader, members)
}

// onTime: once preparing began a session keeps a moment, and one that is not so far
// off that preparing would last longer than it may (invariant 2).
func (r sessionRow) onTime(now time.Time) error {
	switch {
	case r.State != Preparing:
		return nil
	case r.StartsAt == nil:
		return barred([]Problem{{Code: ProblemNoDate}})
	case r.StartsAt.Sub(now) > prepareAhead:
		return barred([]Problem{{Code: ProblemTooEarly}})
	}
	return nil
}

func sameMoment(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

// inviteAnew has everyone told of another moment.
func inviteAnew(tx *gorm.DB, id uuid.UUID) error {
	return tx.Model(&personRow{}).Where("session_id = ?", id).Update("mailed_at", nil).Error
}

func put[T any](field, to *T) {
	if to != nil {
		*field = *to
	}
}

func (s *Service) checkChange(c Change) error {
	var faults []Fault
	if c.Title != nil {
		faults = append(faults, checkTitle(*c.Title)...)
	}
	if c.Question != nil {
		faults = append(faults, checkLine("learningQuestion", *c.Question, MaxQuestion)...)
	}
	if c.Place != nil {
		faults = append(faults, checkPlace(*c.Place)...)
	}
	if c.People != nil {
		faults = append(faults, checkInvited(*c.People)...)
	}
	if c.StartsAt != nil && *c.StartsAt != nil {
		faults = append(faults, checkStart("startsAt", **c.StartsAt, s.now())...)
	}
	if c.Protocol != nil {
		if _, known := s.Protocols.Get(*c.Protocol); !known {
			faults = append(faults, unknownProtocol)
		}
	}
	if faults != nil {
		return &Invalid{faults}
	}
	return nil
}

// reword seals changed words to a new version of them.
func (s *Service) reword(ctx context.Context, tx *gorm.DB, row *sessionRow, change Change) error {
	if change.Title == nil && change.Question == nil {
		return nil
	}
	written, err := s.wording(ctx, tx, *row)
	if err != nil {
		return err
	}
	put(&written.Title, change.Title)
	put(&written.Question, change.Question)
	row.Wording++
	return s.write(ctx, tx, row, written)
}
