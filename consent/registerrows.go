package consent

import (
	"time"

	"github.com/google/uuid"
)

// The register's own rows. All but the last are append-only.

type proposalRow struct {
	ID             uuid.UUID
	RecordID       uuid.UUID
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	Kind           string
	How            string
	Reason         string
	ProposedBy     uuid.UUID
	At             time.Time
	LapsesAt       time.Time
	PurgeAfter     time.Time
}

func (proposalRow) TableName() string { return "register_proposals" }

type decisionRow struct {
	ProposalID uuid.UUID `gorm:"primaryKey"`
	Outcome    string
	DecidedBy  uuid.UUID
	At         time.Time
	PurgeAfter time.Time
}

func (decisionRow) TableName() string { return "register_decisions" }

type unmaskingRow struct {
	ID             uuid.UUID
	RecordID       uuid.UUID
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	ByPerson       uuid.UUID
	Reason         string
	At             time.Time
	PurgeAfter     time.Time
}

func (unmaskingRow) TableName() string { return "register_unmaskings" }

type unmaskingSeenRow struct {
	UnmaskingID uuid.UUID `gorm:"primaryKey"`
	At          time.Time
}

func (unmaskingSeenRow) TableName() string { return "register_unmaskings_seen" }
