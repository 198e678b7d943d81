-- +goose Up
-- One small thing to try, in one's own words, sealed under a key of its own. Nothing here refers to a
-- recording or a conversation, and nothing tells when it was made: number only orders those of one person.
CREATE TABLE next_steps (
    id        uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people (id),
    number    bigint NOT NULL,
    state     text NOT NULL CHECK (state IN ('open', 'tried', 'let_go')),
    sealed    bytea NOT NULL,
    version   bigint NOT NULL CHECK (version > 0)
);
CREATE INDEX next_steps_person ON next_steps (person_id, number);

ALTER TABLE data_keys
    DROP CONSTRAINT data_keys_subject_kind_check,
    ADD CONSTRAINT data_keys_subject_kind_check CHECK (subject_kind IN ('conversation', 'recording', 'next_step'));

-- +goose Down
DELETE FROM data_keys WHERE subject_kind = 'next_step';
ALTER TABLE data_keys
    DROP CONSTRAINT data_keys_subject_kind_check,
    ADD CONSTRAINT data_keys_subject_kind_check CHECK (subject_kind IN ('conversation', 'recording'));
DROP TABLE next_steps;
