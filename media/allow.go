package media

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
)

// Allow decides, inside another room's transaction, about something that hangs
// on a recording (a note by author), on the facts of this moment. The recording
// is locked until the transaction ends, so that it is not erased under it; alone
// by who will Raise it, because two who share it would wait for each other. The
// caller gives its error to Conclude after that, for the audit log. Errors: ErrNotFound, for what is not there, not
// theirs, not ready or closed.
func (m *Media) Allow(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, recordingID, author uuid.UUID) (Subject, error) {
	row, err := lockRecording(ctx, tx, recordingID, raises(action))
	if err != nil {
		return Subject{}, err
	}
	seen, err := m.see(ctx, tx, actor, recordingID)
	if err != nil {
		return Subject{}, err
	}
	decision := m.decide(&seen, row, action, author)
	if !decision.Allowed {
		return Subject{}, &refusal{entryOf(seen, action, purposeOf(action), decision.Rule, audit.Refused)}
	}
	return Subject{Recording: m.recording(seen, 0), Actor: seen.actor, Facts: seen.facts, Rule: decision.Rule}, nil
}

// purposeOf is why an owner does something to their own recording.
func purposeOf(action policies.Action) policies.Purpose {
	if action.Purposed() {
		return policies.SelfReflection
	}
	return policies.NoPurpose
}

// decide is the one answer of Allow and Allowed about something of an author's
// that hangs on a recording: nothing is allowed on what is closed or not ready.
func (m *Media) decide(seen *sight, row recordingRow, action policies.Action, author uuid.UUID) policies.Decision {
	seen.facts.AuthorID = author
	decision := m.Policy.Decide(seen.actor, action, seen.facts, purposeOf(action))
	decision.Allowed = decision.Allowed && !seen.facts.Closed && row.State == Ready
	return decision
}

// lockRecording takes a recording and locks it until the transaction ends: shared, or
// alone by who will raise its version. Errors: ErrNotFound.
func lockRecording(ctx context.Context, tx *gorm.DB, id uuid.UUID, raise bool) (row recordingRow, err error) {
	strength := clause.LockingStrengthShare
	if raise {
		strength = "NO KEY UPDATE" // foreign keys may still point to it meanwhile
	}
	err = tx.WithContext(ctx).Clauses(clause.Locking{Strength: strength}).Where("id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = ErrNotFound
	}
	return row, err
}

// raises tells the actions of other rooms that change something on a screen.
func raises(action policies.Action) bool {
	switch action {
	case policies.AnnotationRead, policies.AnnotationExport, policies.RecordingWatch:
		return false
	}
	return true
}

// refusal is ErrNotFound with what the audit log is to say of it. It waits for
// the end of the transaction, which it rolls back.
type refusal struct{ entry audit.Entry }

func (*refusal) Error() string        { return ErrNotFound.Error() }
func (*refusal) Is(target error) bool { return target == ErrNotFound }

// Conclude writes the audit entry of a refusal that Allow gave inside a
// transaction which has ended, and passes err on.
func (m *Media) Conclude(ctx context.Context, err error) error {
	var refused *refusal
	if !errors.As(err, &refused) {
		return err
	}
	return errors.Join(err, m.Audit.Append(ctx, nil, refused.entry))
}

// Raise tells listening screens, inside another room's transaction, that
// something of the recording changed.
func (m *Media) Raise(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) error {
	return tx.WithContext(ctx).Model(&recordingRow{}).Where("id = ?", recordingID).
		Update("version", gorm.Expr("version + 1")).Error
}
