-- When an offer first became available: what was never confirmed is shown to nobody else, and that it was withdrawn or
-- expired before makes it no more known.
ALTER TABLE offers ADD COLUMN confirmed_at INTEGER;
-- Of earlier offers it is known from where they stand, from the audit log, and from what was proposed of them.
UPDATE offers SET confirmed_at = COALESCE(
    (SELECT MIN(a.at) FROM audit_rows a WHERE a.subject = offers.id AND a.state_to = 'available'), created_at)
    WHERE lifecycle IN ('available', 'reserved', 'exhausted')
        OR EXISTS (SELECT 1 FROM audit_rows a WHERE a.subject = offers.id AND a.state_to = 'available')
        OR EXISTS (SELECT 1 FROM proposals p WHERE p.offer = offers.id);

-- Published runs were taken for open by their requests and offers alone, though programmes, limits and decisions that are
-- not public stand in them too. What they were made from is for coordinators and admitted observers again.
UPDATE runs SET is_open = 0, version = version + 1 WHERE is_open = 1;
