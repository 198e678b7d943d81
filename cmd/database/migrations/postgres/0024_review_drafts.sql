-- +goose Up
-- What someone is still typing. The id is the writer's own: it is known before the server is reached.
CREATE TABLE annotation_drafts (
    recording_id  uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    author_id     uuid NOT NULL REFERENCES people (id),
    id            uuid NOT NULL,
    annotation_id uuid REFERENCES annotations (id) ON DELETE SET NULL,
    base_version  bigint,
    sealed        bytea NOT NULL,
    version       bigint NOT NULL,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (recording_id, author_id, id)
);
CREATE INDEX annotation_drafts_annotation ON annotation_drafts (annotation_id) WHERE annotation_id IS NOT NULL;

-- The draft that a note was first saved from: saving it twice, because an answer got lost, makes one note.
ALTER TABLE annotations ADD COLUMN draft_id uuid;
CREATE UNIQUE INDEX annotations_draft ON annotations (recording_id, author_id, draft_id) WHERE draft_id IS NOT NULL;

-- +goose Down
DROP INDEX annotations_draft;
ALTER TABLE annotations DROP COLUMN draft_id;
DROP TABLE annotation_drafts;
