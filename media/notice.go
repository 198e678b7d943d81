package media

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// Notice is what the klantmanager is told of a recording's time. It follows
// from what the tables say at this moment: nothing is sent, and nothing is ever
// "too late".
type Notice string

// The notices; of several the first counts.
const (
	NoNotice    Notice = ""
	ExpiresDay  Notice = "expires_day"  // erased within a day
	ExpiresWeek Notice = "expires_week" // erased within a week
	StillNeeded Notice = "still_needed" // unwatched for Config.AskAfter
)

const (
	noticeDay  = 24 * time.Hour
	noticeWeek = 7 * noticeDay
)

// notice is what the row alone says, by the database's clock; dropWatched
// takes StillNeeded back from what was watched.
func (m *Media) notice(seen sight) Notice {
	row, left := seen.recording, seen.recording.ExpiresAt.Sub(seen.at)
	if row.State != Ready || !m.Policy.Decide(seen.actor, policies.RecordingErase, seen.facts, policies.NoPurpose).Allowed {
		return NoNotice
	}
	switch {
	case left <= noticeDay:
		return ExpiresDay
	case left <= noticeWeek:
		return ExpiresWeek
	}
	since := row.CreatedAt
	for _, later := range []*time.Time{row.ReadyAt, row.KeptAt} {
		if later != nil && later.After(since) {
			since = *later
		}
	}
	if seen.at.Sub(since) < m.AskAfter ||
		!m.Policy.Decide(seen.actor, policies.RecordingKeep, seen.facts, policies.NoPurpose).Allowed {
		return NoNotice
	}
	return StillNeeded
}

// dropWatched takes StillNeeded back from the recordings that somebody watched
// not long ago.
func (m *Media) dropWatched(ctx context.Context, recordings []Recording) error {
	var asked []string
	for _, r := range recordings {
		if r.Notice == StillNeeded {
			asked = append(asked, r.ID.String())
		}
	}
	if len(asked) == 0 {
		return nil
	}
	now, err := consent.DatabaseTime(ctx, m.DB)
	if err != nil {
		return err
	}
	watched, err := m.Audit.ViewedSince(ctx, asked, now.Add(-m.AskAfter))
	if err != nil {
		return err
	}
	for i, r := range recordings {
		if r.Notice == StillNeeded && watched[r.ID.String()] {
			recordings[i].Notice = NoNotice
		}
	}
	return nil
}

// Keep is "Ja, ik wil hem nog bekijken": the question comes back after another
// Config.AskAfter. It moves no end: the recording is erased when it would
// have been. Errors: ErrNotFound.
func (m *Media) Keep(ctx context.Context, actor policies.Actor, id uuid.UUID) error {
	seen, err := m.see(ctx, m.DB, actor, id)
	if err != nil {
		return err
	}
	decision := m.Policy.Decide(seen.actor, policies.RecordingKeep, seen.facts, policies.NoPurpose)
	if !decision.Allowed || seen.gone() || seen.recording.State != Ready {
		return m.refused(ctx, seen, policies.RecordingKeep, policies.NoPurpose, decision)
	}
	return m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		kept := tx.Model(&recordingRow{}).Where("id = ? AND closed_at IS NULL AND expires_at > CURRENT_TIMESTAMP", id).
			Updates(changed("kept_at", seen.at))
		if err := exactlyOne(kept, ErrNotFound); err != nil {
			return err
		}
		return m.Audit.Append(ctx, tx, entryOf(seen, policies.RecordingKeep, policies.NoPurpose, decision.Rule, audit.Done))
	})
}
