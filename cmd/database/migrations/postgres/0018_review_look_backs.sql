-- +goose Up
-- Where someone is in looking back on a recording, and what stayed with them: all of it sealed.
CREATE TABLE look_backs (
    recording_id uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    person_id    uuid NOT NULL REFERENCES people (id),
    sealed       bytea NOT NULL,
    version      bigint NOT NULL CHECK (version > 0),
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (recording_id, person_id)
);

-- +goose Down
DROP TABLE look_backs;
