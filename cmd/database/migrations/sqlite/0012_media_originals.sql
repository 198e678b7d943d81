-- +goose Up
-- A recording from a file first stood elsewhere. That someone said to have erased it there outlives the recording.
CREATE TABLE originals (
    recording_id    text PRIMARY KEY,
    conversation_id text NOT NULL,
    owner_id        text NOT NULL REFERENCES people (id),
    added_at        datetime NOT NULL,
    erased_at       datetime,
    purge_after     datetime NOT NULL
);
CREATE INDEX originals_conversation ON originals (conversation_id);
CREATE INDEX originals_owner ON originals (owner_id, added_at DESC) WHERE erased_at IS NULL;
INSERT INTO originals (recording_id, conversation_id, owner_id, added_at, purge_after)
    SELECT id, conversation_id, owner_id, ready_at, datetime(ready_at, '+545 days') FROM recordings
    WHERE origin = 'file' AND ready_at IS NOT NULL AND closed_at IS NULL;

-- Only "erased" is ever written into a row, once.
-- +goose StatementBegin
CREATE TRIGGER originals_no_update BEFORE UPDATE ON originals
WHEN OLD.erased_at IS NOT NULL OR (NEW.recording_id, NEW.conversation_id, NEW.owner_id, NEW.added_at, NEW.purge_after)
    IS NOT (OLD.recording_id, OLD.conversation_id, OLD.owner_id, OLD.added_at, OLD.purge_after)
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of originals is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER originals_no_delete BEFORE DELETE ON originals
WHEN OLD.purge_after > CURRENT_TIMESTAMP
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of originals before its term is refused');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE originals;
