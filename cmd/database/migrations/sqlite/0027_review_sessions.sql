-- +goose Up
-- Sessions (wording is the version that their words are sealed to): fragments of recordings, brought in by their owners and looked at together. The words of a session are
-- sealed under its own key; what is said about a fragment under its recording's, and it goes with that.
-- SQLite cannot change a CHECK: the table is made again, with its rows.
CREATE TABLE data_keys_wider (
    subject_id   text PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording', 'next_step', 'session', 'signal')),
    epoch        integer NOT NULL REFERENCES key_epochs (epoch),
    wrapped      blob NOT NULL,
    created_at   datetime NOT NULL
);
INSERT INTO data_keys_wider (subject_id, subject_kind, epoch, wrapped, created_at)
SELECT subject_id, subject_kind, epoch, wrapped, created_at FROM data_keys;
DROP TABLE data_keys;
ALTER TABLE data_keys_wider RENAME TO data_keys;
CREATE INDEX data_keys_epoch ON data_keys (epoch);

CREATE TABLE review_sessions (
    id            text PRIMARY KEY,
    series_id     text NOT NULL,
    round         integer NOT NULL CHECK (round >= 1),
    rounds        integer NOT NULL CHECK (rounds >= round AND rounds <= 8),
    maker_id      text NOT NULL REFERENCES people (id),
    leader_id     text NOT NULL REFERENCES people (id),
    protocol_id   text NOT NULL,
    protocol      text NOT NULL,
    request       text NOT NULL CHECK (request IN ('none', 'asked', 'accepted', 'declined')),
    state         text NOT NULL CHECK (state IN ('draft', 'preparing', 'running', 'finished', 'cancelled')),
    place         text NOT NULL CHECK (place IN ('distance', 'room')),
    clock         boolean NOT NULL,
    starts_at     datetime,
    sealed        blob NOT NULL,
    wording       integer NOT NULL,
    step          integer NOT NULL CHECK (step >= -1),
    step_began_at datetime,
    chosen_n      integer,
    revealed      text NOT NULL,
    next_n        integer NOT NULL CHECK (next_n >= 1),
    version       integer NOT NULL,
    created_at    datetime NOT NULL,
    updated_at    datetime NOT NULL,
    opened_at     datetime,
    started_at    datetime,
    ended_at      datetime
);
CREATE INDEX review_sessions_series ON review_sessions (series_id);

CREATE TABLE session_people (
    session_id text NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    person_id  text NOT NULL REFERENCES people (id),
    present    boolean NOT NULL,
    on_paper   boolean NOT NULL,
    ready_step integer,
    mailed_at  datetime,
    added_at   datetime NOT NULL,
    removed_at datetime,
    PRIMARY KEY (session_id, person_id)
);
CREATE INDEX session_people_person ON session_people (person_id);

CREATE TABLE session_fragments (
    session_id    text NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    n             integer NOT NULL CHECK (n >= 1),
    recording_id  text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    owner_id      text NOT NULL REFERENCES people (id),
    start_ms      integer NOT NULL CHECK (start_ms >= 0),
    end_ms        integer CHECK (end_ms > start_ms),
    cut_id        text,
    brought_at    datetime NOT NULL,
    taken_back_at datetime,
    PRIMARY KEY (session_id, n)
);
CREATE INDEX session_fragments_recording ON session_fragments (recording_id);

CREATE TABLE session_agreements (
    session_id  text NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    person_id   text NOT NULL REFERENCES people (id),
    version     integer NOT NULL CHECK (version >= 1),
    method      text NOT NULL CHECK (method IN ('own', 'room')),
    recorded_by text NOT NULL REFERENCES people (id),
    accepted_at datetime NOT NULL,
    PRIMARY KEY (session_id, person_id, version)
);

CREATE TABLE session_contributions (
    id           text PRIMARY KEY,
    session_id   text NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    recording_id text REFERENCES recordings (id) ON DELETE CASCADE,
    n            integer CHECK ((n IS NULL) = (recording_id IS NULL)),
    author_id    text NOT NULL REFERENCES people (id),
    step         integer NOT NULL CHECK (step >= -1),
    kind         text NOT NULL,
    start_ms     integer CHECK (start_ms >= 0),
    end_ms       integer CHECK (end_ms >= start_ms),
    parent_id    text REFERENCES session_contributions (id) ON DELETE CASCADE,
    sealed       blob NOT NULL,
    version      integer NOT NULL,
    created_at   datetime NOT NULL,
    updated_at   datetime NOT NULL
);
CREATE INDEX session_contributions_session ON session_contributions (session_id, created_at);
CREATE INDEX session_contributions_recording ON session_contributions (recording_id) WHERE recording_id IS NOT NULL;

-- +goose Down
DROP TABLE session_contributions;
DROP TABLE session_agreements;
DROP TABLE session_fragments;
DROP TABLE session_people;
DROP TABLE review_sessions;
DELETE FROM data_keys WHERE subject_kind IN ('session', 'signal');
CREATE TABLE data_keys_narrower (
    subject_id   text PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording', 'next_step')),
    epoch        integer NOT NULL REFERENCES key_epochs (epoch),
    wrapped      blob NOT NULL,
    created_at   datetime NOT NULL
);
INSERT INTO data_keys_narrower (subject_id, subject_kind, epoch, wrapped, created_at)
SELECT subject_id, subject_kind, epoch, wrapped, created_at FROM data_keys;
DROP TABLE data_keys;
ALTER TABLE data_keys_narrower RENAME TO data_keys;
CREATE INDEX data_keys_epoch ON data_keys (epoch);
