-- +goose Up
-- "Klopt het nog?": when everyone said at the table that what was asked days before still holds.
ALTER TABLE conversations ADD COLUMN confirmed_at timestamptz;

-- capacity says why a representative decides; represents_id for whom. An interpreter by telephone is only heard.
ALTER TABLE participants
    ADD COLUMN capacity      text NOT NULL DEFAULT '' CHECK (capacity IN ('', 'parent', 'curator', 'mentor', 'administrator')),
    ADD COLUMN represents_id uuid REFERENCES participants (id) ON DELETE CASCADE,
    ADD COLUMN telephone     boolean NOT NULL DEFAULT false;
CREATE INDEX participants_person ON participants (person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX participants_represents ON participants (represents_id) WHERE represents_id IS NOT NULL;

-- Who gave the answer: the participant, or the klantmanager who registered what was said or written.
ALTER TABLE consent_requests ADD COLUMN by_whom text NOT NULL DEFAULT 'participant';

-- Of a representative, and of whom they represent: in what capacity, and that the person was told.
ALTER TABLE consent_records
    ADD COLUMN capacity text NOT NULL DEFAULT '',
    ADD COLUMN told     boolean NOT NULL DEFAULT false;
ALTER TABLE consent_events
    ADD COLUMN capacity text NOT NULL DEFAULT '',
    ADD COLUMN told     boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT consent_events_kind_check,
    ADD CONSTRAINT consent_events_kind_check CHECK (kind IN ('given', 'narrowed', 'widened', 'paused', 'resumed', 'confirmed', 'extended', 'withdrawn', 'revoked', 'expired', 'invalidated'));

-- +goose Down
ALTER TABLE consent_events
    DROP CONSTRAINT consent_events_kind_check,
    ADD CONSTRAINT consent_events_kind_check CHECK (kind IN ('given', 'narrowed', 'paused', 'resumed', 'withdrawn', 'revoked', 'expired', 'invalidated')),
    DROP COLUMN told,
    DROP COLUMN capacity;
ALTER TABLE consent_records DROP COLUMN told, DROP COLUMN capacity;
ALTER TABLE consent_requests DROP COLUMN by_whom;
DROP INDEX participants_represents, participants_person;
ALTER TABLE participants DROP COLUMN telephone, DROP COLUMN represents_id, DROP COLUMN capacity;
ALTER TABLE conversations DROP COLUMN confirmed_at;
