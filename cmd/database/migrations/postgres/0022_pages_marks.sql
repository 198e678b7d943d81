-- +goose Up
-- What tells a listening screen that something changed is read from the index alone (consent.MarksOf).
CREATE INDEX conversations_marks ON conversations (owner_id, version, created_at) WHERE closed_at IS NULL;
CREATE INDEX recordings_marks ON recordings (owner_id, version, created_at) WHERE closed_at IS NULL;

-- +goose Down
DROP INDEX recordings_marks;
DROP INDEX conversations_marks;
