-- Mail to people of the parties that a change concerns: written with it, like the messages of 0009, and queued alike.

-- `body` holds what the text is made of when it is sent, in the person's language of that time; `secret`, sealed with the
-- operator's key, what only the person may read, until the mail has ended.
CREATE TABLE mails (
    id UUID NOT NULL PRIMARY KEY,
    party UUID NOT NULL REFERENCES parties (id),
    person UUID NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    secret BYTEA,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('waiting', 'delivered', 'failed')),
    tries BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    status BIGINT,
    failure TEXT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX mails_person ON mails (person, id);
CREATE INDEX mails_due ON mails (due_at) WHERE lifecycle = 'waiting';
