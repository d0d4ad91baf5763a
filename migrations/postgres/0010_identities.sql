-- Who people are at the providers of OpenID Connect that organisations sign in by, and sign-ins there that have not come
-- back yet.

-- What a provider calls a person, for good; an address of mail may become another's. One account a person and provider:
-- whoever is given the address of a person who left does not become that person.
CREATE TABLE identities (
    id UUID NOT NULL PRIMARY KEY,
    person UUID NOT NULL REFERENCES people (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (issuer, subject),
    UNIQUE (person, issuer)
);

-- Only the SHA-256 of the secret that the browser holds is kept: state, nonce and verifier are worked out from the secret.
CREATE TABLE openid_sign_ins (
    secret_hash BYTEA NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX openid_sign_ins_expiry ON openid_sign_ins (expires_at);
