-- Content that was kept ahead of the change that refers to it, and when: what nothing refers to a day later is forgotten.
-- Whoever comes to refer to it takes it out of here, in the same transaction.
CREATE TABLE prepared_snapshots (
    sha256 TEXT NOT NULL PRIMARY KEY REFERENCES snapshots (sha256),
    at BIGINT NOT NULL
);
CREATE INDEX prepared_snapshots_at ON prepared_snapshots (at);

-- By what is looked at before content goes.
CREATE INDEX rounds_snapshot ON rounds (snapshot);
CREATE INDEX runs_problem ON runs (problem);
CREATE INDEX sweeps_problem ON sweeps (problem);
CREATE INDEX sweep_settings_overrides ON sweep_settings (overrides);
