-- +goose Up
-- A reply hangs on its note and goes with it. What is deleted can be put back for seconds; then the row goes.
ALTER TABLE annotations ADD COLUMN parent_id uuid REFERENCES annotations (id) ON DELETE CASCADE;
ALTER TABLE annotations ADD COLUMN deleted_at timestamptz;
CREATE INDEX annotations_parent ON annotations (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX annotations_deleted ON annotations (deleted_at) WHERE deleted_at IS NOT NULL;

-- +goose Down
DROP INDEX annotations_deleted;
DROP INDEX annotations_parent;
ALTER TABLE annotations DROP COLUMN deleted_at;
ALTER TABLE annotations DROP COLUMN parent_id;
