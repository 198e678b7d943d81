-- +goose Up
-- A fragment as a film of its own, so that who looks along gets no other byte. It is owed until one process has made it; what
-- was dropped is gone when its objects are. Whoever makes it changes it only under their own claim. Times are ms from the film's start, lead_ms from the cut's own.
CREATE TABLE cuts (
    id            text PRIMARY KEY,
    recording_id  text NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    start_ms      integer NOT NULL CHECK (start_ms >= 0),
    end_ms        integer NOT NULL CHECK (end_ms > start_ms),
    state         text NOT NULL CHECK (state IN ('owed', 'making', 'ready', 'failed')),
    failure       text NOT NULL DEFAULT '',
    lead_ms       integer NOT NULL DEFAULT 0,
    size_bytes    integer NOT NULL DEFAULT 0,
    attempts      integer NOT NULL DEFAULT 0,
    claim         text NOT NULL DEFAULT '',
    claimed_until datetime,
    dropped_at    datetime,
    created_at    datetime NOT NULL
);
CREATE INDEX cuts_recording ON cuts (recording_id);
CREATE INDEX cuts_owed ON cuts (created_at) WHERE state IN ('owed', 'making') AND dropped_at IS NULL;
CREATE INDEX cuts_dropped ON cuts (dropped_at) WHERE dropped_at IS NOT NULL;

-- A segment is a piece of the film, or of one cut of it.
ALTER TABLE segments ADD COLUMN cut_id text REFERENCES cuts (id) ON DELETE CASCADE;
DROP INDEX segments_stored;
CREATE UNIQUE INDEX segments_stored ON segments (recording_id, start_byte) WHERE state = 'stored' AND cut_id IS NULL;
CREATE UNIQUE INDEX segments_cut_stored ON segments (cut_id, start_byte) WHERE state = 'stored' AND cut_id IS NOT NULL;
CREATE INDEX segments_cut ON segments (cut_id) WHERE cut_id IS NOT NULL;

-- +goose Down
DELETE FROM segments WHERE cut_id IS NOT NULL;
DROP INDEX segments_cut;
DROP INDEX segments_cut_stored;
DROP INDEX segments_stored;
ALTER TABLE segments DROP COLUMN cut_id;
CREATE UNIQUE INDEX segments_stored ON segments (recording_id, start_byte) WHERE state = 'stored';
DROP TABLE cuts;
