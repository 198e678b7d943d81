package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Kind says what an entry closed, in the words of ISO/IEC TS 27560 where it has
// one.
type Kind string

// The kinds. Each closes; none opens.
const (
	Withdrawn   Kind = "withdrawn"    // consent taken back by the person: all is erased
	Revoked     Kind = "revoked"      // the same, by another on their behalf
	Narrowed    Kind = "narrowed"     // Scopes are no longer allowed; the rest stays
	Paused      Kind = "paused"       // nobody looks until the pauser lifts it (AVG 18)
	Expired     Kind = "expired"      // retention is over: erased
	Invalidated Kind = "invalidated"  // consent turned out not to be valid: erased
	OwnerErased Kind = "owner_erased" // the klantmanager erased their recording
	Added       Kind = "added"        // someone came in later: nobody looks until they say yes; its ID is theirs
)

var kinds = []Kind{Withdrawn, Revoked, Narrowed, Paused, Expired, Invalidated, OwnerErased, Added}

// Entry is one closing. Ids that do not apply are zero, but not all three.
type Entry struct {
	ID             uuid.UUID // UUIDv7
	Kind           Kind
	At             time.Time // of the closing, on the database's clock
	ConversationID uuid.UUID
	RecordingID    uuid.UUID
	RecordID       uuid.UUID // consent record
	Scopes         []string  // Narrowed: those that are no longer allowed
}

var (
	// ErrInvalid: not an entry that may be written.
	ErrInvalid = errors.New("ledger: not a valid entry")
	// ErrConflict: another entry has this ID.
	ErrConflict = errors.New("ledger: another entry has this id")
	// ErrMalformed: the store holds something under ledger/ that is no entry
	// of a kind this version knows.
	ErrMalformed = errors.New("ledger: an object is not an entry this version understands")
)

const (
	version = 1
	maxSize = 16 << 10 // bytes of an entry
)

// scopeName keeps words of people out of the ledger.
var scopeName = regexp.MustCompile(`^[a-z][a-z_]{0,31}$`)

func (e Entry) check() error {
	switch {
	case e.ID.Version() != 7 || e.ID.Variant() != uuid.RFC4122:
		return fmt.Errorf("%w: its id is not a UUIDv7", ErrInvalid)
	case !slices.Contains(kinds, e.Kind):
		return fmt.Errorf("%w: unknown kind %q", ErrInvalid, e.Kind)
	case e.At.IsZero() || e.At.UTC().Year() < 2000 || e.At.UTC().Year() > 9999:
		return fmt.Errorf("%w: it has no time", ErrInvalid)
	case e.ConversationID == uuid.Nil && e.RecordingID == uuid.Nil && e.RecordID == uuid.Nil:
		return fmt.Errorf("%w: it is about nothing", ErrInvalid)
	case (e.Kind == Narrowed) != (len(e.Scopes) > 0):
		return fmt.Errorf("%w: scopes belong to a narrowing, and it to them", ErrInvalid)
	}
	for _, scope := range e.Scopes {
		if !scopeName.MatchString(scope) {
			return fmt.Errorf("%w: a scope has not the form of one", ErrInvalid)
		}
	}
	return nil
}

// object is an entry as the store keeps it.
type object struct {
	Version      int       `json:"version"`
	ID           uuid.UUID `json:"id"`
	Kind         Kind      `json:"kind"`
	At           time.Time `json:"at"`
	Conversation uuid.UUID `json:"conversation,omitzero"`
	Recording    uuid.UUID `json:"recording,omitzero"`
	Record       uuid.UUID `json:"record,omitzero"`
	Scopes       []string  `json:"scopes,omitempty"`
}

// encode writes an entry; equal entries give equal bytes.
func (e Entry) encode() ([]byte, error) {
	scopes := slices.Compact(slices.Sorted(slices.Values(e.Scopes)))
	return json.Marshal(object{
		Version: version, ID: e.ID, Kind: e.Kind, At: e.At.UTC().Round(0),
		Conversation: e.ConversationID, Recording: e.RecordingID, Record: e.RecordID, Scopes: scopes,
	})
}

func decode(text []byte) (Entry, error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	var o object
	if err := d.Decode(&o); err != nil {
		return Entry{}, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Entry{}, errors.New("something follows it")
	}
	if o.Version != version {
		return Entry{}, fmt.Errorf("version %d", o.Version)
	}
	e := Entry{
		ID: o.ID, Kind: o.Kind, At: o.At.UTC(),
		ConversationID: o.Conversation, RecordingID: o.Recording, RecordID: o.Record, Scopes: o.Scopes,
	}
	return e, e.check()
}
