package consent

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// appendEvent adds the next event of a record and moves its version along.
// The unique number (record, seq) is the compare-and-set: of two who read the
// same version one fails. The event is kept for Proof after the last thing
// that can happen to it, so longer than the longest retention.
func (s *Service) appendEvent(tx *gorm.DB, id uuid.UUID, record recordRow, kind, byWhom string, at time.Time) error {
	seq := record.Version + 1
	err := tx.Create(&eventRow{
		ID: id, RecordID: record.ID, ConversationID: record.ConversationID, Seq: seq, Kind: kind, At: at,
		ByWhom: byWhom, Scopes: record.Scopes, Method: record.Method, TextVersion: record.TextVersion,
		TextHash: record.TextHash, Language: record.Language, PurgeAfter: at.Add(maxRetention + s.Proof),
		Capacity: record.Capacity, Told: record.Told, Shown: record.Shown,
	}).Error
	if err != nil {
		return err
	}
	return tx.Model(&recordRow{}).Where("id = ?", record.ID).Update("version", seq).Error
}

// maxRetention is the longest a recording may be kept (domain.md, "Consent").
const maxRetention = 180 * 24 * time.Hour

// byWhom tells who made an event: the term ends by itself, the rest is asked.
func byWhom(kind string) string {
	if kind == string(Expired) {
		return bySystem
	}
	return byParticipant
}

// Who an event or an answer is by.
const (
	byParticipant = "participant"
	bySystem      = "system"
)

// kindNarrowed and kindResumed are the event kinds that are no state.
const kindNarrowed = "narrowed"
