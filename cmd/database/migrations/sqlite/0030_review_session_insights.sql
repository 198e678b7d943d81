-- +goose Up
-- What an owner takes along from a session, for themselves alone: sealed under the recording's key, and gone with it.
CREATE TABLE session_insights (
    session_id   text NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    recording_id text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    owner_id     text NOT NULL REFERENCES people (id),
    sealed       blob NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    PRIMARY KEY (session_id, recording_id)
);
CREATE INDEX session_insights_recording ON session_insights (recording_id);

-- +goose Down
DROP TABLE session_insights;
