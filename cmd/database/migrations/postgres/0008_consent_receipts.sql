-- +goose Up
-- What was shown beside the text: organisation.yaml (its SHA-256), the legal basis, how long a recording is kept. Empty and 0: not recorded.
ALTER TABLE consent_requests
    ADD COLUMN organisation_hash text NOT NULL DEFAULT '',
    ADD COLUMN legal_basis text NOT NULL DEFAULT '' CHECK (legal_basis IN ('', 'consent', 'public_task')),
    ADD COLUMN retention_days bigint NOT NULL DEFAULT 0;
ALTER TABLE consent_records
    ADD COLUMN organisation_hash text NOT NULL DEFAULT '',
    ADD COLUMN legal_basis text NOT NULL DEFAULT '' CHECK (legal_basis IN ('', 'consent', 'public_task')),
    ADD COLUMN retention_days bigint NOT NULL DEFAULT 0;
ALTER TABLE consent_events
    ADD COLUMN organisation_hash text NOT NULL DEFAULT '',
    ADD COLUMN legal_basis text NOT NULL DEFAULT '' CHECK (legal_basis IN ('', 'consent', 'public_task')),
    ADD COLUMN retention_days bigint NOT NULL DEFAULT 0;

-- How an erasure was proved: in how many holders the key was destroyed, and under which policy it ended.
ALTER TABLE erasures
    ADD COLUMN key_holders bigint NOT NULL DEFAULT 0,
    ADD COLUMN policy_hash text NOT NULL DEFAULT '';

-- Every organisation.yaml that a record or event names by its hash, byte by byte. used_at: the last start or round of a server that shows it.
CREATE TABLE organisation_files (
    hash    text PRIMARY KEY,
    content bytea NOT NULL,
    used_at timestamptz NOT NULL
);

-- Every public key that ever signed a receipt: old receipts are verified with old keys. Nothing about a person, so it has no end.
CREATE TABLE receipt_keys (
    kid        text PRIMARY KEY,
    public_key bytea NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE TRIGGER receipt_keys_no_update BEFORE UPDATE ON receipt_keys FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_keys_no_delete BEFORE DELETE ON receipt_keys FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receipt_keys_no_truncate BEFORE TRUNCATE ON receipt_keys EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE receipt_keys, organisation_files;
ALTER TABLE erasures DROP COLUMN policy_hash, DROP COLUMN key_holders;
ALTER TABLE consent_events DROP COLUMN retention_days, DROP COLUMN legal_basis, DROP COLUMN organisation_hash;
ALTER TABLE consent_records DROP COLUMN retention_days, DROP COLUMN legal_basis, DROP COLUMN organisation_hash;
ALTER TABLE consent_requests DROP COLUMN retention_days, DROP COLUMN legal_basis, DROP COLUMN organisation_hash;
