package seed

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/media/envelope"
)

const (
	// span is the time over which the recordings of one person are spread.
	span      = 30 * 24 * time.Hour
	retention = media.DefaultRetention
	proof     = 365 * 24 * time.Hour
	// part is how many recordings share a transaction.
	part = 10_000
	// duration and size of each recording's film, which is not there.
	duration = 30 * time.Minute
	size     = 200 << 20
)

// Recordings writes n recordings of a klantmanager, the newest first: ready,
// each of a conversation of its own with a label and a citizen who said yes.
func (s *Seeder) Recordings(ctx context.Context, owner uuid.UUID, n int) error {
	start := now()
	for done := 0; done < n; done += part {
		err := s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
			b, err := s.newBatch(tx, owner)
			if err != nil {
				return err
			}
			for i := done; i < min(n, done+part); i++ {
				if err := b.conversation(ctx, i+1, start.Add(-time.Duration(i)*(span/time.Duration(n)))); err != nil {
					return err
				}
			}
			return b.flush()
		})
		if err != nil {
			return fmt.Errorf("recordings: %w", err)
		}
	}
	return nil
}

// batch is what one transaction writes.
type batch struct {
	*Seeder
	tx    *gorm.DB
	owner uuid.UUID
	epoch int

	conversations, participants, records, events, keys, recordings *rows
}

func (s *Seeder) newBatch(tx *gorm.DB, owner uuid.UUID) (*batch, error) {
	b := &batch{Seeder: s, tx: tx, owner: owner}
	b.conversations = table("conversations", nil, "id", "owner_id", "held_at", "label_sealed", "consent_since", "version", "created_at")
	b.participants = table("participants", b.conversations, "id", "conversation_id", "role", "person_id", "position")
	b.records = table("consent_records", nil, "id", "conversation_id", "role", "state", "scopes", "version", "link_hash", "method",
		"text_version", "text_hash", "language", "given_at", "changed_at", "purge_after", "owner_id", "person_id")
	b.events = table("consent_events", nil, "id", "record_id", "conversation_id", "seq", "kind", "at", "by_whom", "scopes", "method",
		"text_version", "text_hash", "language", "purge_after")
	b.keys = table("data_keys", nil, "subject_id", "subject_kind", "epoch", "wrapped", "created_at")
	b.recordings = table("recordings", b.conversations, "id", "conversation_id", "owner_id", "state", "origin", "content_type",
		"size_bytes", "duration_ms", "started_at", "ready_at", "expires_at", "version", "created_at")
	return b, tx.Table("key_epochs").Where("retired_at IS NULL").Select("epoch").Row().Scan(&b.epoch)
}

// flush writes what is left.
func (b *batch) flush() error {
	for _, rows := range []*rows{b.conversations, b.participants, b.records, b.events, b.keys, b.recordings} {
		if err := rows.flush(b.tx); err != nil {
			return err
		}
	}
	return nil
}

// conversation gathers one conversation with all that hangs on it.
func (b *batch) conversation(ctx context.Context, number int, at time.Time) error {
	at = at.Truncate(time.Microsecond)
	id, recording := newID(), newID()
	key, err := b.key(ctx, id, "conversation", at)
	if err != nil {
		return err
	}
	label := fmt.Appendf(nil, "gesprek %d", number)
	sealed, err := envelope.SealText(key, envelope.Name{Subject: id.String(), Kind: "label", ID: id.String()}, label)
	if err != nil {
		return err
	}
	held := at.Add(-duration)
	if err := b.conversations.add(b.tx, id, b.owner, held, sealed, held, 1, held); err != nil {
		return err
	}
	if err := b.yes(id, consent.Klantmanager, held); err != nil {
		return err
	}
	if err := b.yes(id, consent.Citizen, held); err != nil {
		return err
	}
	if _, err := b.key(ctx, recording, "recording", at); err != nil {
		return err
	}
	return b.recordings.add(b.tx, recording, id, b.owner, media.Ready, media.OriginRecorder, "video/mp4", size,
		duration.Milliseconds(), held, at, at.Add(retention), 1, at)
}

// key makes the data key of a recording or conversation.
func (b *batch) key(ctx context.Context, subject uuid.UUID, kind string, at time.Time) (envelope.Key, error) {
	key, err := envelope.NewKey()
	if err != nil {
		return key, err
	}
	wrapped, err := b.ring.Wrap(ctx, b.epoch, subject.String(), key)
	if err != nil {
		return key, err
	}
	return key, b.keys.add(b.tx, subject, kind, b.epoch, wrapped, at)
}

// yes is one participant with the record of their yes and its first event.
func (b *batch) yes(conversation uuid.UUID, role consent.Role, at time.Time) error {
	id, ends := newID(), at.Add(media.MaxRetention+proof)
	var person, link any
	scopes, method, position := consent.Scopes{consent.Coach}.String(), "own_device", 1
	if role == consent.Klantmanager {
		person, scopes, method, position = b.owner, consent.AllScopes().String(), "made", 0
	} else {
		hash := make([]byte, 32) // of a link that nobody has
		if _, err := rand.Read(hash); err != nil {
			return err
		}
		link = hash
	}
	if err := b.participants.add(b.tx, id, conversation, role, person, position); err != nil {
		return err
	}
	err := b.records.add(b.tx, id, conversation, role, consent.Given, scopes, 1, link, method,
		b.text.Version, b.text.Hash, b.text.Language, at, at, ends, b.owner, person)
	if err != nil {
		return err
	}
	return b.events.add(b.tx, newID(), id, conversation, 1, "given", at, "participant", scopes, method,
		b.text.Version, b.text.Hash, b.text.Language, ends)
}
