-- +goose Up
ALTER TABLE recordings ADD COLUMN kept_at datetime;

-- No recording lives longer than 180 days after filming began, and no closing is undone, whatever a program says.
-- julianday() counts in days, with 0.00001 (a second) for what it rounds.
-- +goose StatementBegin
CREATE TRIGGER recordings_keeping BEFORE UPDATE ON recordings
WHEN julianday(NEW.expires_at) > min(julianday(NEW.started_at), julianday(NEW.created_at)) + 180.00001
BEGIN
    SELECT RAISE(ABORT, 'retention: nothing is kept for longer than 180 days');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recordings_keeping_new BEFORE INSERT ON recordings
WHEN julianday(NEW.expires_at) > min(julianday(NEW.started_at), julianday(NEW.created_at)) + 180.00001
BEGIN
    SELECT RAISE(ABORT, 'retention: nothing is kept for longer than 180 days');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recordings_no_future BEFORE INSERT ON recordings
WHEN min(julianday(NEW.started_at), julianday(NEW.created_at)) > julianday('now', '+1 minute')
BEGIN
    SELECT RAISE(ABORT, 'retention: a term that begins in the future is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recordings_no_new_term BEFORE UPDATE ON recordings
WHEN julianday(NEW.started_at) > julianday(OLD.started_at) OR julianday(NEW.created_at) > julianday(OLD.created_at)
BEGIN
    SELECT RAISE(ABORT, 'retention: a term does not begin anew');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER recordings_no_reopening BEFORE UPDATE ON recordings
WHEN OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a closing is never undone: UPDATE of recordings is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER conversations_no_reopening BEFORE UPDATE ON conversations
WHEN OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'a closing is never undone: UPDATE of conversations is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consent_records_no_reopening BEFORE UPDATE ON consent_records
WHEN OLD.state NOT IN ('given', 'paused') AND NEW.state IN ('given', 'paused')
BEGIN
    SELECT RAISE(ABORT, 'a closing is never undone: UPDATE of consent_records is refused');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER consent_records_no_reopening;
DROP TRIGGER conversations_no_reopening;
DROP TRIGGER recordings_no_reopening;
DROP TRIGGER recordings_no_new_term;
DROP TRIGGER recordings_no_future;
DROP TRIGGER recordings_keeping_new;
DROP TRIGGER recordings_keeping;
ALTER TABLE recordings DROP COLUMN kept_at;
