package review

import (
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/review/words"
)

// formRow is a filled form as the database has it: no plain word.
type formRow struct {
	ID          uuid.UUID
	RecordingID uuid.UUID
	AuthorID    uuid.UUID
	Perspective Perspective
	FormCode    string
	FormVersion int64
	Visibility  Visibility
	Sealed      []byte
	Version     int64
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

func (formRow) TableName() string { return "observation_forms" }

// formWords are what is sealed of a form.
type formWords struct {
	Answers []Answer `json:"answers"`
}

const kindForm = "observation_form"

func (r *formRow) write(answers []Answer, texts Texts) error {
	var err error
	r.Sealed, err = words.Seal(texts, kindForm, words.Place(r.ID, r.Version), formWords{answers})
	return err
}

func (r formRow) read(tx *gorm.DB, texts Texts) (Form, error) {
	template, err := r.template(tx)
	if err != nil {
		return Form{}, err
	}
	words, err := words.Open[formWords](texts, kindForm, words.Place(r.ID, r.Version), r.Sealed)
	return Form{
		ID: r.ID, RecordingID: r.RecordingID, AuthorID: r.AuthorID, Perspective: r.Perspective, Template: template,
		Answers: words.Answers, Visibility: r.Visibility, Version: r.Version, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}, err
}

// template is the version of the form that this one was begun with; lists have
// every version there ever was (invariant 6).
func (r formRow) template(tx *gorm.DB) (ListVersion, error) {
	versions, err := versionsOf(tx, FormList, r.FormCode)
	if err != nil {
		return ListVersion{}, err
	}
	for _, version := range versions {
		if version.Version == r.FormVersion {
			return version, nil
		}
	}
	return ListVersion{}, fmt.Errorf("review: form %s: its template is gone", r.ID)
}

// add keeps a new form, or finds the one this author has of this template
// already. Error: ErrNotFound when that one has just gone.
func (r formRow) add(tx *gorm.DB) (kept formRow, isNew bool, err error) {
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&r)
	if done.Error != nil || done.RowsAffected == 1 {
		return r, true, done.Error
	}
	kept, err = takeForm(tx.Where("recording_id = ? AND author_id = ? AND form_code = ?", r.RecordingID, r.AuthorID, r.FormCode))
	return kept, false, err
}

func takeForm(tx *gorm.DB) (formRow, error) {
	var row formRow
	err := tx.Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}
