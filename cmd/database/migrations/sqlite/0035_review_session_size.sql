-- +goose Up
-- What is asked again and again of all sessions is read from an index, past their words and protocols (session.Marks,
-- session.Forget); SQLite wants removed_at in it too, though it is always null there.
CREATE INDEX review_sessions_marks ON review_sessions (id, version, state, next_n);
CREATE INDEX session_people_marks ON session_people (person_id, session_id, added_at, removed_at) WHERE removed_at IS NULL;

-- +goose Down
DROP INDEX session_people_marks;
DROP INDEX review_sessions_marks;
