-- Packages: joint requests of several states (paragraph 95). A state opens one, others join it with the consent of their
-- managers; requests name it by its code, which never changes.
CREATE TABLE packages (
    id UUID NOT NULL PRIMARY KEY,
    party UUID NOT NULL REFERENCES parties (id),
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('open', 'withdrawn')),
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX packages_party ON packages (party, id);
CREATE INDEX packages_lifecycle ON packages (lifecycle, id);

-- The states of a package, the one that opened it among them. They stand under its code: who may see a request that names
-- it is then told from this table alone.
CREATE TABLE package_members (
    party UUID NOT NULL REFERENCES parties (id),
    package TEXT NOT NULL REFERENCES packages (code),
    status TEXT NOT NULL CHECK (status IN ('invited', 'joined', 'declined', 'left', 'ended')),
    reason TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (party, package)
);
CREATE INDEX package_members_package ON package_members (package, party);
CREATE INDEX package_members_joined ON package_members (party, package) WHERE status = 'joined';

-- Rounds that were frozen with requests of a package.
CREATE TABLE package_rounds (
    package TEXT NOT NULL REFERENCES packages (code),
    round UUID NOT NULL REFERENCES rounds (id),
    PRIMARY KEY (package, round)
);

-- Packages that requests named before they were opened by anybody: whoever named it first is taken to have opened it, the
-- others are invited, and until they join their requests count as their own.
INSERT INTO packages (id, party, code, title, lifecycle, body, version, created_at, updated_at)
    SELECT r.id, r.party, r.package, r.package, 'open', '{}', 1, r.created_at, r.created_at FROM requests r
    WHERE r.package IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM requests f WHERE f.package = r.package AND f.id < r.id);
INSERT INTO package_members (party, package, status, created_at, updated_at)
    SELECT r.party, p.code, CASE WHEN r.party = p.party THEN 'joined' ELSE 'invited' END, MIN(p.created_at),
        MIN(p.created_at)
    FROM packages p JOIN requests r ON r.package = p.code GROUP BY r.party, p.code, p.party;

-- A request whose package is not whole takes no part either, and its state is told.
ALTER TABLE left_out DROP CONSTRAINT left_out_reason_check;
ALTER TABLE left_out ADD CONSTRAINT left_out_reason_check CHECK (reason IN ('not_authenticated', 'returned',
    'not_circulated', 'nothing_outstanding', 'outside_horizon', 'package_incomplete'));
