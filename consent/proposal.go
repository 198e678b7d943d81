package consent

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies/audit"
)

// Errors of what two people decide together.
var (
	// ErrSamePerson: who proposed it cannot confirm it.
	ErrSamePerson = errors.New("consent: another person has to confirm")
	// ErrDecided: it was confirmed, taken back or has lapsed.
	ErrDecided = errors.New("consent: already decided")
	// ErrProposed: the same waits for a second person already.
	ErrProposed = errors.New("consent: already proposed")
	// ErrNotPossible: the record is not in a state in which this can be done.
	ErrNotPossible = errors.New("consent: not possible any more")
)

// ProposalLapse is how long a proposal waits for a second person.
const ProposalLapse = 24 * time.Hour

var (
	proposalKinds      = []string{string(Paused), kindResumed, string(Revoked), string(Invalidated)}
	proposalChannels   = []string{"telephone", "letter", "desk"}
	invalidityReasons  = []string{"not_free", "not_informed", "wrong_person", "under_age", "technical"}
	proposalOutcomes   = [...]string{"confirmed", "taken_back"}
	confirmed, retract = proposalOutcomes[0], proposalOutcomes[1]
)

// NewProposal is what one person of the register wants done to a record on
// someone's behalf.
type NewProposal struct {
	RecordID uuid.UUID
	Kind     string // paused, resumed, revoked, invalidated
	How      string // telephone, letter, desk: how it was asked; none of an invalidation
	Reason   string // of an invalidation: not_free, not_informed, wrong_person, under_age, technical
}

func (n NewProposal) valid() bool {
	invalidation := n.Kind == string(Invalidated)
	return slices.Contains(proposalKinds, n.Kind) &&
		slices.Contains(invalidityReasons, n.Reason) == invalidation && (invalidation || n.Reason == "") &&
		slices.Contains(proposalChannels, n.How) != invalidation && (!invalidation || n.How == "")
}

// Proposal is one that waits, or what became of it.
type Proposal struct {
	ID             uuid.UUID
	RecordID       uuid.UUID
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	Kind           string
	How            string
	Reason         string
	State          string // waiting, confirmed, taken_back, lapsed
	ProposedBy     uuid.UUID
	ProposedAt     time.Time
	LapsesAt       time.Time
	DecidedBy      uuid.UUID // zero: nobody
	DecidedAt      *time.Time
}

// Propose writes down what another person has to confirm. It changes nothing
// yet. Errors: ErrInvalid, ErrNotFound, ErrNotPossible, ErrProposed.
func (s *Service) Propose(ctx context.Context, by Decider, n NewProposal) (Proposal, error) {
	if !n.valid() {
		return Proposal{}, ErrInvalid
	}
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return Proposal{}, err
	}
	row := proposalRow{ID: newID(), RecordID: n.RecordID, Kind: n.Kind, How: n.How, Reason: n.Reason, ProposedBy: by.PersonID, At: now}
	err = s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		record, conversation, err := lockRecord(tx, n.RecordID)
		if errors.Is(err, ErrUnknownLink) {
			return ErrNotFound
		}
		if err != nil {
			return err
		}
		if err := possible(tx, record, conversation, n.Kind); err != nil {
			return err
		}
		waiting, err := proposals(tx.Where("p.record_id = ? AND p.kind = ?", n.RecordID, n.Kind), now)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(waiting, func(p Proposal) bool { return p.State == "waiting" }) {
			return ErrProposed
		}
		row.ConversationID, row.OwnerID = conversation.ID, conversation.OwnerID
		row.LapsesAt, row.PurgeAfter = row.At.Add(ProposalLapse), s.proofEnds(row.At)
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, registerEntry(by, "register:propose_"+row.Kind, row.RecordID, row.ConversationID, audit.Done, row.At))
	})
	if err != nil {
		return Proposal{}, err
	}
	return s.Proposal(ctx, row.ID)
}

// possible says whether a record is in a state in which kind can be done.
// Errors: ErrNotPossible.
func possible(tx *gorm.DB, record recordRow, conversation conversationRow, kind string) error {
	open := conversation.ClosedAt == nil && (record.State == Given || record.State == Paused)
	switch kind {
	case string(Paused):
		open = open && record.State == Given
	case kindResumed:
		events, err := registerEvents(tx, record.ID)
		if err != nil {
			return err
		}
		open = open && record.State == Paused && pausedOnBehalf(events)
	}
	if !open {
		return ErrNotPossible
	}
	return nil
}

// Proposal reads one. Errors: ErrNotFound.
func (s *Service) Proposal(ctx context.Context, id uuid.UUID) (Proposal, error) {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return Proposal{}, err
	}
	found, err := proposals(s.DB.WithContext(ctx).Where("p.id = ?", id), now)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Proposal{}, err
	}
	return found[0], nil
}

// WaitingProposals are those that a second person can still decide on, oldest
// first, without those of hidden klantmanagers.
func (s *Service) WaitingProposals(ctx context.Context, hidden []uuid.UUID) ([]Proposal, error) {
	now, err := s.date(ctx, s.DB)
	if err != nil {
		return nil, err
	}
	query := s.DB.WithContext(ctx).Where("d.proposal_id IS NULL AND p.lapses_at > ?", now).
		Where("EXISTS (SELECT 1 FROM conversations c WHERE c.id = p.conversation_id AND c.closed_at IS NULL)")
	if len(hidden) > 0 {
		query = query.Where("p.owner_id NOT IN ?", hidden)
	}
	return proposals(query, now)
}

// proposals reads those of query, joined to what became of them.
func proposals(query *gorm.DB, now time.Time) ([]Proposal, error) {
	var rows []struct {
		Proposal  proposalRow `gorm:"embedded"`
		Outcome   *string
		DecidedBy *uuid.UUID
		DecidedAt *time.Time
	}
	err := query.Table("register_proposals p").Select("p.*, d.outcome, d.decided_by, d.at AS decided_at").
		Joins("LEFT JOIN register_decisions d ON d.proposal_id = p.id").Order("p.at, p.id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	out := make([]Proposal, len(rows))
	for i, row := range rows {
		p := row.Proposal
		out[i] = Proposal{
			ID: p.ID, RecordID: p.RecordID, ConversationID: p.ConversationID, OwnerID: p.OwnerID, Kind: p.Kind, How: p.How,
			Reason: p.Reason, State: "waiting", ProposedBy: p.ProposedBy, ProposedAt: p.At, LapsesAt: p.LapsesAt, DecidedAt: row.DecidedAt,
		}
		switch {
		case row.Outcome != nil:
			out[i].State, out[i].DecidedBy = *row.Outcome, *row.DecidedBy
		case !now.Before(p.LapsesAt):
			out[i].State = "lapsed"
		}
	}
	return out, nil
}
