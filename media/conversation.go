package media

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"vakspiegel/policies"
)

// OfConversations are the recordings the actor may see of these conversations,
// oldest first, by conversation.
func (m *Media) OfConversations(ctx context.Context, actor policies.Actor, ids []uuid.UUID) (map[uuid.UUID][]Recording, error) {
	var rows []recordingRow
	err := m.DB.WithContext(ctx).Where("conversation_id IN ? AND closed_at IS NULL", ids).Order("created_at, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	visible, err := m.visible(ctx, actor, rows)
	if err != nil {
		return nil, err
	}
	of := make(map[uuid.UUID][]Recording, len(ids))
	for _, r := range visible {
		of[r.ConversationID] = append(of[r.ConversationID], r)
	}
	return of, nil
}

// Kept is what a participant may know of the recordings of their conversation.
type Kept struct {
	Recordings     int
	ExpiresAt      time.Time // the last one's; zero without any
	SharingOpensAt time.Time // zero without any
	Looked         int       // different people other than the owner
	Views          []View    // theirs, newest first
	// OriginalsGoneAt is when the last file that it came from was said to be
	// erased where it stood; zero while one was not. It outlives the recordings.
	OriginalsGoneAt time.Time
}

// Kept tells how many recordings of a conversation there are, until when, and
// how many others looked.
func (m *Media) Kept(ctx context.Context, conversationID uuid.UUID) (Kept, error) {
	var kept Kept
	var rows []recordingRow
	if err := m.DB.WithContext(ctx).Where("conversation_id = ?", conversationID).Find(&rows).Error; err != nil {
		return kept, err
	}
	facts, err := m.Consent.Facts(ctx, m.DB, []uuid.UUID{conversationID})
	if err != nil {
		return kept, err
	}
	looked := map[uuid.UUID]bool{}
	for _, row := range rows {
		kept.Recordings++
		if row.ExpiresAt.After(kept.ExpiresAt) {
			kept.ExpiresAt = row.ExpiresAt
		}
		kept.SharingOpensAt = facts[conversationID].SharingOpensAt(m.CoolingOff)
		views, err := m.Audit.Views(ctx, row.ID.String())
		if err != nil {
			return kept, err
		}
		for _, view := range viewsOf(views) {
			if view.ActorID != row.OwnerID {
				looked[view.ActorID] = true
				kept.Views = append(kept.Views, view)
			}
		}
	}
	slices.SortStableFunc(kept.Views, func(a, b View) int { return b.At.Compare(a.At) })
	kept.Looked = len(looked)
	kept.OriginalsGoneAt, err = originalsGone(m.DB.WithContext(ctx), conversationID)
	return kept, err
}
