package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// circles reads sessions as far as looking along goes, in five queries.
func (r Roster) circles(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]*circle, error) {
	db = db.WithContext(ctx)
	var sessions []sessionRow
	if err := db.Select("id", "leader_id", "maker_id", "state").Where("id IN ?", ids).Find(&sessions).Error; err != nil {
		return nil, err
	}
	circles := make(map[uuid.UUID]*circle, len(sessions))
	for _, row := range sessions {
		circles[row.ID] = &circle{session: row, agreed: map[uuid.UUID]bool{}, fragments: map[int]fragmentRow{}}
	}
	if err := fillCircles(db, ids, circles); err != nil {
		return nil, err
	}
	return circles, r.fillLive(ctx, db, circles)
}

func fillCircles(db *gorm.DB, ids []uuid.UUID, circles map[uuid.UUID]*circle) error {
	var people []personRow
	if err := db.Where("session_id IN ? AND removed_at IS NULL", ids).Order("person_id").Find(&people).Error; err != nil {
		return err
	}
	for _, row := range people {
		if c := circles[row.SessionID]; c != nil {
			c.members = append(c.members, row.PersonID)
		}
	}
	var agreements []agreementRow
	if err := db.Where("session_id IN ? AND version = ?", ids, AgreementVersion).Find(&agreements).Error; err != nil {
		return err
	}
	for _, row := range agreements {
		if c := circles[row.SessionID]; c != nil {
			c.agreed[row.PersonID] = true
		}
	}
	var fragments []fragmentRow
	if err := db.Where("session_id IN ?", ids).Find(&fragments).Error; err != nil {
		return err
	}
	for _, row := range fragments {
		if c := circles[row.SessionID]; c != nil {
			c.fragments[row.N] = row
		}
	}
	return nil
}

func (r Roster) fillLive(ctx context.Context, db *gorm.DB, circles map[uuid.UUID]*circle) error {
	var pairs []policies.Pair
	for _, c := range circles {
		pairs = append(pairs, c.pairs()...)
	}
	live, err := r.People.Live(ctx, db, pairs)
	if err != nil {
		return err
	}
	for _, c := range circles {
		c.live = live
	}
	return nil
}

// pairs are each member before each owner and each other member.
func (c circle) pairs() (pairs []policies.Pair) {
	for _, member := range c.members {
		for _, f := range c.fragments {
			pairs = append(pairs, policies.Pair{ActorID: member, OwnerID: f.OwnerID})
		}
		for _, other := range c.members {
			pairs = append(pairs, policies.Pair{ActorID: member, OwnerID: other})
		}
	}
	return pairs
}
