package session

import (
	"context"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Channel is where PostgreSQL tells other processes that something of a session
// changed: NOTIFY with its id. It is a shortcut; what is lost there is found by
// those who look four times a second (Glance).
const Channel = "vakspiegel_sessions"

// changesKey is of the mark, in a transaction's context, that a session changed.
type changesKey struct{}

// announce tells everyone who follows the session, once the transaction is
// through: other processes by the database, this one by within.
func announce(tx *gorm.DB, id uuid.UUID) error {
	if changed, ok := tx.Statement.Context.Value(changesKey{}).(*bool); ok {
		*changed = true
	}
	if tx.Name() != "postgres" {
		return nil
	}
	return tx.Exec("SELECT pg_notify(?, ?)", Channel, id.String()).Error
}

func markingChanges(ctx context.Context) (marked context.Context, changed *bool) {
	changed = new(bool)
	return context.WithValue(ctx, changesKey{}, changed), changed
}
