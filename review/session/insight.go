package session

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// MaxInsight is how many characters an insight has at most.
const MaxInsight = 2_000

// Insight is what an owner takes along from a session about one of their own
// recordings, for themselves alone. N is the first fragment of it that they brought
// in. Text is nil while they have not said anything, and empty when they said that
// there is nothing.
type Insight struct {
	N           int
	RecordingID uuid.UUID
	Text        *string
}

// insightWords are what is sealed of it.
type insightWords struct {
	Text string `json:"text"`
}

const kindInsight = "insight"

// place is where the words of an insight stand.
func (r insightRow) place() string { return words.Place(r.SessionID, r.Version) }

// Insights are the actor's own of a session: one for each of their recordings that
// they brought a fragment of into it, and may look back at now. Errors: ErrNotFound,
// also for who brought none.
func (s *Service) Insights(ctx context.Context, actor policies.Actor, id uuid.UUID) ([]Insight, error) {
	var insights []Insight
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionRead, id, false)
		if err != nil {
			return err
		}
		insights = nil
		own := seen.ownBrought()
		if len(own) == 0 {
			return ErrNotFound
		}
		for _, f := range own {
			insight, err := s.insight(ctx, tx, actor, f)
			if errors.Is(err, media.ErrNotFound) || errors.Is(err, ErrNotFound) {
				continue // closed: as if it had never been brought in
			}
			if err != nil {
				return err
			}
			insights = append(insights, insight)
		}
		slices.SortFunc(insights, func(a, b Insight) int { return cmp.Compare(a.N, b.N) })
		return nil
	})
	return insights, err
}

// insight reads one, without an entry in the audit log for a recording that is
// closed: the list is not a way to ask.
func (s *Service) insight(ctx context.Context, tx *gorm.DB, actor policies.Actor, f fragmentRow) (Insight, error) {
	if _, err := s.Looks.Allow(ctx, tx, actor, policies.AnnotationRead, f.RecordingID, actor.ID); err != nil {
		return Insight{}, err
	}
	row, err := takeInsight(tx, f, actor.ID)
	if err != nil || row.Version == 0 {
		return Insight{N: f.N, RecordingID: f.RecordingID}, err
	}
	texts, err := s.Keys.Texts(ctx, tx, f.RecordingID)
	if err != nil {
		return Insight{}, err
	}
	defer texts.Close()
	w, err := words.Open[insightWords](texts, kindInsight, row.place(), row.Sealed)
	return Insight{f.N, f.RecordingID, &w.Text}, err
}

// KeepInsight keeps what the actor takes along about the recording of their own
// fragment n; what was kept before is gone. An empty text says that there is
// nothing, and nobody asks again. It can be written from the start of the session
// on, and after its end. Errors: ErrNotFound, ErrState, *Invalid.
func (s *Service) KeepInsight(ctx context.Context, actor policies.Actor, id uuid.UUID, n int, text string) (Insight, error) {
	text = strings.TrimSpace(text)
	if err := invalid(checkInsight(text)); err != nil {
		return Insight{}, err
	}
	var kept Insight
	err := s.within(ctx, func(tx *gorm.DB) error {
		seen, err := s.allow(ctx, tx, actor, policies.SessionRead, id, false)
		if err != nil {
			return err
		}
		f, there := seen.circle.fragments[n]
		if !there || f.OwnerID != actor.ID {
			return ErrNotFound
		}
		if seen.row.State != Running && seen.row.State != Finished {
			return ErrState
		}
		if _, err := s.Looks.Allow(ctx, tx, actor, policies.LookBackKeep, f.RecordingID, actor.ID); err != nil {
			return err
		}
		kept = Insight{n, f.RecordingID, &text}
		return s.storeInsight(ctx, tx, f, text)
	})
	return kept, err
}

func (s *Service) storeInsight(ctx context.Context, tx *gorm.DB, f fragmentRow, text string) error {
	row, err := takeInsight(tx, f, f.OwnerID)
	if err != nil {
		return err
	}
	texts, err := s.Keys.Texts(ctx, tx, f.RecordingID)
	if err != nil {
		return err
	}
	defer texts.Close()
	row = insightRow{SessionID: f.SessionID, RecordingID: f.RecordingID, OwnerID: f.OwnerID, Version: row.Version + 1}
	if row.Sealed, err = words.Seal(texts, kindInsight, row.place(), insightWords{text}); err != nil {
		return err
	}
	return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// takeInsight is the owner's row about the recording of a fragment; version 0 where
// there is none.
func takeInsight(tx *gorm.DB, f fragmentRow, owner uuid.UUID) (insightRow, error) {
	var rows []insightRow
	err := tx.Where("session_id = ? AND recording_id = ? AND owner_id = ?", f.SessionID, f.RecordingID, owner).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return insightRow{}, err
	}
	return rows[0], nil
}

func checkInsight(text string) (faults []Fault) {
	if !utf8.ValidString(text) {
		faults = append(faults, Fault{"text", "not_text", "It is text in UTF-8."})
	}
	if utf8.RuneCountInString(text) > MaxInsight {
		faults = append(faults, Fault{"text", "too_long", fmt.Sprintf("It is at most %d characters.", MaxInsight)})
	}
	return faults
}

// ownBrought is the first fragment of each of the actor's own recordings that they
// brought in, taken back or not, in the order in which recordings are locked.
func (seen sight) ownBrought() (own []fragmentRow) {
	first := map[uuid.UUID]fragmentRow{}
	for n, f := range seen.circle.fragments {
		if earlier, there := first[f.RecordingID]; f.OwnerID == seen.actor.ID && (!there || n < earlier.N) {
			first[f.RecordingID] = f
		}
	}
	for _, f := range first {
		own = append(own, f)
	}
	slices.SortFunc(own, func(a, b fragmentRow) int { return cmp.Compare(a.RecordingID.String(), b.RecordingID.String()) })
	return own
}
