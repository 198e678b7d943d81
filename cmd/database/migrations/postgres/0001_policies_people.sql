-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION refuse_early_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.purge_after > now() THEN
        RAISE EXCEPTION 'append-only: DELETE of % before purge_after is refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd

CREATE TABLE people (
    id          uuid PRIMARY KEY,
    login       text NOT NULL UNIQUE,
    name        text NOT NULL,
    subject     text UNIQUE,
    disabled_at timestamptz,
    created_at  timestamptz NOT NULL
);

CREATE TABLE person_roles (
    person_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role      text NOT NULL CHECK (role IN ('klantmanager', 'coach', 'manager', 'hr', 'privacy_manager', 'dpo', 'works_council', 'administrator')),
    PRIMARY KEY (person_id, role)
);

CREATE TABLE teams (
    id   uuid PRIMARY KEY,
    name text NOT NULL UNIQUE
);

CREATE TABLE team_members (
    team_id   uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    person_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_members_person ON team_members (person_id);

CREATE TABLE evaluator_relations (
    id           uuid PRIMARY KEY,
    evaluator_id uuid NOT NULL REFERENCES people (id),
    evaluated_id uuid NOT NULL REFERENCES people (id),
    begins_at    timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    recorded_by  uuid
);
CREATE INDEX evaluator_relations_pair ON evaluator_relations (evaluator_id, evaluated_id);
CREATE INDEX evaluator_relations_evaluated ON evaluator_relations (evaluated_id);

CREATE TABLE evaluator_endings (
    id          uuid PRIMARY KEY,
    relation_id uuid NOT NULL REFERENCES evaluator_relations (id) ON DELETE CASCADE,
    ends_at     timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid,
    purge_after timestamptz NOT NULL
);
CREATE INDEX evaluator_endings_relation ON evaluator_endings (relation_id);

-- A relation may go only when an ending of it is past its own term.
-- +goose StatementBegin
CREATE FUNCTION refuse_relation_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM evaluator_endings e WHERE e.relation_id = OLD.id AND e.purge_after <= now()) THEN
        RAISE EXCEPTION 'append-only: DELETE of % is refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd
CREATE TRIGGER evaluator_relations_no_update BEFORE UPDATE ON evaluator_relations FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evaluator_relations_no_delete BEFORE DELETE ON evaluator_relations FOR EACH ROW EXECUTE FUNCTION refuse_relation_delete();
CREATE TRIGGER evaluator_relations_no_truncate BEFORE TRUNCATE ON evaluator_relations EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evaluator_endings_no_update BEFORE UPDATE ON evaluator_endings FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER evaluator_endings_no_delete BEFORE DELETE ON evaluator_endings FOR EACH ROW EXECUTE FUNCTION refuse_early_delete();
CREATE TRIGGER evaluator_endings_no_truncate BEFORE TRUNCATE ON evaluator_endings EXECUTE FUNCTION refuse_change();

CREATE TABLE staff_sessions (
    token_hash   bytea PRIMARY KEY,
    person_id    uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX staff_sessions_person ON staff_sessions (person_id);
CREATE INDEX staff_sessions_expires ON staff_sessions (expires_at);

CREATE TABLE sign_in_requests (
    state_hash bytea PRIMARY KEY,
    nonce      text NOT NULL,
    verifier   text NOT NULL,
    return_to  text NOT NULL,
    expires_at timestamptz NOT NULL
);

-- +goose Down
DROP TABLE sign_in_requests, staff_sessions, evaluator_endings, evaluator_relations, team_members, teams, person_roles, people;
DROP FUNCTION refuse_relation_delete, refuse_early_delete, refuse_change;
