-- +goose Up
-- Causes outside a conversation. Nothing here refers to a session, a recording or a person, and nothing but the month
-- tells when: ids are drawn, and housekeeping writes all rows again in the order of their ids.
CREATE TABLE signals (
    id      uuid PRIMARY KEY,
    month   text NOT NULL CHECK (length(month) = 7),
    state   text NOT NULL CHECK (state IN ('open', 'picked_up', 'done')),
    sealed  bytea NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    mixed   boolean NOT NULL
);

-- Who keeps the list: whoever an administrator names.
CREATE TABLE signal_keepers (
    person_id uuid PRIMARY KEY REFERENCES people (id)
);

-- +goose Down
DROP TABLE signal_keepers;
DROP TABLE signals;
DELETE FROM data_keys WHERE subject_kind = 'signal';
