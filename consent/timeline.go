package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Timeline is one record with everything that is proof about it.
type Timeline struct {
	RegisterRecord
	Events     []RegisterEvent
	Erasures   []Erasure // of the conversation, and of single recordings of it
	LedgerOwed bool      // a closing waits to be written to the ledger
	Proposals  []Proposal
	Unmaskings []Unmasking
	// What may be proposed now.
	CanPause, CanResume, CanEnd bool
}

// RegisterEvent is one event of a record.
type RegisterEvent struct {
	Kind        string
	At          time.Time
	ByWhom      string // participant, klantmanager, privacy_manager, system
	Scopes      Scopes
	Method      string
	TextVersion string
	TextHash    string
	Language    string
	Reason      string // of an invalidation: a word of a closed list
	Capacity    Capacity
	Told        bool
}

// RegisterTimeline reads one record whole. Errors: ErrNotFound.
func (s *Service) RegisterTimeline(ctx context.Context, recordID uuid.UUID) (Timeline, error) {
	names, err := s.pseudonyms(ctx)
	if err != nil {
		return Timeline{}, err
	}
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return Timeline{}, err
	}
	db := s.DB.WithContext(ctx)
	var row recordRow
	if err := db.Where("id = ?", recordID).Take(&row).Error; errors.Is(err, gorm.ErrRecordNotFound) {
		return Timeline{}, ErrNotFound
	} else if err != nil {
		return Timeline{}, err
	}
	records, err := registered(db, names, []recordRow{row})
	if err != nil {
		return Timeline{}, err
	}
	line := Timeline{RegisterRecord: records[0]}
	if line.Events, err = registerEvents(db, recordID); err != nil {
		return line, err
	}
	if line.Proposals, err = proposals(db.Where("p.record_id = ?", recordID), now); err != nil {
		return line, err
	}
	if line.Unmaskings, err = s.unmaskings(db.Where("record_id = ?", recordID)); err != nil {
		return line, err
	}
	if err := line.readErasing(db, row.ConversationID); err != nil {
		return line, err
	}
	open := line.Erasure == nil && (row.State == Given || row.State == Paused)
	line.CanEnd, line.CanPause = open, open && row.State == Given
	line.CanResume = open && row.State == Paused && pausedOnBehalf(line.Events)
	return line, nil
}

func registerEvents(db *gorm.DB, recordID uuid.UUID) ([]RegisterEvent, error) {
	var rows []eventRow
	if err := db.Where("record_id = ?", recordID).Order("seq").Find(&rows).Error; err != nil {
		return nil, err
	}
	events := make([]RegisterEvent, len(rows))
	for i, row := range rows {
		events[i] = RegisterEvent{
			Kind: row.Kind, At: row.At, ByWhom: row.ByWhom, Scopes: scopesOf(row.Scopes), Method: row.Method,
			TextVersion: row.TextVersion, TextHash: row.TextHash, Language: row.Language, Reason: row.Reason,
			Capacity: row.Capacity, Told: row.Told,
		}
	}
	return events, nil
}

func (line *Timeline) readErasing(db *gorm.DB, conversationID uuid.UUID) error {
	var erasures []erasureRow
	if err := db.Where("conversation_id = ?", conversationID).Order("requested_at, id").Find(&erasures).Error; err != nil {
		return err
	}
	for _, row := range erasures {
		line.Erasures = append(line.Erasures, row.erasure())
	}
	var owed int64
	err := db.Model(&owedRow{}).Where("conversation_id = ?", conversationID).Count(&owed).Error
	line.LedgerOwed = owed > 0
	return err
}

// pausedOnBehalf says whether the present pause was made by two people of the
// register: only that one may two people lift again.
func pausedOnBehalf(events []RegisterEvent) bool {
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].Kind == string(Paused) {
			return events[i].ByWhom == byPrivacyManager
		}
	}
	return false
}
