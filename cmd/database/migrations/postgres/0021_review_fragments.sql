-- +goose Up
CREATE TABLE fragments (
    id           uuid PRIMARY KEY,
    recording_id uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    start_ms     bigint NOT NULL CHECK (start_ms >= 0),
    end_ms       bigint NOT NULL CHECK (end_ms >= start_ms + 1000),
    sealed       bytea NOT NULL,
    version      bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);
CREATE INDEX fragments_recording ON fragments (recording_id, start_ms, id);

-- +goose Down
DROP TABLE fragments;
