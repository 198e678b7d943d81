package consent

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies/audit"
)

// AskedLonger is the question as one participant reads it.
type AskedLonger struct {
	Until    time.Time
	Answered bool // this participant said yes, and others have not answered
	Decides  bool // false: somebody else decides for them; they can still say no
}

// AskedLonger tells whether a participant is being asked. Errors: ErrClosed when
// they are not.
func (s *Service) AskedLonger(ctx context.Context, conversationID, participantID uuid.UUID) (AskedLonger, error) {
	db := s.DB.WithContext(ctx)
	now, err := s.date(ctx, db)
	if err != nil {
		return AskedLonger{}, err
	}
	question, err := openExtension(db, conversationID, now)
	if err != nil {
		return AskedLonger{}, err
	}
	var answers int64
	err = db.Model(&extensionAnswerRow{}).Where("participant_id = ?", participantID).Count(&answers).Error
	if err != nil {
		return AskedLonger{}, err
	}
	other, err := isRepresented(db, participantID)
	return AskedLonger{Until: question.Until, Answered: answers > 0, Decides: !other}, err
}

// LongerYes is a participant's yes to keeping the recordings until the moment that
// they were shown. It opens, so link and code alone do not give it: it takes the
// PIN, or a sitting on a screen that the klantmanager handed over.
// Errors: ErrUnknownLink; ErrClosed when nothing, or another moment, is asked;
// ErrRepresented, ErrNoPIN, ErrPINWrong, ErrPINWait.
func (s *Service) LongerYes(ctx context.Context, sitting Sitting, pin string, until time.Time, answer Answer) error {
	if sitting.Method != SharedScreen {
		if _, err := s.provePIN(ctx, sitting.ParticipantID, pin); err != nil {
			return err
		}
	}
	return s.longerYes(ctx, sitting.ParticipantID, until, answer, byParticipant)
}

// ColleagueLongerYes is the yes of a colleague behind their own sign-in; the
// caller has the Participation. Errors: as LongerYes.
func (s *Service) ColleagueLongerYes(ctx context.Context, p Participation, until time.Time, answer Answer) error {
	return s.longerYes(ctx, p.ParticipantID, until, answer, byParticipant)
}

// RegisterLongerYes keeps a yes that was spoken or written, as the klantmanager
// registers it. Errors: ErrNotFound, ErrClosed, ErrRepresented, ErrInvalid for a
// colleague.
func (s *Service) RegisterLongerYes(ctx context.Context, ownerID, conversationID, participantID uuid.UUID, until time.Time, answer Answer) error {
	if err := s.registers(ctx, ownerID, conversationID, participantID); err != nil {
		return err
	}
	return hidden(s.longerYes(ctx, participantID, until, answer, byKlantmanager))
}

// RegisterLongerNo is a no that was spoken or written. Errors: ErrNotFound, ErrInvalid.
func (s *Service) RegisterLongerNo(ctx context.Context, ownerID, conversationID, participantID uuid.UUID) error {
	if err := s.registers(ctx, ownerID, conversationID, participantID); err != nil {
		return err
	}
	return hidden(s.LongerNo(ctx, participantID))
}

// LongerNo makes the question disappear for everyone, with every answer: no row,
// event, entry or count tells that it was asked. Everything stays as it was. It
// takes the link alone. Errors: ErrUnknownLink, ErrClosed.
func (s *Service) LongerNo(ctx context.Context, participantID uuid.UUID) error {
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		_, conversation, err := lockOpenRecord(tx, participantID)
		if err != nil {
			return err
		}
		return endExtension(tx, conversation.ID)
	})
}

func (s *Service) longerYes(ctx context.Context, participantID uuid.UUID, until time.Time, answer Answer, byWhom string) error {
	return s.vanishing(ctx, func(tx *gorm.DB) error {
		_, conversation, err := lockOpenRecord(tx, participantID)
		if err != nil {
			return err
		}
		other, err := isRepresented(tx, participantID)
		if err != nil {
			return err
		}
		if other {
			return ErrRepresented
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		question, err := openExtension(tx, conversation.ID, now)
		if err != nil {
			return err
		}
		if !question.Until.Equal(until) {
			return ErrClosed // not what they read
		}
		row := extensionAnswerRow{
			ParticipantID: participantID, ConversationID: conversation.ID, Method: answer.Method, TextVersion: answer.TextVersion,
			TextHash: answer.TextHash, Language: answer.Language, ByWhom: byWhom, Shown: s.shown(),
		}
		if err := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error; err != nil {
			return err
		}
		if err := s.extend(ctx, tx, question, now); err != nil {
			return err
		}
		return raise(tx, conversation.ID)
	})
}

// extended is a record with the yes that it is extended by; Represents is whom a
// representative answers for.
type extended struct {
	Record     recordRow `gorm:"embedded"`
	Represents *uuid.UUID
}

// extend moves the end when nobody's yes is missing: every record gets its event,
// then the recordings their end, and the question is gone. The conversation is locked.
func (s *Service) extend(ctx context.Context, tx *gorm.DB, question extensionRow, now time.Time) error {
	if err := s.allOpen(ctx, tx, question.ConversationID); err != nil {
		return err
	}
	var records []extended
	err := tx.Table("consent_records r").Select("r.*, p.represents_id AS represents").Joins("JOIN participants p ON p.id = r.id").
		Where("r.conversation_id = ?", question.ConversationID).Order("p.position").Find(&records).Error
	if err != nil {
		return err
	}
	answers, err := extensionAnswers(tx, question.ConversationID, records)
	if err != nil {
		return err
	}
	for _, r := range records {
		if _, said := answers[r.Record.ID]; !said && r.Record.Role != Klantmanager {
			return nil
		}
	}
	for _, r := range records {
		if err := s.extendRecord(tx, r.Record, answers[r.Record.ID], question.Until, now); err != nil {
			return err
		}
	}
	if err := s.Recordings.MoveEnd(ctx, tx, question.ConversationID, question.Until); err != nil {
		return err
	}
	if _, err := dropExtension(tx, question.ConversationID); err != nil {
		return err
	}
	return s.Audit.Append(ctx, tx, audit.Entry{
		At: now, ActorKind: "system", Action: "consent:extend", ObjectKind: "conversation",
		ObjectID: question.ConversationID.String(), Rule: "everyone", Result: audit.Done, ChainID: question.ConversationID.String(),
	})
}

// extensionAnswers are the yeses by record; whom somebody represents has theirs.
func extensionAnswers(tx *gorm.DB, conversationID uuid.UUID, records []extended) (map[uuid.UUID]*extensionAnswerRow, error) {
	var rows []extensionAnswerRow
	if err := tx.Where("conversation_id = ?", conversationID).Find(&rows).Error; err != nil {
		return nil, err
	}
	answers := map[uuid.UUID]*extensionAnswerRow{}
	for i := range rows {
		answers[rows[i].ParticipantID] = &rows[i]
	}
	for _, r := range records {
		given := answers[r.Record.ID]
		if r.Represents == nil || given == nil {
			continue
		}
		theirs := *given
		theirs.Method = methodRepresented
		answers[*r.Represents] = &theirs
	}
	return answers, nil
}

// extendRecord appends the event; it changes nothing of what the record allows, so
// the cooling-off does not begin anew. The klantmanager, who asked, has no answer.
func (s *Service) extendRecord(tx *gorm.DB, record recordRow, answer *extensionAnswerRow, until, now time.Time) error {
	event := newEvent(kindExtended, byParticipant, now)
	event.keptUntil = &until
	if answer != nil {
		event.byWhom = answer.ByWhom
		record.Method, record.TextVersion, record.TextHash = answer.Method, answer.TextVersion, answer.TextHash
		record.Language, record.Shown = answer.Language, answer.Shown
	}
	if record.State != Given {
		return ErrClosed
	}
	return s.changeBy(tx, event, record, record.State, record.Scopes)
}
