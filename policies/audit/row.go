package audit

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

type chainRow struct {
	ChainID   string `gorm:"primaryKey"`
	Seq       int64
	Hash      []byte
	PurgedSeq int64
}

func (chainRow) TableName() string { return "audit_chains" }

type entryRow struct {
	ID         uuid.UUID `gorm:"primaryKey"`
	ChainID    string
	Seq        int64
	At         time.Time
	ActorKind  string
	ActorID    string
	Action     string
	ObjectKind string
	ObjectID   string
	Purpose    string
	Rule       string
	Result     string
	FromMs     *int64
	ToMs       *int64
	PrevHash   []byte
	Hash       []byte
	PurgeAfter time.Time
}

func (entryRow) TableName() string { return "audit_entries" }

// format is hashed first, so that another encoding is another hash.
const format = "vakspiegel audit 1"

// digest is SHA-256 over every field but the hash itself, each with its
// length before it, so that no text can pass for two.
func (r entryRow) digest() []byte {
	h := sha256.New()
	write := func(field []byte) {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(field))))
		h.Write(field)
	}
	write([]byte(format))
	write(r.PrevHash)
	write(r.ID[:])
	write(integer(r.Seq))
	write(integer(r.At.UnixMicro()))
	write(integer(r.PurgeAfter.UnixMicro()))
	for _, text := range []string{r.ChainID, r.ActorKind, r.ActorID, r.Action, r.ObjectKind, r.ObjectID, r.Purpose, r.Rule, r.Result} {
		write([]byte(text))
	}
	write(optional(r.FromMs))
	write(optional(r.ToMs))
	return h.Sum(nil)
}

func integer(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

func optional(n *int64) []byte {
	if n == nil {
		return nil
	}
	return integer(*n)
}

func (r entryRow) entry() Entry {
	return Entry{
		At: r.At.UTC(), ActorKind: r.ActorKind, ActorID: r.ActorID, Action: r.Action,
		ObjectKind: r.ObjectKind, ObjectID: r.ObjectID, Purpose: r.Purpose, Rule: r.Rule, Result: r.Result,
		ChainID: r.ChainID, FromMs: r.FromMs, ToMs: r.ToMs,
	}
}
