-- +goose Up
-- The sitting in which the yes was given: in it, and in no later one, a PIN may be chosen without another.
ALTER TABLE link_sessions ADD COLUMN consented_at datetime;

-- The wish to look back is no scope: it opens nothing.
ALTER TABLE consent_requests ADD COLUMN lookback boolean NOT NULL DEFAULT false;
ALTER TABLE consent_records ADD COLUMN lookback boolean NOT NULL DEFAULT false;
ALTER TABLE consent_events ADD COLUMN lookback boolean NOT NULL DEFAULT false;
ALTER TABLE ledger_owed ADD COLUMN lookback boolean NOT NULL DEFAULT false;

-- The second yes, where the municipality waits for one.
ALTER TABLE consent_records ADD COLUMN second_yes_at datetime;

CREATE TABLE consent_pins (
    participant_id text PRIMARY KEY REFERENCES participants (id) ON DELETE CASCADE,
    salt           blob NOT NULL,
    hash           blob NOT NULL,
    chosen_at      datetime NOT NULL
);

CREATE TABLE pin_tries (
    id             text PRIMARY KEY,
    participant_id text NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
    at             datetime NOT NULL
);
CREATE INDEX pin_tries_participant ON pin_tries (participant_id, at);

-- +goose Down
DROP TABLE pin_tries;
DROP TABLE consent_pins;
ALTER TABLE consent_records DROP COLUMN second_yes_at;
ALTER TABLE ledger_owed DROP COLUMN lookback;
ALTER TABLE consent_events DROP COLUMN lookback;
ALTER TABLE consent_records DROP COLUMN lookback;
ALTER TABLE consent_requests DROP COLUMN lookback;
ALTER TABLE link_sessions DROP COLUMN consented_at;
