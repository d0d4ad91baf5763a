-- Mail to people of the parties that a change concerns: written with it, like the messages of 0009, and queued alike.

-- `body` holds what the text is made of when it is sent, in the person's language of that time; `secret`, sealed with the
-- operator's key, what only the person may read, until the mail has ended.
CREATE TABLE mails (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    person BLOB NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    secret BLOB,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('waiting', 'delivered', 'failed')),
    tries INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    status INTEGER,
    failure TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX mails_person ON mails (person, id);
CREATE INDEX mails_due ON mails (due_at) WHERE lifecycle = 'waiting';
