package media

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
)

// Consent is what this room needs of consent; *consent.Service has it.
type Consent interface {
	Require(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID, began time.Time) (consent.Grant, error)
	Facts(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]consent.Facts, error)
	RequestErasure(ctx context.Context, tx *gorm.DB, recordingID, conversationID, ownerID uuid.UUID) (consent.Erasure, error)
	Lock(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error
	Expire(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) (consent.Erasure, error)
	Done(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) (consent.Erasure, error)
	Confirm(ctx context.Context, erasureID uuid.UUID) error
	Closing(ctx context.Context, db *gorm.DB) ([]uuid.UUID, error)
	Owed(ctx context.Context, limit int, hold time.Duration) ([]consent.Erasure, error)
	Release(ctx context.Context, id uuid.UUID, retry time.Duration) error
	KeyDestroyed(ctx context.Context, ids []uuid.UUID) error
	Finish(ctx context.Context, id uuid.UUID, objects, bytes int64, erase func(tx *gorm.DB) error) error
	CloseFromLedger(ctx context.Context, closing consent.Closing) error
	Raise(ctx context.Context, tx *gorm.DB, conversationID uuid.UUID) error
}

// Viewer is someone who looks at a recording, and why; Along is zero unless it is
// in a session.
type Viewer struct {
	Actor       policies.Actor
	RecordingID uuid.UUID
	Purpose     policies.Purpose
	Along       Along
}

func (v Viewer) pair() pair { return pair{v.Actor, v.RecordingID, v.Along} }

// sight is what the database says, at one moment, of an actor before a recording.
type sight struct {
	recording recordingRow
	consent   consent.Facts
	facts     policies.Facts
	actor     policies.Actor // with the roles of this moment
	at        time.Time      // this moment, by the database's clock
	gathered  Gathered       // in a session
}

// paused and waiting tell a recording that nobody may look at for now from one
// that is gone: its owner may know of it, and erase it.
func (s sight) paused() bool  { return s.consent.Paused && s.recording.ClosedAt == nil }
func (s sight) waiting() bool { return s.consent.Waiting && s.recording.ClosedAt == nil }

// gone is closed for good, for everyone: as if it had never been.
func (s sight) gone() bool { return s.facts.Closed && !s.paused() && !s.waiting() }

// factsReader reads what decisions on recordings rest on.
type factsReader struct {
	consent    Consent
	people     *policies.People
	gatherings Gatherings
	coolingOff time.Duration
	secondYes  bool // sharing waits for everyone's second yes
}

// pair is an actor before a recording; along is zero unless it is in a session.
type pair struct {
	actor     policies.Actor
	recording uuid.UUID
	along     Along
}

// look answers all pairs in one round of three queries, however many they are,
// and one more round if any of them is in a session.
// A recording that is not there is missing in the answer. Ready or not makes no
// difference here; closed, expired or of a closed conversation is Closed.
func (f *factsReader) look(ctx context.Context, db *gorm.DB, pairs []pair) (map[int]sight, error) {
	gathered, err := f.gathered(ctx, db, pairs)
	if err != nil {
		return nil, err
	}
	return f.lookKnowing(ctx, db, pairs, gathered)
}

// lookKnowing is look when what sessions say at this moment is known.
func (f *factsReader) lookKnowing(ctx context.Context, db *gorm.DB, pairs []pair, gathered map[Onlooker]Gathered) (map[int]sight, error) {
	ids := map[uuid.UUID]bool{}
	for _, p := range pairs {
		ids[p.recording] = true
	}
	rows, err := f.recordings(ctx, db, keysOf(ids))
	if err != nil {
		return nil, err
	}
	conversations := map[uuid.UUID]bool{}
	for _, row := range rows {
		conversations[row.Row.ConversationID] = true
	}
	consents, err := f.consent.Facts(ctx, db, keysOf(conversations))
	if err != nil {
		return nil, err
	}
	var asked []policies.Pair
	for _, p := range pairs {
		if row, ok := rows[p.recording]; ok && p.actor.Kind == policies.ActorPerson {
			asked = append(asked, policies.Pair{ActorID: p.actor.ID, OwnerID: row.Row.OwnerID})
		}
	}
	live, err := f.people.Live(ctx, db, asked)
	if err != nil {
		return nil, err
	}
	sights := make(map[int]sight, len(pairs))
	for i, p := range pairs {
		row, ok := rows[p.recording]
		if !ok {
			continue
		}
		seen := f.sight(p.actor, row, consents[row.Row.ConversationID], live)
		if there, ok := gathered[p.onlooker()]; ok {
			seen.lookAlong(there)
		}
		sights[i] = seen
	}
	return sights, nil
}

// liveRecording is a row with what the database's clock says of it.
type liveRecording struct {
	Row     recordingRow `gorm:"embedded"`
	Expired bool
	Seconds float64 // since 1970: now
}

func (l liveRecording) at() time.Time { return time.UnixMicro(int64(l.Seconds * 1e6)).UTC() }

// epochSeconds is the database's clock as a column.
func epochSeconds(db *gorm.DB) string {
	if db.Name() == dialectSQLite {
		return "(julianday('now') - 2440587.5) * 86400.0"
	}
	return "EXTRACT(EPOCH FROM clock_timestamp())::float8"
}

func (f *factsReader) recordings(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]liveRecording, error) {
	rows := make(map[uuid.UUID]liveRecording, len(ids))
	if len(ids) == 0 {
		return rows, nil
	}
	var found []liveRecording
	err := db.WithContext(ctx).Model(&recordingRow{}).Select("*, expires_at <= CURRENT_TIMESTAMP AS expired, "+epochSeconds(db)+" AS seconds").
		Where("id IN ?", ids).Find(&found).Error
	if err != nil {
		return nil, err
	}
	for _, row := range found {
		if row.Expired && row.Row.ClosedAt == nil {
			row.Row.ClosedAt = &row.Row.ExpiresAt
		}
		rows[row.Row.ID] = row
	}
	return rows, nil
}

func (f *factsReader) sight(actor policies.Actor, seen liveRecording, given consent.Facts, live map[policies.Pair]policies.LiveFacts) sight {
	row, at := seen.Row, seen.at()
	facts := policies.Facts{
		OwnerID:     row.OwnerID,
		Closed:      row.ClosedAt != nil || given.Closed,
		Scopes:      given.Scopes.Names(),
		SharingOpen: f.sharingOpen(given, at),
	}
	if actor.Kind == policies.ActorPerson {
		now := live[policies.Pair{ActorID: actor.ID, OwnerID: row.OwnerID}]
		actor.Roles, facts.Disabled, facts.Evaluates = now.Roles, now.Disabled, now.Evaluates
	}
	return sight{recording: row, consent: given, facts: facts, actor: actor, at: at}
}

// sharingOpen: the cooling-off is over and, where the municipality waits for
// it, everyone said yes once more after it.
func (f *factsReader) sharingOpen(given consent.Facts, at time.Time) bool {
	return f.cooledOff(given, at) && !f.sharingWaits(given, at)
}

// sharingWaits: only a second yes is missing.
func (f *factsReader) sharingWaits(given consent.Facts, at time.Time) bool {
	return f.secondYes && f.cooledOff(given, at) && !given.SaidYesAgain(f.coolingOff)
}

func (f *factsReader) cooledOff(given consent.Facts, at time.Time) bool {
	return !given.Since.IsZero() && !at.Before(given.SharingOpensAt(f.coolingOff))
}

func keysOf(set map[uuid.UUID]bool) []uuid.UUID {
	list := make([]uuid.UUID, 0, len(set))
	for id := range set {
		list = append(list, id)
	}
	return list
}
