package consent

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// A PIN may be tried maxTries times in every triesWindow, per record, on all
// replicas together (trust.md 5). With maxWrong wrong ones in its life it is
// gone: five an hour for 180 days would be one chance in fifty.
const (
	maxTries    = 5
	triesWindow = time.Hour
	maxWrong    = 30
)

// Errors of a PIN. They never say what was typed.
var (
	// ErrPINWrong: not this record's PIN, or none that could be one.
	ErrPINWrong = errors.New("consent: wrong PIN")
	// ErrPINWait: it was tried too often; it is not looked at, right or wrong.
	ErrPINWait = errors.New("consent: PIN tried too often")
	// ErrPINWeak: not six digits, or six that everybody tries first.
	ErrPINWeak = errors.New("consent: weak PIN")
	// ErrNoPIN: none was chosen, and this is not the sitting in which one may be.
	ErrNoPIN = errors.New("consent: no PIN")
)

// markSitting remembers in which sitting the yes was given. cookie is empty for
// a yes that was not given with a link.
func markSitting(tx *gorm.DB, cookie string, participantID uuid.UUID, now time.Time) error {
	hash, ok := hashToken(cookie)
	if !ok {
		return nil
	}
	return tx.Model(&linkSessionRow{}).Where("token_hash = ? AND participant_id = ?", hash, participantID).
		Update("consented_at", now).Error
}

// ChoosePIN keeps typed as the participant's PIN: the first one in the sitting
// in which they said yes, a later one with the present. Errors: ErrUnknownLink,
// ErrClosed, ErrPINWeak, ErrNoPIN; ErrPINWrong and ErrPINWait for the present.
func (s *Service) ChoosePIN(ctx context.Context, sitting Sitting, typed, present string) error {
	pin, ok := parsePIN(typed)
	if !ok || trivial(pin) {
		return ErrPINWeak
	}
	var old []byte
	if sitting.HasPIN {
		kept, err := s.provePIN(ctx, sitting.ParticipantID, present)
		if err != nil {
			return err
		}
		old = kept.Hash
	} else if !sitting.Consenting {
		return ErrNoPIN
	}
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return err
	}
	chosen := pinRow{ParticipantID: sitting.ParticipantID, Salt: randomBytes(pinSalt), ChosenAt: now}
	if chosen.Hash, err = s.hashPIN(ctx, chosen.ParticipantID, pin, chosen.Salt); err != nil {
		return err
	}
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return keepPIN(tx, chosen, old) })
}

// keepPIN replaces the PIN that was proved, or keeps the first: of two at once
// one wins, and the other is told.
func keepPIN(tx *gorm.DB, chosen pinRow, old []byte) error {
	if err := lockParticipant(tx, chosen.ParticipantID); err != nil {
		return err
	}
	if old == nil {
		var there int64
		err := tx.Model(&pinRow{}).Where("participant_id = ?", chosen.ParticipantID).Count(&there).Error
		if err != nil || there > 0 {
			return errors.Join(err, ErrNoPIN)
		}
		return tx.Create(&chosen).Error
	}
	done := tx.Model(&pinRow{}).Where("participant_id = ? AND hash = ?", chosen.ParticipantID, old).
		Updates(map[string]any{"salt": chosen.Salt, "hash": chosen.Hash, "chosen_at": chosen.ChosenAt})
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrPINWrong
	}
	return done.Error
}

// lockParticipant locks the participant's conversation, which must be open.
// Errors: ErrUnknownLink, ErrClosed.
func lockParticipant(tx *gorm.DB, participantID uuid.UUID) error {
	var participant participantRow
	if err := tx.Where("id = ?", participantID).Take(&participant).Error; err != nil {
		return unknownLink(err)
	}
	conversation, err := lockConversation(tx, participant.ConversationID)
	if errors.Is(err, ErrNotFound) {
		return ErrUnknownLink
	}
	if err == nil && conversation.ClosedAt != nil {
		return ErrClosed
	}
	return err
}

// provePIN holds typed against the participant's PIN. The try is counted before
// the PIN is looked at, so that neither many at once nor a process that dies
// gives more of them; the right one is taken off again and leaves the wrong ones
// counted. Errors: ErrUnknownLink, ErrClosed, ErrNoPIN, ErrPINWrong, ErrPINWait.
func (s *Service) provePIN(ctx context.Context, participantID uuid.UUID, typed string) (pinRow, error) {
	pin, ok := parsePIN(typed)
	if !ok {
		return pinRow{}, ErrPINWrong // nothing that could be one is no try
	}
	try := pinTryRow{ID: newID(), ParticipantID: participantID}
	var kept pinRow
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		if try.At, err = s.date(ctx, tx); err != nil {
			return err
		}
		kept, err = countTry(tx, try)
		return err
	})
	if err != nil {
		return pinRow{}, err
	}
	right, err := s.isPIN(ctx, kept, pin)
	if err != nil {
		return pinRow{}, err
	}
	if !right {
		return pinRow{}, errors.Join(ErrPINWrong, s.wearOut(ctx, kept))
	}
	return kept, s.DB.WithContext(ctx).Where("id = ?", try.ID).Delete(&pinTryRow{}).Error
}

// wearOut forgets a PIN that was guessed at too often: from then on more can be
// allowed in a sitting only. Who has the link can bring that about, and could
// erase everything too.
func (s *Service) wearOut(ctx context.Context, kept pinRow) error {
	db := s.DB.WithContext(ctx)
	wrong := db.Model(&pinTryRow{}).Select("COUNT(*)").Where("participant_id = ? AND at >= ?", kept.ParticipantID, kept.ChosenAt)
	return db.Where("participant_id = ? AND hash = ? AND (?) >= ?", kept.ParticipantID, kept.Hash, wrong, maxWrong).Delete(&pinRow{}).Error
}

func countTry(tx *gorm.DB, try pinTryRow) (kept pinRow, err error) {
	if err := lockParticipant(tx, try.ParticipantID); err != nil {
		return kept, err
	}
	err = tx.Where("participant_id = ?", try.ParticipantID).Take(&kept).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return kept, ErrNoPIN
	}
	if err != nil {
		return kept, err
	}
	var tries int64
	err = tx.Model(&pinTryRow{}).Where("participant_id = ? AND at > ?", try.ParticipantID, try.At.Add(-triesWindow)).Count(&tries).Error
	if err != nil {
		return kept, err
	}
	if tries >= maxTries {
		return kept, ErrPINWait
	}
	return kept, tx.Create(&try).Error
}
