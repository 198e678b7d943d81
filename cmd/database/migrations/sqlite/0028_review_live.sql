-- +goose Up
-- The film that everyone of a session sees, and who has the session on a screen. Nothing in here says what anyone wrote.
CREATE TABLE session_films (
    session_id  text PRIMARY KEY REFERENCES review_sessions (id) ON DELETE CASCADE,
    n           integer NOT NULL CHECK (n >= 1),
    position_ms integer NOT NULL CHECK (position_ms >= 0),
    playing     boolean NOT NULL,
    rate        real NOT NULL CHECK (rate > 0),
    at          datetime NOT NULL,
    by_id       text NOT NULL REFERENCES people (id),
    seq         integer NOT NULL CHECK (seq >= 1)
);

CREATE TABLE session_presence (
    id         text PRIMARY KEY,
    session_id text NOT NULL REFERENCES review_sessions (id) ON DELETE CASCADE,
    person_id  text NOT NULL REFERENCES people (id),
    seen_at    datetime NOT NULL
);
CREATE INDEX session_presence_session ON session_presence (session_id, seen_at);

-- +goose Down
DROP TABLE session_presence;
DROP TABLE session_films;
