-- Which step of a lifecycle a row tells of: its name, where it began and where it led. The hash of a row covers what stands
-- there; rows without a step hash as they did before there were any.
ALTER TABLE audit_rows ADD COLUMN step TEXT;
ALTER TABLE audit_rows ADD COLUMN state_from TEXT;
ALTER TABLE audit_rows ADD COLUMN state_to TEXT;

-- Rows are found by what they tell of, by action and by time, in the order of time and then of the chain.
DROP INDEX audit_rows_subject;
CREATE INDEX audit_rows_subject ON audit_rows (subject, at, number);
CREATE INDEX audit_rows_action ON audit_rows (chain, action, at, number);
CREATE INDEX audit_rows_at ON audit_rows (chain, at, number);
