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
	Label   string // one's own words, at most MaxLabel characters
	Roles   []Role // who else is in the room
}

// The participant's secret while staff may still show it.
const (
	kindLabel  = "label"
	kindSecret = "link"
)

// Open makes the conversation, the klantmanager's own yes, and a request with
// link and code for everyone else. Errors: ErrInvalid.
func (s *Service) Open(ctx context.Context, n NewConversation) (Conversation, error) {
	label := strings.TrimSpace(n.Label)
	if len(n.Roles) == 0 || len(n.Roles) > MaxParticipants || utf8.RuneCountInString(label) > MaxLabel || n.HeldAt.IsZero() {
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
		for i, role := range n.Roles {
			if err := s.addParticipant(ctx, tx, row.ID, role, i+1, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Conversation{}, fmt.Errorf("open conversation: %w", err)
	}
	return s.Get(ctx, n.OwnerID, row.ID)
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

func (s *Service) addParticipant(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID, role Role, position int, now time.Time) error {
	switch role {
	case Citizen, Partner, Representative, Interpreter, Companion, Colleague:
	default:
		return ErrInvalid
	}
	key, err := s.Vault.CodeKey(ctx)
	if err != nil {
		return err
	}
	token := newToken()
	hash, _ := hashToken(token)
	code, err := newCode()
	if err != nil {
		return err
	}
	participant := participantRow{ID: newID(), ConversationID: conversationID, Role: role, Position: position}
	sealed, err := s.Vault.Seal(ctx, tx, conversationID, kindSecret, participant.ID.String(), []byte(token+" "+code))
	if err != nil {
		return err
	}
	if err := tx.Create(&participant).Error; err != nil {
		return err
	}
	return tx.Create(&requestRow{
		ParticipantID: participant.ID, ConversationID: conversationID, AskedAt: now,
		LinkHash: hash, CodeHmac: codeHMAC(key, code), SecretSealed: sealed, ByWhom: byParticipant,
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
	conversation, err := s.conversation(ctx, db, row)
	if err != nil {
		return Conversation{}, err
	}
	if conversation.Participants, err = s.participants(ctx, db, id); err != nil {
		return Conversation{}, err
	}
	if row.ConsentSince != nil {
		facts, err := s.Facts(ctx, db, []uuid.UUID{id})
		if err != nil {
			return Conversation{}, err
		}
		conversation.Scopes, conversation.Paused = facts[id].Scopes, facts[id].Paused
		if conversation.Lookback, err = lookbackWished(db, id); err != nil {
			return Conversation{}, err
		}
	}
	return conversation, nil
}

func (s *Service) conversation(ctx context.Context, db *gorm.DB, row conversationRow) (Conversation, error) {
	c := Conversation{
		ID: row.ID, OwnerID: row.OwnerID, HeldAt: row.HeldAt, ConsentSince: row.ConsentSince,
		Closed: row.ClosedAt != nil, CreatedAt: row.CreatedAt, Scopes: Scopes{},
	}
	if row.LabelSealed == nil {
		return c, nil
	}
	label, err := s.Vault.Open(ctx, db, row.ID, kindLabel, row.ID.String(), row.LabelSealed)
	if err != nil {
		return Conversation{}, err
	}
	c.Label = string(label)
	return c, nil
}

// participants are those without the klantmanager, with their secrets until
// they are handed over: first in the request, after the yes in the record.
func (s *Service) participants(ctx context.Context, db *gorm.DB, id uuid.UUID) ([]Participant, error) {
	var rows []struct {
		ID            uuid.UUID
		Role          Role
		RequestSecret []byte
		RecordSecret  []byte
	}
	err := db.Table("participants p").
		Select("p.id, p.role, q.secret_sealed AS request_secret, r.secret_sealed AS record_secret").
		Joins("LEFT JOIN consent_requests q ON q.participant_id = p.id").
		Joins("LEFT JOIN consent_records r ON r.id = p.id").
		Where("p.conversation_id = ? AND p.role <> ?", id, Klantmanager).
		Order("p.position, p.id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	participants := make([]Participant, len(rows))
	for i, row := range rows {
		participants[i] = Participant{ID: row.ID, Role: row.Role}
		sealed := row.RequestSecret
		if sealed == nil {
			sealed = row.RecordSecret
		}
		if sealed == nil {
			continue
		}
		secret, err := s.Vault.Open(ctx, db, id, kindSecret, row.ID.String(), sealed)
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
		row, err := lockConversation(tx, id)
		if err != nil {
			return err
		}
		if row.OwnerID != ownerID || row.ClosedAt != nil {
			return ErrNotFound
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
// opname". Errors: ErrNotFound; ErrAnswered once there is consent, because
// then it ends by erasing.
func (s *Service) Cancel(ctx context.Context, ownerID, id uuid.UUID) error {
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		row, err := lockConversation(tx, id)
		if err != nil {
			return err
		}
		if row.OwnerID != ownerID || row.ClosedAt != nil {
			return ErrNotFound
		}
		if row.ConsentSince != nil {
			return ErrAnswered
		}
		return s.vanish(ctx, tx, id)
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
