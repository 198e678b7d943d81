-- +goose Up
-- The highest epoch a database has seen: start-up refuses an older key map. The current one has no retired_at.
CREATE TABLE key_epochs (
    epoch      integer PRIMARY KEY,
    created_at datetime NOT NULL,
    -- Set when data keys wrapped under it were deleted: the epoch has to turn to destroy them.
    forgotten_at datetime,
    retired_at   datetime,
    destroyed_at datetime
);
CREATE UNIQUE INDEX key_epochs_current ON key_epochs ((retired_at IS NULL)) WHERE retired_at IS NULL;

CREATE TABLE data_keys (
    subject_id   text PRIMARY KEY,
    subject_kind text NOT NULL CHECK (subject_kind IN ('conversation', 'recording')),
    epoch        integer NOT NULL REFERENCES key_epochs (epoch),
    wrapped      blob NOT NULL,
    created_at   datetime NOT NULL
);
CREATE INDEX data_keys_epoch ON data_keys (epoch);

CREATE TABLE recordings (
    id              text PRIMARY KEY,
    conversation_id text NOT NULL REFERENCES conversations (id),
    owner_id        text NOT NULL REFERENCES people (id),
    state           text NOT NULL CHECK (state IN ('uploading', 'processing', 'ready', 'failed')),
    origin          text NOT NULL CHECK (origin IN ('recorder', 'file')),
    content_type    text NOT NULL,
    size_bytes      integer NOT NULL,
    duration_ms     integer,
    started_at      datetime NOT NULL,
    ready_at        datetime,
    expires_at      datetime NOT NULL,
    closed_at       datetime,
    failure         text NOT NULL DEFAULT '',
    version         integer NOT NULL,
    created_at      datetime NOT NULL
);
CREATE INDEX recordings_conversation ON recordings (conversation_id);
CREATE INDEX recordings_owner ON recordings (owner_id, created_at DESC, id DESC);
CREATE INDEX recordings_expires ON recordings (expires_at) WHERE closed_at IS NULL;
CREATE INDEX recordings_unfinished ON recordings (created_at) WHERE state IN ('uploading', 'processing');

-- A segment is registered (pending) before the store knows its object; a second try takes another object. Only stored ones count.
CREATE TABLE segments (
    object_key   text PRIMARY KEY,
    recording_id text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    state        text NOT NULL CHECK (state IN ('pending', 'stored')),
    start_byte   integer NOT NULL,
    plain_size   integer NOT NULL CHECK (plain_size > 0),
    sealed_size  integer NOT NULL,
    salt         blob NOT NULL,
    sha256       blob NOT NULL,
    created_at   datetime NOT NULL
);
CREATE UNIQUE INDEX segments_stored ON segments (recording_id, start_byte) WHERE state = 'stored';
CREATE INDEX segments_recording ON segments (recording_id);
CREATE INDEX segments_pending ON segments (created_at) WHERE state = 'pending';

CREATE TABLE uploads (
    recording_id text PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
    length       integer NOT NULL,
    received     integer NOT NULL,
    expires_at   datetime NOT NULL
);
CREATE INDEX uploads_expires ON uploads (expires_at);

CREATE TABLE upload_locks (
    upload_id         text PRIMARY KEY,
    holder            text NOT NULL,
    expires_at        datetime NOT NULL,
    release_requested boolean NOT NULL DEFAULT false
);

-- +goose Down
DROP TABLE upload_locks;
DROP TABLE uploads;
DROP TABLE segments;
DROP TABLE recordings;
DROP TABLE data_keys;
DROP TABLE key_epochs;
