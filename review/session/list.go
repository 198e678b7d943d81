package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// Summary is a session in a list.
type Summary struct {
	ID            uuid.UUID
	Version       int64
	State         State
	Title         string
	ProtocolID    string
	ProtocolName  protocol.Text
	Place         Place
	StartsAt      *time.Time
	SeriesID      uuid.UUID
	Round, Rounds int
	Request       Request
	Maker, Leader Named
	Me            Me
	TakeAlong     bool // to ask what they take along, after the end
}

// List is a page of the sessions that the actor may read, newest first: exactly
// those that Get gives, one by one. cursor is next of the page before, "" for the
// first; next is "" at the end. Errors: consent.ErrInvalid for no cursor of ours.
func (s *Service) List(ctx context.Context, actor policies.Actor, cursor string, limit int) (page []Summary, next string, err error) {
	after, err := consent.ParseCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	err = s.within(ctx, func(tx *gorm.DB) error {
		page, next = nil, ""
		sights, err := s.readableAfter(ctx, tx, actor, after, limit+1)
		if err != nil || len(sights) == 0 {
			return err
		}
		if len(sights) > limit {
			sights = sights[:limit]
			next = sights[limit-1].position().Cursor()
		}
		page, err = s.summaries(ctx, tx, sights)
		return err
	})
	return page, next, err
}

// readableAfter are at least so many sessions that the actor may read, if there are:
// what they are in and may not read leaves no gap in a page, and no page.
func (s *Service) readableAfter(ctx context.Context, tx *gorm.DB, actor policies.Actor, after *consent.Position, least int) (sights []sight, err error) {
	for {
		rows, err := memberRows(tx, actor.ID, after, least)
		if err != nil || len(rows) == 0 {
			return sights, err
		}
		more, err := s.readable(ctx, tx, actor, rows)
		sights = append(sights, more...)
		if err != nil || len(sights) >= least || len(rows) < least {
			return sights, err
		}
		last := sight{row: rows[len(rows)-1]}.position()
		after = &last
	}
}

// position is where it stands in the list.
func (seen sight) position() consent.Position {
	return consent.Position{At: seen.row.CreatedAt, ID: seen.row.ID}
}

// memberRows narrows by index what the policy is then asked about.
func memberRows(tx *gorm.DB, person uuid.UUID, after *consent.Position, limit int) (rows []sessionRow, err error) {
	query := tx.Where("id IN (SELECT session_id FROM session_people WHERE person_id = ? AND removed_at IS NULL)", person)
	if after != nil {
		query = query.Where("(created_at, id) < (?, ?)", after.At, after.ID)
	}
	err = query.Order("created_at DESC, id DESC").Limit(limit).Find(&rows).Error
	return rows, err
}

func (s *Service) summaries(ctx context.Context, tx *gorm.DB, sights []sight) (page []Summary, err error) {
	circles := make([]*circle, len(sights))
	for i, seen := range sights {
		circles[i] = seen.circle
	}
	names, err := s.names(ctx, tx, circles...)
	if err != nil {
		return nil, err
	}
	titles, err := s.titles(ctx, tx, sights)
	if err != nil {
		return nil, err
	}
	asked, err := s.takeAlong(ctx, tx, sights)
	if err != nil {
		return nil, err
	}
	for _, seen := range sights {
		title, there := titles[seen.row.ID]
		if !there {
			continue
		}
		summary, err := s.summary(seen, names)
		if err != nil {
			return nil, err
		}
		summary.Title, summary.TakeAlong = title, asked[seen.row.ID]
		page = append(page, summary)
	}
	return page, nil
}

// readable are those of the sessions that the actor may read.
func (s *Service) readable(ctx context.Context, tx *gorm.DB, actor policies.Actor, rows []sessionRow) ([]sight, error) {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	circles, err := Roster{s.People}.circles(ctx, tx, ids)
	return s.among(actor, rows, circles), err
}

// among is readable once their circles are read. A session that went since its row
// was read has none.
func (s *Service) among(actor policies.Actor, rows []sessionRow, circles map[uuid.UUID]*circle) (sights []sight) {
	for _, row := range rows {
		seen := sight{row: row, circle: circles[row.ID], actor: actor}
		if seen.circle == nil {
			continue
		}
		seen.facts, seen.actor.Roles = seen.circle.face(actor)
		if s.Policy.Decide(seen.actor, policies.SessionRead, seen.facts, policies.NoPurpose).Allowed {
			sights = append(sights, seen)
		}
	}
	return sights
}

// summary is all of it but the title.
func (s *Service) summary(seen sight, names called) (Summary, error) {
	row := seen.row
	now, err := s.stage(row)
	if err != nil {
		return Summary{}, err
	}
	there := attending{seen, now}
	return Summary{
		ID: row.ID, Version: row.Version, State: row.State, ProtocolID: row.ProtocolID, ProtocolName: now.protocol.Name,
		Place: row.Place, StartsAt: row.StartsAt, SeriesID: row.SeriesID, Round: row.Round, Rounds: row.Rounds, Request: row.Request,
		Maker: names.of(row.MakerID), Leader: names.of(row.LeaderID), Me: there.me(there.progress()),
	}, nil
}
