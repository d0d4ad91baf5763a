-- Rounds, the scenarios of a round, their runs and what came out.

-- Frozen content under its own SHA-256: what a round was frozen to, and the problem each run solved.
CREATE TABLE snapshots (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE rounds (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    name TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('open', 'frozen', 'published', 'decided', 'closed')),
    settings TEXT NOT NULL,
    cut_off_at INTEGER NOT NULL,
    snapshot TEXT REFERENCES snapshots (sha256),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK (snapshot IS NOT NULL OR lifecycle = 'open')
) STRICT;
CREATE INDEX rounds_lifecycle ON rounds (lifecycle, id);

CREATE TABLE scenarios (
    id BLOB NOT NULL PRIMARY KEY,
    round BLOB NOT NULL REFERENCES rounds (id),
    base BLOB REFERENCES scenarios (id),
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (round, name)
) STRICT;

-- The row of a run is also its place in the queue. `attempt` rises with every claim and guards every later write;
-- `losses` counts the workers that stopped renewing their lease.
CREATE TABLE runs (
    id BLOB NOT NULL PRIMARY KEY,
    scenario BLOB NOT NULL REFERENCES scenarios (id),
    round BLOB NOT NULL REFERENCES rounds (id),
    problem TEXT NOT NULL REFERENCES snapshots (sha256),
    settings TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('queued', 'running', 'succeeded', 'limit', 'infeasible', 'failed',
        'cancelled')),
    attempt INTEGER NOT NULL,
    losses INTEGER NOT NULL,
    worker TEXT,
    lease_until INTEGER,
    cancel_requested_at INTEGER,
    last_event INTEGER NOT NULL,
    progress TEXT,
    failure TEXT,
    started_by BLOB REFERENCES people (id),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER,
    published_at INTEGER,
    CHECK ((lifecycle = 'running') = (lease_until IS NOT NULL)),
    CHECK ((lifecycle = 'failed') = (failure IS NOT NULL)),
    CHECK (published_at IS NULL OR lifecycle IN ('succeeded', 'limit'))
) STRICT;
CREATE INDEX runs_scenario ON runs (scenario, id);
CREATE INDEX runs_round ON runs (round, id);
CREATE INDEX runs_waiting ON runs (id) WHERE lifecycle = 'queued';
CREATE INDEX runs_leased ON runs (lease_until) WHERE lifecycle = 'running';
CREATE UNIQUE INDEX runs_published ON runs (round) WHERE published_at IS NOT NULL;

CREATE TABLE run_events (
    run BLOB NOT NULL REFERENCES runs (id),
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (run, number)
) STRICT;

-- Written only from a plan that the verifier accepted. The three texts together, with the problem of the run, are
-- the run file under its digest; they stand apart because certificates are long and seldom read.
CREATE TABLE run_results (
    run BLOB NOT NULL PRIMARY KEY REFERENCES runs (id),
    status TEXT NOT NULL,
    digest TEXT NOT NULL,
    matches INTEGER NOT NULL,
    requests_served INTEGER NOT NULL,
    requests_completed INTEGER NOT NULL,
    components_served INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    best INTEGER,
    bound INTEGER,
    gap_thousandths INTEGER,
    run_file TEXT NOT NULL,
    certificate TEXT NOT NULL,
    explanations TEXT NOT NULL,
    stored_at INTEGER NOT NULL
) STRICT;

-- Component and offer are the references of the register.
CREATE TABLE plan_rows (
    run BLOB NOT NULL REFERENCES runs (id),
    position INTEGER NOT NULL,
    component TEXT NOT NULL,
    offer TEXT NOT NULL,
    period TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    draw INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    score INTEGER NOT NULL,
    PRIMARY KEY (run, position)
) STRICT;
CREATE INDEX plan_rows_component ON plan_rows (component, run);
CREATE INDEX plan_rows_offer ON plan_rows (offer, run);
