package seed

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review"
)

// ErrNoRecording: there is no recording to write notes on.
var ErrNoRecording = errors.New("seed: no such recording, or none that is ready")

// remarks are what the notes say, in turn.
var remarks = []string{
	"Hier hoor ik spanning.",
	"Ik vat samen wat ik hoorde en vraag of dat klopt. Daarna wordt het rustiger.",
	"Had ik hier eerst moeten vragen wat er nodig is?",
	"Stilte. Ik vul haar niet op, en dan komt het verhaal over de brief, de belastingdienst en de buurvrouw die hielp met bellen.",
	"Twee vragen tegelijk.",
	strings.Repeat("Ik leg de regeling uit en zie dat het te veel is. ", 6),
}

var kinds = []review.Kind{review.Observation, review.Question, review.Strength, review.Feeling, review.Alternative}

// Notes writes n notes on a recording, spread over its film, by the authors in
// turn, so that whoever may open the recording reads them. They go through the
// room's own door, with its checks and seals. Errors: ErrNoRecording.
func (s *Seeder) Notes(ctx context.Context, recordingID uuid.UUID, authors []policies.Person, n int) error {
	sealer, err := s.keys.Sealer(ctx, s.db, recordingID)
	if errors.Is(err, media.ErrKeyGone) {
		return ErrNoRecording
	}
	if err != nil {
		return err
	}
	defer sealer.Close()
	var film struct {
		OwnerID    uuid.UUID
		DurationMs int64
	}
	err = s.db.WithContext(ctx).Table("recordings").Where("id = ? AND state = ? AND closed_at IS NULL", recordingID, media.Ready).
		Select("owner_id, duration_ms").Take(&film).Error
	if err != nil {
		return errors.Join(ErrNoRecording, err)
	}
	door := open{sealer, review.Subject{OwnerID: film.OwnerID, DurationMs: &film.DurationMs}}
	// One transaction for all: the disk is waited for once.
	return s.db.WithContext(ctx).Session(&gorm.Session{DisableNestedTransaction: true}).Transaction(func(tx *gorm.DB) error {
		room := review.New(review.Config{DB: tx, Recordings: door, Clock: now})
		for i := range n {
			author := authors[i%len(authors)]
			if _, err := room.Create(ctx, author.Actor(), recordingID, note(i, n, film.DurationMs)); err != nil {
				return fmt.Errorf("note %d: %w", i+1, err)
			}
		}
		return tx.Exec("UPDATE recordings SET version = version + 1 WHERE id = ?", recordingID).Error
	})
}

// note is the i-th of n: every third on an interval.
func note(i, n int, durationMs int64) review.Note {
	at := int64(i) * durationMs / int64(n)
	out := review.Note{
		StartMs: at, Kind: kinds[i%len(kinds)], Body: remarks[i%len(remarks)], Visibility: review.Session,
	}
	if i%3 == 0 {
		end := min(at+5000, durationMs)
		out.EndMs = &end
	}
	return out
}

// open is review.Recordings for this: everyone may write. In the program it is
// media that decides (cmd/vakspiegel/join.go).
type open struct {
	sealer  *media.Sealer
	subject review.Subject
}

func (o open) Allow(context.Context, *gorm.DB, policies.Actor, policies.Action, uuid.UUID, uuid.UUID) (review.Subject, error) {
	return o.subject, nil
}

func (o open) Conclude(_ context.Context, err error) error { return err }

func (o open) Texts(context.Context, *gorm.DB, uuid.UUID) (review.Texts, error) {
	return shared{o.sealer}, nil
}

// shared is one key for all notes: who opened it closes it, after the last.
type shared struct{ *media.Sealer }

func (shared) Close() {}

// Raise waits: the recording is raised once, after the last note.
func (o open) Raise(context.Context, *gorm.DB, uuid.UUID) error { return nil }
