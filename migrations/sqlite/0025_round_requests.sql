-- The requests that take part in a round: what a round has not decided on is not released by another one. Of rounds that are
-- closed nothing is asked any more.
CREATE TABLE round_requests (
    round BLOB NOT NULL REFERENCES rounds (id),
    request BLOB NOT NULL REFERENCES requests (id),
    PRIMARY KEY (round, request)
) STRICT;
CREATE INDEX round_requests_request ON round_requests (request, round);
INSERT INTO round_requests (round, request)
    SELECT u.id, r.id FROM rounds u JOIN snapshots s ON s.sha256 = u.snapshot
    JOIN json_each(CAST(s.bytes AS TEXT), '$.requests') e JOIN requests r ON r.reference = json_extract(e.value, '$.id')
    WHERE u.lifecycle IN ('frozen', 'published', 'decided');

-- What is looked for by what it refers to.
CREATE INDEX scenarios_base ON scenarios (base);
CREATE INDEX shortfalls_component ON shortfalls (component);
CREATE INDEX imports_party ON imports (party, id);
