-- +goose Up
CREATE TABLE conversations (
    id            text PRIMARY KEY,
    owner_id      text NOT NULL REFERENCES people (id),
    held_at       datetime NOT NULL,
    label_sealed  blob,
    consent_since datetime,
    closed_at     datetime,
    version       integer NOT NULL,
    created_at    datetime NOT NULL
);
CREATE INDEX conversations_owner ON conversations (owner_id, held_at DESC, id DESC);

CREATE TABLE participants (
    id              text PRIMARY KEY,
    conversation_id text NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role            text NOT NULL CHECK (role IN ('klantmanager', 'citizen', 'partner', 'representative', 'interpreter', 'companion', 'colleague')),
    person_id       text REFERENCES people (id),
    position        integer NOT NULL
);
CREATE INDEX participants_conversation ON participants (conversation_id);

-- Kept apart from the records so that a no leaves nothing.
CREATE TABLE consent_requests (
    participant_id  text PRIMARY KEY REFERENCES participants (id) ON DELETE CASCADE,
    conversation_id text NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    link_hash       blob UNIQUE,
    code_hmac       blob UNIQUE,
    secret_sealed   blob,
    asked_at        datetime NOT NULL,
    answered_at     datetime,
    scopes          text NOT NULL DEFAULT '',
    method          text NOT NULL DEFAULT '',
    text_version    text NOT NULL DEFAULT '',
    text_hash       text NOT NULL DEFAULT '',
    language        text NOT NULL DEFAULT ''
);
CREATE INDEX consent_requests_conversation ON consent_requests (conversation_id);

-- No foreign key to the conversation: the record is the proof that outlives it.
CREATE TABLE consent_records (
    id              text PRIMARY KEY,
    conversation_id text NOT NULL,
    role            text NOT NULL,
    state           text NOT NULL CHECK (state IN ('given', 'paused', 'withdrawn', 'revoked', 'expired', 'invalidated')),
    scopes          text NOT NULL,
    version         integer NOT NULL,
    link_hash       blob UNIQUE,
    code_hmac       blob UNIQUE,
    secret_sealed   blob,
    method          text NOT NULL,
    text_version    text NOT NULL,
    text_hash       text NOT NULL,
    language        text NOT NULL,
    given_at        datetime NOT NULL,
    changed_at      datetime NOT NULL,
    purge_after     datetime NOT NULL
);
CREATE INDEX consent_records_conversation ON consent_records (conversation_id);

CREATE TABLE consent_events (
    id              text PRIMARY KEY,
    record_id       text NOT NULL,
    conversation_id text NOT NULL,
    seq             integer NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('given', 'narrowed', 'paused', 'resumed', 'withdrawn', 'revoked', 'expired', 'invalidated')),
    at              datetime NOT NULL,
    by_whom         text NOT NULL,
    scopes          text NOT NULL,
    method          text NOT NULL,
    text_version    text NOT NULL,
    text_hash       text NOT NULL,
    language        text NOT NULL,
    purge_after     datetime NOT NULL,
    UNIQUE (record_id, seq)
);
CREATE INDEX consent_events_conversation ON consent_events (conversation_id);
-- +goose StatementBegin
CREATE TRIGGER consent_events_no_update BEFORE UPDATE ON consent_events
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of consent_events is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER consent_events_no_delete BEFORE DELETE ON consent_events
WHEN OLD.purge_after > CURRENT_TIMESTAMP
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of consent_events before its term is refused');
END;
-- +goose StatementEnd

CREATE TABLE link_sessions (
    token_hash     blob PRIMARY KEY,
    participant_id text NOT NULL,
    expires_at     datetime NOT NULL
);
CREATE INDEX link_sessions_participant ON link_sessions (participant_id);

-- What is owed after a closing, and the proof that it was done. recording_id is null when the whole conversation goes.
CREATE TABLE erasures (
    id               text PRIMARY KEY,
    conversation_id  text NOT NULL,
    recording_id     text,
    owner_id         text NOT NULL,
    requested_at     datetime NOT NULL,
    stopped_at       datetime,
    key_destroyed_at datetime,
    erased_at        datetime,
    objects          integer NOT NULL DEFAULT 0,
    bytes            integer NOT NULL DEFAULT 0,
    attempts         integer NOT NULL DEFAULT 0,
    claimed_until    datetime,
    purge_after      datetime NOT NULL
);
CREATE UNIQUE INDEX erasures_conversation ON erasures (conversation_id) WHERE recording_id IS NULL;
CREATE UNIQUE INDEX erasures_recording ON erasures (recording_id) WHERE recording_id IS NOT NULL;
CREATE INDEX erasures_owner ON erasures (owner_id, requested_at DESC);
CREATE INDEX erasures_owed ON erasures (requested_at) WHERE erased_at IS NULL;

-- Closings whose ledger object is not yet known to be in the store; nothing is confirmed before it is.
CREATE TABLE ledger_owed (
    id              text PRIMARY KEY,
    kind            text NOT NULL,
    conversation_id text NOT NULL,
    recording_id    text,
    record_id       text,
    scopes          text NOT NULL,
    at              datetime NOT NULL
);

-- +goose Down
DROP TABLE ledger_owed;
DROP TABLE erasures;
DROP TABLE link_sessions;
DROP TABLE consent_events;
DROP TABLE consent_records;
DROP TABLE consent_requests;
DROP TABLE participants;
DROP TABLE conversations;
