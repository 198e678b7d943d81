-- +goose Up
-- Until when everyone agreed to keep the recordings: of an extended event alone.
ALTER TABLE consent_events ADD COLUMN kept_until datetime;

-- "Mag het langer?": one open question per conversation, and the yeses so far. A no deletes both.
CREATE TABLE consent_extensions (
    conversation_id text PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    until           datetime NOT NULL,
    lapses_at       datetime NOT NULL
);
CREATE INDEX consent_extensions_lapse ON consent_extensions (lapses_at);

CREATE TABLE consent_extension_answers (
    participant_id    text PRIMARY KEY REFERENCES participants (id) ON DELETE CASCADE,
    conversation_id   text NOT NULL REFERENCES consent_extensions (conversation_id) ON DELETE CASCADE,
    method            text NOT NULL,
    text_version      text NOT NULL,
    text_hash         text NOT NULL,
    language          text NOT NULL,
    by_whom           text NOT NULL,
    organisation_hash text NOT NULL,
    legal_basis       text NOT NULL,
    retention_days    integer NOT NULL
);
CREATE INDEX consent_extension_answers_conversation ON consent_extension_answers (conversation_id);

-- An end moves on only as far as everyone's own record says (a second for what julianday() rounds).
-- +goose StatementBegin
CREATE TRIGGER recordings_later_end BEFORE UPDATE ON recordings
WHEN julianday(NEW.expires_at) > julianday(OLD.expires_at) + 0.00001 AND (
    NOT EXISTS (SELECT 1 FROM consent_records r WHERE r.conversation_id = NEW.conversation_id)
    OR EXISTS (
        SELECT 1 FROM consent_records r WHERE r.conversation_id = NEW.conversation_id AND NOT EXISTS (
            SELECT 1 FROM consent_events e
            WHERE e.record_id = r.id AND e.kind = 'extended' AND julianday(e.kept_until) >= julianday(NEW.expires_at) - 0.00001)))
BEGIN
    SELECT RAISE(ABORT, 'retention: a longer term needs a new yes of everyone');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER recordings_later_end;
DROP TABLE consent_extension_answers;
DROP TABLE consent_extensions;
ALTER TABLE consent_events DROP COLUMN kept_until;
