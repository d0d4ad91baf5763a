-- Who takes part: parties, the people who act for them, and what those people and services sign in with.
-- Times are microseconds since 1970, bound by the program; identifiers are UUIDs of version 7, so their order is that
-- of creation.

CREATE TABLE parties (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('state', 'provider', 'coordinator', 'observer')),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (kind, code)
);

CREATE TABLE people (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT,
    second_factor BYTEA,
    second_factor_at BIGINT,
    disabled_at BIGINT,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE memberships (
    party UUID NOT NULL REFERENCES parties (id),
    person UUID NOT NULL REFERENCES people (id),
    role TEXT NOT NULL CHECK (role IN ('member', 'manager')),
    status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'suspended')),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (party, person)
);
CREATE INDEX memberships_person ON memberships (person, party);

-- Browser sessions, tokens of services and one-time sign-in links alike. Only the SHA-256 of the secret is kept.
CREATE TABLE credentials (
    id UUID NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('session', 'token', 'link')),
    person UUID REFERENCES people (id),
    party UUID REFERENCES parties (id),
    secret_hash BYTEA NOT NULL UNIQUE,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    CHECK (person IS NOT NULL OR party IS NOT NULL)
);
CREATE INDEX credentials_person ON credentials (person, id);
CREATE INDEX credentials_party ON credentials (party, id);
