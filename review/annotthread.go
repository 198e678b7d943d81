package review

import (
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// inThread gives a reply its place, its parent's, and refuses one that hangs on
// a reply or on a note that the person may not read: both are one fault, for
// whoever may not know that a note is there. Errors: *Invalid.
func inThread(tx *gorm.DB, recordingID, personID uuid.UUID, note *Note) error {
	if note.ParentID == nil {
		return nil
	}
	parent, err := takeRow(tx, *note.ParentID)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	theirs := parent.AuthorID == personID || parent.Visibility == Session
	if err != nil || parent.RecordingID != recordingID || !theirs || parent.ParentID != nil {
		return &Invalid{[]Fault{{"parentId", "unknown", "Reply to a note on this recording that is no reply itself."}}}
	}
	note.StartMs, note.EndMs = parent.StartMs, parent.EndMs
	return nil
}
