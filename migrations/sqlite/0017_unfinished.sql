-- Requests that are not finished yet, components that history names, and why requests take no part in a round.

-- The lines of a request while one of them lacks what matching needs, as they were sent. Such a request has no components,
-- and goes nowhere before it has: rows of components are complete, whoever reads them.
ALTER TABLE requests ADD COLUMN lines TEXT
    CHECK (lines IS NULL OR lifecycle IN ('draft', 'returned', 'withdrawn', 'expired'));

-- When a component left its request that a proposal, a shortfall or the ledger names: it stays on record.
ALTER TABLE components ADD COLUMN retired_at INTEGER;

-- Requests that were handed in and take no part in a frozen round, or not with all of their components: told to their
-- states. `components` lists references; empty: none of the request takes part.
CREATE TABLE left_out (
    round BLOB NOT NULL REFERENCES rounds (id),
    request BLOB NOT NULL REFERENCES requests (id),
    reason TEXT NOT NULL CHECK (reason IN ('not_authenticated', 'returned', 'not_circulated', 'nothing_outstanding',
        'outside_horizon')),
    components TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (round, request)
) STRICT;
CREATE INDEX left_out_request ON left_out (request, at);
