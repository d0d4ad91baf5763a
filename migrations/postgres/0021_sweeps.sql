-- Sweeps: one scenario under many settings, each an ordinary run. `vary` is what was asked for, `problem` what the
-- scenario as it stands makes: every plan of the sweep is measured by its goals and weights.
CREATE TABLE sweeps (
    id UUID NOT NULL PRIMARY KEY,
    scenario UUID NOT NULL REFERENCES scenarios (id),
    round UUID NOT NULL REFERENCES rounds (id),
    vary TEXT NOT NULL,
    problem TEXT NOT NULL REFERENCES snapshots (sha256),
    settings BIGINT NOT NULL CHECK (settings >= 1),
    started_by UUID REFERENCES people (id),
    created_at BIGINT NOT NULL,
    cancelled_at BIGINT
);
CREATE INDEX sweeps_scenario ON sweeps (scenario, id);
CREATE INDEX sweeps_round ON sweeps (round, id);

-- What the run of a setting lays over its scenario, under its hash, and what came of it.
CREATE TABLE sweep_settings (
    run UUID NOT NULL PRIMARY KEY REFERENCES runs (id),
    sweep UUID NOT NULL REFERENCES sweeps (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    overrides TEXT NOT NULL REFERENCES snapshots (sha256),
    measured TEXT,
    UNIQUE (sweep, position)
);

-- A backup is restored table by table, runs before sweeps: the reference is looked at when all is there.
ALTER TABLE runs ADD COLUMN sweep UUID REFERENCES sweeps (id) DEFERRABLE INITIALLY DEFERRED;
-- The earlier run that this one begins with.
ALTER TABLE runs ADD COLUMN start UUID REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX runs_sweep ON runs (sweep, id) WHERE sweep IS NOT NULL;

-- Runs started one at a time are taken before those of sweeps.
DROP INDEX runs_waiting;
CREATE INDEX runs_waiting ON runs (id) WHERE lifecycle = 'queued' AND sweep IS NULL;
CREATE INDEX runs_waiting_of_sweeps ON runs (id) WHERE lifecycle = 'queued' AND sweep IS NOT NULL;
