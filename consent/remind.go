package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const (
	kindReminder = "reminder"
	// reminderLead is how long before others may look the reminder goes out; half
	// the cooling-off where that is shorter.
	reminderLead = 12 * time.Hour
	// lookAgain is when a reminder is looked at again that cannot be sent yet.
	lookAgain       = 30 * time.Minute
	remindersAtOnce = 20
)

// Reminder is one message that is due.
type Reminder struct {
	Language  string    // BCP 47
	Opens     time.Time // when others may look
	Telephone bool      // it goes as a text message: short, and nothing but text
}

// KeepReminder keeps the address, or telephone number, for one reminder, sealed under the
// conversation's key: in the sitting in which the yes was given. A second one
// takes its place. Errors: ErrUnknownLink, ErrClosed, ErrMailAddress; ErrNoPIN in
// another sitting, because a link only closes.
func (s *Service) KeepReminder(ctx context.Context, sitting Sitting, typed, language string) error {
	address, err := s.reachable(typed)
	if err != nil {
		return err
	}
	if !sitting.Consenting {
		return ErrNoPIN
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if err := lockParticipant(tx, sitting.ParticipantID); err != nil {
			return err
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		sealed, err := s.Vault.Seal(ctx, tx, sitting.Conversation, kindReminder, sitting.ParticipantID.String(), []byte(address))
		if err != nil {
			return err
		}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&reminderRow{
			ParticipantID: sitting.ParticipantID, ConversationID: sitting.Conversation, AddressSealed: sealed,
			Language: language, DueAt: now.Add(lookAgain),
		}).Error
	})
}

// DropReminder erases the address; the link is enough.
func (s *Service) DropReminder(ctx context.Context, participantID uuid.UUID) error {
	return s.DB.WithContext(ctx).Where("participant_id = ?", participantID).Delete(&reminderRow{}).Error
}

// Remind sends the reminders whose time has come, each at most once: the address
// is erased before the letter goes, so a process that dies in between sends none.
// Only of a letter that certainly did not go the address is kept for another try.
// It may run in any number of processes. write makes the letter, without an
// address.
func (s *Service) Remind(ctx context.Context, mailer Mailer, write func(Reminder) (Letter, error)) error {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	var due []reminderRow
	err = s.DB.WithContext(ctx).Where("due_at <= ?", now).Order("due_at").Limit(remindersAtOnce).Find(&due).Error
	if err != nil {
		return err
	}
	var errs []error
	for _, row := range due {
		errs = append(errs, s.remind(ctx, row, now, mailer, write))
	}
	return errors.Join(errs...)
}

func (s *Service) remind(ctx context.Context, row reminderRow, now time.Time, mailer Mailer, write func(Reminder) (Letter, error)) error {
	address, opens, err := s.claimReminder(ctx, row, now)
	if err != nil || address == "" {
		return err
	}
	letter, err := write(Reminder{row.Language, opens, s.isTelephone(address)})
	if err != nil {
		return errors.Join(err, s.putBack(ctx, row))
	}
	letter.To, letter.Language = address, row.Language
	err = mailer.Send(ctx, letter)
	if errors.Is(err, ErrMailUnavailable) {
		row.DueAt = now.Add(lookAgain)
		err = errors.Join(err, s.putBack(ctx, row))
	}
	return err
}

// claimReminder erases the address and gives it, to one process alone, with the
// moment it tells of; "" when it is not to be sent now. The conversation is
// locked, so that who pauses or stops it meanwhile comes before or after.
func (s *Service) claimReminder(ctx context.Context, row reminderRow, now time.Time) (address string, opens time.Time, err error) {
	err = s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		if _, err := lockConversation(tx, row.ConversationID); err != nil {
			if errors.Is(err, ErrNotFound) {
				return nil // erased, and the address with it
			}
			return err
		}
		var fate reminderFate
		if fate, opens, err = s.reminderFate(ctx, tx, row, now); err != nil {
			return err
		}
		mine := tx.Where("participant_id = ? AND due_at = ?", row.ParticipantID, row.DueAt)
		if fate.later != nil {
			return mine.Model(&reminderRow{}).Update("due_at", *fate.later).Error
		}
		erased := mine.Delete(&reminderRow{})
		if erased.Error != nil || erased.RowsAffected == 0 || !fate.send {
			return erased.Error
		}
		plain, err := s.Vault.Open(ctx, tx, row.ConversationID, kindReminder, row.ParticipantID.String(), row.AddressSealed)
		address = string(plain)
		return err
	})
	if err != nil {
		return "", opens, err
	}
	return address, opens, nil
}

// reminderFate is what becomes of a reminder that is due: it waits until later,
// is sent, or is dropped.
type reminderFate struct {
	later *time.Time
	send  bool
}

func (s *Service) reminderFate(ctx context.Context, tx *gorm.DB, row reminderRow, now time.Time) (fate reminderFate, opens time.Time, err error) {
	facts, err := s.Facts(ctx, tx, []uuid.UUID{row.ConversationID})
	if err != nil {
		return fate, opens, err
	}
	kept, err := s.Recordings.Present(ctx, tx, []uuid.UUID{row.ConversationID})
	if err != nil {
		return fate, opens, err
	}
	f := facts[row.ConversationID]
	opens = f.SharingOpensAt(s.CoolingOff)
	sends, again := opens.Add(-min(reminderLead, s.CoolingOff/2)), now.Add(lookAgain)
	switch {
	case f.Waiting, f.Paused, !f.Closed && !kept[row.ConversationID]:
		return reminderFate{later: &again}, opens, nil
	case f.Closed, !now.Before(opens):
		return reminderFate{}, opens, nil // gone, or too late to be of use
	case now.Before(sends):
		return reminderFate{later: &sends}, opens, nil
	case len(f.Scopes) == 0:
		return reminderFate{later: &opens}, opens, nil // nobody else looks, unless that changes
	}
	return reminderFate{send: true}, opens, nil
}

// putBack keeps the address for another try, unless the conversation has gone.
// Also of a program that is being stopped.
func (s *Service) putBack(ctx context.Context, row reminderRow) error {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		err := lockParticipant(tx, row.ParticipantID)
		if errors.Is(err, ErrUnknownLink) || errors.Is(err, ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

// dropReminders erases every address of a conversation that closes.
func dropReminders(tx *gorm.DB, conversationID uuid.UUID) error {
	return tx.Where("conversation_id = ?", conversationID).Delete(&reminderRow{}).Error
}
