package media

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/consent"
	"vakspiegel/policies"
)

// Allowed is a page of the recordings on which the actor may do something to a
// note of their own at this moment, newest first: exactly those that Allow would
// allow, one by one, but without an entry in the audit log for those it would
// refuse. Like Allow it locks them until the transaction ends. cursor is next of
// the page before, "" for the first; next is "" at the end. Errors: ErrInvalid
// for a cursor that is not one.
func (m *Media) Allowed(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, cursor string, limit int) (page []Recording, next string, err error) {
	after, err := consent.ParseCursor(cursor)
	if err != nil {
		return nil, "", &InvalidError{Faults: []Fault{{"cursor", "unknown", "not a cursor of this list"}}}
	}
	rows, err := lockedOwnRows(tx.WithContext(ctx), actor, after, limit)
	if err != nil || len(rows) == 0 {
		return nil, "", err
	}
	pairs := make([]pair, len(rows))
	for i, row := range rows {
		pairs[i] = pair{actor: actor, recording: row.ID}
	}
	sights, err := m.facts.look(ctx, tx, pairs)
	if err != nil {
		return nil, "", err
	}
	for i, row := range rows {
		seen, there := sights[i]
		if there && m.decide(&seen, row, action, actor.ID).Allowed {
			page = append(page, m.recording(seen, 0))
		}
	}
	if len(rows) == limit {
		last := rows[limit-1]
		next = consent.Position{At: last.CreatedAt, ID: last.ID}.Cursor()
	}
	return page, next, nil
}

// lockedOwnRows narrows by index what the policy is then asked about, and locks
// it against erasing.
func lockedOwnRows(tx *gorm.DB, actor policies.Actor, after *consent.Position, limit int) (rows []recordingRow, err error) {
	query := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthShare}).
		Where("owner_id = ? AND closed_at IS NULL AND state = ?", actor.ID, Ready)
	if after != nil {
		query = query.Where("(created_at, id) < (?, ?)", after.At, after.ID)
	}
	err = query.Order("created_at DESC, id DESC").Limit(limit).Find(&rows).Error
	return rows, err
}
