-- Tables handed in to be looked at, kept until they are confirmed or their time is over.
CREATE TABLE imports (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    sha256 TEXT NOT NULL,
    tables BLOB NOT NULL,
    preview TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    confirmed_at INTEGER
) STRICT;
CREATE INDEX imports_expires_at ON imports (expires_at);
