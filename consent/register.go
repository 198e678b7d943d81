package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// RegisterRecord is one consent as the register shows it: the proof, and
// nothing of the conversation but that it was.
type RegisterRecord struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	Klantmanager   string // a pseudonym; "" where nobody knows any more
	Role           Role
	State          State
	Scopes         Scopes
	Method         string
	Language       string
	TextVersion    string
	TextHash       string
	GivenAt        time.Time
	ChangedAt      time.Time
	ProofUntil     time.Time
	Erasure        *Erasure // of the whole conversation
}

// RegisterFilter is which records are asked for; the zero value is all.
type RegisterFilter struct {
	State        State
	Role         Role
	Method       string
	Language     string
	Pseudonym    string    // of the months that From and Until span; else of this one
	From, Until  time.Time // given at or after From and before Until
	AwaitErasure bool      // something of the conversation is still being erased
	// Hidden are klantmanagers whom the reader evaluates: nothing of theirs is in
	// any answer (guard.go). Records of nobody known are then left out too.
	Hidden []uuid.UUID
}

// RegisterPage is a page of the register, newest consent first. Only records are
// in it: what waits or was refused is nowhere. It reads along an index, so a
// page costs the same however long the register is.
// Errors: ErrInvalid for a cursor that is not one.
func (s *Service) RegisterPage(ctx context.Context, filter RegisterFilter, cursor string, limit int) (records []RegisterRecord, next string, err error) {
	after, err := ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	names, err := s.pseudonyms(ctx)
	if err != nil {
		return nil, "", err
	}
	db := s.DB.WithContext(ctx)
	query, err := s.filtered(db, names, filter)
	if err != nil || query == nil {
		return nil, "", err
	}
	if after != nil {
		query = query.Where("(given_at, id) < (?, ?)", after.At, after.ID)
	}
	var rows []recordRow
	if err := query.Order("given_at DESC, id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return nil, "", err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = Position{rows[limit-1].GivenAt, rows[limit-1].ID}.Cursor()
	}
	records, err = registered(db, names, rows)
	return records, next, err
}

// filtered is the query of a filter; nil when a pseudonym is nobody's.
func (s *Service) filtered(db *gorm.DB, names pseudonyms, f RegisterFilter) (*gorm.DB, error) {
	query := db.Model(&recordRow{})
	for column, value := range map[string]string{
		"state": string(f.State), "role": string(f.Role), "method": f.Method, "language": f.Language,
	} {
		if value != "" {
			query = query.Where(column+" = ?", value)
		}
	}
	if !f.From.IsZero() {
		query = query.Where("given_at >= ?", f.From.UTC())
	}
	if !f.Until.IsZero() {
		query = query.Where("given_at < ?", f.Until.UTC())
	}
	if f.AwaitErasure {
		query = query.Where("conversation_id IN (SELECT e.conversation_id FROM erasures e WHERE e.erased_at IS NULL)")
	}
	if len(f.Hidden) > 0 {
		query = query.Where("owner_id NOT IN ?", f.Hidden)
	}
	if f.Pseudonym == "" {
		return query, nil
	}
	return s.ofPseudonym(db, query, names, f)
}

func (s *Service) ofPseudonym(db, query *gorm.DB, names pseudonyms, f RegisterFilter) (*gorm.DB, error) {
	var owners []uuid.UUID
	if err := db.Model(&recordRow{}).Distinct("owner_id").Where("owner_id IS NOT NULL").Pluck("owner_id", &owners).Error; err != nil {
		return nil, err
	}
	found := names.find(f.Pseudonym, owners, f.From, f.Until, s.now())
	if len(found) == 0 {
		return nil, nil
	}
	any := db.Session(&gorm.Session{NewDB: true})
	for _, of := range found {
		any = any.Or("owner_id = ? AND given_at >= ? AND given_at < ?", of.owner, of.from.UTC(), of.until.UTC())
	}
	return query.Where(any), nil
}

// registered makes records of rows, with their conversations' erasures.
func registered(db *gorm.DB, names pseudonyms, rows []recordRow) ([]RegisterRecord, error) {
	conversations := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		conversations[i] = row.ConversationID
	}
	var erasures []erasureRow
	if err := db.Where("conversation_id IN ? AND recording_id IS NULL", conversations).Find(&erasures).Error; err != nil {
		return nil, err
	}
	of := map[uuid.UUID]*Erasure{}
	for _, row := range erasures {
		erasure := row.erasure()
		of[row.ConversationID] = &erasure
	}
	records := make([]RegisterRecord, len(rows))
	for i, row := range rows {
		records[i] = RegisterRecord{
			ID: row.ID, ConversationID: row.ConversationID, Klantmanager: names.of(row.owner(), row.GivenAt), Role: row.Role,
			State: row.State, Scopes: scopesOf(row.Scopes), Method: row.Method, Language: row.Language,
			TextVersion: row.TextVersion, TextHash: row.TextHash, GivenAt: row.GivenAt, ChangedAt: row.ChangedAt,
			ProofUntil: row.PurgeAfter, Erasure: of[row.ConversationID],
		}
	}
	return records, nil
}

// RegisterOwner is whose conversation a record is of: what a decision about it
// needs. Errors: ErrNotFound.
func (s *Service) RegisterOwner(ctx context.Context, recordID uuid.UUID) (owner, conversation uuid.UUID, err error) {
	var row recordRow
	err = s.DB.WithContext(ctx).Where("id = ?", recordID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return uuid.Nil, uuid.Nil, ErrNotFound
	}
	return row.owner(), row.ConversationID, err
}
