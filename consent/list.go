package consent

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// erasedShown is how long the list keeps its line "Deze opname is gewist".
const erasedShown = 30 * 24 * time.Hour

// Line is one line of a klantmanager's list: a conversation, or what is left
// of an erased one.
type Line struct {
	ID           uuid.UUID
	Conversation *Conversation // nil: erased
	ErasedAt     time.Time     // of an erased one: when it was closed
}

func (l Line) at() time.Time {
	if l.Conversation != nil {
		return l.Conversation.HeldAt
	}
	return l.ErasedAt
}

// List is a page of ownerID's conversations and erased ones, newest first.
// cursor is next of the page before, "" for the first; next is "" at the end.
// Errors: ErrInvalid for a cursor that is not one.
func (s *Service) List(ctx context.Context, ownerID uuid.UUID, cursor string, limit int) (lines []Line, next string, err error) {
	after, err := ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	db := s.DB.WithContext(ctx)
	open, err := s.openLines(ctx, db, ownerID, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	erased, err := s.erasedLines(db, ownerID, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	lines = append(open, erased...)
	slices.SortFunc(lines, func(a, b Line) int {
		if c := b.at().Compare(a.at()); c != 0 {
			return c
		}
		return bytes.Compare(b.ID[:], a.ID[:])
	})
	if len(lines) > limit {
		lines = lines[:limit]
		next = Position{lines[limit-1].at(), lines[limit-1].ID}.Cursor()
	}
	return lines, next, nil
}

func (s *Service) openLines(ctx context.Context, db *gorm.DB, ownerID uuid.UUID, after *Position, limit int) ([]Line, error) {
	query := db.Where("owner_id = ? AND closed_at IS NULL", ownerID)
	if after != nil {
		query = query.Where("(held_at, id) < (?, ?)", after.At, after.ID)
	}
	var rows []conversationRow
	if err := query.Order("held_at DESC, id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, err
	}
	waiting, err := waitingOf(db, rows)
	if err != nil {
		return nil, err
	}
	labels, err := s.labels(ctx, db, rows)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, len(rows))
	for i, row := range rows {
		conversation := row.conversation(labels[row.ID])
		conversation.Waiting = waiting[row.ID]
		lines[i] = Line{ID: row.ID, Conversation: &conversation}
	}
	return lines, nil
}

// waitingOf tells in which of these somebody has not answered yet.
func waitingOf(db *gorm.DB, rows []conversationRow) (map[uuid.UUID]bool, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	var found []uuid.UUID
	err := db.Model(&requestRow{}).Distinct("conversation_id").Where("conversation_id IN ?", ids).Pluck("conversation_id", &found).Error
	waiting := make(map[uuid.UUID]bool, len(found))
	for _, id := range found {
		waiting[id] = true
	}
	return waiting, err
}

func (s *Service) erasedLines(db *gorm.DB, ownerID uuid.UUID, after *Position, limit int) ([]Line, error) {
	query := db.Where("owner_id = ? AND requested_at > ?", ownerID, s.now().Add(-erasedShown))
	if after != nil {
		query = query.Where("(requested_at, id) < (?, ?)", after.At, after.ID)
	}
	var rows []erasureRow
	if err := query.Order("requested_at DESC, id DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, err
	}
	lines := make([]Line, len(rows))
	for i, row := range rows {
		lines[i] = Line{ID: row.ID, ErasedAt: row.RequestedAt}
	}
	return lines, nil
}

// Versions are the present conversations of these people with their version:
// what listening screens are told changes of.
func (s *Service) Versions(ctx context.Context, ownerIDs []uuid.UUID) (map[uuid.UUID]map[uuid.UUID]int64, error) {
	var rows []struct {
		ID      uuid.UUID
		OwnerID uuid.UUID
		Version int64
	}
	err := s.DB.WithContext(ctx).Model(&conversationRow{}).Select("id, owner_id, version").
		Where("owner_id IN ? AND closed_at IS NULL", ownerIDs).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	versions := map[uuid.UUID]map[uuid.UUID]int64{}
	for _, row := range rows {
		if versions[row.OwnerID] == nil {
			versions[row.OwnerID] = map[uuid.UUID]int64{}
		}
		versions[row.OwnerID][row.ID] = row.Version
	}
	return versions, nil
}

// Raise tells listening screens, inside another room's transaction, that
// something of the conversation changed (a recording is ready).
func (s *Service) Raise(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error {
	return raise(tx.WithContext(ctx), conversationID)
}
