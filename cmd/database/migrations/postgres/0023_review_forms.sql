-- +goose Up
-- Observation forms as they are filled in; each person has one of a form per recording. perspective is for laying the
-- views of professional, citizen and coach side by side.
CREATE TABLE observation_forms (
    id           uuid PRIMARY KEY,
    recording_id uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    author_id    uuid NOT NULL REFERENCES people (id),
    perspective  text NOT NULL CHECK (perspective IN ('professional', 'citizen', 'coach')),
    form_code    text NOT NULL,
    form_version bigint NOT NULL CHECK (form_version >= 0),
    visibility   text NOT NULL CHECK (visibility IN ('self', 'session')),
    sealed       bytea NOT NULL,
    version      bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    UNIQUE (recording_id, author_id, form_code)
);

-- +goose Down
DROP TABLE observation_forms;
