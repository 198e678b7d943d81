package media

import (
	"context"
	"errors"
	"mime"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// NewUpload is what a client says of a film before it sends it, as it came.
type NewUpload struct {
	Length         int64 // bytes
	ConversationID string
	Filename       string // checked, not kept
	Filetype       string // checked, not believed
	StartedAt      string // RFC 3339: when filming began
}

const (
	// clockSkew is how far a camera's clock may be ahead of ours.
	clockSkew = 5 * time.Minute
	// abandonedAfter is how long an upload waits for its next byte.
	abandonedAfter = 24 * time.Hour
	maxFilename    = 255 // characters
	maxFiletype    = 127 // bytes
)

// begun is a NewUpload without faults.
type begun struct {
	conversation uuid.UUID
	startedAt    time.Time
	length       int64
}

// check returns all faults at once. Errors: InvalidError, ErrTooLarge.
func (u NewUpload) check(now time.Time, maxUpload int64, retention time.Duration) (begun, error) {
	var faults []Fault
	fault := func(field, code, detail string) { faults = append(faults, Fault{field, code, detail}) }
	b := begun{length: u.Length}
	var err error
	switch b.conversation, err = uuid.Parse(u.ConversationID); {
	case u.ConversationID == "":
		fault("conversationId", "required", "the conversation is missing")
	case err != nil:
		fault("conversationId", "malformed", "not an id")
	}
	switch {
	case u.Filename == "":
		fault("filename", "required", "the file name is missing")
	case !utf8.ValidString(u.Filename), strings.ContainsFunc(u.Filename, unicode.IsControl), strings.ContainsAny(u.Filename, `/\`):
		fault("filename", "malformed", "not a file name")
	case utf8.RuneCountInString(u.Filename) > maxFilename:
		fault("filename", "too_long", "at most 255 characters")
	}
	if u.Filetype != "" {
		if _, _, err := mime.ParseMediaType(u.Filetype); err != nil || len(u.Filetype) > maxFiletype {
			fault("filetype", "malformed", "not a media type")
		}
	}
	b.startedAt, err = time.Parse(time.RFC3339, u.StartedAt)
	b.startedAt = b.startedAt.UTC().Truncate(time.Microsecond)
	switch {
	case u.StartedAt == "":
		fault("startedAt", "required", "when filming began is missing")
	case err != nil:
		fault("startedAt", "malformed", "not a time as in RFC 3339")
	case b.startedAt.After(now.Add(clockSkew)):
		fault("startedAt", "in_future", "filming cannot have begun yet")
	case !b.startedAt.After(now.Add(-retention)):
		faults = append(faults, tooOld)
	}
	if u.Length <= 0 {
		fault("uploadLength", "required", "the size is missing, or nothing")
	}
	switch {
	case len(faults) > 0:
		return begun{}, &InvalidError{faults}
	case u.Length > maxUpload:
		return begun{}, ErrTooLarge
	}
	return b, nil
}

// Begin starts an upload, in one transaction: everyone in the room had said yes
// when filming began, a data key, the recording, the upload, an audit entry.
// Nothing is stored otherwise. It returns the recording's id. Errors: ErrInvalid
// (InvalidError), ErrTooLarge, ErrNotFound, ErrConsentMissing, ErrUnconfirmed,
// ErrUnavailable.
func (m *Media) Begin(ctx context.Context, actor policies.Actor, upload NewUpload) (uuid.UUID, error) {
	now, err := consent.DatabaseTime(ctx, m.DB)
	if err != nil {
		return uuid.Nil, err
	}
	b, err := upload.check(now, m.MaxUpload, m.Retention)
	if err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, err
	}
	var refusal audit.Entry
	err = m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		refusal = audit.Entry{}
		return m.begin(ctx, tx, actor, id, b, &refusal)
	})
	if err != nil && refusal.Result != "" {
		if failed := m.Audit.Append(ctx, nil, refusal); failed != nil {
			err = failed
		}
	}
	if err != nil {
		return uuid.Nil, err
	}
	return id, nil
}

func (m *Media) begin(ctx context.Context, tx *gorm.DB, actor policies.Actor, id uuid.UUID, b begun, refusal *audit.Entry) error {
	seen, err := m.seeConversation(ctx, tx, actor, b.conversation)
	if err != nil {
		return err
	}
	entry := entryOf(seen, policies.RecordingCreate, policies.NoPurpose, "", audit.Refused)
	refuse := func(rule string, cause error) error {
		// Before everyone's yes no entry may be written: it would outlive a no.
		if !seen.consent.Since.IsZero() {
			*refusal = entry
			refusal.Rule, refusal.ObjectKind = rule, string(policies.Conversation)
			refusal.ObjectID, refusal.ChainID = b.conversation.String(), b.conversation.String()
		}
		return cause
	}
	decision := m.Policy.Decide(seen.actor, policies.RecordingCreate, seen.facts, policies.NoPurpose)
	if !decision.Allowed {
		return refuse(decision.Rule, ErrNotFound)
	}
	grant, err := m.Consent.Require(ctx, tx, b.conversation, b.startedAt)
	switch {
	case errors.Is(err, consent.ErrMissing), errors.Is(err, consent.ErrWaiting):
		return refuse("consent:missing", ErrConsentMissing)
	case errors.Is(err, consent.ErrUnconfirmed):
		return refuse("consent:unconfirmed", ErrUnconfirmed)
	case errors.Is(err, consent.ErrClosed), errors.Is(err, consent.ErrNotFound):
		return refuse("consent:closed", ErrNotFound)
	case err != nil:
		return err
	}
	if err := m.insert(ctx, tx, id, b, grant); err != nil {
		return err
	}
	entry.Rule, entry.Result = decision.Rule, audit.Allowed
	entry.ObjectID, entry.ChainID = id.String(), id.String()
	return m.Audit.Append(ctx, tx, entry)
}

// seeConversation is what an actor may do in a conversation that has no
// recording yet. Closed is left to consent.Require, which says why.
func (m *Media) seeConversation(ctx context.Context, tx *gorm.DB, actor policies.Actor, id uuid.UUID) (sight, error) {
	given, err := m.Consent.Facts(ctx, tx, []uuid.UUID{id})
	if err != nil {
		return sight{}, err
	}
	row := recordingRow{ConversationID: id, OwnerID: given[id].OwnerID}
	if row.OwnerID == uuid.Nil || actor.Kind != policies.ActorPerson {
		return sight{}, ErrNotFound
	}
	live, err := m.People.Live(ctx, tx, []policies.Pair{{ActorID: actor.ID, OwnerID: row.OwnerID}})
	if err != nil {
		return sight{}, err
	}
	seen := m.facts.sight(actor, liveRecording{Row: row}, given[id], live)
	seen.facts.Closed = false
	return seen, nil
}

func (m *Media) insert(ctx context.Context, tx *gorm.DB, id uuid.UUID, b begun, grant consent.Grant) error {
	if err := m.Keys.CreateForRecording(ctx, tx, id); err != nil {
		return err
	}
	now, err := consent.DatabaseTime(ctx, tx)
	if err != nil {
		return err
	}
	expires := expiry(now, b.startedAt, m.keptFor(grant))
	if !expires.After(now) {
		return &InvalidError{[]Fault{tooOld}}
	}
	row := recordingRow{
		ID: id, ConversationID: b.conversation, OwnerID: grant.OwnerID, State: Uploading, Origin: OriginFile,
		SizeBytes: b.length, StartedAt: b.startedAt, ExpiresAt: expires, Version: 1, CreatedAt: now,
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	upload := uploadRow{RecordingID: id, Length: b.length, ExpiresAt: now.Add(abandonedAfter)}
	if err := tx.Create(&upload).Error; err != nil {
		return err
	}
	return m.Consent.Raise(ctx, tx, b.conversation)
}

// keptFor is the setting, or what someone in the room was told if that is less.
func (m *Media) keptFor(grant consent.Grant) time.Duration {
	if grant.Retention > 0 {
		return min(m.Retention, grant.Retention)
	}
	return m.Retention
}

// tooOld: what is filmed longer ago than it may be kept is not taken in.
var tooOld = Fault{"startedAt", "too_old", "longer ago than a recording is kept"}

// expiry is when a recording ends: retention after filming began, whenever it
// was added, and a camera whose clock is ahead keeps nothing longer.
func expiry(now, startedAt time.Time, retention time.Duration) time.Time {
	if startedAt.Before(now) {
		now = startedAt
	}
	return now.Add(retention)
}
