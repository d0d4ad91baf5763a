-- What publication leaves behind, who may read it, and how agreements end.

-- Who declined a proposal, and why.
ALTER TABLE proposals ADD COLUMN declined_by BLOB REFERENCES parties (id);
ALTER TABLE proposals ADD COLUMN reason TEXT;
CREATE INDEX proposals_run ON proposals (run, id);
CREATE INDEX proposals_component ON proposals (component);
CREATE INDEX proposals_offer ON proposals (offer);

-- What was promised, in the offer's unit: no more can be placed at disposal.
ALTER TABLE commitments ADD COLUMN promised INTEGER NOT NULL DEFAULT 0 CHECK (disbursed <= promised);

-- 1 where everything the run was made from was public when it was published: then all of it is.
ALTER TABLE runs ADD COLUMN is_open INTEGER NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1));

-- Observers admitted to the whole of a round that holds something not public.
CREATE TABLE round_observers (
    round BLOB NOT NULL REFERENCES rounds (id),
    party BLOB NOT NULL REFERENCES parties (id),
    admitted_at INTEGER NOT NULL,
    PRIMARY KEY (round, party)
) STRICT;

-- What the published run does not serve, and why: told to those whose request it is.
CREATE TABLE shortfalls (
    run BLOB NOT NULL REFERENCES runs (id),
    component BLOB NOT NULL REFERENCES components (id),
    request BLOB NOT NULL REFERENCES requests (id),
    missing INTEGER NOT NULL CHECK (missing >= 1),
    body TEXT NOT NULL,
    PRIMARY KEY (run, component)
) STRICT;
CREATE INDEX shortfalls_request ON shortfalls (request, run);

-- Where one more unit would serve most, by area and region, as the published run shows it.
CREATE TABLE insights (
    run BLOB NOT NULL PRIMARY KEY REFERENCES runs (id),
    body TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX insights_at ON insights (at);

-- The public catalogue of results and lessons (paragraphs 107 and 108). State and provider stand there only where
-- request and offer were public.
CREATE TABLE outcomes (
    id BLOB NOT NULL PRIMARY KEY,
    commitment BLOB NOT NULL UNIQUE REFERENCES commitments (id),
    area TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT,
    provider TEXT,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outcomes_area ON outcomes (area, id);
CREATE INDEX outcomes_type ON outcomes (type, id);
CREATE INDEX outcomes_state ON outcomes (state, id);
