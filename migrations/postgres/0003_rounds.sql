-- Rounds, the scenarios of a round, their runs and what came out.

-- Frozen content under its own SHA-256: what a round was frozen to, and the problem each run solved.
CREATE TABLE snapshots (
    sha256 TEXT NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL
);

CREATE TABLE rounds (
    id UUID NOT NULL PRIMARY KEY,
    party UUID NOT NULL REFERENCES parties (id),
    name TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('open', 'frozen', 'published', 'decided', 'closed')),
    settings TEXT NOT NULL,
    cut_off_at BIGINT NOT NULL,
    snapshot TEXT REFERENCES snapshots (sha256),
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK (snapshot IS NOT NULL OR lifecycle = 'open')
);
CREATE INDEX rounds_lifecycle ON rounds (lifecycle, id);

CREATE TABLE scenarios (
    id UUID NOT NULL PRIMARY KEY,
    round UUID NOT NULL REFERENCES rounds (id),
    base UUID REFERENCES scenarios (id),
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (round, name)
);

-- The row of a run is also its place in the queue. `attempt` rises with every claim and guards every later write;
-- `losses` counts the workers that stopped renewing their lease.
CREATE TABLE runs (
    id UUID NOT NULL PRIMARY KEY,
    scenario UUID NOT NULL REFERENCES scenarios (id),
    round UUID NOT NULL REFERENCES rounds (id),
    problem TEXT NOT NULL REFERENCES snapshots (sha256),
    settings TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('queued', 'running', 'succeeded', 'limit', 'infeasible', 'failed',
        'cancelled')),
    attempt BIGINT NOT NULL,
    losses BIGINT NOT NULL,
    worker TEXT,
    lease_until BIGINT,
    cancel_requested_at BIGINT,
    last_event BIGINT NOT NULL,
    progress TEXT,
    failure TEXT,
    started_by UUID REFERENCES people (id),
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    published_at BIGINT,
    CHECK ((lifecycle = 'running') = (lease_until IS NOT NULL)),
    CHECK ((lifecycle = 'failed') = (failure IS NOT NULL)),
    CHECK (published_at IS NULL OR lifecycle IN ('succeeded', 'limit'))
);
CREATE INDEX runs_scenario ON runs (scenario, id);
CREATE INDEX runs_round ON runs (round, id);
CREATE INDEX runs_waiting ON runs (id) WHERE lifecycle = 'queued';
CREATE INDEX runs_leased ON runs (lease_until) WHERE lifecycle = 'running';
CREATE UNIQUE INDEX runs_published ON runs (round) WHERE published_at IS NOT NULL;

CREATE TABLE run_events (
    run UUID NOT NULL REFERENCES runs (id),
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (run, number)
);

-- Written only from a plan that the verifier accepted. The three texts together, with the problem of the run, are
-- the run file under its digest; they stand apart because certificates are long and seldom read.
CREATE TABLE run_results (
    run UUID NOT NULL PRIMARY KEY REFERENCES runs (id),
    status TEXT NOT NULL,
    digest TEXT NOT NULL,
    matches BIGINT NOT NULL,
    requests_served BIGINT NOT NULL,
    requests_completed BIGINT NOT NULL,
    components_served BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    best BIGINT,
    bound BIGINT,
    gap_thousandths BIGINT,
    run_file TEXT NOT NULL,
    certificate TEXT NOT NULL,
    explanations TEXT NOT NULL,
    stored_at BIGINT NOT NULL
);

-- Component and offer are the references of the register.
CREATE TABLE plan_rows (
    run UUID NOT NULL REFERENCES runs (id),
    position BIGINT NOT NULL,
    component TEXT NOT NULL,
    offer TEXT NOT NULL,
    period TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity >= 1),
    draw BIGINT NOT NULL,
    cost BIGINT NOT NULL,
    score BIGINT NOT NULL,
    PRIMARY KEY (run, position)
);
CREATE INDEX plan_rows_component ON plan_rows (component, run);
CREATE INDEX plan_rows_offer ON plan_rows (offer, run);
