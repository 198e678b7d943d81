package consent

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Errors of this room. Every method names those it returns.
var (
	// ErrNotFound: no such conversation for this person. Not there and not yours look the same.
	ErrNotFound = errors.New("consent: not found")
	// ErrUnknownLink: a link, code or cookie that is unknown, malformed or of a conversation that is gone.
	ErrUnknownLink = errors.New("consent: unknown link")
	// ErrMissing: not everyone in the room has said yes, or had when filming began.
	ErrMissing = errors.New("consent: missing")
	// ErrWaiting: everyone had said yes, and someone who came in later has not answered yet.
	ErrWaiting = errors.New("consent: someone who came in later has not answered yet")
	// ErrUnconfirmed: it was asked ahead, and nobody said at the table that it still holds.
	ErrUnconfirmed = errors.New("consent: asked ahead and not confirmed")
	// ErrEvaluator: this colleague evaluates the klantmanager, or did less than 12 months ago.
	ErrEvaluator = errors.New("consent: an evaluator of the klantmanager")
	// ErrRepresented: a representative decides; the person themselves can only stop it.
	ErrRepresented = errors.New("consent: somebody else decides for this participant")
	// ErrClosed: it was withdrawn, paused or is over.
	ErrClosed = errors.New("consent: closed")
	// ErrAnswered: this participant has answered already.
	ErrAnswered = errors.New("consent: already answered")
	// ErrInvalid: the input has faults; see Faults.
	ErrInvalid = errors.New("consent: invalid input")
)

// Scope is one separately given purpose beside the klantmanager's own looking back.
type Scope string

// The scopes, in the order they are shown.
const (
	Coach    Scope = "coach"
	Peers    Scope = "peers"
	Training Scope = "training" // colleagues outside the group; hidden unless the municipality uses it
)

// Scopes is a set in the order of the constants.
type Scopes []Scope

// AllScopes is every scope there is.
func AllScopes() Scopes { return Scopes{Coach, Peers, Training} }

// ParseScopes keeps the known ones, once each, in order; unknown ones are
// dropped, because a scope that nobody knows allows nothing.
func ParseScopes(names []string) Scopes {
	scopes := Scopes{}
	for _, scope := range AllScopes() {
		if slices.Contains(names, string(scope)) {
			scopes = append(scopes, scope)
		}
	}
	return scopes
}

// Intersect is what both allow.
func (s Scopes) Intersect(other Scopes) Scopes {
	both := Scopes{}
	for _, scope := range AllScopes() {
		if slices.Contains(s, scope) && slices.Contains(other, scope) {
			both = append(both, scope)
		}
	}
	return both
}

// union is what one of both allows.
func (s Scopes) union(other Scopes) Scopes {
	return ParseScopes(append(s.Names(), other.Names()...))
}

// Names are the scopes as plain words.
func (s Scopes) Names() []string {
	names := make([]string, len(s))
	for i, scope := range s {
		names[i] = string(scope)
	}
	return names
}

func (s Scopes) String() string { return strings.Join(s.Names(), " ") }

func scopesOf(column string) Scopes { return ParseScopes(strings.Fields(column)) }

// Role is what someone in the room is there for.
type Role string

// The roles. The klantmanager consents by making the conversation.
const (
	Klantmanager   Role = "klantmanager"
	Citizen        Role = "citizen"
	Partner        Role = "partner"
	Representative Role = "representative"
	Interpreter    Role = "interpreter"
	Companion      Role = "companion"
	Colleague      Role = "colleague"
)

// Capacity is why someone decides for another (domain.md, "Consent").
type Capacity string

// The capacities. An administrator (bewindvoerder) decides in money matters only.
const (
	Parent        Capacity = "parent" // or guardian (voogd)
	Curator       Capacity = "curator"
	Mentor        Capacity = "mentor"
	Administrator Capacity = "administrator"
)

// State of a record.
type State string

// The states (see the package comment). Requested is no record's: it is how a
// participant without one is shown.
const (
	Requested   State = "requested"
	Given       State = "given"
	Paused      State = "paused"
	Withdrawn   State = "withdrawn"
	Revoked     State = "revoked"
	Expired     State = "expired"
	Invalidated State = "invalidated"
)

// Conversation is the meeting that may be filmed, as its klantmanager sees it.
type Conversation struct {
	ID           uuid.UUID
	OwnerID      uuid.UUID
	HeldAt       time.Time
	Label        string
	ConsentSince *time.Time // when the last of them said yes; nil while waiting
	Closed       bool
	Paused       bool // nobody looks and nothing is added, until it is lifted
	Waiting      bool // not everyone has answered: at first, or someone who came in later
	Unconfirmed  bool // asked ahead: "Klopt het nog?" comes before filming
	CreatedAt    time.Time
	Participants []Participant // without the klantmanager
	Scopes       Scopes        // what all allow; empty while waiting
	Lookback     bool          // someone wishes to look back; false while waiting
	OwnRecord    *uuid.UUID    // the klantmanager's own record; nil before everyone's first yes
}

// Participant is someone in the room. Token and Code are empty once handed over.
type Participant struct {
	ID         uuid.UUID
	Role       Role
	PersonID   *uuid.UUID // of a colleague
	Capacity   Capacity   // of a representative
	Represents *uuid.UUID
	Telephone  bool
	Open       bool   // this answer is still awaited, or waits for the others'
	Token      string // 256 bits, base64url
	Code       string // 12 digits, the last a check digit
	// Mailed: a letter with the link went out.
	Mailed bool
}

// Grant is what Require found: everyone said yes.
type Grant struct {
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	Since          time.Time // the last yes of anyone
	HeldAt         time.Time
	Scopes         Scopes
	Retention      time.Duration // the shortest that anyone was told; 0: none is recorded
}

// Facts are what a policy decision needs to know of a conversation, live.
type Facts struct {
	OwnerID uuid.UUID
	Closed  bool // withdrawn, paused, over, not (yet) given by all, or gone
	Waiting bool // closed only because not everyone has answered yet, or someone who came in later
	Paused  bool // closed only because someone asked that nobody looks for now
	Scopes  Scopes
	Since   time.Time // the last yes of anyone
	HeldAt  time.Time
	again   again
}

// SharingOpensAt is when the cooling-off ends: it begins with the last yes or the
// conversation, whichever is later (domain.md, "Consent").
func (f Facts) SharingOpensAt(coolingOff time.Duration) time.Time {
	from := f.Since
	if f.HeldAt.After(from) {
		from = f.HeldAt
	}
	return from.Add(coolingOff)
}

// Erasure is what is owed after a closing, and how far it is.
type Erasure struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	RecordingID    *uuid.UUID // nil: the whole conversation
	OwnerID        uuid.UUID
	RequestedAt    time.Time
	StoppedAt      *time.Time // every lease has run out, the ledger has it
	KeyDestroyedAt *time.Time // nobody can open it any more
	ErasedAt       *time.Time // bytes gone, looked after
	Objects        int64      // how many objects were deleted
	Bytes          int64
	Filmed         bool // something of a film was deleted, in this erasure or another of the conversation
	Attempts       int
	ProofUntil     time.Time // when this proof goes itself
	KeyHolders     int       // in how many the key was destroyed; 0: not yet
	PolicyHash     string    // the policy under which it ended; "": not yet
}
