-- +goose Up
-- What was said, as an imported file told it: all of it sealed.
CREATE TABLE captions (
    id           uuid PRIMARY KEY,
    recording_id uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    language     text NOT NULL,
    sealed       bytea NOT NULL,
    version      bigint NOT NULL CHECK (version > 0),
    updated_at   timestamptz NOT NULL,
    UNIQUE (recording_id, language)
);

-- +goose Down
DROP TABLE captions;
