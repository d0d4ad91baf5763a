-- What came in after the cut-off of a round takes no part in it, and its state is told.
ALTER TABLE left_out DROP CONSTRAINT left_out_reason_check;
ALTER TABLE left_out ADD CONSTRAINT left_out_reason_check CHECK (reason IN ('not_authenticated', 'returned',
    'not_circulated', 'nothing_outstanding', 'outside_horizon', 'package_incomplete', 'after_cut_off'));
CREATE INDEX audit_rows_came_in ON audit_rows (at) WHERE step IN ('circulate', 'confirm');

-- A programme takes part in rounds once the state it is for, or a coordinator, stands by it. Those that either of them
-- registered do already.
ALTER TABLE programmes ADD COLUMN confirmed_at BIGINT;
UPDATE programmes SET confirmed_at = created_at WHERE party IN (SELECT p.id FROM parties p
    WHERE p.kind = 'coordinator' OR (p.kind = 'state' AND p.code = programmes.state));
