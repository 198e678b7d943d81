package review

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// Copy is what one person may read of the notes on a recording, to be taken
// along as a file. It has no picture, no sound and no captions, and nothing that
// a citizen wrote or said but what its readers wrote down themselves. A file that
// was made of it is not erased with the recording (invariant 15).
type Copy struct {
	RecordingID uuid.UUID
	OwnerID     uuid.UUID
	DurationMs  *int64 // nil where the container does not tell
	At          time.Time
	Notes       []Annotation // by position, replies with their note's
	Fragments   []Fragment   // the owner's own
	Answers     []OwnAnswer  // on observation forms, of who exports
	AnsweredBy  uuid.UUID
	// Names are the authors', by person; who is missing has none.
	Names map[uuid.UUID]string
}

// momentMs is how long the mark of a moment stands in a file that knows only
// intervals.
const momentMs = 3000

// interval is where a note stands, in ms: at least 1 ms long, and for a moment
// atMost from its start. It ends with the film where its length is known.
func (c Copy) interval(startMs int64, endMs *int64, atMost int64) (from, to int64) {
	from, to = startMs, startMs+atMost
	if endMs != nil && *endMs > startMs {
		to = *endMs
	}
	if c.DurationMs != nil && to > *c.DurationMs {
		to = *c.DurationMs
	}
	if to <= from { // the very end of the film
		from, to = max(0, to-1), max(1, to)
	}
	return from, to
}

// Export reads a copy and says in the audit log that it was made. Names are the
// caller's to fill. Errors: ErrNotFound.
func (s *Service) Export(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) (Copy, error) {
	kept := Copy{RecordingID: recordingID, At: s.now()}
	err := s.within(ctx, func(tx *gorm.DB) error {
		subject, err := s.Recordings.Allow(ctx, tx, actor, policies.AnnotationExport, recordingID, actor.ID)
		if err != nil {
			return err
		}
		kept.OwnerID, kept.DurationMs = subject.OwnerID, subject.DurationMs
		if err := s.copyTexts(ctx, tx, actor, &kept); err != nil {
			return err
		}
		return s.Audit.Append(ctx, tx, audit.Entry{
			At: kept.At, ActorKind: string(actor.Kind), ActorID: actor.ID.String(), Action: string(policies.AnnotationExport),
			ObjectKind: string(policies.Recording), ObjectID: recordingID.String(), Purpose: string(policies.SelfReflection),
			Rule: subject.Rule, Result: audit.Done, ChainID: recordingID.String(),
		})
	})
	return kept, err
}

func (s *Service) copyTexts(ctx context.Context, tx *gorm.DB, actor policies.Actor, kept *Copy) error {
	texts, err := s.Recordings.Texts(ctx, tx, kept.RecordingID)
	if err != nil {
		return err
	}
	defer texts.Close()
	labels, err := readLabels(tx)
	if err != nil {
		return err
	}
	kept.AnsweredBy = actor.ID
	if kept.Answers, err = ownAnswers(tx, texts, kept.RecordingID, actor.ID, labels); err != nil {
		return err
	}
	rows, err := readable(tx, kept.RecordingID, actor.ID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		note, err := row.read(texts)
		if err != nil {
			return err
		}
		kept.Notes = append(kept.Notes, note)
	}
	if actor.ID != kept.OwnerID {
		return nil // fragments are their owner's alone (invariant 11)
	}
	kept.Fragments, err = fragmentsOf(tx, kept.RecordingID, texts)
	return err
}
