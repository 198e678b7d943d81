package media

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media/cutter"
)

// ErrCutsUnavailable: there is no FFmpeg here, so fragments cannot be cut.
var ErrCutsUnavailable = errors.New("media: fragments cannot be cut here")

// Bounds of a fragment that is cut.
const (
	MinCut = time.Second
	MaxCut = 15 * time.Minute
)

// CutState is how far a cut is.
type CutState string

// The states. Only a ready one can be watched; a failed one stays failed.
const (
	CutOwed   CutState = "owed"
	CutMaking CutState = "making"
	CutReady  CutState = "ready"
	CutFailed CutState = "failed"
)

// Why a cut failed.
const (
	cutUnreadable = "unreadable" // also: nothing lies there
	cutLead       = "lead"       // the key frame before it lies too far away
	cutTooLarge   = "too_large"
	cutDamaged    = "damaged"  // the film
	cutGivenUp    = "given_up" // after cutAttempts
)

// Cut is a fragment of a film as a film of its own.
type Cut struct {
	RecordingID uuid.UUID
	State       CutState
	Failure     string // why it failed: unreadable, lead, too_large, damaged, given_up
	StartMs     int64  // of the film
	EndMs       int64  // of the film
	LeadMs      int64  // where the fragment begins in the cut; a player skips what is before
	DurationMs  int64  // of the cut, with its lead; 0 until it is ready
	SizeBytes   int64
}

// CanCut says whether fragments can be cut here.
func (m *Media) CanCut() bool { return m.Cutter != nil }

// OrderCut has a fragment of a film cut, from startMs to endMs of it, once tx is
// committed. The film is locked until then. Errors: ErrCutsUnavailable;
// ErrNotFound for a film that is not ready or closed; ErrInvalid.
func (m *Media) OrderCut(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID, startMs, endMs int64) (uuid.UUID, error) {
	if !m.CanCut() {
		return uuid.Nil, ErrCutsUnavailable
	}
	row, err := lockRecording(ctx, tx, recordingID, false)
	if err != nil {
		return uuid.Nil, err
	}
	if row.State != Ready || row.ClosedAt != nil {
		return uuid.Nil, ErrNotFound
	}
	if err := checkCut(row, startMs, endMs); err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, err
	}
	return id, tx.WithContext(ctx).Create(&cutRow{
		ID: id, RecordingID: recordingID, StartMs: startMs, EndMs: endMs, State: CutOwed, CreatedAt: m.now(),
	}).Error
}

// checkCut finds every fault of an interval.
func checkCut(row recordingRow, startMs, endMs int64) error {
	var faults []Fault
	add := func(field, code, detail string) { faults = append(faults, Fault{field, code, detail}) }
	if startMs < 0 {
		add("startMs", "negative", "A position counts from the film's start: 0 or more.")
	}
	switch length := endMs - startMs; {
	case length < 0:
		add("endMs", "before_start", "A fragment ends after its start.")
	case length < MinCut.Milliseconds():
		add("endMs", "too_short", fmt.Sprintf("A fragment is at least %d ms.", MinCut.Milliseconds()))
	case length > MaxCut.Milliseconds():
		add("endMs", "too_long", fmt.Sprintf("A fragment is at most %d ms.", MaxCut.Milliseconds()))
	}
	if row.DurationMs != nil && endMs > *row.DurationMs {
		add("endMs", "after_end", fmt.Sprintf("The film ends at %d ms.", *row.DurationMs))
	}
	if faults != nil {
		return &InvalidError{faults}
	}
	return nil
}

// DropCuts ends cuts: from tx on nobody sees them, and soon their bytes are
// deleted. Those that are not there are no error.
func (m *Media) DropCuts(ctx context.Context, tx *gorm.DB, ids ...uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.WithContext(ctx).Model(&cutRow{}).Where("id IN ? AND dropped_at IS NULL", ids).Update("dropped_at", m.now()).Error
}

// Cuts tells how far cuts are. Those that were dropped, or went with their
// recording, are missing in the answer.
func (m *Media) Cuts(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]Cut, error) {
	if db == nil {
		db = m.DB
	}
	cuts := make(map[uuid.UUID]Cut, len(ids))
	if len(ids) == 0 {
		return cuts, nil
	}
	var rows []cutRow
	if err := db.WithContext(ctx).Where("id IN ? AND dropped_at IS NULL", ids).Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, row := range rows {
		cuts[row.ID] = row.cut()
	}
	return cuts, nil
}

func (r cutRow) cut() Cut {
	c := Cut{
		RecordingID: r.RecordingID, State: r.State, Failure: r.Failure, StartMs: r.StartMs, EndMs: r.EndMs,
		LeadMs: r.LeadMs, SizeBytes: r.SizeBytes,
	}
	if r.State == CutReady {
		c.DurationMs = r.LeadMs + r.EndMs - r.StartMs
	}
	return c
}

// formats are the containers of cuts: those of their films.
var formats = map[string]cutter.Format{
	typeMP4: cutter.MP4, typeM4A: cutter.MP4, typeQuickTime: cutter.QuickTime, typeWebM: cutter.WebM, typeMatroska: cutter.Matroska,
}
