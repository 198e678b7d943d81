package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

const (
	kindConfirmed = "confirmed"
	// methodSecondYes tells a second yes from other confirmations.
	methodSecondYes = "second_yes"
)

// ErrTooSoon: a second yes before the cooling-off is over.
var ErrTooSoon = errors.New("consent: the cooling-off is not over")

// again gathers the second yes of everyone with a link.
type again struct {
	asked, missing bool
	first          time.Time // the earliest of them
}

func (a again) and(row factsRow) again {
	if row.LinkHash == nil || row.Method != nil && *row.Method == methodRepresented {
		return a // the klantmanager decides on sharing anyway; a representative for whom they represent
	}
	a.asked = true
	switch {
	case row.SecondYesAt == nil:
		a.missing = true
	case a.first.IsZero() || row.SecondYesAt.Before(a.first):
		a.first = *row.SecondYesAt
	}
	return a
}

// SaidYesAgain tells whether everyone with a link said yes a second time after
// the cooling-off. A yes to more begins the cooling-off anew, and so asks anew.
func (f Facts) SaidYesAgain(coolingOff time.Duration) bool {
	return f.again.asked && !f.again.missing && !f.again.first.Before(f.SharingOpensAt(coolingOff))
}

// SecondYes says yes once more after the cooling-off, with the PIN: where the
// municipality waits for it, others look only after everyone's. A second one
// changes nothing. Errors: ErrUnknownLink, ErrClosed, ErrTooSoon, ErrNoPIN,
// ErrPINWrong, ErrPINWait.
func (s *Service) SecondYes(ctx context.Context, participantID uuid.UUID, pin string, answer Answer) error {
	if _, err := s.provePIN(ctx, participantID, pin); err != nil {
		return err
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		record, conversation, err := lockOpenRecord(tx, participantID)
		if err != nil {
			return err
		}
		facts, err := s.Facts(ctx, tx, []uuid.UUID{conversation.ID})
		if err != nil {
			return err
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		opens := facts[conversation.ID].SharingOpensAt(s.CoolingOff)
		switch {
		case facts[conversation.ID].Closed:
			return ErrClosed // paused: nobody looks, and nothing opens
		case now.Before(opens):
			return ErrTooSoon
		case record.SecondYesAt != nil && !record.SecondYesAt.Before(opens):
			return nil
		}
		err = tx.Model(&recordRow{}).Where("id = ?", record.ID).Update("second_yes_at", now).Error
		if err != nil {
			return err
		}
		answer.Method = methodSecondYes
		record = s.readOn(record, answer)
		if err := s.change(tx, record, record.State, record.Scopes, kindConfirmed, now); err != nil {
			return err
		}
		if err := raise(tx, conversation.ID); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, auditEntry(participantID, "consent:confirm", conversation.ID, "done", now))
	})
}
