package consent

import (
	"time"

	"github.com/google/uuid"
)

// The rows, as the migrations make them (a drift test holds them together).

type conversationRow struct {
	ID           uuid.UUID
	OwnerID      uuid.UUID
	HeldAt       time.Time
	LabelSealed  []byte
	ConsentSince *time.Time
	ClosedAt     *time.Time
	ConfirmedAt  *time.Time // "Klopt het nog?"
	Version      int64      // raised by every change that a screen shows
	CreatedAt    time.Time
}

func (conversationRow) TableName() string { return "conversations" }

type participantRow struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	Role           Role
	PersonID       *uuid.UUID
	Position       int
	Capacity       Capacity   // why a representative decides; "" for the others
	RepresentsID   *uuid.UUID // for whom
	Telephone      bool       // only heard
	MailedAt       *time.Time // when a letter with the link went out
}

func (participantRow) TableName() string { return "participants" }

type requestRow struct {
	ParticipantID  uuid.UUID `gorm:"primaryKey"`
	ConversationID uuid.UUID
	LinkHash       []byte
	CodeHmac       []byte
	SecretSealed   []byte
	AskedAt        time.Time
	AnsweredAt     *time.Time
	Scopes         string
	Method         string
	TextVersion    string
	TextHash       string
	Language       string
	ByWhom         string   // who gave the answer
	Shown          shownRow `gorm:"embedded"`
	Lookback       bool     // wishes to look back
}

func (requestRow) TableName() string { return "consent_requests" }

type recordRow struct {
	ID             uuid.UUID // the participant's id
	ConversationID uuid.UUID
	Role           Role
	State          State
	Scopes         string
	Version        int64 // the number of its last event
	LinkHash       []byte
	CodeHmac       []byte
	SecretSealed   []byte
	Method         string
	TextVersion    string
	TextHash       string
	Language       string
	Lookback       bool      // wishes to look back
	GivenAt        time.Time // the last yes
	SecondYesAt    *time.Time
	ChangedAt      time.Time // since when it is in this state
	PurgeAfter     time.Time
	Capacity       Capacity   // of a representative and of whom they represent
	Told           bool       // the represented person was told
	Shown          shownRow   `gorm:"embedded"`
	OwnerID        *uuid.UUID // the klantmanager; nil where nobody knows any more
	PersonID       *uuid.UUID // of someone who signs in; nil with a link
}

func (recordRow) TableName() string { return "consent_records" }

// owner is the klantmanager of the conversation, also when that is gone.
func (r recordRow) owner() uuid.UUID {
	if r.OwnerID == nil {
		return uuid.Nil
	}
	return *r.OwnerID
}

type eventRow struct {
	ID             uuid.UUID
	RecordID       uuid.UUID
	ConversationID uuid.UUID
	Seq            int64
	Kind           string
	At             time.Time
	ByWhom         string
	Scopes         string
	Method         string
	TextVersion    string
	TextHash       string
	Language       string
	Lookback       bool
	PurgeAfter     time.Time
	Capacity       Capacity
	Told           bool
	Shown          shownRow   `gorm:"embedded"`
	Reason         string     // why it is not valid; "" for all but an invalidation
	KeptUntil      *time.Time // of an extension alone
}

func (eventRow) TableName() string { return "consent_events" }

// extensionRow is a question that everyone is being asked: may it be kept longer?
type extensionRow struct {
	ConversationID uuid.UUID `gorm:"primaryKey"`
	Until          time.Time
	LapsesAt       time.Time
}

func (extensionRow) TableName() string { return "consent_extensions" }

// extensionAnswerRow is a yes to it while others have not answered.
type extensionAnswerRow struct {
	ParticipantID  uuid.UUID `gorm:"primaryKey"`
	ConversationID uuid.UUID
	Method         string
	TextVersion    string
	TextHash       string
	Language       string
	ByWhom         string
	Shown          shownRow `gorm:"embedded"`
}

func (extensionAnswerRow) TableName() string { return "consent_extension_answers" }

type linkSessionRow struct {
	TokenHash     []byte `gorm:"primaryKey"`
	ParticipantID uuid.UUID
	ExpiresAt     time.Time
	Method        string     // how an answer in this sitting is given
	ConsentedAt   *time.Time // the yes was given in this sitting
}

func (linkSessionRow) TableName() string { return "link_sessions" }

type pinRow struct {
	ParticipantID uuid.UUID `gorm:"primaryKey"`
	Salt          []byte
	Hash          []byte
	ChosenAt      time.Time
}

func (pinRow) TableName() string { return "consent_pins" }

type reminderRow struct {
	ParticipantID  uuid.UUID `gorm:"primaryKey"`
	ConversationID uuid.UUID
	AddressSealed  []byte
	Language       string
	DueAt          time.Time // when it is looked at next
}

func (reminderRow) TableName() string { return "reminders" }

type pinTryRow struct {
	ID            uuid.UUID
	ParticipantID uuid.UUID
	At            time.Time
}

func (pinTryRow) TableName() string { return "pin_tries" }

type erasureRow struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	RecordingID    *uuid.UUID
	OwnerID        uuid.UUID
	RequestedAt    time.Time
	StoppedAt      *time.Time
	KeyDestroyedAt *time.Time
	ErasedAt       *time.Time
	Objects        int64
	Bytes          int64
	Attempts       int
	ClaimedUntil   *time.Time
	PurgeAfter     time.Time
	KeyHolders     int
	PolicyHash     string
}

func (erasureRow) TableName() string { return "erasures" }

func (e erasureRow) erasure() Erasure {
	return Erasure{
		ID: e.ID, ConversationID: e.ConversationID, RecordingID: e.RecordingID, OwnerID: e.OwnerID,
		RequestedAt: e.RequestedAt, StoppedAt: e.StoppedAt, KeyDestroyedAt: e.KeyDestroyedAt, ErasedAt: e.ErasedAt,
		Objects: e.Objects, Bytes: e.Bytes, Attempts: e.Attempts, ProofUntil: e.PurgeAfter,
		KeyHolders: e.KeyHolders, PolicyHash: e.PolicyHash,
	}
}

type owedRow struct {
	ID             uuid.UUID
	Kind           string
	ConversationID uuid.UUID
	RecordingID    *uuid.UUID
	RecordID       *uuid.UUID
	Scopes         string
	Lookback       bool
	At             time.Time
}

func (owedRow) TableName() string { return "ledger_owed" }

// shownRow is what was shown beside the text: columns of requests, records and
// events alike.
type shownRow struct {
	OrganisationHash string // SHA-256 of organisation.yaml; "": there was none
	LegalBasis       string
	RetentionDays    int
}

func (r shownRow) columns() map[string]any {
	return map[string]any{"organisation_hash": r.OrganisationHash, "legal_basis": r.LegalBasis, "retention_days": r.RetentionDays}
}

type organisationRow struct {
	Hash    string `gorm:"primaryKey"`
	Content []byte
	UsedAt  time.Time
}

func (organisationRow) TableName() string { return "organisation_files" }

type receiptKeyRow struct {
	Kid       string `gorm:"primaryKey"`
	PublicKey []byte
	CreatedAt time.Time
}

func (receiptKeyRow) TableName() string { return "receipt_keys" }
