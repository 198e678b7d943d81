package review

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/review/words"
)

// OwnAnswer is what someone answered on a form, with what it asked.
type OwnAnswer struct {
	Answer
	FormID    uuid.UUID
	Asked     Label
	CreatedAt time.Time
	UpdatedAt time.Time
}

// ownAnswers are the answers a person gave on the forms of a recording.
func ownAnswers(tx *gorm.DB, texts Texts, recordingID, personID uuid.UUID, labels labelBook) ([]OwnAnswer, error) {
	var rows []formRow
	if err := tx.Where("recording_id = ? AND author_id = ?", recordingID, personID).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	var answers []OwnAnswer
	for _, row := range rows {
		words, err := words.Open[formWords](texts, kindForm, words.Place(row.ID, row.Version), row.Sealed)
		if err != nil {
			return nil, err
		}
		for _, answer := range words.Answers {
			answers = append(answers, OwnAnswer{answer, row.ID, labels.asked(row, answer.Code), row.CreatedAt, row.UpdatedAt})
		}
	}
	return answers, nil
}
