-- Sandboxes that were reset and are not wiped yet: what they hold with a key below `cut` goes, some rows at a time.
CREATE TABLE sandbox_resets (
    party BLOB NOT NULL PRIMARY KEY REFERENCES parties (id),
    cut BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sandbox_resets_at ON sandbox_resets (at);

-- By what is wiped, and by what is looked at before a component goes.
CREATE INDEX IF NOT EXISTS imports_party ON imports (party, id);
CREATE INDEX IF NOT EXISTS shortfalls_component ON shortfalls (component);
