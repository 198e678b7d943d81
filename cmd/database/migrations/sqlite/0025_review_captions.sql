-- +goose Up
-- What was said, as an imported file told it: all of it sealed.
CREATE TABLE captions (
    id           text PRIMARY KEY,
    recording_id text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    language     text NOT NULL,
    sealed       blob NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    updated_at   datetime NOT NULL,
    UNIQUE (recording_id, language)
);

-- +goose Down
DROP TABLE captions;
