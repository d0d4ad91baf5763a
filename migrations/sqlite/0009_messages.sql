-- What parties are told: webhooks of their systems, and the messages on their way to them.

-- `secret` is sealed with the operator's key: whoever reads the database cannot sign in the service's name.
CREATE TABLE webhooks (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    url TEXT NOT NULL,
    kinds TEXT NOT NULL,
    secret BLOB NOT NULL,
    stopped_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX webhooks_party ON webhooks (party, id);

-- A message written in the transaction of the change it tells of, for one webhook. Its row is its place in the queue:
-- `due_at` is when it may next be taken, by the database's clock, and `attempt` guards what is written of an attempt.
CREATE TABLE deliveries (
    id BLOB NOT NULL PRIMARY KEY,
    webhook BLOB NOT NULL REFERENCES webhooks (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('waiting', 'delivered', 'failed')),
    tries INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    status INTEGER,
    failure TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX deliveries_webhook ON deliveries (webhook, id);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE lifecycle = 'waiting';

-- When both sides were reminded of the deadline.
ALTER TABLE proposals ADD COLUMN reminded_at INTEGER;
