-- +goose Up
CREATE TABLE annotations (
    id           text PRIMARY KEY,
    recording_id text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    author_id    text NOT NULL REFERENCES people (id),
    kind         text NOT NULL CHECK (kind IN ('observation', 'question', 'strength', 'feeling', 'alternative', 'moment')),
    start_ms     integer NOT NULL CHECK (start_ms >= 0),
    end_ms       integer CHECK (end_ms >= start_ms),
    visibility   text NOT NULL CHECK (visibility IN ('self', 'session')),
    sealed       blob NOT NULL,
    version      integer NOT NULL,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL
);
CREATE INDEX annotations_recording ON annotations (recording_id, start_ms, id);

-- +goose Down
DROP TABLE annotations;
