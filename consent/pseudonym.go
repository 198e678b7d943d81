package consent

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	_ "time/tzdata" // months begin when they do in the Netherlands, also on a bare server

	"github.com/google/uuid"
)

// Netherlands is the clock that days and months are counted by.
var Netherlands = func() *time.Location {
	location, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	return location
}()

// pseudonyms names klantmanagers in the register. A name belongs to a person
// and the calendar month in which the record was given: records of one month
// can be laid side by side, those of two months cannot, in whatever month they
// are read. (Were it the month of reading, a record that is read twice would
// join the two names.) The key is outside the database.
type pseudonyms struct{ key []byte }

const pseudonymPrefix = "KM-"

func (s *Service) pseudonyms(ctx context.Context) (pseudonyms, error) {
	lasting, err := s.Vault.CodeKey(ctx)
	if err != nil {
		return pseudonyms{}, err
	}
	return pseudonyms{hmacOf(lasting, "vakspiegel register pseudonym v1")}, nil
}

// of is the pseudonym of owner in the month of at, as "KM-7F3A9C"; "" of nobody.
func (p pseudonyms) of(owner uuid.UUID, at time.Time) string {
	if owner == uuid.Nil {
		return ""
	}
	sum := hmacOf(p.key, owner.String()+" "+at.In(Netherlands).Format("2006-01"))
	return pseudonymPrefix + strings.ToUpper(hex.EncodeToString(sum[:3]))
}

func hmacOf(key []byte, message string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(message))
	return mac.Sum(nil)
}

// ownerMonth is one klantmanager's records of one month.
type ownerMonth struct {
	owner       uuid.UUID
	from, until time.Time
}

// maxPseudonymMonths bounds how many months a pseudonym is looked for in.
const maxPseudonymMonths = 24

// find answers whose pseudonym it is in the months that begin in [from, until);
// zero times mean the present month.
func (p pseudonyms) find(name string, owners []uuid.UUID, from, until, now time.Time) []ownerMonth {
	name = strings.ToUpper(strings.TrimSpace(name))
	if from.IsZero() {
		from = now
	}
	if until.IsZero() || until.After(now) {
		until = now
	}
	var found []ownerMonth
	month := monthOf(until)
	for range maxPseudonymMonths {
		next := month.AddDate(0, 1, 0)
		for _, owner := range owners {
			if hmac.Equal([]byte(p.of(owner, month)), []byte(name)) {
				found = append(found, ownerMonth{owner, month, next})
			}
		}
		if !month.After(from) {
			break
		}
		month = month.AddDate(0, -1, 0)
	}
	return found
}

// monthOf is the beginning of the month of at, in the Netherlands.
func monthOf(at time.Time) time.Time {
	at = at.In(Netherlands)
	return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, Netherlands)
}
