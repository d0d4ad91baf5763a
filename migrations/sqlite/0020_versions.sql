-- Memberships and runs have versions as everything else that changes: who changes one says which they have seen. What a
-- run tells while it works does not raise its own; steps do.
ALTER TABLE memberships ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE runs ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- What lists are narrowed to.
CREATE INDEX memberships_party_status ON memberships (party, status, person);
CREATE INDEX runs_lifecycle ON runs (lifecycle, id);
-- Beside it, a worker still finds what is leased in the order of leases.
DROP INDEX runs_leased;
CREATE INDEX runs_leased ON runs (lifecycle, lease_until) WHERE lifecycle = 'running';
CREATE INDEX runs_published_lifecycle ON runs (lifecycle, id) WHERE published_at IS NOT NULL;
CREATE INDEX parties_kind ON parties (kind, id);
CREATE INDEX national_reports_party ON national_reports (party, id);
CREATE INDEX national_reports_year ON national_reports (year, id);

-- A commitment is asked for by its round as well.
ALTER TABLE commitments ADD COLUMN round BLOB REFERENCES rounds (id);
UPDATE commitments SET round = (SELECT p.round FROM proposals p WHERE p.id = commitments.proposal);
CREATE INDEX commitments_round ON commitments (round, id);

-- Words of names and codes, in small letters: how parties are found by text.
CREATE TABLE party_words (
    word TEXT NOT NULL,
    party BLOB NOT NULL REFERENCES parties (id) ON DELETE CASCADE,
    PRIMARY KEY (word, party)
) STRICT;
CREATE INDEX party_words_party ON party_words (party);
INSERT INTO party_words (word, party) SELECT LOWER(code), id FROM parties;
