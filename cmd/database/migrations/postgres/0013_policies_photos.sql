-- +goose Up
-- The face beside the name on the consent page, if a klantmanager wants it: small, made anew by the program.
CREATE TABLE people_photos (
    person_id  uuid PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    jpeg       bytea NOT NULL,
    changed_at timestamptz NOT NULL
);

-- +goose Down
DROP TABLE people_photos;
