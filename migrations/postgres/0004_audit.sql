-- What was done, by whom, and what was answered.

-- One chain a party, and one (the nil UUID) for what belongs to no party. Each row's hash covers the row before.
CREATE TABLE audit_rows (
    chain UUID NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person UUID,
    credential UUID,
    origin TEXT NOT NULL,
    request_id TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject UUID NOT NULL,
    before_hash TEXT,
    after_hash TEXT,
    reason TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (chain, number)
);
CREATE INDEX audit_rows_subject ON audit_rows (subject, at);

CREATE TABLE audit_heads (
    chain UUID NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- All heads at a moment, signed: what shows that a chain was cut together with its head.
CREATE TABLE audit_checkpoints (
    id UUID NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    heads TEXT NOT NULL,
    signature TEXT NOT NULL,
    public_key TEXT NOT NULL
);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit rows are never changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER audit_rows_update BEFORE UPDATE OR DELETE ON audit_rows
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_checkpoints_update BEFORE UPDATE OR DELETE ON audit_checkpoints
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

-- One answer for each key a client sends with a change, written in the transaction of the change.
CREATE TABLE idempotency_keys (
    principal UUID NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    headers TEXT NOT NULL,
    response BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (principal, route, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
