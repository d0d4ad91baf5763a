-- Tables handed in to be looked at, kept until they are confirmed or their time is over.
CREATE TABLE imports (
    id UUID NOT NULL PRIMARY KEY,
    party UUID NOT NULL REFERENCES parties (id),
    sha256 TEXT NOT NULL,
    tables BYTEA NOT NULL,
    preview TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT
);
CREATE INDEX imports_expires_at ON imports (expires_at);
