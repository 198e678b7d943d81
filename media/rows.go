package media

import (
	"time"

	"github.com/google/uuid"
)

// The rows, as the migrations make them (a drift test holds them together).

type epochRow struct {
	Epoch       int `gorm:"primaryKey;autoIncrement:false"`
	CreatedAt   time.Time
	ForgottenAt *time.Time
	RetiredAt   *time.Time
	DestroyedAt *time.Time
}

func (epochRow) TableName() string { return "key_epochs" }

type dataKeyRow struct {
	SubjectID   uuid.UUID `gorm:"primaryKey"`
	SubjectKind string
	Epoch       int
	Wrapped     []byte
	CreatedAt   time.Time
}

func (dataKeyRow) TableName() string { return "data_keys" }

type recordingRow struct {
	ID             uuid.UUID `gorm:"primaryKey"`
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	State          State
	Origin         Origin
	ContentType    string // empty until the first bytes told
	SizeBytes      int64
	DurationMs     *int64
	StartedAt      time.Time
	ReadyAt        *time.Time
	ExpiresAt      time.Time
	KeptAt         *time.Time // when its klantmanager last said that it is still needed
	ClosedAt       *time.Time
	Failure        string
	Version        int64
	CreatedAt      time.Time
}

func (recordingRow) TableName() string { return "recordings" }

type originalRow struct {
	RecordingID    uuid.UUID `gorm:"primaryKey"`
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	AddedAt        time.Time
	ErasedAt       *time.Time
	PurgeAfter     time.Time
}

func (originalRow) TableName() string { return "originals" }

type segmentRow struct {
	ObjectKey   string `gorm:"primaryKey"`
	RecordingID uuid.UUID
	CutID       *uuid.UUID // nil: of the film itself
	State       string
	StartByte   int64
	PlainSize   int64
	SealedSize  int64
	Salt        []byte
	Sha256      []byte
	CreatedAt   time.Time
}

func (segmentRow) TableName() string { return "segments" }

const (
	segmentPending = "pending"
	segmentStored  = "stored"
)

type cutRow struct {
	ID           uuid.UUID `gorm:"primaryKey"`
	RecordingID  uuid.UUID
	StartMs      int64
	EndMs        int64
	State        CutState
	Failure      string
	LeadMs       int64
	SizeBytes    int64
	Attempts     int
	Claim        string
	ClaimedUntil *time.Time
	DroppedAt    *time.Time
	CreatedAt    time.Time
}

func (cutRow) TableName() string { return "cuts" }

type uploadRow struct {
	RecordingID uuid.UUID `gorm:"primaryKey"`
	Length      int64
	Received    int64
	ExpiresAt   time.Time
}

func (uploadRow) TableName() string { return "uploads" }

type lockRow struct {
	UploadID         uuid.UUID `gorm:"primaryKey"`
	Holder           string
	ExpiresAt        time.Time
	ReleaseRequested bool
}

func (lockRow) TableName() string { return "upload_locks" }
