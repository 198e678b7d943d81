package policies

import (
	"context"
	"fmt"
	"time"
)

// Lock closes a session on the server: from now on it is nobody's. Only signing
// in anew opens anything in that browser, which is asked for as long as a session
// lives, counted from the lock. Locking twice keeps the first moment.
// Error: ErrNoSession.
func (s *Sessions) Lock(ctx context.Context, token string) error {
	now := s.utc()
	done := s.db.WithContext(ctx).Exec(`UPDATE staff_sessions SET locked_at = COALESCE(locked_at, ?), expires_at = ?
		WHERE token_hash = ? AND expires_at > ?`, now, now.Add(SessionLife), hashSecret(token), now)
	if done.Error != nil {
		return fmt.Errorf("lock session: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return ErrNoSession
	}
	return nil
}

// LockedSince is when the session was locked; nil for one that is not, or is over.
func (s *Sessions) LockedSince(ctx context.Context, token string) (*time.Time, error) {
	var row struct{ LockedAt *time.Time }
	err := s.db.WithContext(ctx).Model(&sessionRow{}).Select("locked_at").
		Where("token_hash = ? AND expires_at > ?", hashSecret(token), s.utc()).Scan(&row).Error
	if err != nil {
		return nil, fmt.Errorf("locked session: %w", err)
	}
	return row.LockedAt, nil
}
