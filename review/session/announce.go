package session

import (
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

// notice is a Word on its way to other processes.
type notice struct {
	Origin uuid.UUID `json:"o"` // of whom it is, who does not need to hear it
	Word   Word      `json:"w"`
}

// Overheard reads what was told by the database; false for what this room said
// itself, or what nobody can read.
func (s *Service) Overheard(payload string) (Word, bool) {
	var told notice
	if err := json.Unmarshal([]byte(payload), &told); err != nil || told.Origin == s.origin {
		return Word{}, false
	}
	return told.Word, true
}

// outbox holds, in a transaction's context, the words that wait for its end.
type outbox struct {
	origin uuid.UUID
	words  []Word
}

type outboxKey struct{}

// announce tells everyone who follows the session, once the transaction is
// through: other processes by the database, this one by within.
func announce(tx *gorm.DB, word Word) error {
	told := notice{Word: word}
	if out, ok := tx.Statement.Context.Value(outboxKey{}).(*outbox); ok {
		out.words, told.Origin = append(out.words, word), out.origin
	}
	if tx.Name() != "postgres" {
		return nil
	}
	payload, err := json.Marshal(told)
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
