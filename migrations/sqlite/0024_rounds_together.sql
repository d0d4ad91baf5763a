-- What came in after the cut-off of a round takes no part in it, and its state is told.
CREATE TABLE left_out_for_more (
    round BLOB NOT NULL REFERENCES rounds (id),
    request BLOB NOT NULL REFERENCES requests (id),
    reason TEXT NOT NULL CHECK (reason IN ('not_authenticated', 'returned', 'not_circulated', 'nothing_outstanding',
        'outside_horizon', 'package_incomplete', 'after_cut_off')),
    components TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (round, request)
) STRICT;
INSERT INTO left_out_for_more (round, request, reason, components, at)
    SELECT round, request, reason, components, at FROM left_out;
DROP TABLE left_out;
ALTER TABLE left_out_for_more RENAME TO left_out;
CREATE INDEX left_out_request ON left_out (request, at);
CREATE INDEX audit_rows_came_in ON audit_rows (at) WHERE step IN ('circulate', 'confirm');

-- A programme takes part in rounds once the state it is for, or a coordinator, stands by it. Those that either of them
-- registered do already.
ALTER TABLE programmes ADD COLUMN confirmed_at INTEGER;
UPDATE programmes SET confirmed_at = created_at WHERE party IN (SELECT p.id FROM parties p
    WHERE p.kind = 'coordinator' OR (p.kind = 'state' AND p.code = programmes.state));
