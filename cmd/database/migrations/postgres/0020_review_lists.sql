-- +goose Up
-- The versions a municipality published of the lists people learn with; version 0 of each comes with the program. Of nobody, so plain.
CREATE TABLE learning_lists (
    kind         text NOT NULL CHECK (kind IN ('moments', 'codes', 'form')),
    code         text NOT NULL,
    version      bigint NOT NULL CHECK (version >= 1),
    content      text NOT NULL,
    published_at timestamptz NOT NULL,
    published_by uuid NOT NULL REFERENCES people (id),
    PRIMARY KEY (kind, code, version)
);
CREATE TRIGGER learning_lists_no_update BEFORE UPDATE ON learning_lists FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER learning_lists_no_delete BEFORE DELETE ON learning_lists FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER learning_lists_no_truncate BEFORE TRUNCATE ON learning_lists EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE learning_lists;
