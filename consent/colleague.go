package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// mayJoin asks the guard about a colleague before anything of them is stored.
// Errors: ErrEvaluator; ErrInvalid for the klantmanager themselves, someone who
// is there already, and someone whose sign-in is disabled.
func (s *Service) mayJoin(ctx context.Context, tx *gorm.DB, conversation conversationRow, personID uuid.UUID) error {
	if personID == conversation.OwnerID {
		return ErrInvalid
	}
	var there int64
	err := tx.Model(&participantRow{}).Where("conversation_id = ? AND person_id = ?", conversation.ID, personID).Count(&there).Error
	if err != nil {
		return err
	}
	if there > 0 {
		return ErrInvalid
	}
	stands, err := s.Colleagues.Stand(ctx, tx, personID, []uuid.UUID{conversation.OwnerID})
	switch stand := stands[conversation.OwnerID]; {
	case err != nil:
		return err
	case stand.Evaluates:
		return ErrEvaluator
	case stand.Disabled:
		return ErrInvalid
	}
	return nil
}

// Participation is a conversation in which a colleague is asked for their own
// consent, or gave it.
type Participation struct {
	ParticipantID  uuid.UUID
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	HeldAt         time.Time
	State          State // Requested until everyone has answered
	Answered       bool  // this colleague said yes
	Late           bool  // they are asked after the others had said yes
	Scopes         Scopes
	PausedUntil    time.Time // of one's own pause: then everything is erased
}

// Participations are the open conversations in which personID takes part as a
// colleague, newest first. The guard stands before it: one of somebody they
// evaluate by now is not there for them.
func (s *Service) Participations(ctx context.Context, personID uuid.UUID) ([]Participation, error) {
	return s.participations(ctx, s.DB.WithContext(ctx).Where("p.person_id = ?", personID), personID)
}

// Participation is one of personID's. Errors: ErrNotFound.
func (s *Service) Participation(ctx context.Context, personID, participantID uuid.UUID) (Participation, error) {
	own := s.DB.WithContext(ctx).Where("p.person_id = ? AND p.id = ?", personID, participantID)
	found, err := s.participations(ctx, own, personID)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Participation{}, err
	}
	return found[0], nil
}

func (s *Service) participations(ctx context.Context, query *gorm.DB, personID uuid.UUID) ([]Participation, error) {
	var rows []struct {
		ID             uuid.UUID
		ConversationID uuid.UUID
		OwnerID        uuid.UUID
		HeldAt         time.Time
		ConsentSince   *time.Time
		AnsweredAt     *time.Time
		RequestScopes  *string
		State          *State
		RecordScopes   *string
		ChangedAt      *time.Time
	}
	err := query.Table("participants p").
		Select(`p.id, p.conversation_id, c.owner_id, c.held_at, c.consent_since, q.answered_at, q.scopes AS request_scopes,
			r.state, r.scopes AS record_scopes, r.changed_at`).
		Joins("JOIN conversations c ON c.id = p.conversation_id").
		Joins("LEFT JOIN consent_requests q ON q.participant_id = p.id").
		Joins("LEFT JOIN consent_records r ON r.id = p.id").
		Where("p.role = ? AND c.closed_at IS NULL", Colleague).Order("c.held_at DESC, p.id DESC").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	owners := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		owners[i] = row.OwnerID
	}
	stands, err := s.Colleagues.Stand(ctx, s.DB, personID, owners)
	if err != nil {
		return nil, err
	}
	var found []Participation
	for _, row := range rows {
		if stand, ok := stands[row.OwnerID]; !ok || stand.Evaluates || stand.Disabled {
			continue
		}
		p := Participation{ParticipantID: row.ID, ConversationID: row.ConversationID, OwnerID: row.OwnerID, HeldAt: row.HeldAt, State: Requested, Scopes: Scopes{}}
		switch {
		case row.State != nil:
			p.State, p.Answered, p.Scopes = *row.State, true, scopesOf(*row.RecordScopes)
			if p.State == Paused {
				p.PausedUntil = row.ChangedAt.Add(PauseLimit)
			}
		case row.RequestScopes != nil:
			p.Answered, p.Late, p.Scopes = row.AnsweredAt != nil, row.ConsentSince != nil, scopesOf(*row.RequestScopes)
		}
		found = append(found, p)
	}
	return found, nil
}

// MethodSignedIn is how a colleague answers: behind their own sign-in.
const MethodSignedIn = "signed_in"

// errNoColleagues says that the room was built without the guard.
var errNoColleagues = errors.New("consent: nobody tells who evaluates whom")

// noColleagues refuses every colleague: the default of Config.Colleagues.
type noColleagues struct{}

func (noColleagues) Stand(context.Context, *gorm.DB, uuid.UUID, []uuid.UUID) (map[uuid.UUID]Stand, error) {
	return nil, errNoColleagues
}
