-- A party with which a developer tries the service: what is its own is seen by itself and by coordinators, and takes part
-- in nothing.
ALTER TABLE parties ADD COLUMN sandbox BIGINT NOT NULL DEFAULT 0 CHECK (sandbox IN (0, 1));
CREATE INDEX parties_sandbox ON parties (id) WHERE sandbox = 1;
