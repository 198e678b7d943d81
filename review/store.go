package review

import (
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/review/words"
)

// annotationRow is a note as the database has it: no plain word.
type annotationRow struct {
	ID          uuid.UUID
	RecordingID uuid.UUID
	AuthorID    uuid.UUID
	ParentID    *uuid.UUID
	Kind        Kind
	StartMs     int64
	EndMs       *int64
	Visibility  Visibility
	Sealed      []byte
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
	DraftID     *uuid.UUID // what it was first saved from
	DeletedAt   *time.Time // it can be put back until Undo after this
}

func (annotationRow) TableName() string { return "annotations" }

// noteWords are what is sealed of a note.
type noteWords struct {
	Body   string   `json:"body"`
	Tags   []string `json:"tags"`
	Marker string   `json:"marker,omitempty"`
}

const kindAnnotation = "annotation"

func (r *annotationRow) write(n Note, texts Texts) error {
	r.Kind, r.StartMs, r.EndMs, r.Visibility, r.ParentID = n.Kind, n.StartMs, n.EndMs, n.Visibility, n.ParentID
	var err error
	r.Sealed, err = words.Seal(texts, kindAnnotation, words.Place(r.ID, r.Version), noteWords{n.Body, n.Tags, n.Marker})
	return err
}

func (r annotationRow) read(texts Texts) (Annotation, error) {
	w, err := words.Open[noteWords](texts, kindAnnotation, words.Place(r.ID, r.Version), r.Sealed)
	if err != nil {
		return Annotation{}, err
	}
	return Annotation{
		Note: Note{
			StartMs: r.StartMs, EndMs: r.EndMs, Kind: r.Kind, Body: w.Body, Tags: w.Tags, Marker: w.Marker,
			Visibility: r.Visibility, ParentID: r.ParentID,
		},
		ID: r.ID, RecordingID: r.RecordingID, AuthorID: r.AuthorID, Version: r.Version,
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}, nil
}

// live is what was not deleted: neither itself nor the note it replies to.
// Whoever reads notes reads them through it (invariant 9).
func live(tx *gorm.DB) *gorm.DB {
	return tx.Where(`deleted_at IS NULL AND NOT EXISTS (
		SELECT 1 FROM annotations parent WHERE parent.id = annotations.parent_id AND parent.deleted_at IS NOT NULL)`)
}

// readable is the notes of a recording that a person may read, by position,
// each reply after its note.
func readable(tx *gorm.DB, recordingID, personID uuid.UUID) ([]annotationRow, error) {
	var rows []annotationRow
	err := tx.Scopes(live).Where("recording_id = ? AND (author_id = ? OR visibility = ?)", recordingID, personID, Session).
		Order("start_ms, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	there := make(map[uuid.UUID]bool, len(rows))
	for _, row := range rows {
		there[row.ID] = true
	}
	// A reply to what one may not read is not read either.
	return slices.DeleteFunc(rows, func(row annotationRow) bool { return row.ParentID != nil && !there[*row.ParentID] }), nil
}

func takeRow(tx *gorm.DB, id uuid.UUID) (annotationRow, error) {
	var row annotationRow
	err := tx.Scopes(live).Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}
