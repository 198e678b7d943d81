-- +goose Up
-- Observation forms as they are filled in; each person has one of a form per recording. perspective is for laying the
-- views of professional, citizen and coach side by side.
CREATE TABLE observation_forms (
    id           text PRIMARY KEY,
    recording_id text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    author_id    text NOT NULL REFERENCES people (id),
    perspective  text NOT NULL CHECK (perspective IN ('professional', 'citizen', 'coach')),
    form_code    text NOT NULL,
    form_version integer NOT NULL CHECK (form_version >= 0),
    visibility   text NOT NULL CHECK (visibility IN ('self', 'session')),
    sealed       blob NOT NULL,
    version      integer NOT NULL,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL,
    UNIQUE (recording_id, author_id, form_code)
);

-- +goose Down
DROP TABLE observation_forms;
