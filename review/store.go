package review

import (
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// annotationRow is a note as the database has it: no plain word.
type annotationRow struct {
	ID          uuid.UUID
	RecordingID uuid.UUID
	AuthorID    uuid.UUID
	Kind        Kind
	StartMs     int64
	EndMs       *int64
	Visibility  Visibility
	Sealed      []byte
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

func (annotationRow) TableName() string { return "annotations" }

// words are what is sealed of a note.
type words struct {
	Body string   `json:"body"`
	Tags []string `json:"tags"`
}

const kindAnnotation = "annotation"

func (r *annotationRow) write(n Note, texts Texts) error {
	r.Kind, r.StartMs, r.EndMs, r.Visibility = n.Kind, n.StartMs, n.EndMs, n.Visibility
	var err error
	r.Sealed, err = sealWords(texts, kindAnnotation, place(r.ID, r.Version), words{n.Body, n.Tags})
	return err
}

func (r annotationRow) read(texts Texts) (Annotation, error) {
	w, err := openWords[words](texts, kindAnnotation, place(r.ID, r.Version), r.Sealed)
	if err != nil {
		return Annotation{}, err
	}
	return Annotation{
		Note: Note{StartMs: r.StartMs, EndMs: r.EndMs, Kind: r.Kind, Body: w.Body, Tags: w.Tags, Visibility: r.Visibility},
		ID:   r.ID, RecordingID: r.RecordingID, AuthorID: r.AuthorID, Version: r.Version,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}, nil
}

func takeRow(tx *gorm.DB, id uuid.UUID) (annotationRow, error) {
	var row annotationRow
	err := tx.Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}
