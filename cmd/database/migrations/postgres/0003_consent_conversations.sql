-- +goose Up
CREATE TABLE conversations (
    id            uuid PRIMARY KEY,
    owner_id      uuid NOT NULL REFERENCES people (id),
    held_at       timestamptz NOT NULL,
    label_sealed  bytea,
    consent_since timestamptz,
    closed_at     timestamptz,
    version       bigint NOT NULL,
    created_at    timestamptz NOT NULL
);
CREATE INDEX conversations_owner ON conversations (owner_id, held_at DESC, id DESC);

CREATE TABLE participants (
    id              uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role            text NOT NULL CHECK (role IN ('klantmanager', 'citizen', 'partner', 'representative', 'interpreter', 'companion', 'colleague')),
    person_id       uuid REFERENCES people (id),
    position        integer NOT NULL
);
CREATE INDEX participants_conversation ON participants (conversation_id);

-- Kept apart from the records so that a no leaves nothing.
CREATE TABLE consent_requests (
    participant_id  uuid PRIMARY KEY REFERENCES participants (id) ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    link_hash       bytea UNIQUE,
    code_hmac       bytea UNIQUE,
    secret_sealed   bytea,
    asked_at        timestamptz NOT NULL,
    answered_at     timestamptz,
    scopes          text NOT NULL DEFAULT '',
    method          text NOT NULL DEFAULT '',
    text_version    text NOT NULL DEFAULT '',
    text_hash       text NOT NULL DEFAULT '',
    language        text NOT NULL DEFAULT ''
);
CREATE INDEX consent_requests_conversation ON consent_requests (conversation_id);

-- No foreign key to the conversation: the record is the proof that outlives it.
CREATE TABLE consent_records (
    id              uuid PRIMARY KEY,
    conversation_id uuid NOT NULL,
    role            text NOT NULL,
    state           text NOT NULL CHECK (state IN ('given', 'paused', 'withdrawn', 'revoked', 'expired', 'invalidated')),
    scopes          text NOT NULL,
    version         bigint NOT NULL,
    link_hash       bytea UNIQUE,
    code_hmac       bytea UNIQUE,
    secret_sealed   bytea,
    method          text NOT NULL,
    text_version    text NOT NULL,
    text_hash       text NOT NULL,
    language        text NOT NULL,
    given_at        timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    purge_after     timestamptz NOT NULL
);
CREATE INDEX consent_records_conversation ON consent_records (conversation_id);

CREATE TABLE consent_events (
    id              uuid PRIMARY KEY,
    record_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq             bigint NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('given', 'narrowed', 'paused', 'resumed', 'withdrawn', 'revoked', 'expired', 'invalidated')),
    at              timestamptz NOT NULL,
    by_whom         text NOT NULL,
    scopes          text NOT NULL,
    method          text NOT NULL,
    text_version    text NOT NULL,
    text_hash       text NOT NULL,
    language        text NOT NULL,
    purge_after     timestamptz NOT NULL,
    UNIQUE (record_id, seq)
);
CREATE INDEX consent_events_conversation ON consent_events (conversation_id);
CREATE TRIGGER consent_events_no_update BEFORE UPDATE ON consent_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER consent_events_no_delete BEFORE DELETE ON consent_events FOR EACH ROW EXECUTE FUNCTION refuse_early_delete();
CREATE TRIGGER consent_events_no_truncate BEFORE TRUNCATE ON consent_events EXECUTE FUNCTION refuse_change();

CREATE TABLE link_sessions (
    token_hash     bytea PRIMARY KEY,
    participant_id uuid NOT NULL,
    expires_at     timestamptz NOT NULL
);
CREATE INDEX link_sessions_participant ON link_sessions (participant_id);

-- What is owed after a closing, and the proof that it was done. recording_id is null when the whole conversation goes.
CREATE TABLE erasures (
    id               uuid PRIMARY KEY,
    conversation_id  uuid NOT NULL,
    recording_id     uuid,
    owner_id         uuid NOT NULL,
    requested_at     timestamptz NOT NULL,
    stopped_at       timestamptz,
    key_destroyed_at timestamptz,
    erased_at        timestamptz,
    objects          bigint NOT NULL DEFAULT 0,
    bytes            bigint NOT NULL DEFAULT 0,
    attempts         integer NOT NULL DEFAULT 0,
    claimed_until    timestamptz,
    purge_after      timestamptz NOT NULL
);
CREATE UNIQUE INDEX erasures_conversation ON erasures (conversation_id) WHERE recording_id IS NULL;
CREATE UNIQUE INDEX erasures_recording ON erasures (recording_id) WHERE recording_id IS NOT NULL;
CREATE INDEX erasures_owner ON erasures (owner_id, requested_at DESC);
CREATE INDEX erasures_owed ON erasures (requested_at) WHERE erased_at IS NULL;

-- Closings whose ledger object is not yet known to be in the store; nothing is confirmed before it is.
CREATE TABLE ledger_owed (
    id              uuid PRIMARY KEY,
    kind            text NOT NULL,
    conversation_id uuid NOT NULL,
    recording_id    uuid,
    record_id       uuid,
    scopes          text NOT NULL,
    at              timestamptz NOT NULL
);

-- +goose Down
DROP TABLE ledger_owed, erasures, link_sessions, consent_events, consent_records, consent_requests, participants, conversations;
