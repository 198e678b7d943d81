package media

import (
	"context"
	"slices"

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

// Closing are the recordings that may be closed for good while there is still a row
// of them: what an erasure is owed of, and what has outlived its term. They are few,
// and found by an index, however many recordings there are; Standings tells which
// of them are gone.
func (m *Media) Closing(ctx context.Context, db *gorm.DB) ([]uuid.UUID, error) {
	conversations, err := m.Consent.Closing(ctx, db)
	if err != nil {
		return nil, err
	}
	recordings := func() *gorm.DB { return db.WithContext(ctx).Model(&recordingRow{}) }
	var ids []uuid.UUID
	if err := recordings().Where("closed_at IS NULL AND expires_at <= CURRENT_TIMESTAMP").Pluck("id", &ids).Error; err != nil {
		return nil, err
	}
	for part := range slices.Chunk(conversations, closingPart) {
		var owed []uuid.UUID
		if err := recordings().Where("conversation_id IN ?", part).Pluck("id", &owed).Error; err != nil {
			return nil, err
		}
		ids = append(ids, owed...)
	}
	return ids, nil
}

// closingPart keeps a query well under the parameters that a database takes.
const closingPart = 500
