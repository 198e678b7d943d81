package media

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// State of a recording (see the package comment).
type State string

// The states. Only a ready one can be watched.
const (
	Uploading  State = "uploading"
	Processing State = "processing"
	Ready      State = "ready"
	Failed     State = "failed"
)

// Origin is where a recording comes from. A file may have copies that erasing
// does not reach, and the citizen's page says so.
type Origin string

// The origins.
const (
	OriginRecorder Origin = "recorder"
	OriginFile     Origin = "file"
)

// Why a recording failed.
const (
	failureSize    = "size_mismatch"
	failureConsent = "consent_missing"
)

// Recording is the film of one conversation, or a part of it, as one person
// sees it.
type Recording struct {
	ID             uuid.UUID
	ConversationID uuid.UUID
	OwnerID        uuid.UUID
	State          State
	Failure        string // why it failed: size_mismatch, unreadable, consent_missing
	Origin         Origin
	ContentType    string // "application/octet-stream" until the first bytes told
	DurationMs     *int64 // nil where the container does not tell
	SizeBytes      int64
	ReceivedBytes  int64
	Scopes         consent.Scopes
	StartedAt      time.Time
	CreatedAt      time.Time
	ReadyAt        *time.Time
	SharingOpensAt time.Time
	SharingWaits   bool // after the cooling-off, for a second yes of everyone
	ExpiresAt      time.Time
	Paused         bool // someone in the room asked that nobody looks for now
	Notice         Notice
	Waiting        bool // someone who came in later has not answered yet: nobody looks
	Can            Can
}

// Can is what the person may do with a recording.
type Can struct{ Watch, Annotate, Erase bool }

// Subject is what another room needs to decide about something that hangs on a
// recording: Actor has the roles of this moment.
type Subject struct {
	Recording Recording
	Actor     policies.Actor
	Facts     policies.Facts
	Rule      string // what Allow rested on; empty where nothing was decided
}

// Subject reads a recording with the live facts of an actor before it, on db or
// in a transaction. It decides nothing and writes no audit entry; a closed one
// is found too, with Facts.Closed. Errors: ErrNotFound.
func (m *Media) Subject(ctx context.Context, db *gorm.DB, actor policies.Actor, recordingID uuid.UUID) (Subject, error) {
	if db == nil {
		db = m.DB
	}
	seen, err := m.see(ctx, db, actor, recordingID)
	if err != nil {
		return Subject{}, err
	}
	return Subject{Recording: m.recording(seen, 0), Actor: seen.actor, Facts: seen.facts}, nil
}

func (m *Media) see(ctx context.Context, db *gorm.DB, actor policies.Actor, recordingID uuid.UUID) (sight, error) {
	return m.seeAt(ctx, db, pair{actor: actor, recording: recordingID})
}

func (m *Media) seeAt(ctx context.Context, db *gorm.DB, p pair) (sight, error) {
	sights, err := m.facts.look(ctx, db, []pair{p})
	if err != nil {
		return sight{}, err
	}
	seen, ok := sights[0]
	if !ok {
		return sight{}, ErrNotFound
	}
	return seen, nil
}

// Get is one recording. A refusal is in the audit log. Errors: ErrNotFound, for
// what is not there, is not theirs to see, or is closed.
func (m *Media) Get(ctx context.Context, actor policies.Actor, id uuid.UUID) (Recording, error) {
	seen, err := m.see(ctx, m.DB, actor, id)
	if err != nil {
		return Recording{}, err
	}
	decision := m.Policy.Decide(seen.actor, policies.RecordingRead, seen.facts, policies.NoPurpose)
	if !decision.Allowed || seen.gone() {
		return Recording{}, m.refused(ctx, seen, policies.RecordingRead, policies.NoPurpose, decision)
	}
	received, err := m.received(ctx, m.DB, []uuid.UUID{id})
	if err != nil {
		return Recording{}, err
	}
	found := []Recording{m.recording(seen, received[id])}
	err = m.dropWatched(ctx, found)
	return found[0], err
}

// recording is the row as the actor sees it.
func (m *Media) recording(seen sight, received int64) Recording {
	row := seen.recording
	may := func(action policies.Action, purpose policies.Purpose) bool {
		return m.Policy.Decide(seen.actor, action, seen.facts, purpose).Allowed
	}
	r := Recording{
		ID: row.ID, ConversationID: row.ConversationID, OwnerID: row.OwnerID, State: row.State, Failure: row.Failure,
		Origin: row.Origin, ContentType: row.ContentType, DurationMs: row.DurationMs,
		SizeBytes: row.SizeBytes, ReceivedBytes: received, Scopes: seen.consent.Scopes,
		StartedAt: row.StartedAt, CreatedAt: row.CreatedAt, ReadyAt: row.ReadyAt, ExpiresAt: row.ExpiresAt,
		SharingOpensAt: seen.consent.SharingOpensAt(m.CoolingOff), SharingWaits: m.facts.sharingWaits(seen.consent, seen.at),
		Paused: seen.paused(), Waiting: seen.waiting(), Notice: m.notice(seen),
		Can: Can{
			Watch:    row.State == Ready && may(policies.RecordingWatch, policies.SelfReflection),
			Annotate: row.State == Ready && may(policies.AnnotationCreate, policies.SelfReflection),
			Erase:    may(policies.RecordingErase, policies.NoPurpose),
		},
	}
	if r.ContentType == "" {
		r.ContentType = "application/octet-stream"
	}
	if row.State == Ready {
		r.ReceivedBytes = row.SizeBytes
	}
	return r
}

// received tells how many bytes of each upload have arrived for certain.
func (m *Media) received(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]int64, error) {
	var rows []uploadRow
	if err := db.WithContext(ctx).Where("recording_id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	received := make(map[uuid.UUID]int64, len(rows))
	for _, row := range rows {
		received[row.RecordingID] = row.Received
	}
	return received, nil
}

// List is a page of the recordings the actor may see, newest first; it shows
// exactly what Get would. cursor is next of the page before, "" for the first;
// next is "" at the end. Errors: ErrInvalid for a cursor that is not one.
func (m *Media) List(ctx context.Context, actor policies.Actor, cursor string, limit int) (page []Recording, next string, err error) {
	after, err := consent.ParseCursor(cursor)
	if err != nil {
		return nil, "", &InvalidError{Faults: []Fault{{"cursor", "unknown", "not a cursor of this list"}}}
	}
	for {
		rows, err := m.ownRows(ctx, actor.ID, after, limit+1)
		if err != nil {
			return nil, "", err
		}
		visible, err := m.visible(ctx, actor, rows)
		if err != nil {
			return nil, "", err
		}
		for _, recording := range visible {
			if len(page) == limit {
				last := page[limit-1]
				return page, consent.Position{At: last.CreatedAt, ID: last.ID}.Cursor(), nil
			}
			page = append(page, recording)
		}
		if len(rows) <= limit {
			return page, "", nil
		}
		last := rows[len(rows)-1]
		after = &consent.Position{At: last.CreatedAt, ID: last.ID}
	}
}

// ownRows narrows by index what the policy is then asked about: today only the
// owner sees a recording in a list.
func (m *Media) ownRows(ctx context.Context, ownerID uuid.UUID, after *consent.Position, limit int) ([]recordingRow, error) {
	query := m.DB.WithContext(ctx).Where("owner_id = ? AND closed_at IS NULL", ownerID)
	if after != nil {
		query = query.Where("(created_at, id) < (?, ?)", after.At, after.ID)
	}
	var rows []recordingRow
	err := query.Order("created_at DESC, id DESC").Limit(limit).Find(&rows).Error
	return rows, err
}

// visible keeps the rows that Get would show.
func (m *Media) visible(ctx context.Context, actor policies.Actor, rows []recordingRow) ([]Recording, error) {
	pairs := make([]pair, len(rows))
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		pairs[i], ids[i] = pair{actor: actor, recording: row.ID}, row.ID
	}
	sights, err := m.facts.look(ctx, m.DB, pairs)
	if err != nil {
		return nil, err
	}
	received, err := m.received(ctx, m.DB, ids)
	if err != nil {
		return nil, err
	}
	var visible []Recording
	for i := range rows {
		seen, ok := sights[i]
		if ok && !seen.gone() && m.Policy.Decide(seen.actor, policies.RecordingRead, seen.facts, policies.NoPurpose).Allowed {
			visible = append(visible, m.recording(seen, received[rows[i].ID]))
		}
	}
	return visible, m.dropWatched(ctx, visible)
}

// Version is how often a recording has changed, and of which conversation it is.
type Version struct {
	OwnerID, ConversationID uuid.UUID
	Version                 int64
}

// Versions are the present recordings of these people: what listening screens
// are told changes of. Those of a closed conversation are still among them.
func (m *Media) Versions(ctx context.Context, ownerIDs []uuid.UUID) (map[uuid.UUID]Version, error) {
	var rows []recordingRow
	err := m.DB.WithContext(ctx).Select("id", "owner_id", "conversation_id", "version").
		Where("owner_id IN ? AND closed_at IS NULL", ownerIDs).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	versions := make(map[uuid.UUID]Version, len(rows))
	for _, row := range rows {
		versions[row.ID] = Version{row.OwnerID, row.ConversationID, row.Version}
	}
	return versions, nil
}

// Marks are the marks of the present recordings of these people (consent.Mark):
// what is the same as before needs no Versions.
func (m *Media) Marks(ctx context.Context, ownerIDs []uuid.UUID) (map[uuid.UUID]consent.Mark, error) {
	return consent.MarksOf(ctx, m.DB, recordingRow{}.TableName(), ownerIDs)
}

// View is one look at a recording.
type View struct {
	ActorID      uuid.UUID
	At           time.Time
	Purpose      policies.Purpose
	FromMs, ToMs *int64 // nil for the owner's own looking
}

// Views is who looked, newest first. Errors: ErrNotFound.
func (m *Media) Views(ctx context.Context, actor policies.Actor, id uuid.UUID) ([]View, error) {
	if err := m.Conclude(ctx, m.AllowViews(ctx, m.DB, actor, id)); err != nil {
		return nil, err
	}
	entries, err := m.Audit.Views(ctx, id.String())
	if err != nil {
		return nil, err
	}
	return viewsOf(entries), nil
}

// AllowViews decides, also inside another room's transaction, whether the actor may
// know who looks at a recording, and who is going to: its owner, also of one that
// is paused. The caller gives its error to Conclude. Errors: ErrNotFound.
func (m *Media) AllowViews(ctx context.Context, db *gorm.DB, actor policies.Actor, id uuid.UUID) error {
	seen, err := m.see(ctx, db, actor, id)
	if err != nil {
		return err
	}
	decision := m.Policy.Decide(seen.actor, policies.RecordingViews, seen.facts, policies.NoPurpose)
	switch {
	case !decision.Allowed:
		return &refusal{entryOf(seen, policies.RecordingViews, policies.NoPurpose, decision.Rule, audit.Refused)}
	case seen.gone():
		return &refusal{entryOf(seen, policies.RecordingViews, policies.NoPurpose, "recording:closed", audit.Refused)}
	}
	return nil
}

// viewsOf are the looks that began, newest first: how one ended is not another.
func viewsOf(entries []audit.Entry) []View {
	views := []View{}
	for _, e := range slices.Backward(entries) {
		if e.Result == audit.Started {
			actorID, _ := uuid.Parse(e.ActorID)
			views = append(views, View{actorID, e.At, policies.Purpose(e.Purpose), e.FromMs, e.ToMs})
		}
	}
	return views
}

// refused writes the audit entry of a refusal and is ErrNotFound, or why it
// could not be written. A recording has consent, so the entry may outlive it.
func (m *Media) refused(ctx context.Context, seen sight, action policies.Action, purpose policies.Purpose, decision policies.Decision) error {
	rule := decision.Rule
	if decision.Allowed {
		rule = "recording:closed"
	}
	if err := m.Audit.Append(ctx, nil, entryOf(seen, action, purpose, rule, audit.Refused)); err != nil {
		return err
	}
	return ErrNotFound
}

func entryOf(seen sight, action policies.Action, purpose policies.Purpose, rule, result string) audit.Entry {
	entry := audit.Entry{
		ActorKind: string(seen.actor.Kind), Action: string(action),
		ObjectKind: string(policies.Recording), ObjectID: seen.recording.ID.String(),
		Purpose: string(purpose), Rule: rule, Result: result, ChainID: seen.recording.ID.String(),
	}
	if seen.actor.ID != uuid.Nil {
		entry.ActorID = seen.actor.ID.String()
	}
	return entry
}
