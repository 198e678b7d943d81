package seed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media/envelope"
	"vakspiegel/policies"
	"vakspiegel/review/protocol"
	"vakspiegel/review/session"
	"vakspiegel/review/words"
)

// followed is the protocol of every session.
const followed = "videoclub"

// runEvery is how many sessions there are for each that runs; the others ended.
const runEvery = 20

// Sessions writes n sessions, the newest first, in which all of these people are: each
// about a whole film of one of them, in turn, who made it. Errors: ErrNoRecording.
func (s *Seeder) Sessions(ctx context.Context, people []policies.Person, n int) error {
	films, err := s.films(ctx, people)
	if err != nil {
		return err
	}
	protocols, err := protocol.Load(nil)
	if err != nil {
		return err
	}
	entry, there := protocols.Get(followed)
	if !there {
		return errors.New("seed: there is no such protocol")
	}
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		b, err := s.newSessions(tx, people, entry)
		if err != nil {
			return err
		}
		start := now()
		for i := range n {
			at := start.Add(-time.Duration(i) * (span / time.Duration(n))).Truncate(time.Microsecond)
			if err := b.session(ctx, i, films[i%len(films)], at); err != nil {
				return fmt.Errorf("session %d: %w", i+1, err)
			}
		}
		return b.flush()
	})
}

// film is a recording with who may bring it in.
type film struct{ ID, OwnerID uuid.UUID }

func (s *Seeder) films(ctx context.Context, people []policies.Person) (films []film, err error) {
	ids := make([]uuid.UUID, len(people))
	for i, person := range people {
		ids[i] = person.ID
	}
	err = s.db.WithContext(ctx).Table("recordings").Where("owner_id IN ? AND closed_at IS NULL", ids).Order("id").Limit(part).Find(&films).Error
	if err == nil && len(films) == 0 {
		err = ErrNoRecording
	}
	return films, err
}

// sessions is a batch of them.
type sessions struct {
	*batch
	people []policies.Person
	entry  protocol.Entry

	rows, members, agreements, fragments *rows
}

func (s *Seeder) newSessions(tx *gorm.DB, people []policies.Person, entry protocol.Entry) (*sessions, error) {
	b, err := s.newBatch(tx, uuid.Nil)
	if err != nil {
		return nil, err
	}
	made := &sessions{batch: b, people: people, entry: entry}
	made.rows = table("review_sessions", nil, "id", "series_id", "round", "rounds", "maker_id", "leader_id", "protocol_id", "protocol", "request",
		"state", "place", "clock", "starts_at", "sealed", "wording", "step", "step_began_at", "revealed", "next_n", "version",
		"created_at", "updated_at", "opened_at", "started_at", "ended_at")
	made.members = table("session_people", made.rows, "session_id", "person_id", "present", "on_paper", "added_at")
	made.agreements = table("session_agreements", made.rows, "session_id", "person_id", "version", "method", "recorded_by", "accepted_at")
	made.fragments = table("session_fragments", made.rows, "session_id", "n", "recording_id", "owner_id", "start_ms", "brought_at")
	return made, nil
}

func (b *sessions) flush() error {
	for _, rows := range []*rows{b.keys, b.rows, b.members, b.agreements, b.fragments} {
		if err := rows.flush(b.tx); err != nil {
			return err
		}
	}
	return nil
}

// session gathers one session with all that hangs on it.
func (b *sessions) session(ctx context.Context, i int, film film, at time.Time) error {
	id := newID()
	key, err := b.key(ctx, id, "session", at)
	if err != nil {
		return err
	}
	written, err := json.Marshal(map[string]string{"title": fmt.Sprintf("sessie %d", i+1), "question": "Hoe houden we rust?"})
	if err != nil {
		return err
	}
	sealed, err := envelope.SealText(key, envelope.Name{Subject: id.String(), Kind: "session", ID: words.Place(id, 1)}, written)
	if err != nil {
		return err
	}
	state, ended := session.Finished, any(at.Add(time.Hour))
	if i%runEvery == 0 {
		state, ended = session.Running, nil
	}
	err = b.rows.add(b.tx, id, id, 1, 1, film.OwnerID, film.OwnerID, b.entry.ID, b.entry.Source, session.NotAsked,
		state, session.AtDistance, false, at, sealed, 1, 1, at, "[]", 2, 1, at, at, at, at, ended)
	if err != nil {
		return err
	}
	for _, person := range b.people {
		err := errors.Join(b.members.add(b.tx, id, person.ID, true, false, at),
			b.agreements.add(b.tx, id, person.ID, session.AgreementVersion, "own", person.ID, at))
		if err != nil {
			return err
		}
	}
	return b.fragments.add(b.tx, id, 1, film.ID, film.OwnerID, 0, at)
}
