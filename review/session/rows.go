package session

import (
	"time"

	"github.com/google/uuid"
)

// The rows, as the migrations make them (a drift test holds them together).

type sessionRow struct {
	ID          uuid.UUID `gorm:"primaryKey"`
	SeriesID    uuid.UUID
	Round       int
	Rounds      int
	MakerID     uuid.UUID
	LeaderID    uuid.UUID
	ProtocolID  string
	Protocol    string // its file, as it was when the session was made
	Request     Request
	State       State
	Place       Place
	Clock       bool
	StartsAt    *time.Time
	Sealed      []byte // empty: its words went with its last recording
	Wording     int64  // the version of what is sealed
	Step        int    // -1: preparing
	StepBeganAt *time.Time
	ChosenN     *int
	Revealed    string // a JSON list of steps
	NextN       int    // of the next fragment that is brought in
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
	OpenedAt    *time.Time
	StartedAt   *time.Time
	EndedAt     *time.Time
}

func (sessionRow) TableName() string { return "review_sessions" }

// emptied: its last recording is gone, and its words with it.
func (r sessionRow) emptied() bool { return len(r.Sealed) == 0 }

type personRow struct {
	SessionID uuid.UUID `gorm:"primaryKey"`
	PersonID  uuid.UUID `gorm:"primaryKey"`
	Present   bool
	OnPaper   bool
	ReadyStep *int // the last step they said to be ready with
	MailedAt  *time.Time
	AddedAt   time.Time
	RemovedAt *time.Time
	// InvitedFor is the moment that the last letter invited to; nil: none did, or it
	// was called off.
	InvitedFor *time.Time
}

func (personRow) TableName() string { return "session_people" }

type fragmentRow struct {
	SessionID   uuid.UUID `gorm:"primaryKey"`
	N           int       `gorm:"primaryKey"`
	RecordingID uuid.UUID
	OwnerID     uuid.UUID
	StartMs     int64
	EndMs       *int64     // nil: the whole film was chosen
	CutID       *uuid.UUID // nil for the whole film
	BroughtAt   time.Time
	TakenBackAt *time.Time
}

func (fragmentRow) TableName() string { return "session_fragments" }

type agreementRow struct {
	SessionID  uuid.UUID `gorm:"primaryKey"`
	PersonID   uuid.UUID `gorm:"primaryKey"`
	Version    int       `gorm:"primaryKey"`
	Method     string    // own | room
	RecordedBy uuid.UUID
	AcceptedAt time.Time
}

func (agreementRow) TableName() string { return "session_agreements" }

type contributionRow struct {
	ID          uuid.UUID `gorm:"primaryKey"`
	SessionID   uuid.UUID
	RecordingID *uuid.UUID // nil, like N, for what is about no fragment
	N           *int
	AuthorID    uuid.UUID
	Step        int
	Kind        string
	StartMs     *int64 // of the film
	EndMs       *int64
	ParentID    *uuid.UUID
	Sealed      []byte
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

func (contributionRow) TableName() string { return "session_contributions" }

type insightRow struct {
	SessionID   uuid.UUID `gorm:"primaryKey"`
	RecordingID uuid.UUID `gorm:"primaryKey"`
	OwnerID     uuid.UUID
	Sealed      []byte
	Version     int64
}

func (insightRow) TableName() string { return "session_insights" }
