package media

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Standing is how a recording stands at one moment, for planning: whether anyone
// but its owner could look at all. It opens nothing.
type Standing struct {
	OwnerID     uuid.UUID
	Open        bool     // ready, and not closed
	Gone        bool     // closed for good; not what is only paused
	SharingOpen bool     // the cooling-off is over
	Scopes      []string // what all participants allow
	DurationMs  *int64
}

// Standings are those of these recordings in two queries; one that is not there
// is not in the answer. It asks the policy nothing: whoever calls it decides who
// may know.
func (m *Media) Standings(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]Standing, error) {
	rows, err := m.facts.recordings(ctx, db, ids)
	if err != nil {
		return nil, err
	}
	conversations := map[uuid.UUID]bool{}
	for _, row := range rows {
		conversations[row.Row.ConversationID] = true
	}
	consents, err := m.facts.consent.Facts(ctx, db, keysOf(conversations))
	if err != nil {
		return nil, err
	}
	standings := make(map[uuid.UUID]Standing, len(rows))
	for id, row := range rows {
		given := consents[row.Row.ConversationID]
		standings[id] = Standing{
			OwnerID:     row.Row.OwnerID,
			Open:        row.Row.ClosedAt == nil && !given.Closed && row.Row.State == Ready,
			Gone:        row.Row.ClosedAt != nil || given.Closed && !given.Paused && !given.Waiting,
			SharingOpen: m.facts.sharingOpen(given, row.at()), Scopes: given.Scopes.Names(), DurationMs: row.Row.DurationMs,
		}
	}
	return standings, nil
}
