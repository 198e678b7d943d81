package consent

import (
	"time"

	"gorm.io/gorm"
)

// appendEvent adds the next event of a record and moves its version along.
// The unique number (record, seq) is the compare-and-set: of two who read the
// same version one fails. The event is kept for Proof after the last thing
// that can happen to it, so longer than the longest retention.
func (s *Service) appendEvent(tx *gorm.DB, record recordRow, kind, byWhom string, at time.Time) error {
	seq := record.Version + 1
	err := tx.Create(&eventRow{
		ID: newID(), RecordID: record.ID, ConversationID: record.ConversationID, Seq: seq, Kind: kind, At: at,
		ByWhom: byWhom, Scopes: record.Scopes, Method: record.Method, TextVersion: record.TextVersion,
		TextHash: record.TextHash, Language: record.Language, PurgeAfter: at.Add(maxRetention + s.Proof),
	}).Error
	if err != nil {
		return err
	}
	return tx.Model(&recordRow{}).Where("id = ?", record.ID).Update("version", seq).Error
}

// maxRetention is the longest a recording may be kept (domain.md, "Consent").
const maxRetention = 180 * 24 * time.Hour

// kindNarrowed is the one event kind that is no state.
const kindNarrowed = "narrowed"
