-- +goose Up
-- That a letter with the link went out; to which address is kept nowhere.
ALTER TABLE participants ADD COLUMN mailed_at datetime;

-- One reminder before others may look: the address, sealed, until it is sent.
CREATE TABLE reminders (
    participant_id  text PRIMARY KEY REFERENCES participants (id) ON DELETE CASCADE,
    conversation_id text NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    address_sealed  blob NOT NULL,
    language        text NOT NULL,
    due_at          datetime NOT NULL
);
CREATE INDEX reminders_due ON reminders (due_at);

-- +goose Down
DROP TABLE reminders;
ALTER TABLE participants DROP COLUMN mailed_at;
