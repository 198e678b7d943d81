-- +goose Up
-- Whose own record it is, of someone who signs in: they have no link, and read their receipts when the conversation is gone too.
ALTER TABLE consent_records ADD COLUMN person_id text;
UPDATE consent_records SET person_id = coalesce(
    (SELECT p.person_id FROM participants p WHERE p.id = consent_records.id),
    CASE WHEN role = 'klantmanager' THEN owner_id END);
CREATE INDEX consent_records_person_given ON consent_records (person_id, given_at DESC, id DESC);

-- +goose Down
DROP INDEX consent_records_person_given;
ALTER TABLE consent_records DROP COLUMN person_id;
