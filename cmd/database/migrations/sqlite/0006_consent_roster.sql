-- +goose Up
-- "Klopt het nog?": when everyone said at the table that what was asked days before still holds.
ALTER TABLE conversations ADD COLUMN confirmed_at datetime;

-- capacity says why a representative decides; represents_id for whom. An interpreter by telephone is only heard.
ALTER TABLE participants ADD COLUMN capacity text NOT NULL DEFAULT '' CHECK (capacity IN ('', 'parent', 'curator', 'mentor', 'administrator'));
ALTER TABLE participants ADD COLUMN represents_id text REFERENCES participants (id) ON DELETE CASCADE;
ALTER TABLE participants ADD COLUMN telephone boolean NOT NULL DEFAULT false;
CREATE INDEX participants_person ON participants (person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX participants_represents ON participants (represents_id) WHERE represents_id IS NOT NULL;

-- Who gave the answer: the participant, or the klantmanager who registered what was said or written.
ALTER TABLE consent_requests ADD COLUMN by_whom text NOT NULL DEFAULT 'participant';

-- Of a representative, and of whom they represent: in what capacity, and that the person was told.
ALTER TABLE consent_records ADD COLUMN capacity text NOT NULL DEFAULT '';
ALTER TABLE consent_records ADD COLUMN told boolean NOT NULL DEFAULT false;

-- SQLite cannot change a CHECK: the table is made again, with its rows.
CREATE TABLE consent_events_wider (
    id              text PRIMARY KEY,
    record_id       text NOT NULL,
    conversation_id text NOT NULL,
    seq             integer NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('given', 'narrowed', 'widened', 'paused', 'resumed', 'confirmed', 'extended', 'withdrawn', 'revoked', 'expired', 'invalidated')),
    at              datetime NOT NULL,
    by_whom         text NOT NULL,
    scopes          text NOT NULL,
    method          text NOT NULL,
    text_version    text NOT NULL,
    text_hash       text NOT NULL,
    language        text NOT NULL,
    purge_after     datetime NOT NULL,
    capacity        text NOT NULL DEFAULT '',
    told            boolean NOT NULL DEFAULT false,
    UNIQUE (record_id, seq)
);
INSERT INTO consent_events_wider (id, record_id, conversation_id, seq, kind, at, by_whom, scopes, method, text_version, text_hash, language, purge_after)
SELECT id, record_id, conversation_id, seq, kind, at, by_whom, scopes, method, text_version, text_hash, language, purge_after FROM consent_events;
DROP TABLE consent_events;
ALTER TABLE consent_events_wider RENAME TO consent_events;
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

-- +goose Down
CREATE TABLE consent_events_narrower (
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
INSERT INTO consent_events_narrower (id, record_id, conversation_id, seq, kind, at, by_whom, scopes, method, text_version, text_hash, language, purge_after)
SELECT id, record_id, conversation_id, seq, kind, at, by_whom, scopes, method, text_version, text_hash, language, purge_after FROM consent_events;
DROP TABLE consent_events;
ALTER TABLE consent_events_narrower RENAME TO consent_events;
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
ALTER TABLE consent_records DROP COLUMN told;
ALTER TABLE consent_records DROP COLUMN capacity;
ALTER TABLE consent_requests DROP COLUMN by_whom;
DROP INDEX participants_represents;
DROP INDEX participants_person;
ALTER TABLE participants DROP COLUMN telephone;
ALTER TABLE participants DROP COLUMN represents_id;
ALTER TABLE participants DROP COLUMN capacity;
ALTER TABLE conversations DROP COLUMN confirmed_at;
