package policies

import (
	"time"

	"github.com/google/uuid"
)

type personRow struct {
	ID         uuid.UUID `gorm:"primaryKey"`
	Login      string
	Name       string
	Subject    *string
	DisabledAt *time.Time
	CreatedAt  time.Time
}

func (personRow) TableName() string { return "people" }

type roleRow struct {
	PersonID uuid.UUID `gorm:"primaryKey"`
	Role     Role      `gorm:"primaryKey"`
}

func (roleRow) TableName() string { return "person_roles" }

type teamRow struct {
	ID   uuid.UUID `gorm:"primaryKey"`
	Name string
}

func (teamRow) TableName() string { return "teams" }

type memberRow struct {
	TeamID   uuid.UUID `gorm:"primaryKey"`
	PersonID uuid.UUID `gorm:"primaryKey"`
}

func (memberRow) TableName() string { return "team_members" }

type relationRow struct {
	ID          uuid.UUID `gorm:"primaryKey"`
	EvaluatorID uuid.UUID
	EvaluatedID uuid.UUID
	BeginsAt    time.Time
	RecordedAt  time.Time
	RecordedBy  *uuid.UUID
}

func (relationRow) TableName() string { return "evaluator_relations" }

type endingRow struct {
	ID         uuid.UUID `gorm:"primaryKey"`
	RelationID uuid.UUID
	EndsAt     time.Time
	RecordedAt time.Time
	RecordedBy *uuid.UUID
	PurgeAfter time.Time
}

func (endingRow) TableName() string { return "evaluator_endings" }

type photoRow struct {
	PersonID  uuid.UUID `gorm:"primaryKey"`
	Jpeg      []byte
	ChangedAt time.Time
}

func (photoRow) TableName() string { return "people_photos" }

type sessionRow struct {
	TokenHash  []byte `gorm:"primaryKey"`
	PersonID   uuid.UUID
	CreatedAt  time.Time
	LastSeenAt time.Time
	ExpiresAt  time.Time
	LockedAt   *time.Time // since when it only waits for its end
}

func (sessionRow) TableName() string { return "staff_sessions" }

type signInRow struct {
	StateHash []byte `gorm:"primaryKey"`
	Nonce     string
	Verifier  string
	ReturnTo  string
	ExpiresAt time.Time
}

func (signInRow) TableName() string { return "sign_in_requests" }
