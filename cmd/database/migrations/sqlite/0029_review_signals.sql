-- +goose Up
-- Causes outside a conversation. Nothing here refers to a session, a recording or a person, and nothing but the month
-- tells when: ids are drawn, and a table WITHOUT ROWID keeps no order but theirs.
CREATE TABLE signals (
    id      text PRIMARY KEY,
    month   text NOT NULL CHECK (length(month) = 7),
    state   text NOT NULL CHECK (state IN ('open', 'picked_up', 'done')),
    sealed  blob NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    mixed   boolean NOT NULL
) WITHOUT ROWID;

-- Who keeps the list: whoever an administrator names.
CREATE TABLE signal_keepers (
    person_id text PRIMARY KEY REFERENCES people (id)
);

-- The order in which keys were made would tell it too.
CREATE TABLE data_keys_by_id (
    subject_id   text PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording', 'next_step', 'session', 'signal')),
    epoch        integer NOT NULL REFERENCES key_epochs (epoch),
    wrapped      blob NOT NULL,
    created_at   datetime NOT NULL
) WITHOUT ROWID;
INSERT INTO data_keys_by_id (subject_id, subject_kind, epoch, wrapped, created_at)
SELECT subject_id, subject_kind, epoch, wrapped, created_at FROM data_keys;
DROP TABLE data_keys;
ALTER TABLE data_keys_by_id RENAME TO data_keys;
CREATE INDEX data_keys_epoch ON data_keys (epoch);

-- +goose Down
DROP TABLE signal_keepers;
DROP TABLE signals;
CREATE TABLE data_keys_by_order (
    subject_id   text PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording', 'next_step', 'session', 'signal')),
    epoch        integer NOT NULL REFERENCES key_epochs (epoch),
    wrapped      blob NOT NULL,
    created_at   datetime NOT NULL
);
INSERT INTO data_keys_by_order (subject_id, subject_kind, epoch, wrapped, created_at)
SELECT subject_id, subject_kind, epoch, wrapped, created_at FROM data_keys WHERE subject_kind != 'signal';
DROP TABLE data_keys;
ALTER TABLE data_keys_by_order RENAME TO data_keys;
CREATE INDEX data_keys_epoch ON data_keys (epoch);
