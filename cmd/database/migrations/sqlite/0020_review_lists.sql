-- +goose Up
-- The versions a municipality published of the lists people learn with; version 0 of each comes with the program. Of nobody, so plain.
CREATE TABLE learning_lists (
    kind         text NOT NULL CHECK (kind IN ('moments', 'codes', 'form')),
    code         text NOT NULL,
    version      integer NOT NULL CHECK (version >= 1),
    content      text NOT NULL,
    published_at datetime NOT NULL,
    published_by text NOT NULL REFERENCES people (id),
    PRIMARY KEY (kind, code, version)
);
-- +goose StatementBegin
CREATE TRIGGER learning_lists_no_update BEFORE UPDATE ON learning_lists
BEGIN
    SELECT RAISE(ABORT, 'append-only: UPDATE of learning_lists is refused');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER learning_lists_no_delete BEFORE DELETE ON learning_lists
BEGIN
    SELECT RAISE(ABORT, 'append-only: DELETE of learning_lists is refused');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE learning_lists;
