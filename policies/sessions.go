package policies

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// ErrNoSession says that the token opens nothing: unknown, idle too long, too
// old, ended, or of a disabled person.
var ErrNoSession = errors.New("no session")

// ErrSessionLocked says that the session shows nothing until its person signs
// in again: its screen is in someone else's hands.
var ErrSessionLocked = errors.New("session is locked")

const (
	// SessionIdle ends a session that was not used for so long.
	SessionIdle = 2 * time.Hour
	// SessionLife ends every session, used or not.
	SessionLife = 12 * time.Hour
	// seenEvery is how often use is written down; it shortens SessionIdle by
	// as much at most.
	seenEvery = time.Minute
)

// Sessions keeps who of the staff is signed in, on the server.
type Sessions struct {
	db *gorm.DB
	settings
}

// NewSessions returns the sessions kept in db.
func NewSessions(db *gorm.DB, options ...Option) *Sessions {
	return &Sessions{db, apply(options)}
}

// Create begins a session and returns its token, the only copy of it. Errors:
// ErrNoPerson, also for a disabled one.
func (s *Sessions) Create(ctx context.Context, personID uuid.UUID) (string, error) {
	token, now := newSecret(), s.utc()
	// One statement, so that nobody disabled meanwhile gets a session.
	done := s.db.WithContext(ctx).Exec(`INSERT INTO staff_sessions (token_hash, person_id, created_at, last_seen_at, expires_at)
		SELECT @hash, id, @now, @now, @expires FROM people WHERE id = @person AND disabled_at IS NULL`+lock(s.db),
		map[string]any{"hash": hashSecret(token), "now": now, "expires": now.Add(SessionLife), "person": personID})
	if done.Error != nil {
		return "", fmt.Errorf("create session: %w", done.Error)
	}
	if done.RowsAffected != 1 {
		return "", ErrNoPerson
	}
	return token, nil
}

// lock makes a sign-in and a disabling wait for each other. SQLite has one
// writer at a time anyway.
func lock(db *gorm.DB) string {
	if db.Name() == "postgres" {
		return " FOR SHARE"
	}
	return ""
}

// Open tells which of these sessions someone may act in at this moment.
func (s *Sessions) Open(ctx context.Context, tokens []string) (map[string]bool, error) {
	byHash, hashes := map[string]string{}, make([][]byte, len(tokens))
	for i, token := range tokens {
		hashes[i] = hashSecret(token)
		byHash[string(hashes[i])] = token
	}
	now := s.utc()
	var found [][]byte
	err := s.db.WithContext(ctx).Model(&sessionRow{}).
		Where("token_hash IN ? AND locked_at IS NULL AND expires_at > ? AND last_seen_at > ?", hashes, now, now.Add(-SessionIdle)).
		Pluck("token_hash", &found).Error
	if err != nil {
		return nil, fmt.Errorf("open sessions: %w", err)
	}
	open := make(map[string]bool, len(found))
	for _, hash := range found {
		open[byHash[string(hash)]] = true
	}
	return open, nil
}

// Actor returns who the token belongs to, with the roles of this moment.
// Errors: ErrNoSession, ErrSessionLocked.
func (s *Sessions) Actor(ctx context.Context, token string) (Actor, error) {
	var rows []struct {
		ID          uuid.UUID
		Login, Name string
		LastSeenAt  time.Time
		LockedAt    *time.Time
		Role        *Role
	}
	now, hash := s.utc(), hashSecret(token)
	err := s.db.WithContext(ctx).Raw(`SELECT p.id, p.login, p.name, s.last_seen_at, s.locked_at, r.role
		FROM staff_sessions s JOIN people p ON p.id = s.person_id LEFT JOIN person_roles r ON r.person_id = p.id
		WHERE s.token_hash = ? AND s.expires_at > ? AND s.last_seen_at > ? AND p.disabled_at IS NULL ORDER BY r.role`,
		hash, now, now.Add(-SessionIdle)).Scan(&rows).Error
	if err != nil {
		return Actor{}, fmt.Errorf("session: %w", err)
	}
	if len(rows) == 0 {
		return Actor{}, ErrNoSession
	}
	if rows[0].LockedAt != nil {
		return Actor{}, ErrSessionLocked
	}
	actor := Actor{Kind: ActorPerson, ID: rows[0].ID, Login: rows[0].Login, Name: rows[0].Name}
	for _, row := range rows {
		if row.Role != nil {
			actor.Roles = append(actor.Roles, *row.Role)
		}
	}
	if now.Sub(rows[0].LastSeenAt) < seenEvery {
		return actor, nil
	}
	return actor, s.seen(ctx, hash, now)
}

func (s *Sessions) seen(ctx context.Context, hash []byte, now time.Time) error {
	err := s.db.WithContext(ctx).Model(&sessionRow{}).
		Where("token_hash = ? AND last_seen_at < ?", hash, now).Update("last_seen_at", now).Error
	if err != nil {
		return fmt.Errorf("session seen: %w", err)
	}
	return nil
}

// End ends the session; an unknown token is no error.
func (s *Sessions) End(ctx context.Context, token string) error {
	return s.remove(ctx, "token_hash = ?", hashSecret(token))
}

// EndAll ends every session of the person.
func (s *Sessions) EndAll(ctx context.Context, personID uuid.UUID) error {
	return s.remove(ctx, "person_id = ?", personID)
}

func (s *Sessions) remove(ctx context.Context, where string, values ...any) error {
	if err := s.db.WithContext(ctx).Where(where, values...).Delete(&sessionRow{}).Error; err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	return nil
}

// Sweep deletes sessions and sign-ins that are over. A locked one stays as long
// as any: it is what asks for the person again.
func (s *Sessions) Sweep(ctx context.Context) error {
	now := s.utc()
	if err := s.remove(ctx, "expires_at <= ? OR last_seen_at <= ? AND locked_at IS NULL", now, now.Add(-SessionIdle)); err != nil {
		return err
	}
	if err := s.db.WithContext(ctx).Where("expires_at <= ?", now).Delete(&signInRow{}).Error; err != nil {
		return fmt.Errorf("sweep sign-ins: %w", err)
	}
	return nil
}
