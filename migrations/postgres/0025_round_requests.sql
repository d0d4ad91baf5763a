-- The requests that take part in a round: what a round has not decided on is not released by another one. Of rounds that are
-- closed nothing is asked any more.
CREATE TABLE round_requests (
    round UUID NOT NULL REFERENCES rounds (id),
    request UUID NOT NULL REFERENCES requests (id),
    PRIMARY KEY (round, request)
);
CREATE INDEX round_requests_request ON round_requests (request, round);
INSERT INTO round_requests (round, request)
    SELECT u.id, r.id FROM rounds u JOIN snapshots s ON s.sha256 = u.snapshot
    CROSS JOIN LATERAL json_array_elements(CAST(convert_from(s.bytes, 'UTF8') AS JSON) -> 'requests') e (value)
    JOIN requests r ON r.reference = e.value ->> 'id'
    WHERE u.lifecycle IN ('frozen', 'published', 'decided');

-- What is looked for by what it refers to.
CREATE INDEX scenarios_base ON scenarios (base);
CREATE INDEX shortfalls_component ON shortfalls (component);
CREATE INDEX imports_party ON imports (party, id);
