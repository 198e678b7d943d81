-- +goose Up

CREATE TABLE people (
    id          text PRIMARY KEY,
    login       text NOT NULL UNIQUE,
    name        text NOT NULL,
    subject     text UNIQUE,
    disabled_at datetime,
    created_at  datetime NOT NULL
);

CREATE TABLE person_roles (
    person_id text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role      text NOT NULL CHECK (role IN ('klantmanager', 'coach', 'manager', 'hr', 'privacy_manager', 'dpo', 'works_council', 'administrator')),
    PRIMARY KEY (person_id, role)
);

CREATE TABLE teams (
    id   text PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE team_members (
    team_id   text NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_members_person ON team_members (person_id);

CREATE TABLE evaluator_relations (
    id           text PRIMARY KEY,
    evaluator_id text NOT NULL REFERENCES people (id),
    evaluated_id text NOT NULL REFERENCES people (id),
    begins_at    datetime NOT NULL,
    recorded_at  datetime NOT NULL,
    recorded_by  text
);
CREATE INDEX evaluator_relations_pair ON evaluator_relations (evaluator_id, evaluated_id);
CREATE INDEX evaluator_relations_evaluated ON evaluator_relations (evaluated_id);

CREATE TABLE evaluator_endings (
    id          text PRIMARY KEY,
    relation_id text NOT NULL REFERENCES evaluator_relations (id) ON DELETE CASCADE,
    ends_at     datetime NOT NULL,
    recorded_at datetime NOT NULL,
    recorded_by text,
    purge_after datetime NOT NULL
);
CREATE INDEX evaluator_endings_relation ON evaluator_endings (relation_id);

-- A relation may go only when an ending of it is past its own term.
-- +goose StatementBegin
CREATE TRIGGER evaluator_relations_no_update BEFORE UPDATE ON evaluator_relations
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of evaluator_relations is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER evaluator_relations_no_delete BEFORE DELETE ON evaluator_relations
WHEN NOT EXISTS (SELECT 1 FROM evaluator_endings e WHERE e.relation_id = OLD.id AND e.purge_after <= CURRENT_TIMESTAMP)
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of evaluator_relations before its term is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER evaluator_endings_no_update BEFORE UPDATE ON evaluator_endings
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of evaluator_endings is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER evaluator_endings_no_delete BEFORE DELETE ON evaluator_endings
WHEN OLD.purge_after > CURRENT_TIMESTAMP
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of evaluator_endings before its term is refused');
END;
-- +goose StatementEnd

CREATE TABLE staff_sessions (
    token_hash   blob PRIMARY KEY,
    person_id    text NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at   datetime NOT NULL,
    last_seen_at datetime NOT NULL,
    expires_at   datetime NOT NULL
);
CREATE INDEX staff_sessions_person ON staff_sessions (person_id);
CREATE INDEX staff_sessions_expires ON staff_sessions (expires_at);

CREATE TABLE sign_in_requests (
    state_hash blob PRIMARY KEY,
    nonce      text NOT NULL,
    verifier   text NOT NULL,
    return_to  text NOT NULL,
    expires_at datetime NOT NULL
);

-- +goose Down
DROP TABLE sign_in_requests;
DROP TABLE staff_sessions;
DROP TABLE evaluator_endings;
DROP TABLE evaluator_relations;
DROP TABLE team_members;
DROP TABLE teams;
DROP TABLE person_roles;
DROP TABLE people;
