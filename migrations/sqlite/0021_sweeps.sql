-- Sweeps: one scenario under many settings, each an ordinary run. `vary` is what was asked for, `problem` what the
-- scenario as it stands makes: every plan of the sweep is measured by its goals and weights.
CREATE TABLE sweeps (
    id BLOB NOT NULL PRIMARY KEY,
    scenario BLOB NOT NULL REFERENCES scenarios (id),
    round BLOB NOT NULL REFERENCES rounds (id),
    vary TEXT NOT NULL,
    problem TEXT NOT NULL REFERENCES snapshots (sha256),
    settings INTEGER NOT NULL CHECK (settings >= 1),
    started_by BLOB REFERENCES people (id),
    created_at INTEGER NOT NULL,
    cancelled_at INTEGER
) STRICT;
CREATE INDEX sweeps_scenario ON sweeps (scenario, id);
CREATE INDEX sweeps_round ON sweeps (round, id);

-- What the run of a setting lays over its scenario, under its hash, and what came of it.
CREATE TABLE sweep_settings (
    run BLOB NOT NULL PRIMARY KEY REFERENCES runs (id),
    sweep BLOB NOT NULL REFERENCES sweeps (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    overrides TEXT NOT NULL REFERENCES snapshots (sha256),
    measured TEXT,
    UNIQUE (sweep, position)
) STRICT;

-- A backup is restored table by table, runs before sweeps: the reference is looked at when all is there.
ALTER TABLE runs ADD COLUMN sweep BLOB REFERENCES sweeps (id) DEFERRABLE INITIALLY DEFERRED;
-- The earlier run that this one begins with.
ALTER TABLE runs ADD COLUMN start BLOB REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX runs_sweep ON runs (sweep, id) WHERE sweep IS NOT NULL;

-- Runs started one at a time are taken before those of sweeps.
DROP INDEX runs_waiting;
CREATE INDEX runs_waiting ON runs (id) WHERE lifecycle = 'queued' AND sweep IS NULL;
CREATE INDEX runs_waiting_of_sweeps ON runs (id) WHERE lifecycle = 'queued' AND sweep IS NOT NULL;
