package consent

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// newRecordEvent is what is known of an event before it stands in its record's row.
type newRecordEvent struct {
	id           uuid.UUID
	kind, byWhom string
	at           time.Time
	reason       string     // of an invalidation
	keptUntil    *time.Time // of an extension
}

func newEvent(kind, byWhom string, at time.Time) newRecordEvent {
	return newRecordEvent{id: newID(), kind: kind, byWhom: byWhom, at: at}
}

func (s *Service) appendEvent(tx *gorm.DB, id uuid.UUID, record recordRow, kind, byWhom string, at time.Time) error {
	return s.append(tx, record, newRecordEvent{id: id, kind: kind, byWhom: byWhom, at: at})
}

// append adds the next event of a record and moves its version along.
// The unique number (record, seq) is the compare-and-set: of two who read the
// same version one fails. The event is kept for Proof after the last thing
// that can happen to it, so longer than the longest retention.
func (s *Service) append(tx *gorm.DB, record recordRow, event newRecordEvent) error {
	seq := record.Version + 1
	err := tx.Create(&eventRow{
		ID: event.id, RecordID: record.ID, ConversationID: record.ConversationID, Seq: seq, Kind: event.kind, At: event.at,
		ByWhom: event.byWhom, Scopes: record.Scopes, Method: record.Method, TextVersion: record.TextVersion,
		TextHash: record.TextHash, Language: record.Language, PurgeAfter: s.proofEnds(event.at),
		Capacity: record.Capacity, Told: record.Told, Lookback: record.Lookback, Shown: record.Shown, Reason: event.reason,
		KeptUntil: event.keptUntil,
	}).Error
	if err != nil {
		return err
	}
	return tx.Model(&recordRow{}).Where("id = ?", record.ID).Update("version", seq).Error
}

// maxRetention is the longest a recording may be kept (domain.md, "Consent").
const maxRetention = 180 * 24 * time.Hour

// byWhom tells who made an event, where the kind says it: the term ends by
// itself, ending on someone's behalf is for the register, the rest is asked.
func byWhom(kind string) string {
	switch kind {
	case string(Expired):
		return bySystem
	case string(Revoked), string(Invalidated):
		return byPrivacyManager
	}
	return byParticipant
}

// Who an event or an answer is by.
const (
	byParticipant    = "participant"
	byKlantmanager   = "klantmanager"    // who registered what was said or written
	byPrivacyManager = "privacy_manager" // two people of the register, on someone's behalf
	bySystem         = "system"
)

// kindNarrowed and kindResumed are the event kinds that are no state.
const kindNarrowed = "narrowed"
