-- What was done, by whom, and what was answered.

-- One chain a party, and one (the nil UUID) for what belongs to no party. Each row's hash covers the row before.
CREATE TABLE audit_rows (
    chain BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person BLOB,
    credential BLOB,
    origin TEXT NOT NULL,
    request_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject BLOB NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    reason TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, number)
) STRICT;
CREATE INDEX audit_rows_subject ON audit_rows (subject, at);

CREATE TABLE audit_heads (
    chain BLOB NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT;

-- All heads at a moment, signed: what shows that a chain was cut together with its head.
CREATE TABLE audit_checkpoints (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    heads TEXT NOT NULL,
    signature TEXT NOT NULL,
    public_key TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_rows_update BEFORE UPDATE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_rows_delete BEFORE DELETE ON audit_rows
BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_checkpoints_update BEFORE UPDATE ON audit_checkpoints
BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
CREATE TRIGGER audit_checkpoints_delete BEFORE DELETE ON audit_checkpoints
BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;

-- One answer for each key a client sends with a change, written in the transaction of the change.
CREATE TABLE idempotency_keys (
    principal BLOB NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    response BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (principal, route, key)
) STRICT;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
