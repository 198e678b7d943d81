package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Require is the only gate: everyone in the room has said yes, nobody took it
// back, and filming began after the last yes. It locks the conversation in tx,
// so that what the caller writes there stands or falls with the consent.
//
// began is when filming began; it is compared by the second, as cameras do.
// Errors: ErrNotFound, ErrMissing, ErrClosed.
func (s *Service) Require(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID, began time.Time) (Grant, error) {
	tx = tx.WithContext(ctx)
	row, err := lockConversation(tx, conversationID)
	if err != nil {
		return Grant{}, err
	}
	if row.ClosedAt != nil {
		return Grant{}, ErrClosed
	}
	facts, err := s.Facts(ctx, tx, []uuid.UUID{conversationID})
	if err != nil {
		return Grant{}, err
	}
	switch {
	case row.ConsentSince == nil:
		return Grant{}, ErrMissing
	case facts[conversationID].Closed:
		return Grant{}, ErrClosed
	case began.Before(row.ConsentSince.Truncate(time.Second)):
		return Grant{}, ErrMissing
	}
	return Grant{
		ConversationID: row.ID, OwnerID: row.OwnerID, Since: *row.ConsentSince, HeldAt: row.HeldAt,
		Scopes: facts[conversationID].Scopes,
	}, nil
}

// factsRow is one record of a conversation; State is nil where there is none.
type factsRow struct {
	ID           uuid.UUID
	OwnerID      uuid.UUID
	HeldAt       time.Time
	ConsentSince *time.Time
	ClosedAt     *time.Time
	State        *State
	Scopes       *string
	GivenAt      *time.Time
	LinkHash     []byte
	SecondYesAt  *time.Time
}

// shut is what a record that is not given makes of the conversation: closed.
// It is only paused if no other record says more.
func (r factsRow) shut(before Facts) Facts {
	paused := r.ClosedAt == nil && r.State != nil && *r.State == Paused
	if before.Closed && before.OwnerID != uuid.Nil {
		paused = paused && before.Paused
	}
	return Facts{
		OwnerID: r.OwnerID, HeldAt: r.HeldAt, Closed: true, Scopes: Scopes{},
		Waiting: r.ConsentSince == nil && r.ClosedAt == nil, Paused: paused,
	}
}

// lastYes is the latest of anyone: a yes to more, or of someone who came in
// later, begins the cooling-off anew.
func (r factsRow) lastYes(before time.Time) time.Time {
	last := *r.ConsentSince
	for _, yes := range []*time.Time{r.GivenAt, &before} {
		if yes != nil && yes.After(last) {
			last = *yes
		}
	}
	return last
}

// Facts reads, in one query on the primary, what a decision about each of the
// conversations needs. A conversation that is not there is Closed, and so is
// one in which a single record is not given.
func (s *Service) Facts(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]Facts, error) {
	facts := make(map[uuid.UUID]Facts, len(ids))
	for _, id := range ids {
		facts[id] = Facts{Closed: true, Scopes: Scopes{}}
	}
	var rows []factsRow
	err := db.WithContext(ctx).Table("conversations c").
		Select("c.id, c.owner_id, c.held_at, c.consent_since, c.closed_at, r.state, r.scopes, r.given_at, r.link_hash, r.second_yes_at").
		Joins("LEFT JOIN participants p ON p.conversation_id = c.id").
		Joins("LEFT JOIN consent_records r ON r.id = p.id").
		Where("c.id IN ?", ids).Find(&rows).Error
	if err != nil {
		return nil, errors.Join(ErrClosed, err)
	}
	for _, row := range rows {
		if row.ConsentSince == nil || row.ClosedAt != nil || row.State == nil || *row.State != Given {
			facts[row.ID] = row.shut(facts[row.ID])
			continue
		}
		f, seen := facts[row.ID], !facts[row.ID].Since.IsZero()
		if f.Closed && f.OwnerID != uuid.Nil {
			continue // one record of it is not given: the others do not open it
		}
		allowed := scopesOf(*row.Scopes)
		if seen {
			allowed = allowed.Intersect(f.Scopes)
		}
		facts[row.ID] = Facts{
			OwnerID: row.OwnerID, HeldAt: row.HeldAt, Since: row.lastYes(f.Since), Scopes: allowed, again: f.again.and(row),
		}
	}
	return facts, nil
}
