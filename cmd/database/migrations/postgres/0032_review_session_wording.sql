-- +goose Up
-- Which version of its words a session has: they are sealed to it, and stay as they are when only its state changes.
ALTER TABLE review_sessions ADD COLUMN wording bigint NOT NULL DEFAULT 1;

-- +goose Down
ALTER TABLE review_sessions DROP COLUMN wording;
