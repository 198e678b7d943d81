-- +goose Up
-- Whose conversation it was, so that the register can say it (under a pseudonym) when the conversation itself is gone.
ALTER TABLE consent_records ADD COLUMN owner_id uuid;
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
    id              uuid PRIMARY KEY,
    record_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    owner_id        uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('paused', 'resumed', 'revoked', 'invalidated')),
    how             text NOT NULL CHECK (how IN ('', 'telephone', 'letter', 'desk')),
    reason          text NOT NULL CHECK (reason IN ('', 'not_free', 'not_informed', 'wrong_person', 'under_age', 'technical')),
    proposed_by     uuid NOT NULL,
    at              timestamptz NOT NULL,
    lapses_at       timestamptz NOT NULL,
    purge_after     timestamptz NOT NULL
);
CREATE INDEX register_proposals_record ON register_proposals (record_id, at);
CREATE INDEX register_proposals_lapses ON register_proposals (lapses_at);

-- One decision per proposal; its key is the compare-and-set.
CREATE TABLE register_decisions (
    proposal_id uuid PRIMARY KEY,
    outcome     text NOT NULL CHECK (outcome IN ('confirmed', 'taken_back')),
    decided_by  uuid NOT NULL,
    at          timestamptz NOT NULL,
    purge_after timestamptz NOT NULL
);

-- Who asked for the klantmanager's name behind a pseudonym, and why.
CREATE TABLE register_unmaskings (
    id              uuid PRIMARY KEY,
    record_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    owner_id        uuid NOT NULL,
    by_person       uuid NOT NULL,
    reason          text NOT NULL CHECK (reason IN ('access_request', 'complaint', 'incident', 'validity')),
    at              timestamptz NOT NULL,
    purge_after     timestamptz NOT NULL
);
CREATE INDEX register_unmaskings_owner ON register_unmaskings (owner_id, at);
CREATE INDEX register_unmaskings_record ON register_unmaskings (record_id, at);

-- That the klantmanager has read that they were unmasked.
CREATE TABLE register_unmaskings_seen (
    unmasking_id uuid PRIMARY KEY REFERENCES register_unmaskings (id) ON DELETE CASCADE,
    at           timestamptz NOT NULL
);

CREATE TRIGGER register_proposals_no_update BEFORE UPDATE ON register_proposals FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_proposals_no_delete BEFORE DELETE ON register_proposals FOR EACH ROW EXECUTE FUNCTION refuse_early_delete();
CREATE TRIGGER register_proposals_no_truncate BEFORE TRUNCATE ON register_proposals EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_decisions_no_update BEFORE UPDATE ON register_decisions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_decisions_no_delete BEFORE DELETE ON register_decisions FOR EACH ROW EXECUTE FUNCTION refuse_early_delete();
CREATE TRIGGER register_decisions_no_truncate BEFORE TRUNCATE ON register_decisions EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_unmaskings_no_update BEFORE UPDATE ON register_unmaskings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_unmaskings_no_delete BEFORE DELETE ON register_unmaskings FOR EACH ROW EXECUTE FUNCTION refuse_early_delete();
CREATE TRIGGER register_unmaskings_no_truncate BEFORE TRUNCATE ON register_unmaskings EXECUTE FUNCTION refuse_change();

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
