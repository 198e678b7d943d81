package consent

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// OwnRecord is a record of someone who signs in: of the klantmanager, or of a
// colleague in the room. It is there for them as long as it exists, also when
// the conversation is gone.
type OwnRecord struct {
	ID      uuid.UUID
	OwnerID uuid.UUID // the klantmanager of the conversation
	Role    Role      // Klantmanager or Colleague
	GivenAt time.Time // the last yes
	Ended   bool      // everything of the conversation is erased, or is being erased
}

// OwnRecords is a page of personID's records, newest first. One of a
// klantmanager whom they evaluate by now is not there for them. cursor is next
// of the page before, "" for the first. Errors: ErrInvalid for a cursor that is
// not one.
func (s *Service) OwnRecords(ctx context.Context, personID uuid.UUID, cursor string, limit int) (records []OwnRecord, next string, err error) {
	after, err := ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	db := s.DB.WithContext(ctx)
	hidden, err := s.evaluatedBy(ctx, db, personID)
	if err != nil {
		return nil, "", err
	}
	query := ownRecords(db, personID)
	if len(hidden) > 0 {
		query = query.Where("r.owner_id NOT IN ?", hidden)
	}
	if after != nil {
		query = query.Where("(r.given_at, r.id) < (?, ?)", after.At, after.ID)
	}
	if err := query.Order("r.given_at DESC, r.id DESC").Limit(limit + 1).Find(&records).Error; err != nil {
		return nil, "", err
	}
	if len(records) > limit {
		records = records[:limit]
		next = Position{records[limit-1].GivenAt, records[limit-1].ID}.Cursor()
	}
	return records, next, nil
}

// OwnRecord is one of personID's. Errors: ErrNotFound, also for somebody else's
// and where OwnRecords leaves it out.
func (s *Service) OwnRecord(ctx context.Context, personID, recordID uuid.UUID) (OwnRecord, error) {
	db := s.DB.WithContext(ctx)
	var record OwnRecord
	if err := ownRecords(db, personID).Where("r.id = ?", recordID).Take(&record).Error; err != nil {
		return OwnRecord{}, notFound(err)
	}
	hidden, err := s.evaluatedBy(ctx, db, personID)
	if err == nil && slices.Contains(hidden, record.OwnerID) {
		err = ErrNotFound
	}
	return record, err
}

// ownRecords leaves out those of which nobody knows the klantmanager any more:
// nothing would tell whether the guard lets them through.
func ownRecords(db *gorm.DB, personID uuid.UUID) *gorm.DB {
	return db.Table("consent_records r").Select(`r.id, r.owner_id, r.role, r.given_at,
		EXISTS (SELECT 1 FROM erasures e WHERE e.conversation_id = r.conversation_id AND e.recording_id IS NULL) AS ended`).
		Where("r.person_id = ? AND r.owner_id IS NOT NULL", personID)
}

// ownRecordOf is the klantmanager's own record of a conversation; nil before it.
func ownRecordOf(db *gorm.DB, conversationID, ownerID uuid.UUID) (*uuid.UUID, error) {
	var ids []uuid.UUID
	err := db.Model(&recordRow{}).Where("conversation_id = ? AND role = ? AND person_id = ?", conversationID, Klantmanager, ownerID).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return &ids[0], nil
}

// evaluatedBy are the klantmanagers whose conversations personID took part in
// and who are closed to them by now.
func (s *Service) evaluatedBy(ctx context.Context, db *gorm.DB, personID uuid.UUID) ([]uuid.UUID, error) {
	var owners []uuid.UUID
	err := db.Model(&recordRow{}).Where("person_id = ? AND owner_id <> ?", personID, personID).Distinct().Pluck("owner_id", &owners).Error
	if err != nil || len(owners) == 0 {
		return nil, err
	}
	stands, err := s.Colleagues.Stand(ctx, db, personID, owners)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(owners, func(owner uuid.UUID) bool {
		stand, known := stands[owner]
		return known && !stand.Evaluates && !stand.Disabled
	}), nil
}

// owned writes into new records whose conversation they are of, which the
// register asks, and who signs in for them: both also when the conversation is
// gone.
func owned(tx *gorm.DB, conversationID uuid.UUID) error {
	owner := tx.Model(&conversationRow{}).Select("owner_id").Where("id = ?", conversationID)
	person := tx.Model(&participantRow{}).Select("person_id").Where("participants.id = consent_records.id")
	return tx.Model(&recordRow{}).Where("conversation_id = ? AND owner_id IS NULL", conversationID).
		Updates(map[string]any{"owner_id": owner, "person_id": person}).Error
}
