package consent

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies/audit"
)

// Config is what the room is built from. All fields are required but those with a default.
type Config struct {
	DB     *gorm.DB
	Vault  Vault
	Ledger Ledger
	Leases Leases
	// Recordings is asked before a conversation ends by itself.
	Recordings Recordings
	// Colleagues is asked before a colleague takes part; nil: none can.
	Colleagues Colleagues
	Audit      *audit.Log
	// CoolingOff is how long only the klantmanager looks; 0: not at all.
	CoolingOff time.Duration
	// Retention is how long a conversation without a recording is kept (default
	// 60 days); one with a recording lives as long as that.
	Retention time.Duration
	// Proof is how long record and events outlive the data (default 1 year).
	Proof time.Duration
	// OrganisationFile is organisation.yaml as it is shown, nil without one, and
	// LegalBasis what it says. A yes keeps both by hash and name.
	OrganisationFile []byte
	LegalBasis       string
	// KeyHolders is how many holders keep the keys, and PolicyHash the policy that
	// runs: an erasure keeps them as part of its proof.
	KeyHolders int
	PolicyHash string
	// SMSGateway is the domain of the municipality's gateway from mail to text
	// messages (NUMBER@domain); "": a reminder goes by e-mail only.
	SMSGateway string
	// Compact empties what the database itself keeps of deleted rows (SQLite's
	// write-ahead log), so that a no leaves no trace there either; nil: nothing.
	Compact func(ctx context.Context) error
	// Date tells by which time terms begin and end: the database's own clock
	// (DatabaseTime), which no process has wrong.
	Date func(ctx context.Context, tx *gorm.DB) (time.Time, error)
	// Clock stamps what no term depends on.
	Clock func() time.Time
	Log   *slog.Logger
}

// Service is the room. Its methods may be called from any number of
// goroutines and processes at once.
type Service struct {
	Config
	hashing chan struct{} // held while a PIN is hashed
}

// Defaults of domain.md, "Consent".
const (
	defaultRetention = 60 * 24 * time.Hour
	defaultProof     = 365 * 24 * time.Hour
)

// New builds the room.
func New(config Config) *Service {
	if config.Retention == 0 {
		config.Retention = defaultRetention
	}
	if config.Proof == 0 {
		config.Proof = defaultProof
	}
	if config.Date == nil {
		config.Date = DatabaseTime
	}
	if config.Clock == nil {
		config.Clock = time.Now
	}
	if config.Compact == nil {
		config.Compact = func(context.Context) error { return nil }
	}
	if config.Colleagues == nil {
		config.Colleagues = noColleagues{}
	}
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{config, make(chan struct{}, pinsAtOnce)}
}

func (s *Service) now() time.Time { return s.Clock().UTC().Truncate(time.Microsecond) }

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return b
}
