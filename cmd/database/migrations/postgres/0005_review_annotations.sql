-- +goose Up
CREATE TABLE annotations (
    id           uuid PRIMARY KEY,
    recording_id uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    author_id    uuid NOT NULL REFERENCES people (id),
    kind         text NOT NULL CHECK (kind IN ('observation', 'question', 'strength', 'feeling', 'alternative', 'moment')),
    start_ms     bigint NOT NULL CHECK (start_ms >= 0),
    end_ms       bigint CHECK (end_ms >= start_ms),
    visibility   text NOT NULL CHECK (visibility IN ('self', 'session')),
    sealed       bytea NOT NULL,
    version      bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);
CREATE INDEX annotations_recording ON annotations (recording_id, start_ms, id);

-- +goose Down
DROP TABLE annotations;
