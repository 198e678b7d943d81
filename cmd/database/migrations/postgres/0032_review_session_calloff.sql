-- +goose Up
-- For which moment someone was last invited by mail, so that they can be told that it is off; NULL: nothing was mailed to
-- them, or it was called off.
ALTER TABLE session_people ADD COLUMN invited_for timestamptz;
UPDATE session_people SET invited_for = (SELECT s.starts_at FROM review_sessions s WHERE s.id = session_people.session_id)
WHERE mailed_at IS NOT NULL;

-- +goose Down
ALTER TABLE session_people DROP COLUMN invited_for;
