package session

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// Channel is where PostgreSQL tells other processes that something of a session
// changed. It is a shortcut; what is lost there is found by those who look four
// times a second (Glance).
const Channel = "vakspiegel_sessions"

// Word is that something of a session changed, told at once. Of a film that was
// moved it says how it stands, so that nobody has to ask.
type Word struct {
	SessionID uuid.UUID
	Film      *Film // nil: something else; Glance tells
}

// origin is this process, so that it does not take its own words for another's.
var origin = uuid.New()

// notice is a Word on its way to other processes.
type notice struct {
	Origin uuid.UUID `json:"o"`
	Word   Word      `json:"w"`
}

// Elsewhere reads what another process told by the database; false for what this
// process said itself, or what nobody can read.
func Elsewhere(payload string) (Word, bool) {
	var told notice
	if err := json.Unmarshal([]byte(payload), &told); err != nil || told.Origin == origin {
		return Word{}, false
	}
	return told.Word, true
}

// wordsKey is of the words, in a transaction's context, that wait for its end.
type wordsKey struct{}

func gatheringWords(ctx context.Context) (gathering context.Context, words *[]Word) {
	words = new([]Word)
	return context.WithValue(ctx, wordsKey{}, words), words
}

// announce tells everyone who follows the session, once the transaction is
// through: other processes by the database, this one by within.
func announce(tx *gorm.DB, word Word) error {
	if words, ok := tx.Statement.Context.Value(wordsKey{}).(*[]Word); ok {
		*words = append(*words, word)
	}
	if tx.Name() != "postgres" {
		return nil
	}
	payload, err := json.Marshal(notice{origin, word})
	if err != nil {
		return err
	}
	return tx.Exec("SELECT pg_notify(?, ?)", Channel, string(payload)).Error
}

// pass tells those who follow in this process.
func (s *Service) pass(words []Word) {
	if s.Changed == nil {
		return
	}
	for _, word := range words {
		s.Changed(word)
	}
}
