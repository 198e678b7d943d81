package consent

import (
	"context"
	"errors"
	netmail "net/mail"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Mailer hands a letter to a mail server and keeps nothing of it. cmd/mail
// implements it. Errors: ErrMailAddress, ErrMailUnavailable, ErrMailUnsure; none
// of them names the address.
type Mailer interface {
	Send(ctx context.Context, letter Letter) error
}

// Letter is one e-mail to one address.
type Letter struct {
	To, Subject, Text, HTML string // HTML is "" where nothing but text may go
	Language                string // BCP 47
	Calendar                string // a calendar file to go with it (RFC 5545); "" for none
	Method                  string // of the calendar file, as it says itself (RFC 6047, 2.4)
}

// Errors of mail.
var (
	// ErrMailAddress: no address, or one that its server does not know.
	ErrMailAddress = errors.New("consent: no such e-mail address")
	// ErrMailUnavailable: the letter did not go; it may be tried again.
	ErrMailUnavailable = errors.New("consent: the mail server does not take the letter")
	// ErrMailUnsure: it may have gone, so it is not sent again.
	ErrMailUnsure = errors.New("consent: the mail server did not say whether it took the letter")
	// ErrMailed: this participant was sent one already, or the link was handed over.
	ErrMailed = errors.New("consent: sent already, or handed over")
)

// maxAddress is the longest address there is, in bytes (RFC 5321, 4.5.3.1.3).
const maxAddress = 254

// ParseAddress reads one bare e-mail address. Errors: ErrMailAddress.
func ParseAddress(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	parsed, err := netmail.ParseAddress(typed)
	if err != nil || parsed.Address != typed || parsed.Name != "" || len(typed) > maxAddress ||
		!strings.Contains(typed[strings.LastIndexByte(typed, '@')+1:], ".") {
		return "", ErrMailAddress
	}
	return typed, nil
}

// NewLetterID is chance for a letter's Message-ID: it says nothing of anyone.
func NewLetterID() string { return uuid.NewString() }

// TakeLetter lets one letter with the participant's link go out, once: while the
// link was not handed over. It keeps that, and no address. ReleaseLetter takes it
// back when the letter certainly did not go. Errors: ErrNotFound, ErrMailed.
func (s *Service) TakeLetter(ctx context.Context, ownerID, conversationID, participantID uuid.UUID) (Participant, error) {
	var found Participant
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		row, err := lockConversation(tx, conversationID)
		if err != nil {
			return err
		}
		if row.OwnerID != ownerID || row.ClosedAt != nil {
			return ErrNotFound
		}
		participants, err := s.participants(ctx, tx, conversationID)
		if err != nil {
			return err
		}
		for _, p := range participants {
			if p.ID == participantID {
				found = p
			}
		}
		if found.ID == uuid.Nil {
			return ErrNotFound
		}
		if other, err := isRepresented(tx, participantID); err != nil || other {
			return errors.Join(err, ErrRepresented) // who decides is asked
		}
		now, err := s.date(ctx, tx)
		if err != nil {
			return err
		}
		taken := tx.Model(&participantRow{}).Where("id = ? AND mailed_at IS NULL", participantID).Update("mailed_at", now)
		if taken.Error == nil && (taken.RowsAffected == 0 || found.Token == "") {
			return ErrMailed
		}
		return taken.Error
	})
	return found, err
}

// ReleaseLetter takes back that a letter went: it did not, so another may.
func (s *Service) ReleaseLetter(ctx context.Context, participantID uuid.UUID) error {
	ctx, cancel := seenThrough(ctx)
	defer cancel()
	return s.DB.WithContext(ctx).Model(&participantRow{}).Where("id = ?", participantID).Update("mailed_at", nil).Error
}
