package consent

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// NewParticipant is someone who is asked, as the klantmanager says it.
type NewParticipant struct {
	Role     Role
	PersonID *uuid.UUID // of a colleague: they sign in and have no link
	// Of a representative: in what capacity, for whom (nil: the first citizen
	// nobody represents yet), and that the citizen was told.
	Capacity   Capacity
	Represents *uuid.UUID
	Told       bool
	Telephone  bool // of an interpreter: only heard, so yes or no and no scopes
}

// valid says whether the parts fit the role.
func (p NewParticipant) valid() bool {
	roles := []Role{Citizen, Partner, Representative, Interpreter, Companion, Colleague}
	represents := slices.Contains([]Capacity{Parent, Curator, Mentor, Administrator}, p.Capacity) && p.Told
	nothing := p.Capacity == "" && p.Represents == nil && !p.Told
	switch {
	case !slices.Contains(roles, p.Role), p.Telephone && p.Role != Interpreter:
		return false
	case (p.Role == Colleague) != (p.PersonID != nil):
		return false
	case p.Role == Representative:
		return represents
	}
	return nothing
}

// Add asks someone more. While the conversation waits, they simply join those
// who are asked. After everyone's yes it is a closing: until they have said
// yes nobody looks and nothing is kept. Errors: ErrNotFound; ErrInvalid (parts
// that do not fit the role, too many people, nobody to represent, a colleague
// who is there already); ErrEvaluator.
func (s *Service) Add(ctx context.Context, ownerID, conversationID uuid.UUID, p NewParticipant) (uuid.UUID, Outcome, error) {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	id, owed := newID(), uuid.Nil
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		conversation, err := lockOwn(tx, ownerID, conversationID)
		if err != nil {
			return err
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		position, err := lastPosition(tx, conversationID)
		if err != nil {
			return err
		}
		if position >= MaxParticipants {
			return ErrInvalid
		}
		if err := s.addParticipant(ctx, tx, conversation, id, p, position+1, now); err != nil {
			return err
		}
		if _, err := dropExtension(tx, conversationID); err != nil { // they would be asked too
			return err
		}
		if conversation.ConsentSince != nil {
			if owed, err = s.owe(tx, Closing{ID: id, Kind: kindAdded, ConversationID: conversationID, At: now}); err != nil {
				return err
			}
		}
		return raise(tx, conversationID)
	})
	if err != nil {
		return uuid.Nil, Outcome{}, err
	}
	outcome, err := s.inForce(ctx, owed)
	return id, outcome, err
}

// lockOwn is lockConversation for its owner, while it is open. Errors: ErrNotFound.
func lockOwn(tx *gorm.DB, ownerID, conversationID uuid.UUID) (conversationRow, error) {
	row, err := lockConversation(tx, conversationID)
	if err == nil && (row.OwnerID != ownerID || row.ClosedAt != nil) {
		err = ErrNotFound
	}
	return row, err
}

// lastPosition is the highest place in the room; the klantmanager's is 0.
func lastPosition(tx *gorm.DB, conversationID uuid.UUID) (position int, err error) {
	err = tx.Model(&participantRow{}).Select("COALESCE(MAX(position), 0)").
		Where("conversation_id = ?", conversationID).Scan(&position).Error
	return position, err
}

// addParticipant writes the participant and the request. The conversation is locked.
func (s *Service) addParticipant(
	ctx context.Context, tx *gorm.DB, conversation conversationRow, id uuid.UUID, p NewParticipant, position int, now time.Time,
) error {
	if !p.valid() {
		return ErrInvalid
	}
	row := participantRow{
		ID: id, ConversationID: conversation.ID, Role: p.Role, PersonID: p.PersonID, Position: position,
		Capacity: p.Capacity, Telephone: p.Telephone,
	}
	request := requestRow{ParticipantID: id, ConversationID: conversation.ID, AskedAt: now, ByWhom: byParticipant}
	var err error
	switch p.Role {
	case Colleague:
		err = s.mayJoin(ctx, tx, conversation, *p.PersonID)
	case Representative:
		row.RepresentsID, err = represented(tx, conversation.ID, p.Represents)
	}
	if err != nil {
		return err
	}
	if p.Role != Colleague {
		if request, err = s.withSecret(ctx, tx, request); err != nil {
			return err
		}
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	return tx.Create(&request).Error
}

// withSecret gives a request its link and code.
func (s *Service) withSecret(ctx context.Context, tx *gorm.DB, request requestRow) (requestRow, error) {
	key, err := s.Vault.CodeKey(ctx)
	if err != nil {
		return request, err
	}
	code, err := newCode()
	if err != nil {
		return request, err
	}
	token := newToken()
	request.LinkHash, _ = hashToken(token)
	request.CodeHmac = codeHMAC(key, code)
	request.SecretSealed, err = s.Vault.Seal(ctx, tx, request.ConversationID, kindSecret, request.ParticipantID.String(), []byte(token+" "+code))
	return request, err
}
