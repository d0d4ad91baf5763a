-- Agreements that end, dates that expire, and what is forgotten.

-- How a proposal came to its end. Empty while it waits or is agreed, and for those that ended before this was kept.
ALTER TABLE proposals ADD COLUMN ending TEXT CHECK (ending IN ('declined', 'called_off', 'deadline', 'request_withdrawn',
    'offer_withdrawn', 'request_expired', 'offer_expired'));

-- The last day on which a request or offer is valid, as days since 1970; the day is over when it is over in UTC.
ALTER TABLE requests ADD COLUMN valid_until BIGINT;
ALTER TABLE offers ADD COLUMN valid_until BIGINT;
-- What was handed in, may still be matched and has such a day: what comes to its end by itself.
CREATE INDEX requests_valid_until ON requests (lifecycle, valid_until) WHERE valid_until IS NOT NULL;
CREATE INDEX offers_valid_until ON offers (lifecycle, valid_until) WHERE valid_until IS NOT NULL;

-- Sessions and links are forgotten some time after they could last have been used; tokens of services stay on record.
CREATE INDEX credentials_ended ON credentials (expires_at) WHERE kind IN ('session', 'link');

-- When the events of a run were forgotten: what it came to stays. Runs that have ended and still have theirs.
ALTER TABLE runs ADD COLUMN events_forgotten_at BIGINT;
CREATE INDEX runs_with_events ON runs (finished_at) WHERE finished_at IS NOT NULL AND events_forgotten_at IS NULL;
