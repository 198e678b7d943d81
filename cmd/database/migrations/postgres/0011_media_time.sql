-- +goose Up
ALTER TABLE recordings ADD COLUMN kept_at timestamptz;

-- No recording lives longer than 180 days after filming began, and no closing is undone, whatever a program says.
-- +goose StatementBegin
CREATE FUNCTION refuse_long_keeping() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.expires_at > LEAST(NEW.started_at, NEW.created_at) + interval '180 days' THEN
        RAISE EXCEPTION 'retention: nothing is kept for longer than 180 days';
    END IF;
    IF TG_OP = 'INSERT' AND LEAST(NEW.started_at, NEW.created_at) > clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'retention: a term that begins in the future is refused';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.started_at > OLD.started_at OR NEW.created_at > OLD.created_at) THEN
        RAISE EXCEPTION 'retention: a term does not begin anew';
    END IF;
    RETURN NEW;
END
$$;
CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a closing is never undone: UPDATE of % is refused', TG_TABLE_NAME;
END
$$;
-- +goose StatementEnd
CREATE TRIGGER recordings_keeping BEFORE INSERT OR UPDATE ON recordings FOR EACH ROW EXECUTE FUNCTION refuse_long_keeping();
CREATE TRIGGER recordings_no_reopening BEFORE UPDATE ON recordings FOR EACH ROW
    WHEN (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL) EXECUTE FUNCTION refuse_reopening();
CREATE TRIGGER conversations_no_reopening BEFORE UPDATE ON conversations FOR EACH ROW
    WHEN (OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL) EXECUTE FUNCTION refuse_reopening();
CREATE TRIGGER consent_records_no_reopening BEFORE UPDATE ON consent_records FOR EACH ROW
    WHEN (OLD.state NOT IN ('given', 'paused') AND NEW.state IN ('given', 'paused')) EXECUTE FUNCTION refuse_reopening();

-- +goose Down
DROP TRIGGER consent_records_no_reopening ON consent_records;
DROP TRIGGER conversations_no_reopening ON conversations;
DROP TRIGGER recordings_no_reopening ON recordings;
DROP TRIGGER recordings_keeping ON recordings;
DROP FUNCTION refuse_reopening;
DROP FUNCTION refuse_long_keeping;
ALTER TABLE recordings DROP COLUMN kept_at;
