-- +goose Up
-- A recording from a file first stood elsewhere. That someone said to have erased it there outlives the recording.
CREATE TABLE originals (
    recording_id    uuid PRIMARY KEY,
    conversation_id uuid NOT NULL,
    owner_id        uuid NOT NULL REFERENCES people (id),
    added_at        timestamptz NOT NULL,
    erased_at       timestamptz,
    purge_after     timestamptz NOT NULL
);
CREATE INDEX originals_conversation ON originals (conversation_id);
CREATE INDEX originals_owner ON originals (owner_id, added_at DESC) WHERE erased_at IS NULL;
INSERT INTO originals (recording_id, conversation_id, owner_id, added_at, purge_after)
    SELECT id, conversation_id, owner_id, ready_at, ready_at + interval '545 days' FROM recordings
    WHERE origin = 'file' AND ready_at IS NOT NULL AND closed_at IS NULL;

-- Only "erased" is ever written into a row, once.
CREATE TRIGGER originals_no_update BEFORE UPDATE ON originals FOR EACH ROW
    WHEN (OLD.erased_at IS NOT NULL OR (NEW.recording_id, NEW.conversation_id, NEW.owner_id, NEW.added_at, NEW.purge_after)
        IS DISTINCT FROM (OLD.recording_id, OLD.conversation_id, OLD.owner_id, OLD.added_at, OLD.purge_after))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER originals_no_delete BEFORE DELETE ON originals FOR EACH ROW EXECUTE FUNCTION refuse_early_delete();
CREATE TRIGGER originals_no_truncate BEFORE TRUNCATE ON originals EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE originals;
