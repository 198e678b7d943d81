package consent

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Limits of a conversation.
const (
	MaxParticipants = 12 // besides the klantmanager
	MaxLabel        = 80 // characters
)

// NewConversation is what a klantmanager opens.
type NewConversation struct {
	OwnerID uuid.UUID
	HeldAt  time.Time
	Label   string           // one's own words, at most MaxLabel characters
	Others  []NewParticipant // who else is in the room
}

// The participant's secret while staff may still show it.
const (
	kindLabel  = "label"
	kindSecret = "link"
)

// Open makes the conversation, the klantmanager's own yes, and a request with
// link and code for everyone else. Errors: ErrInvalid, ErrEvaluator.
func (s *Service) Open(ctx context.Context, n NewConversation) (Conversation, error) {
	label := strings.TrimSpace(n.Label)
	if len(n.Others) == 0 || len(n.Others) > MaxParticipants || utf8.RuneCountInString(label) > MaxLabel || n.HeldAt.IsZero() {
		return Conversation{}, ErrInvalid
	}
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return Conversation{}, fmt.Errorf("open conversation: %w", err)
	}
	row := conversationRow{ID: newID(), OwnerID: n.OwnerID, HeldAt: n.HeldAt.UTC(), Version: 1, CreatedAt: now}
	err = s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		if err := s.Vault.Create(ctx, tx, row.ID); err != nil {
			return err
		}
		if err := s.sealLabel(ctx, tx, row.ID, label); err != nil {
			return err
		}
		if err := s.addOwner(tx, row, now); err != nil {
			return err
		}
		return s.addOthers(ctx, tx, row, n.Others, now)
	})
	if err != nil {
		return Conversation{}, fmt.Errorf("open conversation: %w", err)
	}
	return s.Get(ctx, n.OwnerID, row.ID)
}

// addOthers asks everyone, who decide for another last: those must be there.
func (s *Service) addOthers(ctx context.Context, tx *gorm.DB, row conversationRow, others []NewParticipant, now time.Time) error {
	for _, representatives := range []bool{false, true} {
		for i, p := range others {
			if (p.Role == Representative) != representatives {
				continue
			}
			if err := s.addParticipant(ctx, tx, row, newID(), p, i+1, now); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) sealLabel(ctx context.Context, tx *gorm.DB, id uuid.UUID, label string) error {
	if label == "" {
		return nil
	}
	sealed, err := s.Vault.Seal(ctx, tx, id, kindLabel, id.String(), []byte(label))
	if err != nil {
		return err
	}
	return tx.Model(&conversationRow{}).Where("id = ?", id).Update("label_sealed", sealed).Error
}

// addOwner writes the klantmanager's own yes: making the conversation is it.
// It allows every scope, because sharing stays in the klantmanager's hand.
func (s *Service) addOwner(tx *gorm.DB, conversation conversationRow, now time.Time) error {
	person := conversation.OwnerID
	owner := participantRow{ID: newID(), ConversationID: conversation.ID, Role: Klantmanager, PersonID: &person}
	if err := tx.Create(&owner).Error; err != nil {
		return err
	}
	return tx.Create(&requestRow{
		ParticipantID: owner.ID, ConversationID: conversation.ID, AskedAt: now, AnsweredAt: &now,
		Scopes: AllScopes().String(), Method: "made", ByWhom: byParticipant,
	}).Error
}

// Get is one conversation of ownerID. Errors: ErrNotFound, for others' and
// closed ones too.
func (s *Service) Get(ctx context.Context, ownerID, id uuid.UUID) (Conversation, error) {
	db := s.DB.WithContext(ctx)
	var row conversationRow
	err := db.Where("id = ? AND owner_id = ? AND closed_at IS NULL", id, ownerID).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Conversation{}, ErrNotFound
	}
	if err != nil {
		return Conversation{}, err
	}
	labels, err := s.labels(ctx, db, []conversationRow{row})
	if err != nil {
		return Conversation{}, err
	}
	conversation := row.conversation(labels[id])
	if conversation.Participants, err = s.participants(ctx, db, id); err != nil {
		return Conversation{}, err
	}
	if row.ConsentSince != nil {
		facts, err := s.Facts(ctx, db, []uuid.UUID{id})
		if err != nil {
			return Conversation{}, err
		}
		conversation.Scopes, conversation.Paused, conversation.Waiting = facts[id].Scopes, facts[id].Paused, facts[id].Waiting
		if conversation.Lookback, err = lookbackWished(db, id); err != nil {
			return Conversation{}, err
		}
		if conversation.OwnRecord, err = ownRecordOf(db, id, ownerID); err != nil {
			return Conversation{}, err
		}
	}
	return conversation, nil
}

// conversation is the row with its label, without who was there.
func (r conversationRow) conversation(label []byte) Conversation {
	return Conversation{
		ID: r.ID, OwnerID: r.OwnerID, HeldAt: r.HeldAt, Label: string(label), ConsentSince: r.ConsentSince,
		Closed: r.ClosedAt != nil, CreatedAt: r.CreatedAt, Scopes: Scopes{},
		Waiting: r.ConsentSince == nil, Unconfirmed: r.unconfirmed(),
	}
}

// Labels are what the owner calls these conversations, those that are open; who
// gave no name has none. Errors: those of the vault.
func (s *Service) Labels(ctx context.Context, ownerID uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	db := s.DB.WithContext(ctx)
	var rows []conversationRow
	if err := db.Where("id IN ? AND owner_id = ? AND closed_at IS NULL", ids, ownerID).Find(&rows).Error; err != nil {
		return nil, err
	}
	opened, err := s.labels(ctx, db, rows)
	labels := make(map[uuid.UUID]string, len(opened))
	for id, label := range opened {
		labels[id] = string(label)
	}
	return labels, err
}

// labels opens those of several conversations together.
func (s *Service) labels(ctx context.Context, db *gorm.DB, rows []conversationRow) (map[uuid.UUID][]byte, error) {
	sealed := make(map[uuid.UUID][]byte, len(rows))
	for _, row := range rows {
		if row.LabelSealed != nil {
			sealed[row.ID] = row.LabelSealed
		}
	}
	if len(sealed) == 0 {
		return nil, nil
	}
	return s.Vault.OpenEach(ctx, db, kindLabel, sealed)
}

// participants are those without the klantmanager, with their secrets until
// they are handed over: first in the request, after the yes in the record.
func (s *Service) participants(ctx context.Context, db *gorm.DB, id uuid.UUID) ([]Participant, error) {
	var rows []struct {
		Participant   participantRow `gorm:"embedded"`
		Asked         *uuid.UUID
		RequestSecret []byte
		RecordSecret  []byte
	}
	err := db.Table("participants p").
		Select("p.*, q.participant_id AS asked, q.secret_sealed AS request_secret, r.secret_sealed AS record_secret").
		Joins("LEFT JOIN consent_requests q ON q.participant_id = p.id").
		Joins("LEFT JOIN consent_records r ON r.id = p.id").
		Where("p.conversation_id = ? AND p.role <> ?", id, Klantmanager).
		Order("p.position, p.id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	participants := make([]Participant, len(rows))
	for i, row := range rows {
		p := row.Participant
		participants[i] = Participant{
			ID: p.ID, Role: p.Role, PersonID: p.PersonID, Capacity: p.Capacity, Represents: p.RepresentsID,
			Telephone: p.Telephone, Open: row.Asked != nil, Mailed: p.MailedAt != nil,
		}
		sealed := row.RequestSecret
		if sealed == nil {
			sealed = row.RecordSecret
		}
		if sealed == nil {
			continue
		}
		secret, err := s.Vault.Open(ctx, db, id, kindSecret, p.ID.String(), sealed)
		if err != nil {
			return nil, err
		}
		participants[i].Token, participants[i].Code, _ = strings.Cut(string(secret), " ")
	}
	return participants, nil
}

// HandOver ends the showing of links and codes to staff: the participants have
// them now. Errors: ErrNotFound.
func (s *Service) HandOver(ctx context.Context, ownerID, id uuid.UUID) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if _, err := lockOwn(tx, ownerID, id); err != nil {
			return err
		}
		for _, table := range []any{&requestRow{}, &recordRow{}} {
			if err := tx.Model(table).Where("conversation_id = ?", id).Update("secret_sealed", nil).Error; err != nil {
				return err
			}
		}
		return raise(tx, id)
	})
}

// Cancel makes a conversation that waits disappear like a no: "vandaag geen
// opname". Where someone who came in later is waited for, or what was asked
// ahead does not hold any more, everything is erased like at the end of a term.
// Errors: ErrNotFound; ErrAnswered once there is consent, because then it ends
// by erasing.
func (s *Service) Cancel(ctx context.Context, ownerID, id uuid.UUID) error {
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		row, err := lockOwn(tx, ownerID, id)
		if err != nil {
			return err
		}
		if row.ConsentSince == nil {
			return s.vanish(ctx, tx, id)
		}
		waits, err := hasRequests(tx, id)
		if err != nil {
			return err
		}
		if !waits && !row.unconfirmed() {
			return ErrAnswered
		}
		return s.endBySystem(ctx, tx, row)
	})
}

// vanishing runs a transaction that makes a conversation disappear, and has the
// database forget the deleted rows too. If that cannot be done now (a reader is
// busy), the next checkpoint does it.
func (s *Service) vanishing(ctx context.Context, do func(tx *gorm.DB) error) error {
	if err := s.DB.WithContext(ctx).Transaction(do); err != nil {
		return err
	}
	if err := s.Compact(ctx); err != nil {
		s.Log.WarnContext(ctx, "deleted rows are still in the database's own log", "error", err)
	}
	return nil
}

// vanish deletes a conversation that never had everyone's yes, with every
// request, link and key of it. The database's schema takes the rest along.
func (s *Service) vanish(ctx context.Context, tx *gorm.DB, id uuid.UUID) error {
	participants := tx.Model(&participantRow{}).Select("id").Where("conversation_id = ?", id)
	if err := tx.Where("participant_id IN (?)", participants).Delete(&linkSessionRow{}).Error; err != nil {
		return err
	}
	if err := s.Vault.Forget(ctx, tx, id); err != nil {
		return err
	}
	return tx.Where("id = ?", id).Delete(&conversationRow{}).Error
}
