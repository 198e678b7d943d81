package signal

import (
	"github.com/google/uuid"

	"vakspiegel/review/words"
)

// The rows, as the migrations make them (a drift test holds them together).

type signalRow struct {
	ID      uuid.UUID `gorm:"primaryKey"`
	Month   string
	State   State
	Sealed  []byte
	Version int64
	Mixed   bool // it was written again among the others since it came
}

func (signalRow) TableName() string { return "signals" }

type keeperRow struct {
	PersonID uuid.UUID `gorm:"primaryKey"`
}

func (keeperRow) TableName() string { return "signal_keepers" }

// signalWords are what is sealed of a signal.
type signalWords struct {
	Text       string `json:"text"`
	Answer     string `json:"answer"`
	FollowedBy string `json:"followedBy"`
}

const kindSignal = "signal"

func (r *signalRow) write(s Signal, texts words.Texts) (err error) {
	r.State, r.Version = s.State, s.Version
	r.Sealed, err = words.Seal(texts, kindSignal, words.Place(r.ID, r.Version), signalWords{s.Text, s.Answer, s.FollowedBy})
	return err
}

func (r signalRow) read(texts words.Texts) (Signal, error) {
	w, err := words.Open[signalWords](texts, kindSignal, words.Place(r.ID, r.Version), r.Sealed)
	return Signal{
		ID: r.ID, Month: r.Month, Text: w.Text, State: r.State, Answer: w.Answer, FollowedBy: w.FollowedBy, Version: r.Version,
	}, err
}
