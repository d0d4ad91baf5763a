-- What was proposed, agreed and written down. The parties of both sides stand in each row, for they decide who sees it.

CREATE TABLE proposals (
    id BLOB NOT NULL PRIMARY KEY,
    round BLOB NOT NULL REFERENCES rounds (id),
    run BLOB NOT NULL REFERENCES runs (id),
    component BLOB NOT NULL REFERENCES components (id),
    offer BLOB NOT NULL REFERENCES offers (id),
    state_party BLOB NOT NULL REFERENCES parties (id),
    provider_party BLOB NOT NULL REFERENCES parties (id),
    period TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    draw INTEGER NOT NULL CHECK (draw >= 1),
    cost INTEGER NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('proposed', 'agreed', 'declined', 'lapsed')),
    state_accepted_at INTEGER,
    provider_accepted_at INTEGER,
    suitability TEXT,
    deadline_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (run, component, offer, period),
    CHECK (lifecycle <> 'agreed' OR (state_accepted_at IS NOT NULL AND provider_accepted_at IS NOT NULL))
) STRICT;
CREATE INDEX proposals_state_party ON proposals (state_party, id);
CREATE INDEX proposals_provider_party ON proposals (provider_party, id);
CREATE INDEX proposals_round ON proposals (round, id);
CREATE INDEX proposals_open ON proposals (deadline_at) WHERE lifecycle = 'proposed';

-- Clarifications asked and answered, in order.
CREATE TABLE proposal_messages (
    proposal BLOB NOT NULL REFERENCES proposals (id),
    number INTEGER NOT NULL,
    party BLOB NOT NULL REFERENCES parties (id),
    person BLOB REFERENCES people (id),
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (proposal, number)
) STRICT;

CREATE TABLE commitments (
    id BLOB NOT NULL PRIMARY KEY,
    proposal BLOB NOT NULL UNIQUE REFERENCES proposals (id),
    state_party BLOB NOT NULL REFERENCES parties (id),
    provider_party BLOB NOT NULL REFERENCES parties (id),
    authority TEXT NOT NULL,
    procedure TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('committed', 'disbursing', 'delivered', 'evaluated', 'cancelled')),
    disbursed INTEGER NOT NULL CHECK (disbursed >= 0),
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX commitments_state_party ON commitments (state_party, id);
CREATE INDEX commitments_provider_party ON commitments (provider_party, id);

-- Every movement of what is promised. `quantity` is in the component's unit, `draw` in the offer's; releases are
-- negative. The running totals `committed` of components and offers are the sums of these.
CREATE TABLE ledger_entries (
    proposal BLOB NOT NULL REFERENCES proposals (id),
    number INTEGER NOT NULL,
    component BLOB NOT NULL REFERENCES components (id),
    offer BLOB NOT NULL REFERENCES offers (id),
    kind TEXT NOT NULL CHECK (kind IN ('reserve', 'disburse', 'release')),
    quantity INTEGER NOT NULL,
    draw INTEGER NOT NULL,
    disbursed INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (proposal, number)
) STRICT;
CREATE INDEX ledger_entries_component ON ledger_entries (component);
CREATE INDEX ledger_entries_offer ON ledger_entries (offer);

CREATE TRIGGER ledger_entries_update BEFORE UPDATE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
CREATE TRIGGER ledger_entries_delete BEFORE DELETE ON ledger_entries
BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END;
