package consent

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// History is everything that happened to one record, as its person may read it
// for as long as the record exists, also after all else was erased.
type History struct {
	RecordID       uuid.UUID
	ConversationID uuid.UUID
	Role           Role
	Capacity       Capacity // of a representative and of whom they represent
	Told           bool     // the represented person was told
	Events         []Event  // oldest first, at least one
}

// Event is one of a record: what counted from then on, and what was shown.
type Event struct {
	ID     uuid.UUID
	Kind   string
	At     time.Time
	ByWhom string
	Until  time.Time // when a pause ends by itself, or until when everyone agreed to keep it; zero: neither
	// KeptUntil is until when everyone agreed to keep the recordings by then; zero:
	// only RetentionDays counts.
	KeptUntil time.Time
	Scopes    Scopes
	Method    string
	// Lookback: wishes to look back, which is no scope.
	Lookback bool

	TextVersion, TextHash, Language string
	OrganisationHash                string // SHA-256 of organisation.yaml; "": there was none
	LegalBasis                      string // "": not recorded
	RetentionDays                   int    // 0: not recorded
}

// History reads a record's events. Errors: ErrNotFound.
func (s *Service) History(ctx context.Context, recordID uuid.UUID) (History, error) {
	db := s.DB.WithContext(ctx)
	var record recordRow
	if err := db.Where("id = ?", recordID).Take(&record).Error; err != nil {
		return History{}, notFound(err)
	}
	var rows []eventRow
	if err := db.Where("record_id = ?", recordID).Order("seq").Find(&rows).Error; err != nil {
		return History{}, err
	}
	if len(rows) == 0 {
		return History{}, ErrNotFound // past its term, and the record follows
	}
	h := History{RecordID: record.ID, ConversationID: record.ConversationID, Role: record.Role, Capacity: record.Capacity, Told: record.Told}
	var kept time.Time
	for _, row := range rows {
		if row.KeptUntil != nil {
			kept = row.KeptUntil.UTC()
		}
		event := row.event()
		event.KeptUntil = kept
		h.Events = append(h.Events, event)
	}
	return h, nil
}

// HistoryOfEvent is the History up to and including the event with this number.
// Errors: ErrNotFound.
func (s *Service) HistoryOfEvent(ctx context.Context, eventID uuid.UUID) (History, error) {
	var row eventRow
	if err := s.DB.WithContext(ctx).Where("id = ?", eventID).Take(&row).Error; err != nil {
		return History{}, notFound(err)
	}
	h, err := s.History(ctx, row.RecordID)
	if err != nil {
		return History{}, err
	}
	for i, event := range h.Events {
		if event.ID == eventID {
			h.Events = h.Events[:i+1]
		}
	}
	return h, nil
}

// ErasureOf is the erasure of the whole conversation of a record. Errors:
// ErrNotFound while nothing is being erased.
func (s *Service) ErasureOf(ctx context.Context, recordID uuid.UUID) (Erasure, error) {
	db := s.DB.WithContext(ctx)
	var record recordRow
	if err := db.Where("id = ?", recordID).Take(&record).Error; err != nil {
		return Erasure{}, notFound(err)
	}
	erasure, err := conversationErasure(db, record.ConversationID)
	if errors.Is(err, ErrClosed) {
		return Erasure{}, ErrNotFound
	}
	return erasure, err
}

func notFound(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return ErrNotFound
	}
	return err
}

func (e eventRow) event() Event {
	event := Event{
		ID: e.ID, Kind: e.Kind, At: e.At.UTC(), ByWhom: e.ByWhom, Scopes: scopesOf(e.Scopes), Method: e.Method, Lookback: e.Lookback,
		TextVersion: e.TextVersion, TextHash: e.TextHash, Language: e.Language,
		OrganisationHash: e.Shown.OrganisationHash, LegalBasis: e.Shown.LegalBasis, RetentionDays: e.Shown.RetentionDays,
	}
	switch {
	case e.Kind == string(Paused):
		event.Until = event.At.Add(PauseLimit)
	case e.KeptUntil != nil:
		event.Until = e.KeptUntil.UTC()
	}
	return event
}

// shown is what the pages of this server show beside the text; days are rounded
// up, as there.
func (s *Service) shown() shownRow {
	return shownRow{OrganisationHash: hashOfFile(s.OrganisationFile), LegalBasis: s.LegalBasis, RetentionDays: int((s.Retention + 24*time.Hour - 1) / (24 * time.Hour))}
}

func hashOfFile(content []byte) string {
	if content == nil {
		return ""
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// unusedFor is how long an organisation.yaml that nobody shows, and that no
// proof names, is still kept.
const unusedFor = 24 * time.Hour

// keepOrganisation keeps the file that is shown now, and forgets those that are
// shown no more and that no request, record or event names.
func (s *Service) keepOrganisation(tx *gorm.DB) error {
	if s.OrganisationFile != nil {
		row := organisationRow{Hash: hashOfFile(s.OrganisationFile), Content: s.OrganisationFile, UsedAt: s.now()}
		again := clause.OnConflict{Columns: []clause.Column{{Name: "hash"}}, DoUpdates: clause.AssignmentColumns([]string{"used_at"})}
		if err := tx.Clauses(again).Create(&row).Error; err != nil {
			return err
		}
	}
	query := tx.Where("used_at <= ?", s.now().Add(-unusedFor))
	for _, table := range []string{"consent_requests", "consent_records", "consent_events", "consent_extension_answers"} {
		query = query.Where("NOT EXISTS (SELECT 1 FROM " + table + " x WHERE x.organisation_hash = organisation_files.hash)")
	}
	return query.Delete(&organisationRow{}).Error
}

// OrganisationShown is the organisation.yaml with this hash, as it was shown.
// Errors: ErrNotFound.
func (s *Service) OrganisationShown(ctx context.Context, hash string) ([]byte, error) {
	var row organisationRow
	err := s.DB.WithContext(ctx).Where("hash = ?", hash).Take(&row).Error
	return row.Content, notFound(err)
}
