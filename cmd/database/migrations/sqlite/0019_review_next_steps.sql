-- +goose Up
-- One small thing to try, in one's own words, sealed under a key of its own. Nothing here refers to a
-- recording or a conversation, and nothing tells when it was made: number only orders those of one person.
CREATE TABLE next_steps (
    id        text PRIMARY KEY,
    person_id text NOT NULL REFERENCES people (id),
    number    integer NOT NULL,
    state     text NOT NULL CHECK (state IN ('open', 'tried', 'let_go')),
    sealed    blob NOT NULL,
    version   integer NOT NULL CHECK (version > 0)
);
CREATE INDEX next_steps_person ON next_steps (person_id, number);

-- SQLite cannot change a CHECK: the table is made again, with its rows.
CREATE TABLE data_keys_wider (
    subject_id   text PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording', 'next_step')),
    epoch        integer NOT NULL REFERENCES key_epochs (epoch),
    wrapped      blob NOT NULL,
    created_at   datetime NOT NULL
);
INSERT INTO data_keys_wider (subject_id, subject_kind, epoch, wrapped, created_at)
SELECT subject_id, subject_kind, epoch, wrapped, created_at FROM data_keys;
DROP TABLE data_keys;
ALTER TABLE data_keys_wider RENAME TO data_keys;
CREATE INDEX data_keys_epoch ON data_keys (epoch);

-- +goose Down
DELETE FROM data_keys WHERE subject_kind = 'next_step';
CREATE TABLE data_keys_narrower (
    subject_id   text PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording')),
    epoch        integer NOT NULL REFERENCES key_epochs (epoch),
    wrapped      blob NOT NULL,
    created_at   datetime NOT NULL
);
INSERT INTO data_keys_narrower (subject_id, subject_kind, epoch, wrapped, created_at)
SELECT subject_id, subject_kind, epoch, wrapped, created_at FROM data_keys;
DROP TABLE data_keys;
ALTER TABLE data_keys_narrower RENAME TO data_keys;
CREATE INDEX data_keys_epoch ON data_keys (epoch);
DROP TABLE next_steps;
