package review

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/review/words"
)

// fragmentRow is a fragment as the database has it: no plain word.
type fragmentRow struct {
	ID          uuid.UUID
	RecordingID uuid.UUID
	StartMs     int64
	EndMs       int64
	Sealed      []byte
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

func (fragmentRow) TableName() string { return "fragments" }

// fragmentWords are what is sealed of a fragment.
type fragmentWords struct {
	Title  string `json:"title"`
	Reason string `json:"reason"`
}

const kindFragment = "fragment"

func (r *fragmentRow) write(p Passage, texts Texts) (err error) {
	r.StartMs, r.EndMs = p.StartMs, p.EndMs
	r.Sealed, err = words.Seal(texts, kindFragment, words.Place(r.ID, r.Version), fragmentWords{p.Title, p.Reason})
	return err
}

func (r fragmentRow) read(texts Texts) (Fragment, error) {
	w, err := words.Open[fragmentWords](texts, kindFragment, words.Place(r.ID, r.Version), r.Sealed)
	if err != nil {
		return Fragment{}, err
	}
	return Fragment{
		Passage: Passage{StartMs: r.StartMs, EndMs: r.EndMs, Title: w.Title, Reason: w.Reason},
		ID:      r.ID, RecordingID: r.RecordingID, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}, nil
}

func takeFragment(tx *gorm.DB, id uuid.UUID) (fragmentRow, error) {
	var row fragmentRow
	err := tx.Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}

// fragmentsOf are the fragments of a recording, by position.
func fragmentsOf(tx *gorm.DB, recordingID uuid.UUID, texts Texts) ([]Fragment, error) {
	var rows []fragmentRow
	if err := tx.Where("recording_id = ?", recordingID).Order("start_ms, id").Find(&rows).Error; err != nil {
		return nil, err
	}
	fragments := make([]Fragment, len(rows))
	for i, row := range rows {
		var err error
		if fragments[i], err = row.read(texts); err != nil {
			return nil, err
		}
	}
	return fragments, nil
}
