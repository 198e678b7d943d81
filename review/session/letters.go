package session

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
)

// claimed is a letter that this process alone is to send; released takes back, in
// the row of whom it is for, that it went.
type claimed struct {
	about    Invitation
	released func(db *gorm.DB) error
}

// releaseTime is how long taking a note back may take; it is done in a program that is
// being stopped too.
const releaseTime = 5 * time.Second

// claim notes that a letter goes before it does; nil: another process sends it, or
// nobody is to now.
type claim func(ctx context.Context, row personRow) (*claimed, error)

// post sends each of them a letter, at most once: it is noted before the letter
// goes. Only a letter that certainly did not go is tried again, by a later round.
// Who signs in with something else than an e-mail address gets none. write makes the
// letter, without an address.
func (s *Service) post(ctx context.Context, rows []personRow, mailer consent.Mailer, claim claim, write func(Invitation) (consent.Letter, error)) error {
	if len(rows) == 0 {
		return nil
	}
	addresses, err := s.addresses(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, row := range rows {
		to, known := addresses[row.PersonID]
		if !known {
			continue
		}
		err := s.postOne(ctx, row, to, mailer, claim, write)
		if errs = append(errs, err); errors.Is(err, consent.ErrMailUnavailable) {
			break // for the others too
		}
	}
	return errors.Join(errs...)
}

func (s *Service) postOne(ctx context.Context, row personRow, to string, mailer consent.Mailer, claim claim, write func(Invitation) (consent.Letter, error)) error {
	mine, err := claim(ctx, row)
	if errors.Is(err, ErrNotFound) {
		return nil // it went meanwhile
	}
	if err != nil || mine == nil {
		return err
	}
	letter, err := write(mine.about)
	if err == nil {
		letter.To = to
		err = mailer.Send(ctx, letter)
	}
	if err == nil || errors.Is(err, consent.ErrMailUnsure) || errors.Is(err, consent.ErrMailAddress) {
		return err
	}
	releasing, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTime)
	defer cancel()
	return errors.Join(err, mine.released(s.DB.WithContext(releasing).Model(&personRow{}).Where("session_id = ? AND person_id = ?", row.SessionID, row.PersonID)))
}

// addresses are those of people who sign in with one, and can.
func (s *Service) addresses(ctx context.Context) (map[uuid.UUID]string, error) {
	people, err := s.People.List(ctx)
	addresses := map[uuid.UUID]string{}
	for _, person := range people {
		if address, err := consent.ParseAddress(person.Login); err == nil {
			addresses[person.ID] = address
		}
	}
	return addresses, err
}
