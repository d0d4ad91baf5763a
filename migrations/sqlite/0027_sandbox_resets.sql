-- Sandboxes that were reset and are not wiped yet: what they hold with a key below `cut` goes, some rows at a time.
CREATE TABLE sandbox_resets (
    party BLOB NOT NULL PRIMARY KEY REFERENCES parties (id),
    cut BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sandbox_resets_at ON sandbox_resets (at);

