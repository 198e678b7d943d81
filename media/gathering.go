package media

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// Along is a fragment of a session, as it is asked for: the n-th, from 1.
type Along struct {
	SessionID uuid.UUID
	N         int
}

// Onlooker is someone before a fragment of a session.
type Onlooker struct {
	ActorID uuid.UUID
	Along
}

// Gathered is what a session says at one moment of an onlooker before one of its
// fragments. The recording's own facts (closed, scopes, cooling-off) are not in
// it: this room adds them.
type Gathered struct {
	RecordingID uuid.UUID
	CutID       *uuid.UUID // nil: the whole film was chosen
	FromMs      int64      // of the film
	ToMs        *int64     // nil: to the end
	Purpose     policies.Purpose
	// Part is what the onlooker is before it; empty when the session is not open,
	// the fragment was taken back, the agreement was not accepted, or anyone of the
	// session evaluates its owner.
	Part  policies.Part
	Needs []string // the scopes it takes for everyone there to look
}

// Gatherings is what this room needs of sessions; review/session.Roster has it.
type Gatherings interface {
	// Gathered answers all onlookers together; who is before nothing is not in the
	// answer.
	Gathered(ctx context.Context, db *gorm.DB, onlookers []Onlooker) (map[Onlooker]Gathered, error)
}

// noGatherings is a program without sessions: nobody looks along.
type noGatherings struct{}

func (noGatherings) Gathered(context.Context, *gorm.DB, []Onlooker) (map[Onlooker]Gathered, error) {
	return nil, nil
}

// gathered asks for those pairs that look along.
func (f *factsReader) gathered(ctx context.Context, db *gorm.DB, pairs []pair) (map[Onlooker]Gathered, error) {
	var asked []Onlooker
	for _, p := range pairs {
		if p.along != (Along{}) {
			asked = append(asked, p.onlooker())
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	return f.gatherings.Gathered(ctx, db, asked)
}

// pairsOf are onlookers before the recordings of what they look at.
func pairsOf(now map[Onlooker]Gathered) []pair {
	pairs := make([]pair, 0, len(now))
	for onlooker, there := range now {
		actor := policies.Actor{Kind: policies.ActorPerson, ID: onlooker.ActorID}
		pairs = append(pairs, pair{actor, there.RecordingID, onlooker.Along})
	}
	return pairs
}

func (p pair) onlooker() Onlooker { return Onlooker{p.actor.ID, p.along} }

// lookAlong puts what a session says into a sight of the same recording.
func (s *sight) lookAlong(now Gathered) {
	if now.RecordingID == s.recording.ID {
		s.gathered, s.facts.Part, s.facts.Needs = now, now.Part, now.Needs
	}
}

// AllowAlong decides, inside another room's transaction, whether the actor may
// look along at a fragment, and so read and write what is said about it. Like
// Allow it locks the recording, alone if the caller will Raise it. The caller
// gives its error to Conclude. Errors: ErrNotFound.
func (m *Media) AllowAlong(ctx context.Context, tx *gorm.DB, actor policies.Actor, along Along, raise bool) (Subject, error) {
	now, err := m.facts.gatherings.Gathered(ctx, tx, []Onlooker{{actor.ID, along}})
	if err != nil {
		return Subject{}, err
	}
	there, ok := now[Onlooker{actor.ID, along}]
	if !ok {
		return Subject{}, ErrNotFound
	}
	row, err := lockRecording(ctx, tx, there.RecordingID, raise)
	if err != nil {
		return Subject{}, err
	}
	seen, err := m.seeAt(ctx, tx, pair{actor, row.ID, along})
	if err != nil {
		return Subject{}, err
	}
	decision := m.Policy.Decide(seen.actor, policies.RecordingWatch, seen.facts, seen.gathered.Purpose)
	if !decision.Allowed || row.State != Ready {
		return Subject{}, &refusal{entryOf(seen, policies.RecordingWatch, seen.gathered.Purpose, decision.Rule, audit.Refused)}
	}
	return Subject{Recording: m.recording(seen, 0), Actor: seen.actor, Facts: seen.facts, Rule: decision.Rule}, nil
}

// Seat writes down that people look along at what is open to them on a screen that
// they share: each is a viewer of its recording, with what they may see of it.
// Who may not look is refused like a stream would be. It is for the end of a
// transaction, since it holds the recordings' chains of the audit log.
func (m *Media) Seat(ctx context.Context, tx *gorm.DB, onlookers []Onlooker) error {
	now, err := m.facts.gatherings.Gathered(ctx, tx, onlookers)
	if err != nil {
		return err
	}
	pairs := pairsOf(now)
	// In one order, so that two who write to the same chains do not wait for each other.
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(bytes.Compare(a.recording[:], b.recording[:]), cmp.Compare(a.along.N, b.along.N), bytes.Compare(a.actor.ID[:], b.actor.ID[:]))
	})
	sights, err := m.facts.look(ctx, tx, pairs)
	if err != nil {
		return err
	}
	for i := range pairs {
		if seen, ok := sights[i]; ok {
			if err := m.Audit.Append(ctx, tx, m.seated(seen)); err != nil {
				return err
			}
		}
	}
	return nil
}

// seated is the audit entry of one viewer; the owner's own looking has no seconds.
func (m *Media) seated(seen sight) audit.Entry {
	purpose := seen.gathered.Purpose
	decision := m.Policy.Decide(seen.actor, policies.RecordingWatch, seen.facts, purpose)
	if !decision.Allowed || seen.recording.State != Ready {
		return entryOf(seen, policies.RecordingWatch, purpose, decision.Rule, audit.Refused)
	}
	entry := entryOf(seen, policies.RecordingWatch, purpose, decision.Rule, audit.Started)
	if seen.facts.Part != policies.PartOwner {
		entry.FromMs, entry.ToMs = &seen.gathered.FromMs, seen.gathered.ToMs
	}
	return entry
}

// OpenTo tells which of the onlookers may look at this moment, in one round of
// queries and without an entry in the audit log: for screens that follow a
// session. Recordings that are not ready are closed.
func (m *Media) OpenTo(ctx context.Context, db *gorm.DB, onlookers []Onlooker) (map[Onlooker]bool, error) {
	now, err := m.facts.gatherings.Gathered(ctx, db, onlookers)
	if err != nil {
		return nil, err
	}
	return m.OpenAmong(ctx, db, now)
}

// OpenAmong is OpenTo for a session that has just read what it says of each
// onlooker.
func (m *Media) OpenAmong(ctx context.Context, db *gorm.DB, now map[Onlooker]Gathered) (map[Onlooker]bool, error) {
	pairs := pairsOf(now)
	sights, err := m.facts.lookKnowing(ctx, db, pairs, now)
	if err != nil {
		return nil, err
	}
	open := make(map[Onlooker]bool, len(pairs))
	for i, p := range pairs {
		seen, ok := sights[i]
		open[p.onlooker()] = ok && seen.recording.State == Ready &&
			m.Policy.Decide(seen.actor, policies.RecordingWatch, seen.facts, seen.gathered.Purpose).Allowed
	}
	return open, nil
}
