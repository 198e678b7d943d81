package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"vakspiegel/cmd/bench/seed"
	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/throwaway"
	"vakspiegel/consent"
	"vakspiegel/policies"
)

// How much there is: notes on one recording, recordings of one klantmanager,
// sessions of the same people.
var (
	notes      = []int{10, 100, 2000}
	recordings = []int{1000, 10_000, 100_000}
	sessions   = []int{100, 1000, 10_000}
)

// writers is how many people wrote the notes. The films of a circle are shown in its
// sessions, in turn.
const (
	writers     = 20
	circleFilms = 50
)

// many are rooms with much in them.
type many struct {
	*rooms
	dialect string
	owners  []policies.Person   // of as many recordings as recordings says
	noted   []uuid.UUID         // recordings of the first, with as many notes as notes says
	circles [][]policies.Person // of as many sessions as sessions says
}

// manyOn fills an empty database of the dialect. The caller ends it.
func manyOn(ctx context.Context, dialect string) (m *many, end func() error, err error) {
	dir, err := os.MkdirTemp("", "vakspiegel-many-")
	if err != nil {
		return nil, nil, err
	}
	ends := []func() error{func() error { return os.RemoveAll(dir) }}
	end = func() (err error) {
		for _, one := range ends {
			err = errors.Join(one(), err)
		}
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, end())
		}
	}()
	dsn := "sqlite:" + filepath.Join(dir, "vakspiegel.db")
	if dialect == database.Postgres {
		cluster, err := throwaway.Start(ctx)
		if err != nil {
			return nil, nil, err
		}
		ends = append([]func() error{cluster.End}, ends...)
		if err := cluster.Create(ctx, "bench"); err != nil {
			return nil, nil, err
		}
		dsn = cluster.DSN("bench")
	}
	rooms, err := joinRooms(ctx, dsn, dir)
	if err != nil {
		return nil, nil, err
	}
	ends = append([]func() error{rooms.close}, ends...)
	m = &many{rooms: rooms, dialect: dialect}
	return m, end, m.fill(ctx)
}

func (m *many) fill(ctx context.Context) error {
	began := time.Now()
	seeder, err := seed.New(ctx, m.db, m.holder)
	if err != nil {
		return err
	}
	people, err := seeder.People(ctx, writers+groupSize*len(sessions))
	if err != nil {
		return err
	}
	people, m.circles = people[:writers], slices.Collect(slices.Chunk(people[writers:], groupSize))
	m.owners = people[:len(recordings)]
	total := 0
	for i, n := range recordings {
		if err := seeder.Recordings(ctx, m.owners[i].ID, n); err != nil {
			return err
		}
		total += n
	}
	err = m.db.WithContext(ctx).Table("recordings").Where("owner_id = ?", m.owners[0].ID).
		Order("created_at DESC").Limit(len(notes)).Pluck("id", &m.noted).Error
	if err != nil {
		return err
	}
	for i, n := range notes {
		if err := seeder.Notes(ctx, m.noted[i], people, n); err != nil {
			return err
		}
	}
	for i, n := range sessions {
		err := errors.Join(seeder.Recordings(ctx, m.circles[i][0].ID, circleFilms), seeder.Sessions(ctx, m.circles[i], n))
		if err != nil {
			return err
		}
	}
	if m.dialect == database.Postgres { // as its own housekeeping does sooner or later
		if err := m.db.WithContext(ctx).Exec("ANALYZE").Error; err != nil {
			return err
		}
	}
	fmt.Printf("%s: %d recordings were made in %.0f s\n", m.dialect, total, time.Since(began).Seconds())
	return nil
}

// table are the lines, each of several rounds on what is there.
func (m *many) table(ctx context.Context) (table []measure, err error) {
	line := func(name string, n int, ours, bare func(context.Context) error) {
		table = append(table, measure{fmt.Sprintf("%s, %d, %s", name, n, m.dialect), "ms", timed(ours), timed(bare), false})
	}
	for i, n := range notes {
		owner, client, err := m.owner(ctx, 0)
		if err != nil {
			return nil, err
		}
		bare := m.bare("SELECT * FROM annotations WHERE recording_id = ? ORDER BY start_ms, id", m.noted[i])
		line("notes, in the room", n, func(ctx context.Context) error {
			_, err := m.review.List(ctx, owner.Actor(), m.noted[i])
			return err
		}, bare)
		line("notes, over HTTP", n, m.get(client, "/api/v1/recordings/"+m.noted[i].String()+"/annotations"), bare)
	}
	for i, n := range recordings {
		owner, client, err := m.owner(ctx, i)
		if err != nil {
			return nil, err
		}
		line("recordings, first page of", n, m.get(client, "/api/v1/recordings"), m.bare(bareRecordings, owner.ID, never, uuid.Max))
		line("conversations, first page of", n, m.get(client, "/api/v1/conversations"), m.bare(bareConversations, owner.ID, never, uuid.Max))
		line("has anything changed, of", n, m.marks(owner.ID), m.bare(bareVersions, owner.ID, owner.ID))
		middle, err := m.middle(ctx, owner.ID, n)
		if err != nil {
			return nil, err
		}
		cursor := "?cursor=" + url.QueryEscape(middle.Cursor())
		line("recordings, middle page of", n, m.get(client, "/api/v1/recordings"+cursor), m.bare(bareRecordings, owner.ID, middle.At, middle.ID))
	}
	return table, m.sessionLines(ctx, line)
}

// sessionLines are those of sessions: what one of many sees, and what is looked for
// again and again among all of them.
func (m *many) sessionLines(ctx context.Context, line func(name string, n int, ours, bare func(context.Context) error)) error {
	total := 0
	for i, n := range sessions {
		total += n
		member := m.circles[i][1]
		client, err := m.as(ctx, member.Login)
		if err != nil {
			return err
		}
		line("sessions, first page of", n, m.get(client, "/api/v1/review-sessions"), m.bare(bareSessions, member.ID))
		line("has a session changed, of", n, func(ctx context.Context) error {
			_, err := m.together.Marks(ctx, []uuid.UUID{member.ID})
			return err
		}, m.bare(bareSessionVersions, member.ID))
	}
	line("sessions whose films are gone, of", total, m.together.Forget, m.bare("SELECT id, state FROM review_sessions"))
	return nil
}

// marks is what is asked four times a second for everyone who listens.
func (m *many) marks(owner uuid.UUID) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := m.consent.Marks(ctx, []uuid.UUID{owner})
		if err != nil {
			return err
		}
		_, err = m.media.Marks(ctx, []uuid.UUID{owner})
		return err
	}
}

// never is after every time there is.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// The rows of a page, and the one that tells whether there is another.
const (
	bareRecordings = `SELECT * FROM recordings WHERE owner_id = ? AND closed_at IS NULL AND (created_at, id) < (?, ?)
		ORDER BY created_at DESC, id DESC LIMIT 51`
	bareConversations = `SELECT * FROM conversations c LEFT JOIN recordings r ON r.conversation_id = c.id
		WHERE c.owner_id = ? AND c.closed_at IS NULL AND (c.held_at, c.id) < (?, ?) ORDER BY c.held_at DESC, c.id DESC LIMIT 51`
	bareSessions = `SELECT * FROM review_sessions WHERE id IN (SELECT session_id FROM session_people WHERE person_id = ? AND removed_at IS NULL)
		ORDER BY created_at DESC, id DESC LIMIT 51`
	bareSessionVersions = `SELECT s.id, s.version FROM session_people p JOIN review_sessions s ON s.id = p.session_id
		WHERE p.person_id = ? AND p.removed_at IS NULL`
	bareVersions = `SELECT id, version FROM conversations WHERE owner_id = ? AND closed_at IS NULL
		UNION ALL SELECT id, version FROM recordings WHERE owner_id = ? AND closed_at IS NULL`
)

// middle is where the page halfway a list begins.
func (m *many) middle(ctx context.Context, owner uuid.UUID, n int) (consent.Position, error) {
	var row struct {
		ID        uuid.UUID
		CreatedAt time.Time
	}
	err := m.db.WithContext(ctx).Table("recordings").Select("id, created_at").Where("owner_id = ?", owner).
		Order("created_at DESC, id DESC").Offset(n / 2).Limit(1).Take(&row).Error
	return consent.Position{At: row.CreatedAt, ID: row.ID}, err
}

func (m *many) owner(ctx context.Context, i int) (policies.Person, *http.Client, error) {
	client, err := m.as(ctx, m.owners[i].Login)
	return m.owners[i], client, err
}

func (m *many) get(client *http.Client, path string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := fetch(ctx, client, http.MethodGet, m.server.URL+path, nil, nil, http.StatusOK)
		return err
	}
}

// bare reads every column of the rows, and does nothing with them.
func (m *many) bare(query string, values ...any) func(context.Context) error {
	return func(ctx context.Context) error {
		rows, err := m.db.WithContext(ctx).Raw(query, values...).Rows()
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(sql.RawBytes)
		}
		for rows.Next() {
			if err := rows.Scan(cells...); err != nil {
				return err
			}
		}
		return rows.Err()
	}
}

// timed measures work, in ms.
func timed(work func(context.Context) error) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		began := time.Now()
		err := work(ctx)
		return milliseconds(began), err
	}
}
