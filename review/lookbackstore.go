package review

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// lookBackRow is a look-back as the database has it: that there is one, no
// word and no second of it.
type lookBackRow struct {
	RecordingID uuid.UUID `gorm:"primaryKey"`
	PersonID    uuid.UUID `gorm:"primaryKey"`
	Sealed      []byte
	Version     int64
	UpdatedAt   time.Time
}

func (lookBackRow) TableName() string { return "look_backs" }

// lookBackWords are what is sealed of a look-back: all of it.
type lookBackWords struct {
	PositionMs  int64         `json:"positionMs"`
	Memories    []memoryWords `json:"memories"`
	MemoryIndex int           `json:"memoryIndex"`
	Begin       Begin         `json:"begin"`
	Phase       Phase         `json:"phase"`
	Step        Step          `json:"step"`
	NextStep    string        `json:"nextStep"`
}

type memoryWords struct {
	Text string `json:"text"`
	Part Part   `json:"part"`
}

const (
	kindLookBack = "look_back"
	// lookBackTries: only the very first write of two meets the other's row,
	// once; after that the row's lock lets them pass in turn.
	lookBackTries = 3
)

func (r *lookBackRow) write(l LookBack, texts Texts) error {
	kept := lookBackWords{l.PositionMs, []memoryWords{}, l.MemoryIndex, l.Begin, l.Phase, l.Step, l.NextStep}
	for _, m := range l.Memories {
		kept.Memories = append(kept.Memories, memoryWords(m))
	}
	var err error
	r.Sealed, err = words.Seal(texts, kindLookBack, words.Place(r.PersonID, r.Version), kept)
	return err
}

func (r lookBackRow) read(texts Texts) (LookBack, error) {
	if r.Version == 0 {
		return LookBack{}, nil
	}
	w, err := words.Open[lookBackWords](texts, kindLookBack, words.Place(r.PersonID, r.Version), r.Sealed)
	if err != nil {
		return LookBack{}, err
	}
	l := LookBack{PositionMs: w.PositionMs, MemoryIndex: w.MemoryIndex, Begin: w.Begin, Phase: w.Phase, Step: w.Step, NextStep: w.NextStep}
	for _, m := range w.Memories {
		l.Memories = append(l.Memories, Memory(m))
	}
	return l, nil
}

// LookBack is where the actor is in looking back on a recording; nothing yet
// is a look-back at the film's start. Errors: ErrNotFound.
func (s *Service) LookBack(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) (LookBack, error) {
	var found LookBack
	err := s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.LookBackKeep, recordingID, actor.ID); err != nil {
			return err
		}
		row, err := takeLookBack(tx, recordingID, actor.ID)
		if err != nil || row.Version == 0 {
			return err
		}
		texts, err := s.Recordings.Texts(ctx, tx, recordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		found, err = row.read(texts)
		return err
	})
	return found, err
}

// KeepLookBack keeps what changed of the actor's look-back and returns all of
// it. Of two devices the last write of a field wins, and the other fields stay
// as the other device left them: what is kept as it is typed asks nobody to
// choose. No screen is told. Errors: ErrNotFound, *Invalid.
func (s *Service) KeepLookBack(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, change LookBackChange) (LookBack, error) {
	var kept LookBack
	var err error
	for range lookBackTries {
		err = s.within(ctx, func(tx *gorm.DB) error {
			kept, err = s.keepLookBack(ctx, tx, actor, recordingID, change)
			return err
		})
		if !errors.Is(err, ErrChanged) {
			break
		}
	}
	return kept, err
}

func (s *Service) keepLookBack(ctx context.Context, tx *gorm.DB, actor policies.Actor, recordingID uuid.UUID, change LookBackChange) (LookBack, error) {
	subject, err := s.Recordings.Allow(ctx, tx, actor, policies.LookBackKeep, recordingID, actor.ID)
	if err != nil {
		return LookBack{}, err
	}
	if err := change.check(); err != nil {
		return LookBack{}, err
	}
	texts, err := s.Recordings.Texts(ctx, tx, recordingID)
	if err != nil {
		return LookBack{}, err
	}
	defer texts.Close()
	row, err := takeLookBack(tx, recordingID, actor.ID)
	if err != nil {
		return LookBack{}, err
	}
	before, err := row.read(texts)
	if err != nil {
		return LookBack{}, err
	}
	kept := change.apply(before, subject.DurationMs)
	read := row.Version
	row.Version, row.UpdatedAt = read+1, s.now()
	if err := row.write(kept, texts); err != nil {
		return LookBack{}, err
	}
	if read == 0 {
		return kept, first(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row))
	}
	return kept, first(tx.Model(&lookBackRow{}).
		Where("recording_id = ? AND person_id = ? AND version = ?", recordingID, actor.ID, read).Select("*").Updates(&row))
}

// takeLookBack returns the row, locked for this transaction; version 0 where
// there is none yet.
func takeLookBack(tx *gorm.DB, recordingID, personID uuid.UUID) (lookBackRow, error) {
	row := lookBackRow{RecordingID: recordingID, PersonID: personID}
	var rows []lookBackRow
	err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).
		Where("recording_id = ? AND person_id = ?", recordingID, personID).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 1 {
		row = rows[0]
	}
	return row, err
}
