package media

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// OpenAlong begins a look at a fragment of a session: its cut, or the whole film
// where its owner chose that. The purpose is the session's. As in Open the policy
// decides and the audit log says so, and the lease ends with any of it: the
// session's end, a fragment taken back, someone who joins and evaluates its
// owner. Errors: ErrNotFound, also for a fragment that is not cut yet;
// ErrUnavailable; ErrDamaged.
func (m *Media) OpenAlong(ctx context.Context, actor policies.Actor, along Along) (*Playback, error) {
	onlooker := Onlooker{actor.ID, along}
	now, err := m.facts.gatherings.Gathered(ctx, m.DB, []Onlooker{onlooker})
	if err != nil {
		return nil, err
	}
	there, ok := now[onlooker]
	if !ok || actor.Kind != policies.ActorPerson {
		return nil, ErrNotFound
	}
	viewer := Viewer{Actor: actor, RecordingID: there.RecordingID, Purpose: there.Purpose, Along: along}
	lease, seen, decision, err := m.leases.hold(ctx, viewer)
	if err != nil {
		if decision.Rule != "" {
			err = m.refused(ctx, seen, policies.RecordingWatch, viewer.Purpose, decision)
		}
		return nil, err
	}
	p := &Playback{m: m, ctx: ctx, seen: seen, viewer: viewer, decision: decision, lease: lease, result: audit.Ended}
	if err := p.load(p.fragment); err != nil {
		return nil, err
	}
	return p, nil
}

// fragment has what the lease was given for played, and nothing else: the whole
// film only where no interval was chosen.
func (p *Playback) fragment() (size int64, err error) {
	there := p.seen.gathered
	p.fromMs, p.toMs = there.FromMs, there.ToMs
	switch {
	case there.CutID != nil:
		return p.cut()
	case there.FromMs == 0 && there.ToMs == nil:
		p.toMs = p.seen.recording.DurationMs
		return p.film()
	}
	return 0, ErrNotFound
}

// cut has the fragment's cut played. A cut of another recording, or of another
// interval, is not there.
func (p *Playback) cut() (int64, error) {
	there := p.seen.gathered
	if there.ToMs == nil {
		return 0, ErrNotFound
	}
	var row cutRow
	err := p.m.DB.WithContext(p.ctx).
		Where("id = ? AND recording_id = ? AND start_ms = ? AND end_ms = ?", *there.CutID, p.seen.recording.ID, there.FromMs, *there.ToMs).
		Where("state = ? AND dropped_at IS NULL", CutReady).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return 0, ErrNotFound
	}
	if err != nil {
		return 0, err
	}
	p.reel.segments, err = p.m.storedCut(p.ctx, row.ID)
	return row.SizeBytes, err
}
