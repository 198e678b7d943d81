package session

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/review/words"
)

// wording is what is sealed of a session itself.
type wording struct {
	Title    string `json:"title"`
	Question string `json:"question"`
}

const kindSession = "session"

// neutral is what a session is called whose words went with its last recording, and
// what every session is called outside the product (invariant 10).
const neutral = "Intervisie"

func (s *Service) wording(ctx context.Context, tx *gorm.DB, row sessionRow) (wording, error) {
	if row.emptied() {
		return wording{Title: neutral}, nil
	}
	texts, err := s.Keys.Texts(ctx, tx, row.ID)
	if err != nil {
		return wording{}, err
	}
	defer texts.Close()
	return words.Open[wording](texts, kindSession, words.Place(row.ID, row.Wording), row.Sealed)
}

// titles are those of sessions that may be read, with one query for their keys. One
// whose key went since its row was read has none: it is on its way out.
func (s *Service) titles(ctx context.Context, tx *gorm.DB, readable []sight) (map[uuid.UUID]string, error) {
	titles := make(map[uuid.UUID]string, len(readable))
	var sealed []uuid.UUID
	for _, seen := range readable {
		if seen.row.emptied() {
			titles[seen.row.ID] = neutral
			continue
		}
		sealed = append(sealed, seen.row.ID)
	}
	texts, err := s.Keys.TextsOfEach(ctx, tx, sealed)
	if err != nil {
		return nil, err
	}
	for _, seen := range readable {
		row := seen.row
		open, there := texts[row.ID]
		if !there {
			continue
		}
		written, opened := words.Open[wording](open, kindSession, words.Place(row.ID, row.Wording), row.Sealed)
		open.Close()
		titles[row.ID], err = written.Title, errors.Join(err, opened)
	}
	return titles, err
}
