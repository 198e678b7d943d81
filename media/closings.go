package media

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"vakspiegel/consent"
	"vakspiegel/media/ledger"
)

// Closings writes closings to the ledger in the object store; it is
// consent.Ledger.
type Closings struct{ ledger *ledger.Ledger }

// NewClosings returns the closings kept in a ledger.
func NewClosings(l *ledger.Ledger) *Closings { return &Closings{l} }

// kindErasure is how consent calls the end of a single recording.
const kindErasure = "erasure"

// lookback is how the ledger calls the wish to look back, which is no scope.
const lookback = "lookback"

// Write records a closing; the same one twice is fine. Errors: the ledger's.
func (c *Closings) Write(ctx context.Context, closing consent.Closing) error {
	entry := ledger.Entry{
		ID: closing.ID, Kind: ledger.Kind(closing.Kind), At: closing.At, ConversationID: closing.ConversationID,
		RecordingID: zeroable(closing.RecordingID), RecordID: zeroable(closing.RecordID),
	}
	switch entry.Kind {
	case kindErasure:
		entry.Kind = ledger.OwnerErased
	case ledger.Narrowed:
		entry.Scopes = without(closing.Scopes)
		if !closing.Lookback {
			entry.Scopes = append(entry.Scopes, lookback)
		}
	}
	return c.ledger.Write(ctx, entry)
}

// Replay gives fn every closing from since on (zero: all), in order. Errors: the
// ledger's, and fn's.
func (c *Closings) Replay(ctx context.Context, since time.Time, fn func(consent.Closing) error) error {
	return c.ledger.Replay(ctx, since, func(entry ledger.Entry) error {
		closing := consent.Closing{
			ID: entry.ID, Kind: string(entry.Kind), At: entry.At, ConversationID: entry.ConversationID,
			RecordingID: pointer(entry.RecordingID), RecordID: pointer(entry.RecordID),
		}
		switch entry.Kind {
		case ledger.OwnerErased:
			closing.Kind = kindErasure
		case ledger.Narrowed:
			// The ledger names what is no longer allowed, consent what stays.
			closing.Scopes = consent.ParseScopes(without(consent.ParseScopes(entry.Scopes)))
			closing.Lookback = !slices.Contains(entry.Scopes, lookback)
		}
		return fn(closing)
	})
}

// without is every scope that is not in scopes.
func without(scopes consent.Scopes) []string {
	rest := consent.Scopes{}
	for _, scope := range consent.AllScopes() {
		if !slices.Contains(scopes, scope) {
			rest = append(rest, scope)
		}
	}
	return rest.Names()
}

func zeroable(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

func pointer(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

// ReplayClosings closes in the database what the ledger says is closed: after a
// restore the database may be older than the ledger. It only ever closes, and
// changes nothing where the database knows. It runs at start-up, before the
// first request is served (since is zero: all of it), and on a timer by Run.
// Errors: the ledger's and the database's; at start-up nobody may be let in then.
func (m *Media) ReplayClosings(ctx context.Context, since time.Time) error {
	return m.Closings.Replay(ctx, since, func(closing consent.Closing) error {
		if closing.RecordingID == nil {
			return m.Consent.CloseFromLedger(ctx, closing)
		}
		return m.replayErasure(ctx, *closing.RecordingID)
	})
}

// replayErasure closes a recording that the ledger knows to be erased.
func (m *Media) replayErasure(ctx context.Context, recordingID uuid.UUID) error {
	erasure, err := m.closeRecording(ctx, recordingID, "ledger:replay", stillOpen, m.endOne)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	m.log.InfoContext(ctx, "a recording was closed from the ledger", "recording", recordingID, "erasure", erasure.ID)
	m.Nudge()
	return nil
}
