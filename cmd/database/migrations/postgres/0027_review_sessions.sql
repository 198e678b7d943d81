-- +goose Up
-- Sessions (wording is the version that their words are sealed to): fragments of recordings, brought in by their owners and looked at together. The words of a session are
-- sealed under its own key; what is said about a fragment under its recording's, and it goes with that.
ALTER TABLE data_keys
    DROP CONSTRAINT data_keys_subject_kind_check,
    ADD CONSTRAINT data_keys_subject_kind_check CHECK (subject_kind IN ('conversation', 'recording', 'next_step', 'session', 'signal'));

CREATE TABLE review_sessions (
    id            uuid PRIMARY KEY,
    series_id     uuid NOT NULL,
    round         bigint NOT NULL CHECK (round >= 1),
    rounds        bigint NOT NULL CHECK (rounds >= round AND rounds <= 8),
    maker_id      uuid NOT NULL REFERENCES people (id),
    leader_id     uuid NOT NULL REFERENCES people (id),
    protocol_id   text NOT NULL,
    protocol      text NOT NULL,
    request       text NOT NULL CHECK (request IN ('none', 'asked', 'accepted', 'declined')),
    state         text NOT NULL CHECK (state IN ('draft', 'preparing', 'running', 'finished', 'cancelled')),
    place         text NOT NULL CHECK (place IN ('distance', 'room')),
    clock         boolean NOT NULL,
    starts_at     timestamptz,
    sealed        bytea NOT NULL,
    wording       bigint NOT NULL,
    step          bigint NOT NULL CHECK (step >= -1),
    step_began_at timestamptz,
    chosen_n      bigint,
    revealed      text NOT NULL,
    next_n        bigint NOT NULL CHECK (next_n >= 1),
    version       bigint NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    opened_at     timestamptz,
    started_at    timestamptz,
    ended_at      timestamptz
);
CREATE INDEX review_sessions_series ON review_sessions (series_id);

CREATE TABLE session_people (
    session_id uuid NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    person_id  uuid NOT NULL REFERENCES people (id),
    present    boolean NOT NULL,
    on_paper   boolean NOT NULL,
    ready_step bigint,
    mailed_at  timestamptz,
    added_at   timestamptz NOT NULL,
    removed_at timestamptz,
    PRIMARY KEY (session_id, person_id)
);
CREATE INDEX session_people_person ON session_people (person_id);

CREATE TABLE session_fragments (
    session_id    uuid NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    n             bigint NOT NULL CHECK (n >= 1),
    recording_id  uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    owner_id      uuid NOT NULL REFERENCES people (id),
    start_ms      bigint NOT NULL CHECK (start_ms >= 0),
    end_ms        bigint CHECK (end_ms > start_ms),
    cut_id        uuid,
    brought_at    timestamptz NOT NULL,
    taken_back_at timestamptz,
    PRIMARY KEY (session_id, n)
);
CREATE INDEX session_fragments_recording ON session_fragments (recording_id);

CREATE TABLE session_agreements (
    session_id  uuid NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    person_id   uuid NOT NULL REFERENCES people (id),
    version     bigint NOT NULL CHECK (version >= 1),
    method      text NOT NULL CHECK (method IN ('own', 'room')),
    recorded_by uuid NOT NULL REFERENCES people (id),
    accepted_at timestamptz NOT NULL,
    PRIMARY KEY (session_id, person_id, version)
);

CREATE TABLE session_contributions (
    id           uuid PRIMARY KEY,
    session_id   uuid NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    recording_id uuid REFERENCES recordings (id) ON DELETE CASCADE,
    n            bigint CHECK ((n IS NULL) = (recording_id IS NULL)),
    author_id    uuid NOT NULL REFERENCES people (id),
    step         bigint NOT NULL CHECK (step >= -1),
    kind         text NOT NULL,
    start_ms     bigint CHECK (start_ms >= 0),
    end_ms       bigint CHECK (end_ms >= start_ms),
    parent_id    uuid REFERENCES session_contributions (id) ON DELETE CASCADE,
    sealed       bytea NOT NULL,
    version      bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
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
ALTER TABLE data_keys
    DROP CONSTRAINT data_keys_subject_kind_check,
    ADD CONSTRAINT data_keys_subject_kind_check CHECK (subject_kind IN ('conversation', 'recording', 'next_step'));
