-- +goose Up
-- The head of each chain: it finds a tail that was cut off. The entries themselves carry the proof.
-- purged_seq: up to there entries were deleted because their term is over.
CREATE TABLE audit_chains (
    chain_id   text PRIMARY KEY,
    seq        bigint NOT NULL,
    purged_seq bigint NOT NULL DEFAULT 0,
    hash       bytea NOT NULL
);

CREATE TABLE audit_entries (
    id          uuid PRIMARY KEY,
    chain_id    text NOT NULL,
    seq         bigint NOT NULL,
    at          timestamptz NOT NULL,
    actor_kind  text NOT NULL,
    actor_id    text NOT NULL,
    action      text NOT NULL,
    object_kind text NOT NULL,
    object_id   text NOT NULL,
    purpose     text NOT NULL,
    rule        text NOT NULL,
    result      text NOT NULL,
    from_ms     bigint,
    to_ms       bigint,
    prev_hash   bytea NOT NULL,
    hash        bytea NOT NULL,
    purge_after timestamptz NOT NULL,
    UNIQUE (chain_id, seq)
);
CREATE INDEX audit_entries_object ON audit_entries (object_id, at);
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION refuse_early_delete();
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE audit_entries, audit_chains;
