package session

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review/protocol"
	"vakspiegel/review/words"
)

// Create makes a session, a draft, or each round of a series. It answers the first.
// Errors: ErrNotFound, *Invalid, *Barred of ErrEvaluator.
func (s *Service) Create(ctx context.Context, actor policies.Actor, plan Plan) (Session, error) {
	decision := s.Policy.Decide(actor, policies.SessionCreate, policies.Facts{}, policies.NoPurpose)
	if !decision.Allowed {
		return Session{}, ErrNotFound
	}
	faults := plan.check(s.now())
	entry, known := s.Protocols.Get(plan.Protocol)
	if !known {
		faults = append(faults, unknownProtocol)
	}
	if faults != nil {
		return Session{}, &Invalid{faults}
	}
	var out Session
	err := s.within(ctx, func(tx *gorm.DB) error {
		rows, members, err := s.drafts(ctx, tx, actor, plan, entry)
		if err != nil {
			return err
		}
		for i := range rows {
			if err := s.store(ctx, tx, &rows[i], members, wording{plan.Title, plan.Question}); err != nil {
				return err
			}
		}
		if err := s.bringAlong(ctx, tx, actor, rows[0].ID, plan.Pieces); err != nil {
			return err
		}
		if out, err = s.reread(ctx, tx, actor, rows[0].ID); err != nil {
			return err
		}
		for _, row := range rows {
			made := entryOf(sight{row: row, actor: actor}, policies.SessionCreate, decision.Rule, audit.Done)
			if err := s.Audit.Append(ctx, tx, made); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// bringAlong brings in what a session was made with.
func (s *Service) bringAlong(ctx context.Context, tx *gorm.DB, actor policies.Actor, id uuid.UUID, pieces []Piece) error {
	if len(pieces) == 0 {
		return nil
	}
	seen, err := s.see(ctx, tx, actor, id, true)
	if err != nil {
		return err
	}
	for _, piece := range pieces {
		if err := s.bring(ctx, tx, &seen, piece); err != nil {
			return err
		}
	}
	return tx.Model(&sessionRow{}).Where("id = ?", id).Update("next_n", seen.row.NextN).Error
}

var unknownProtocol = Fault{"protocol", "unknown", "Choose one of /protocols."}

// drafts are the rows of a plan, after the guard was asked about its people.
func (s *Service) drafts(ctx context.Context, tx *gorm.DB, actor policies.Actor, plan Plan, entry protocol.Entry) (rows []sessionRow, members []uuid.UUID, err error) {
	leader, members := plan.members(actor.ID)
	c, err := Roster{s.People}.with(ctx, tx, circle{session: sessionRow{MakerID: actor.ID}}, leader, members)
	if err != nil {
		return nil, nil, err
	}
	if err := s.admit(ctx, tx, c, members); err != nil {
		return nil, nil, err
	}
	series := uuid.Must(uuid.NewV7())
	starts := []*time.Time{utc(plan.StartsAt)}
	for _, further := range plan.Further {
		starts = append(starts, utc(&further))
	}
	for i, at := range starts {
		row := sessionRow{
			ID: uuid.Must(uuid.NewV7()), SeriesID: series, Round: i + 1, Rounds: len(starts), MakerID: actor.ID, LeaderID: leader,
			ProtocolID: entry.ID, Protocol: entry.Source, Request: c.asked(), State: Draft, Place: plan.Place, Clock: plan.Clock,
			StartsAt: at, Wording: 1, Step: protocol.Preparing, Revealed: "[]", NextN: 1, Version: 1, CreatedAt: s.now(), UpdatedAt: s.now(),
		}
		if row.Place == "" {
			row.Place = AtDistance
		}
		rows = append(rows, row)
	}
	return rows, members, nil
}

// store keeps a new session with its people, under a key of its own.
func (s *Service) store(ctx context.Context, tx *gorm.DB, row *sessionRow, members []uuid.UUID, written wording) error {
	if err := s.Keys.CreateForSession(ctx, tx, row.ID); err != nil {
		return err
	}
	if err := s.write(ctx, tx, row, written); err != nil {
		return err
	}
	if err := tx.WithContext(ctx).Create(row).Error; err != nil {
		return err
	}
	for _, member := range members {
		if err := tx.WithContext(ctx).Create(&personRow{SessionID: row.ID, PersonID: member, AddedAt: s.now()}).Error; err != nil {
			return err
		}
	}
	return nil
}

// write seals words to the row, which the caller stores.
func (s *Service) write(ctx context.Context, tx *gorm.DB, row *sessionRow, written wording) error {
	texts, err := s.Keys.Texts(ctx, tx, row.ID)
	if err != nil {
		return err
	}
	defer texts.Close()
	row.Sealed, err = words.Seal(texts, kindSession, words.Place(row.ID, row.Wording), written)
	return err
}

func utc(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	whole := at.UTC().Truncate(time.Microsecond)
	return &whole
}
