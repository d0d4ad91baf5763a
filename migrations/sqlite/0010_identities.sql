-- Who people are at the providers of OpenID Connect that organisations sign in by, and sign-ins there that have not come
-- back yet.

-- What a provider calls a person, for good; an address of mail may become another's. One account a person and provider:
-- whoever is given the address of a person who left does not become that person.
CREATE TABLE identities (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL REFERENCES people (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (issuer, subject),
    UNIQUE (person, issuer)
) STRICT;

-- Only the SHA-256 of the secret that the browser holds is kept: state, nonce and verifier are worked out from the secret.
CREATE TABLE openid_sign_ins (
    secret_hash BLOB NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX openid_sign_ins_expiry ON openid_sign_ins (expires_at);
