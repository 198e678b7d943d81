-- +goose Up
CREATE TABLE fragments (
    id           text PRIMARY KEY,
    recording_id text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    start_ms     integer NOT NULL CHECK (start_ms >= 0),
    end_ms       integer NOT NULL CHECK (end_ms >= start_ms + 1000),
    sealed       blob NOT NULL,
    version      integer NOT NULL,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL
);
CREATE INDEX fragments_recording ON fragments (recording_id, start_ms, id);

-- +goose Down
DROP TABLE fragments;
