package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies/audit"
)

// The reasons for asking a klantmanager's name: a closed list, so that no
// citizen's words are kept.
var unmaskReasons = []string{"access_request", "complaint", "incident", "validity"}

// Unmasking is that someone asked who stands behind a pseudonym. The
// klantmanager is told of it.
type Unmasking struct {
	ID       uuid.UUID
	RecordID uuid.UUID
	By       uuid.UUID
	Reason   string // access_request, complaint, incident, validity
	At       time.Time
}

// Decider is a person of the staff who acts in the register, and the rule that
// let them.
type Decider struct {
	PersonID uuid.UUID
	Rule     string
}

// Unmask writes down that by asks for the name behind a record's pseudonym and
// answers whose it is. If that cannot be written, nobody is answered.
// Errors: ErrInvalid (no such reason), ErrNotFound.
func (s *Service) Unmask(ctx context.Context, by Decider, recordID uuid.UUID, reason string) (owner uuid.UUID, err error) {
	if !slices.Contains(unmaskReasons, reason) {
		return uuid.Nil, ErrInvalid
	}
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return uuid.Nil, err
	}
	err = s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var record recordRow
		err := tx.Where("id = ?", recordID).Take(&record).Error
		if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && record.owner() == uuid.Nil {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		owner = record.owner()
		err = tx.Create(&unmaskingRow{
			ID: newID(), RecordID: record.ID, ConversationID: record.ConversationID, OwnerID: owner, ByPerson: by.PersonID,
			Reason: reason, At: now, PurgeAfter: s.proofEnds(now),
		}).Error
		if err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, registerEntry(by, "register:unmask", record.ID, record.ConversationID, audit.Done, now))
	})
	if err != nil {
		return uuid.Nil, err
	}
	return owner, nil
}

func (s *Service) unmaskings(query *gorm.DB) ([]Unmasking, error) {
	var rows []unmaskingRow
	if err := query.Order("at, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]Unmasking, len(rows))
	for i, row := range rows {
		out[i] = Unmasking{ID: row.ID, RecordID: row.RecordID, By: row.ByPerson, Reason: row.Reason, At: row.At}
	}
	return out, nil
}

// Unseen are the unmaskings that their klantmanager has not put away yet,
// oldest first.
func (s *Service) Unseen(ctx context.Context, ownerID uuid.UUID) ([]Unmasking, error) {
	return s.unmaskings(s.DB.WithContext(ctx).Where("owner_id = ?", ownerID).
		Where("NOT EXISTS (SELECT 1 FROM register_unmaskings_seen s WHERE s.unmasking_id = register_unmaskings.id)"))
}

// Seen puts one's own notice away; twice is fine. Errors: ErrNotFound.
func (s *Service) Seen(ctx context.Context, ownerID, unmaskingID uuid.UUID) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		var row unmaskingRow
		err := tx.Where("id = ? AND owner_id = ?", unmaskingID, ownerID).Take(&row).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&unmaskingSeenRow{UnmaskingID: row.ID, At: s.now()}).Error
	})
}

// proofEnds is when a proof of something at this time goes: after the last thing
// that can happen to its conversation, and Proof.
func (s *Service) proofEnds(at time.Time) time.Time { return at.Add(maxRetention + s.Proof) }

func registerEntry(by Decider, action string, recordID, conversationID uuid.UUID, result string, at time.Time) audit.Entry {
	return audit.Entry{
		At: at, ActorKind: "person", ActorID: by.PersonID.String(), Action: action,
		ObjectKind: "record", ObjectID: recordID.String(), Rule: by.Rule, Result: result, ChainID: conversationID.String(),
	}
}
