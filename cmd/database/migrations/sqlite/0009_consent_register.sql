-- +goose Up
-- Whose conversation it was, so that the register can say it (under a pseudonym) when the conversation itself is gone.
ALTER TABLE consent_records ADD COLUMN owner_id text;
UPDATE consent_records SET owner_id = coalesce(
    (SELECT c.owner_id FROM conversations c WHERE c.id = consent_records.conversation_id),
    (SELECT e.owner_id FROM erasures e WHERE e.conversation_id = consent_records.conversation_id LIMIT 1));
CREATE INDEX consent_records_given ON consent_records (given_at DESC, id DESC);
CREATE INDEX consent_records_state_given ON consent_records (state, given_at DESC, id DESC);
CREATE INDEX consent_records_owner_given ON consent_records (owner_id, given_at DESC, id DESC);
CREATE INDEX erasures_all ON erasures (conversation_id);

-- Why a consent turned out not to be valid: a word of a closed list, never a sentence.
ALTER TABLE consent_events ADD COLUMN reason text NOT NULL DEFAULT '' CHECK (reason IN ('', 'not_free', 'not_informed', 'wrong_person', 'under_age', 'technical'));

-- What one person of the register proposes and another has to confirm.
CREATE TABLE register_proposals (
    id              text PRIMARY KEY,
    record_id       text NOT NULL,
    conversation_id text NOT NULL,
    owner_id        text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('paused', 'resumed', 'revoked', 'invalidated')),
    how             text NOT NULL CHECK (how IN ('', 'telephone', 'letter', 'desk')),
    reason          text NOT NULL CHECK (reason IN ('', 'not_free', 'not_informed', 'wrong_person', 'under_age', 'technical')),
    proposed_by     text NOT NULL,
    at              datetime NOT NULL,
    lapses_at       datetime NOT NULL,
    purge_after     datetime NOT NULL
);
CREATE INDEX register_proposals_record ON register_proposals (record_id, at);
CREATE INDEX register_proposals_lapses ON register_proposals (lapses_at);

-- One decision per proposal; its key is the compare-and-set.
CREATE TABLE register_decisions (
    proposal_id text PRIMARY KEY,
    outcome     text NOT NULL CHECK (outcome IN ('confirmed', 'taken_back')),
    decided_by  text NOT NULL,
    at          datetime NOT NULL,
    purge_after datetime NOT NULL
);

-- Who asked for the klantmanager's name behind a pseudonym, and why.
CREATE TABLE register_unmaskings (
    id              text PRIMARY KEY,
    record_id       text NOT NULL,
    conversation_id text NOT NULL,
    owner_id        text NOT NULL,
    by_person       text NOT NULL,
    reason          text NOT NULL CHECK (reason IN ('access_request', 'complaint', 'incident', 'validity')),
    at              datetime NOT NULL,
    purge_after     datetime NOT NULL
);
CREATE INDEX register_unmaskings_owner ON register_unmaskings (owner_id, at);
CREATE INDEX register_unmaskings_record ON register_unmaskings (record_id, at);

-- That the klantmanager has read that they were unmasked.
CREATE TABLE register_unmaskings_seen (
    unmasking_id text PRIMARY KEY REFERENCES register_unmaskings (id) ON DELETE CASCADE,
    at           datetime NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER register_proposals_no_update BEFORE UPDATE ON register_proposals
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of register_proposals is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_proposals_no_delete BEFORE DELETE ON register_proposals
WHEN OLD.purge_after > CURRENT_TIMESTAMP
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of register_proposals before its term is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_decisions_no_update BEFORE UPDATE ON register_decisions
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of register_decisions is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_decisions_no_delete BEFORE DELETE ON register_decisions
WHEN OLD.purge_after > CURRENT_TIMESTAMP
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of register_decisions before its term is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_unmaskings_no_update BEFORE UPDATE ON register_unmaskings
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of register_unmaskings is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER register_unmaskings_no_delete BEFORE DELETE ON register_unmaskings
WHEN OLD.purge_after > CURRENT_TIMESTAMP
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of register_unmaskings before its term is refused');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE register_unmaskings_seen;
DROP TABLE register_unmaskings;
DROP TABLE register_decisions;
DROP TABLE register_proposals;
ALTER TABLE consent_events DROP COLUMN reason;
DROP INDEX erasures_all;
DROP INDEX consent_records_owner_given;
DROP INDEX consent_records_state_given;
DROP INDEX consent_records_given;
ALTER TABLE consent_records DROP COLUMN owner_id;
