-- +goose Up
-- "Laat dit scherm zien": how the page was opened, and since when a staff session shows nothing any more.
ALTER TABLE link_sessions ADD COLUMN method text NOT NULL DEFAULT 'own_device' CHECK (method IN ('own_device', 'shared_screen'));
ALTER TABLE staff_sessions ADD COLUMN locked_at datetime;

-- +goose Down
ALTER TABLE staff_sessions DROP COLUMN locked_at;
ALTER TABLE link_sessions DROP COLUMN method;
