-- +goose Up
-- The head of each chain: it finds a tail that was cut off. The entries themselves carry the proof.
-- purged_seq: up to there entries were deleted because their term is over.
CREATE TABLE audit_chains (
    chain_id   text PRIMARY KEY,
    seq        integer NOT NULL,
    purged_seq integer NOT NULL DEFAULT 0,
    hash       blob NOT NULL
);

CREATE TABLE audit_entries (
    id          text PRIMARY KEY,
    chain_id    text NOT NULL,
    seq         integer NOT NULL,
    at          datetime NOT NULL,
    actor_kind  text NOT NULL,
    actor_id    text NOT NULL,
    action      text NOT NULL,
    object_kind text NOT NULL,
    object_id   text NOT NULL,
    purpose     text NOT NULL,
    rule        text NOT NULL,
    result      text NOT NULL,
    from_ms     integer,
    to_ms       integer,
    prev_hash   blob NOT NULL,
    hash        blob NOT NULL,
    purge_after datetime NOT NULL,
    UNIQUE (chain_id, seq)
);
CREATE INDEX audit_entries_object ON audit_entries (object_id, at);
-- +goose StatementBegin
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of audit_entries is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
WHEN OLD.purge_after > CURRENT_TIMESTAMP
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of audit_entries before its term is refused');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE audit_entries;
DROP TABLE audit_chains;
