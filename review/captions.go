package review

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
	"vakspiegel/review/words"
)

// Limits of captions.
const (
	MaxCaptions      = 1 << 20 // bytes of a file
	MaxCaptionTracks = 8       // languages of one recording

	// captionsLateMs is how long after the film's end a caption may begin: clocks
	// of tools differ a little, another film's captions by more.
	captionsLateMs = 5000
)

var captionLanguage = regexp.MustCompile(`^[a-z]{2,3}$`)

// CaptionTrack says that a recording has captions in a language.
type CaptionTrack struct {
	Language  string // ISO 639, in lower case: nl
	UpdatedAt time.Time
}

// captionsRow are the captions of a recording in one language, as the database
// has them: no word, and no second.
type captionsRow struct {
	ID          uuid.UUID
	RecordingID uuid.UUID
	Language    string
	Sealed      []byte
	Version     int64
	UpdatedAt   time.Time
}

func (captionsRow) TableName() string { return "captions" }

const kindCaptions = "captions"

// captionWords are what is sealed: the whole file as we wrote it.
type captionWords struct {
	WebVTT string `json:"webvtt"`
}

// CaptionTracks are the languages in which a recording has captions.
// Errors: ErrNotFound.
func (s *Service) CaptionTracks(ctx context.Context, actor policies.Actor, recordingID uuid.UUID) ([]CaptionTrack, error) {
	var tracks []CaptionTrack
	err := s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.RecordingWatch, recordingID, actor.ID); err != nil {
			return err
		}
		return tx.Model(&captionsRow{}).Where("recording_id = ?", recordingID).Order("language").Find(&tracks).Error
	})
	return tracks, err
}

// Captions are the captions of a recording in a language, as WebVTT. Who may
// watch may read them. Errors: ErrNotFound.
func (s *Service) Captions(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, language string) ([]byte, error) {
	var file []byte
	err := s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.RecordingWatch, recordingID, actor.ID); err != nil {
			return err
		}
		row, err := takeCaptions(tx, recordingID, language)
		if err != nil {
			return err
		}
		texts, err := s.Recordings.Texts(ctx, tx, recordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		words, err := words.Open[captionWords](texts, kindCaptions, words.Place(row.ID, row.Version), row.Sealed)
		file = []byte(words.WebVTT)
		return err
	})
	return file, err
}

// ReplaceCaptions reads a WebVTT file and keeps its cues, written anew, in the
// place of what there was in that language.
// Errors: ErrNotFound, *Invalid with the faults by line, ErrChanged when two came at once.
func (s *Service) ReplaceCaptions(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, language string, file []byte) error {
	cues, faults := readCaptions(language, file)
	return s.within(ctx, func(tx *gorm.DB) error {
		subject, err := s.Recordings.Allow(ctx, tx, actor, policies.CaptionsReplace, recordingID, actor.ID)
		if err != nil {
			return err
		}
		if err := errors.Join(faults, ofThisFilm(cues, subject.DurationMs)); err != nil {
			return err
		}
		texts, err := s.Recordings.Texts(ctx, tx, recordingID)
		if err != nil {
			return err
		}
		defer texts.Close()
		if err := s.putCaptions(tx, texts, recordingID, language, writeWebVTT(cues)); err != nil {
			return err
		}
		return s.Recordings.Raise(ctx, tx, recordingID)
	})
}

// RemoveCaptions takes the captions in a language away. Errors: ErrNotFound.
func (s *Service) RemoveCaptions(ctx context.Context, actor policies.Actor, recordingID uuid.UUID, language string) error {
	return s.within(ctx, func(tx *gorm.DB) error {
		if _, err := s.Recordings.Allow(ctx, tx, actor, policies.CaptionsReplace, recordingID, actor.ID); err != nil {
			return err
		}
		row, err := takeCaptions(tx, recordingID, language)
		if err != nil {
			return err
		}
		if err := tx.Delete(&captionsRow{}, "id = ?", row.ID).Error; err != nil {
			return err
		}
		return s.Recordings.Raise(ctx, tx, recordingID)
	})
}

func readCaptions(language string, file []byte) ([]cue, error) {
	if !captionLanguage.MatchString(language) {
		return nil, &Invalid{[]Fault{{"language", "format", "Name a language by two or three letters, as in nl."}}}
	}
	if len(file) > MaxCaptions {
		return nil, &Invalid{[]Fault{{"file", "too_long", fmt.Sprintf("Captions are at most %d bytes.", MaxCaptions)}}}
	}
	return parseWebVTT(file)
}

// ofThisFilm refuses captions that go on long after the film: most likely they
// are what was said in another conversation.
func ofThisFilm(cues []cue, durationMs *int64) error {
	if durationMs == nil || len(cues) == 0 || cues[len(cues)-1].StartMs <= *durationMs+captionsLateMs {
		return nil
	}
	return &Invalid{[]Fault{{"file", "after_end", fmt.Sprintf("The film ends at %d ms and the captions go on. Are they of this film?", *durationMs)}}}
}

func takeCaptions(tx *gorm.DB, recordingID uuid.UUID, language string) (captionsRow, error) {
	var row captionsRow
	err := tx.Where("recording_id = ? AND language = ?", recordingID, language).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNotFound
	}
	return row, err
}

func (s *Service) putCaptions(tx *gorm.DB, texts Texts, recordingID uuid.UUID, language string, file []byte) error {
	row, err := takeCaptions(tx, recordingID, language)
	fresh := errors.Is(err, ErrNotFound)
	if err != nil && !fresh {
		return err
	}
	if fresh {
		if err := roomForCaptions(tx, recordingID); err != nil {
			return err
		}
		row = captionsRow{ID: uuid.Must(uuid.NewV7()), RecordingID: recordingID, Language: language}
	}
	read := row.Version
	row.Version, row.UpdatedAt = read+1, s.now()
	if row.Sealed, err = words.Seal(texts, kindCaptions, words.Place(row.ID, row.Version), captionWords{string(file)}); err != nil {
		return err
	}
	if fresh {
		return first(tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row))
	}
	return first(tx.Model(&captionsRow{}).Where("id = ? AND version = ?", row.ID, read).Select("*").Updates(&row))
}

func roomForCaptions(tx *gorm.DB, recordingID uuid.UUID) error {
	var have int64
	if err := tx.Model(&captionsRow{}).Where("recording_id = ?", recordingID).Count(&have).Error; err != nil {
		return err
	}
	if have >= MaxCaptionTracks {
		return &Invalid{[]Fault{{"language", "too_many", fmt.Sprintf("A recording has captions in at most %d languages.", MaxCaptionTracks)}}}
	}
	return nil
}
