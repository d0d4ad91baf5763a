-- Sandboxes that were reset and are not wiped yet: what they hold with a key below `cut` goes, some rows at a time.
CREATE TABLE sandbox_resets (
    party UUID NOT NULL PRIMARY KEY REFERENCES parties (id),
    cut UUID NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX sandbox_resets_at ON sandbox_resets (at);

