package session

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
)

// Roster says who looks along at what: it is media.Gatherings. Leases ask it for
// every running stream, four times a second.
type Roster struct{ People *policies.People }

// Gathered implements media.Gatherings with one round of queries, however many
// onlookers there are (invariants 1 and 2). Who is no member, and who has not
// accepted the present agreement, has no part.
func (r Roster) Gathered(ctx context.Context, db *gorm.DB, onlookers []media.Onlooker) (map[media.Onlooker]media.Gathered, error) {
	ids := make([]uuid.UUID, 0, len(onlookers))
	for _, onlooker := range onlookers {
		if !slices.Contains(ids, onlooker.SessionID) {
			ids = append(ids, onlooker.SessionID)
		}
	}
	circles, err := r.circles(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	answers := make(map[media.Onlooker]media.Gathered, len(onlookers))
	for _, onlooker := range onlookers {
		circle, ok := circles[onlooker.SessionID]
		if !ok || !circle.has(onlooker.ActorID) {
			continue
		}
		if fragment, ok := circle.fragments[onlooker.N]; ok {
			answers[onlooker] = circle.before(onlooker.ActorID, fragment)
		}
	}
	return answers, nil
}
