package media

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media/cutter"
	"vakspiegel/media/envelope"
	"vakspiegel/policies"
)

const (
	// cutHold is how long a claim keeps other processes from the same cut, after
	// the last time that its maker renewed it.
	cutHold = 10 * time.Second
	// cutLook is how often the maker asks whether the cut is still wanted.
	cutLook = time.Second
	// cutRetry is how soon a failed attempt is repeated.
	cutRetry = 10 * time.Second
	// cutAttempts is how often a cut is tried whose failing was nobody's fault.
	cutAttempts = 3
	// maxCutSize is the largest cut, in bytes.
	maxCutSize = 4 << 30

	cutKind = "cut"
)

// errCutOver: the cut was dropped, its recording closed, or another process
// makes it.
var errCutOver = errors.New("media: the cut is not wanted any more")

// CutOwed makes the cuts that the tables say are owed, one at a time, until none
// is left. What was broken off, by a kill or a store that is down, is tried
// again. Errors: those of what could not be made.
func (m *Media) CutOwed(ctx context.Context) error {
	if !m.CanCut() {
		return nil
	}
	var errs []error
	for ctx.Err() == nil {
		cut, found, err := m.claimCut(ctx)
		if err != nil || !found {
			return errors.Join(append(errs, err)...)
		}
		err = m.makeCut(ctx, cut)
		if errors.Is(err, errCutOver) {
			continue
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("cut %s, attempt %d: %w", cut.ID, cut.Attempts, err))
		}
		errs = append(errs, m.CutSettled(ctx, cut.ID))
	}
	return errors.Join(errs...)
}

// claimCut takes the oldest cut that nobody makes. One that failed waits for those
// that were not tried yet: a film that keeps FFmpeg busy keeps nobody else waiting.
func (m *Media) claimCut(ctx context.Context) (cut cutRow, found bool, err error) {
	const free = "state IN ('owed', 'making') AND dropped_at IS NULL AND (claimed_until IS NULL OR claimed_until <= ?)"
	now := m.now()
	var rows []cutRow
	err = m.DB.WithContext(ctx).Where(free, now).
		Where("EXISTS (SELECT 1 FROM recordings r WHERE r.id = cuts.recording_id AND r.closed_at IS NULL)").
		Order("attempts, created_at, id").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return cut, false, err
	}
	cut = rows[0]
	cut.Attempts, cut.State, cut.Claim = cut.Attempts+1, CutMaking, rand.Text()
	claimed := m.DB.WithContext(ctx).Model(&cutRow{}).Where("id = ?", cut.ID).Where(free, now).
		Updates(map[string]any{"state": CutMaking, "claimed_until": now.Add(cutHold), "claim": cut.Claim, "attempts": cut.Attempts})
	// Another process may have been faster: then the next round goes on.
	return cut, claimed.RowsAffected == 1, claimed.Error
}

// makeCut makes one claimed cut. The upload's lock keeps the eraser from
// deleting while something is added, and the eraser's wish for it ends FFmpeg.
func (m *Media) makeCut(ctx context.Context, cut cutRow) error {
	making, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if cut.Attempts > cutAttempts { // it took the whole process along each time
		return m.failCut(ctx, cut, cutGivenUp)
	}
	lock := &uploadLock{db: m.DB, upload: cut.RecordingID, holder: "cutter " + rand.Text()}
	taken, err := lock.try(making, func() { stop(errCutOver) })
	if err == nil && !taken {
		err = errCutOver // by the eraser, or by who cuts another fragment of it
	}
	if err == nil {
		err = m.cutFilm(making, stop, cut)
		err = errors.Join(err, lock.Unlock())
	}
	if err == nil {
		return nil
	}
	settling, done := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
	defer done()
	return errors.Join(err, m.settleCut(settling, cut, err))
}

// cutFilm cuts, while it is wanted.
func (m *Media) cutFilm(ctx context.Context, stop context.CancelCauseFunc, cut cutRow) error {
	row, err := m.wanted(ctx, cut)
	if err != nil {
		return err
	}
	key, err := m.Keys.key(ctx, m.DB, row.ID)
	if errors.Is(err, ErrKeyGone) {
		return errCutOver
	}
	if err != nil {
		return err
	}
	defer key.Wipe()
	segments, err := m.stored(ctx, row.ID)
	if err == nil {
		err = contiguous(segments, row.SizeBytes)
	}
	if err != nil {
		return err
	}
	watched := make(chan struct{})
	watching, unwatch := context.WithCancel(ctx)
	go func() {
		defer close(watched)
		m.watchCut(watching, stop, cut)
	}()
	job := &cutJob{m: m, cut: cut, key: &key}
	made, err := job.run(ctx, row, segments)
	unwatch()
	<-watched
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if err != nil {
		return err
	}
	return m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return m.publishCut(ctx, tx, row, job, made) })
}

// watchCut renews the claim and ends the work when it is over.
func (m *Media) watchCut(ctx context.Context, stop context.CancelCauseFunc, cut cutRow) {
	tick := time.NewTicker(cutLook)
	defer tick.Stop()
	renewed := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := m.wanted(ctx, cut)
		switch {
		case err == nil:
			renewed = time.Now()
		case errors.Is(err, errCutOver), time.Since(renewed) > cutHold/2:
			stop(err)
			return
		}
	}
}

// wanted renews the claim on a cut that its maker still holds, of a film that is
// still open. Errors: errCutOver.
func (m *Media) wanted(ctx context.Context, cut cutRow) (recordingRow, error) {
	held := m.held(m.DB.WithContext(ctx), cut).Update("claimed_until", m.now().Add(cutHold))
	if err := exactlyOne(held, errCutOver); err != nil {
		return recordingRow{}, err
	}
	seen, err := m.see(ctx, m.DB, policies.Actor{Kind: policies.ActorSystem}, cut.RecordingID)
	switch {
	case errors.Is(err, ErrNotFound):
		return recordingRow{}, errCutOver
	case err != nil:
		return recordingRow{}, err
	case seen.facts.Closed || seen.recording.State != Ready:
		return recordingRow{}, errCutOver
	}
	return seen.recording, nil
}

// held is the cut as long as its maker may change it.
func (m *Media) held(tx *gorm.DB, cut cutRow) *gorm.DB {
	return tx.Model(&cutRow{}).Where("id = ? AND state = ? AND claim = ? AND dropped_at IS NULL", cut.ID, CutMaking, cut.Claim)
}

// publishCut makes a cut ready, if all of it is still wanted at this moment: its
// pieces count from here on, all at once.
func (m *Media) publishCut(ctx context.Context, tx *gorm.DB, row recordingRow, job *cutJob, made cutter.Cut) error {
	given, err := m.Consent.Facts(ctx, tx, []uuid.UUID{row.ConversationID})
	if err != nil {
		return err
	}
	if given[row.ConversationID].Closed {
		return errCutOver
	}
	open := tx.Model(&recordingRow{}).Where("id = ? AND state = ? AND closed_at IS NULL", row.ID, Ready).
		Update("version", gorm.Expr("version + 1"))
	if err := exactlyOne(open, errCutOver); err != nil {
		return err
	}
	ready := m.held(tx, job.cut).Updates(map[string]any{
		"state": CutReady, "claimed_until": nil, "lead_ms": roundUp(made.Lead), "size_bytes": made.Size,
	})
	if err := exactlyOne(ready, errCutOver); err != nil {
		return err
	}
	for _, piece := range job.pieces {
		stored := tx.Model(&segmentRow{}).Where("object_key = ? AND state = ?", piece.ObjectKey, segmentPending).
			Updates(map[string]any{"state": segmentStored, "sha256": piece.Sha256})
		if err := exactlyOne(stored, errCutOver); err != nil {
			return err
		}
	}
	return nil
}

// roundUp is a duration in whole ms: a player that skips so much of a cut shows no
// picture from before the fragment.
func roundUp(d time.Duration) int64 { return int64((d + time.Millisecond - 1) / time.Millisecond) }

// settleCut writes down that an attempt came to nothing: for good, or until the
// next one. The pieces it left are the sweeper's.
func (m *Media) settleCut(ctx context.Context, cut cutRow, reason error) error {
	attempts := cut.Attempts
	switch {
	case errors.Is(reason, errCutOver), errors.Is(reason, ErrUnavailable), errors.Is(reason, context.Canceled):
		attempts-- // it was not the film's fault
	case errors.Is(reason, cutter.ErrUnreadable):
		return m.failCut(ctx, cut, cutUnreadable)
	case errors.Is(reason, cutter.ErrLead):
		return m.failCut(ctx, cut, cutLead)
	case errors.Is(reason, cutter.ErrTooLarge):
		return m.failCut(ctx, cut, cutTooLarge)
	case errors.Is(reason, ErrDamaged):
		return m.failCut(ctx, cut, cutDamaged)
	case attempts >= cutAttempts:
		return m.failCut(ctx, cut, cutGivenUp)
	}
	later := m.held(m.DB.WithContext(ctx), cut).
		Updates(map[string]any{"state": CutOwed, "attempts": attempts, "claimed_until": m.now().Add(cutRetry)})
	if later.Error != nil || later.RowsAffected == 1 {
		return later.Error
	}
	return m.DB.WithContext(ctx).Model(&cutRow{}).Where("id = ? AND claim = ? AND dropped_at IS NOT NULL", cut.ID, cut.Claim).
		Update("claimed_until", nil).Error // it may be erased at once
}

func (m *Media) failCut(ctx context.Context, cut cutRow, failure string) error {
	return m.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		failed := m.held(tx, cut).Updates(map[string]any{"state": CutFailed, "failure": failure, "claimed_until": nil})
		if failed.Error != nil || failed.RowsAffected == 0 {
			return failed.Error
		}
		return m.Raise(ctx, tx, cut.RecordingID)
	})
}

// cutJob collects the pieces of one attempt.
type cutJob struct {
	m      *Media
	cut    cutRow
	key    *envelope.Key
	pieces []segmentRow
}

// run cuts the film that the segments make up.
func (j *cutJob) run(ctx context.Context, row recordingRow, segments []segmentRow) (cutter.Cut, error) {
	whole := &film{ctx: ctx, m: j.m, key: *j.key, segments: segments, size: row.SizeBytes}
	defer whole.key.Wipe()
	turned, err := matrix(whole, row.SizeBytes, row.ContentType)
	if err != nil {
		return cutter.Cut{}, err
	}
	return j.m.Cutter.Cut(ctx, &source{j.m, j.key, segments, row.SizeBytes}, cutter.Order{
		Format: formats[row.ContentType], SoundOnly: row.ContentType == typeM4A, Matrix: turned, MaxSize: maxCutSize, Keep: j.keep,
		From: time.Duration(j.cut.StartMs) * time.Millisecond, To: time.Duration(j.cut.EndMs) * time.Millisecond,
	})
}

// keep seals and stores a piece. It is registered, and counts when the cut does.
func (j *cutJob) keep(ctx context.Context, start int64, plain []byte) error {
	piece := segmentRow{RecordingID: j.cut.RecordingID, CutID: &j.cut.ID, StartByte: start}
	if err := j.m.put(ctx, *j.key, &piece, plain); err != nil {
		if errors.Is(err, ErrNotFound) {
			return errCutOver
		}
		return err
	}
	j.pieces = append(j.pieces, piece)
	return nil
}

// source is a film as cutter reads it.
type source struct {
	m        *Media
	key      *envelope.Key
	segments []segmentRow
	size     int64
}

// Size implements cutter.Source.
func (s *source) Size() int64 { return s.size }

// Open implements cutter.Source.
func (s *source) Open(ctx context.Context, off int64) io.ReadCloser {
	return &reel{ctx: ctx, m: s.m, key: s.key, segments: s.segments, next: off, left: s.size - off}
}
