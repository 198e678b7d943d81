package review

import (
	"context"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/review/words"
)

// draftRow is a draft as the database has it: no plain word.
type draftRow struct {
	RecordingID  uuid.UUID
	AuthorID     uuid.UUID
	ID           uuid.UUID
	AnnotationID *uuid.UUID
	BaseVersion  *int64
	Sealed       []byte
	Version      int64
	UpdatedAt    time.Time
}

func (draftRow) TableName() string { return "annotation_drafts" }

// draftWords are what is sealed of a draft.
type draftWords struct {
	Body     string     `json:"body"`
	Start    string     `json:"start"`
	End      string     `json:"end"`
	Kind     Kind       `json:"kind"`
	Tags     []string   `json:"tags"`
	Marker   string     `json:"marker,omitempty"`
	ParentID *uuid.UUID `json:"parentId,omitempty"`
}

const kindDraft = "draft"

// place binds the words to their writer too: the id is only theirs.
func (r *draftRow) place() string { return r.AuthorID.String() + "/" + words.Place(r.ID, r.Version) }

func (r *draftRow) write(w DraftWords, texts Texts) (err error) {
	if w.Tags == nil {
		w.Tags = []string{}
	}
	r.Sealed, err = words.Seal(texts, kindDraft, r.place(), draftWords{w.Body, w.Start, w.End, w.Kind, w.Tags, w.Marker, w.ParentID})
	return err
}

func (r *draftRow) read(texts Texts) (Draft, error) {
	w, err := words.Open[draftWords](texts, kindDraft, r.place(), r.Sealed)
	if err != nil {
		return Draft{}, err
	}
	return Draft{
		DraftWords: DraftWords{Start: w.Start, End: w.End, Kind: w.Kind, Body: w.Body, Tags: w.Tags, Marker: w.Marker, ParentID: w.ParentID},
		ID:         r.ID, RecordingID: r.RecordingID, AnnotationID: r.AnnotationID, BaseVersion: r.BaseVersion,
		Version: r.Version, UpdatedAt: r.UpdatedAt,
	}, nil
}

// draftAt is the one draft with this id; an id of another's is another draft.
func draftAt(recordingID, authorID, id uuid.UUID) func(*gorm.DB) *gorm.DB {
	return func(tx *gorm.DB) *gorm.DB {
		return tx.Where("recording_id = ? AND author_id = ? AND id = ?", recordingID, authorID, id)
	}
}

// dropDraft removes the draft that a note was saved from. One that was typed on
// in another window meanwhile stays: its words are not in the note.
func (s *Service) dropDraft(ctx context.Context, tx *gorm.DB, note annotationRow, ref *DraftRef, body string) error {
	if ref == nil {
		return nil
	}
	var rows []draftRow
	err := tx.Scopes(draftAt(note.RecordingID, note.AuthorID, ref.ID)).Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return err
	}
	if rows[0].Version != ref.Version {
		// An acknowledgement that got lost looks like that too.
		texts, err := s.Recordings.Texts(ctx, tx, note.RecordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		draft, err := rows[0].read(texts)
		if err != nil || draft.Body != body {
			return err
		}
	}
	return tx.Scopes(draftAt(note.RecordingID, note.AuthorID, ref.ID)).Where("version = ?", rows[0].Version).Delete(&draftRow{}).Error
}
