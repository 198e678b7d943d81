package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Require is the only gate: everyone in the room has said yes, nobody took it
// back, and filming began after they all had. It locks the conversation in tx,
// so that what the caller writes there stands or falls with the consent.
//
// began is when filming began; it is compared by the second, as cameras do. Who
// came in later is no reason to refuse what began before: they were asked about
// it. Errors: ErrNotFound, ErrMissing, ErrWaiting, ErrUnconfirmed, ErrClosed.
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
	given := facts[conversationID]
	switch {
	case row.ConsentSince == nil:
		return Grant{}, ErrMissing
	case given.Waiting:
		return Grant{}, ErrWaiting
	case given.Closed:
		return Grant{}, ErrClosed
	case began.Before(row.ConsentSince.Truncate(time.Second)):
		return Grant{}, ErrMissing
	case row.unconfirmed():
		return Grant{}, ErrUnconfirmed
	}
	told, err := toldRetention(tx, row.ID)
	return Grant{
		ConversationID: row.ID, OwnerID: row.OwnerID, Since: given.Since, HeldAt: row.HeldAt, Scopes: given.Scopes, Retention: told,
	}, err
}

// toldRetention is the shortest term that anyone in the room was told when they
// said yes: a setting that was raised since keeps nothing longer. 0: none is
// recorded.
func toldRetention(tx *gorm.DB, conversationID uuid.UUID) (time.Duration, error) {
	var days []int
	err := tx.Model(&recordRow{}).Where("conversation_id = ? AND retention_days > 0", conversationID).
		Order("retention_days").Limit(1).Pluck("retention_days", &days).Error
	if err != nil || len(days) == 0 {
		return 0, err
	}
	return time.Duration(days[0]) * 24 * time.Hour, nil
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
	Method       *string
}

// shut is what a record that is not given, or is not there, makes of the
// conversation: closed. It is only paused, or only waiting, if every other one
// that shuts it says so too; a pause while someone is waited for is both.
func (r factsRow) shut(before Facts) Facts {
	waiting := r.ClosedAt == nil && (r.ConsentSince == nil || r.State == nil)
	paused := r.ClosedAt == nil && r.State != nil && *r.State == Paused
	if before.Closed && before.OwnerID != uuid.Nil {
		ended := !before.Waiting && !before.Paused || !waiting && !paused
		waiting, paused = !ended && (waiting || before.Waiting), !ended && (paused || before.Paused)
	}
	return Facts{OwnerID: r.OwnerID, HeldAt: r.HeldAt, Closed: true, Scopes: Scopes{}, Waiting: waiting, Paused: paused}
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
// one in which a single participant has no record that is given.
func (s *Service) Facts(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]Facts, error) {
	facts := make(map[uuid.UUID]Facts, len(ids))
	for _, id := range ids {
		facts[id] = Facts{Closed: true, Scopes: Scopes{}}
	}
	var rows []factsRow
	err := db.WithContext(ctx).Table("conversations c").
		Select("c.id, c.owner_id, c.held_at, c.consent_since, c.closed_at, r.state, r.scopes, r.given_at, r.link_hash, r.second_yes_at, r.method").
		Joins("LEFT JOIN participants p ON p.conversation_id = c.id").
		Joins("LEFT JOIN consent_records r ON r.id = p.id").
		Where("c.id IN ?", ids).Find(&rows).Error
	if err != nil {
		return nil, errors.Join(ErrClosed, err)
	}
	for _, row := range rows {
		f := facts[row.ID]
		switch {
		case row.ConsentSince == nil || row.ClosedAt != nil || row.State == nil || *row.State != Given:
			facts[row.ID] = row.shut(f)
		case f.Closed && f.OwnerID != uuid.Nil: // one record of it is not given: the others do not open it
		default:
			facts[row.ID] = row.allow(f)
		}
	}
	return facts, nil
}

// allow adds a record that is given to those before it: what all allow, since
// the last yes of any.
func (r factsRow) allow(before Facts) Facts {
	allowed := scopesOf(*r.Scopes)
	if !before.Closed {
		allowed = allowed.Intersect(before.Scopes)
	}
	return Facts{
		OwnerID: r.OwnerID, HeldAt: r.HeldAt, Since: r.lastYes(before.Since), Scopes: allowed, again: before.again.and(r),
	}
}
