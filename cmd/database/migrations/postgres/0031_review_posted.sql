-- +goose Up
-- The writer's own id of what they posted: posted twice, because an answer got lost, it is there once. It is known by its writer
-- alone, outlives what was taken back, so that nothing brings that back to life, and goes at the end of the session.
CREATE TABLE session_posted (
    session_id      uuid NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    author_id       uuid NOT NULL REFERENCES people (id),
    draft_id        uuid NOT NULL,
    contribution_id uuid REFERENCES session_contributions (id) ON DELETE SET NULL,
    PRIMARY KEY (session_id, author_id, draft_id)
);
CREATE INDEX session_posted_contribution ON session_posted (contribution_id) WHERE contribution_id IS NOT NULL;

-- +goose Down
DROP TABLE session_posted;
