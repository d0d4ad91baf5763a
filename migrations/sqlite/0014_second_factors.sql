-- When a provider was seen to ask a person for a second factor. From then on nobody comes in as them without one, and
-- nobody sets up another: who holds one factor only would otherwise set up the second.
ALTER TABLE identities ADD COLUMN second_factor_at INTEGER;

-- An account whose holder still has to show the second factor of the person it is taken for: it becomes theirs with the
-- code, and not before.
CREATE TABLE identities_to_confirm (
    credential BLOB NOT NULL PRIMARY KEY REFERENCES credentials (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;
