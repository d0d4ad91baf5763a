-- Who takes part: parties, the people who act for them, and what those people and services sign in with.
-- Times are microseconds since 1970, bound by the program; identifiers are UUIDs of version 7, so their order is that
-- of creation.

CREATE TABLE parties (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('state', 'provider', 'coordinator', 'observer')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (kind, code)
) STRICT;

CREATE TABLE people (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT,
    second_factor BLOB,
    second_factor_at INTEGER,
    disabled_at INTEGER,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    party BLOB NOT NULL REFERENCES parties (id),
    person BLOB NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('member', 'manager')),
    status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'suspended')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (party, person)
) STRICT;
CREATE INDEX memberships_person ON memberships (person, party);

-- Browser sessions, tokens of services and one-time sign-in links alike. Only the SHA-256 of the secret is kept.
CREATE TABLE credentials (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'token', 'link')),
    person BLOB REFERENCES people (id),
    party BLOB REFERENCES parties (id),
    secret_hash BLOB NOT NULL UNIQUE,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER,
    CHECK (person IS NOT NULL OR party IS NOT NULL)
) STRICT;
CREATE INDEX credentials_person ON credentials (person, id);
CREATE INDEX credentials_party ON credentials (party, id);
