-- +goose Up
-- The highest epoch a database has seen: start-up refuses an older key map. The current one has no retired_at.
CREATE TABLE key_epochs (
    epoch      bigint PRIMARY KEY,
    created_at timestamptz NOT NULL,
    -- Set when data keys wrapped under it were deleted: the epoch has to turn to destroy them.
    forgotten_at timestamptz,
    retired_at   timestamptz,
    destroyed_at timestamptz
);
CREATE UNIQUE INDEX key_epochs_current ON key_epochs ((retired_at IS NULL)) WHERE retired_at IS NULL;

CREATE TABLE data_keys (
    subject_id   uuid PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording')),
    epoch        bigint NOT NULL REFERENCES key_epochs (epoch),
    wrapped      bytea NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE INDEX data_keys_epoch ON data_keys (epoch);

CREATE TABLE recordings (
    id              uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations (id),
    owner_id        uuid NOT NULL REFERENCES people (id),
    state           text NOT NULL CHECK (state IN ('uploading', 'processing', 'ready', 'failed')),
    origin          text NOT NULL CHECK (origin IN ('recorder', 'file')),
    content_type    text NOT NULL,
    size_bytes      bigint NOT NULL,
    duration_ms     bigint,
    started_at      timestamptz NOT NULL,
    ready_at        timestamptz,
    expires_at      timestamptz NOT NULL,
    closed_at       timestamptz,
    failure         text NOT NULL DEFAULT '',
    version         bigint NOT NULL,
    created_at      timestamptz NOT NULL
);
CREATE INDEX recordings_conversation ON recordings (conversation_id);
CREATE INDEX recordings_owner ON recordings (owner_id, created_at DESC, id DESC);
CREATE INDEX recordings_expires ON recordings (expires_at) WHERE closed_at IS NULL;
CREATE INDEX recordings_unfinished ON recordings (created_at) WHERE state IN ('uploading', 'processing');

-- A segment is registered (pending) before the store knows its object; a second try takes another object. Only stored ones count.
CREATE TABLE segments (
    object_key   text PRIMARY KEY,
    recording_id uuid NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    state        text NOT NULL CHECK (state IN ('pending', 'stored')),
    start_byte   bigint NOT NULL,
    plain_size   bigint NOT NULL CHECK (plain_size > 0),
    sealed_size  bigint NOT NULL,
    salt         bytea NOT NULL,
    sha256       bytea NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE UNIQUE INDEX segments_stored ON segments (recording_id, start_byte) WHERE state = 'stored';
CREATE INDEX segments_recording ON segments (recording_id);
CREATE INDEX segments_pending ON segments (created_at) WHERE state = 'pending';

CREATE TABLE uploads (
    recording_id uuid PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
    length       bigint NOT NULL,
    received     bigint NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX uploads_expires ON uploads (expires_at);

CREATE TABLE upload_locks (
    upload_id         uuid PRIMARY KEY,
    holder            text NOT NULL,
    expires_at        timestamptz NOT NULL,
    release_requested boolean NOT NULL DEFAULT false
);

-- +goose Down
DROP TABLE upload_locks, uploads, segments, recordings, data_keys, key_epochs;
