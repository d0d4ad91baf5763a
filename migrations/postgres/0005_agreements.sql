-- What was proposed, agreed and written down. The parties of both sides stand in each row, for they decide who sees it.

CREATE TABLE proposals (
    id UUID NOT NULL PRIMARY KEY,
    round UUID NOT NULL REFERENCES rounds (id),
    run UUID NOT NULL REFERENCES runs (id),
    component UUID NOT NULL REFERENCES components (id),
    offer UUID NOT NULL REFERENCES offers (id),
    state_party UUID NOT NULL REFERENCES parties (id),
    provider_party UUID NOT NULL REFERENCES parties (id),
    period TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity >= 1),
    draw BIGINT NOT NULL CHECK (draw >= 1),
    cost BIGINT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('proposed', 'agreed', 'declined', 'lapsed')),
    state_accepted_at BIGINT,
    provider_accepted_at BIGINT,
    suitability TEXT,
    deadline_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    UNIQUE (run, component, offer, period),
    CHECK (lifecycle <> 'agreed' OR (state_accepted_at IS NOT NULL AND provider_accepted_at IS NOT NULL))
);
CREATE INDEX proposals_state_party ON proposals (state_party, id);
CREATE INDEX proposals_provider_party ON proposals (provider_party, id);
CREATE INDEX proposals_round ON proposals (round, id);
CREATE INDEX proposals_open ON proposals (deadline_at) WHERE lifecycle = 'proposed';

-- Clarifications asked and answered, in order.
CREATE TABLE proposal_messages (
    proposal UUID NOT NULL REFERENCES proposals (id),
    number BIGINT NOT NULL,
    party UUID NOT NULL REFERENCES parties (id),
    person UUID REFERENCES people (id),
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (proposal, number)
);

CREATE TABLE commitments (
    id UUID NOT NULL PRIMARY KEY,
    proposal UUID NOT NULL UNIQUE REFERENCES proposals (id),
    state_party UUID NOT NULL REFERENCES parties (id),
    provider_party UUID NOT NULL REFERENCES parties (id),
    authority TEXT NOT NULL,
    procedure TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('committed', 'disbursing', 'delivered', 'evaluated', 'cancelled')),
    disbursed BIGINT NOT NULL CHECK (disbursed >= 0),
    body TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX commitments_state_party ON commitments (state_party, id);
CREATE INDEX commitments_provider_party ON commitments (provider_party, id);

-- Every movement of what is promised. `quantity` is in the component's unit, `draw` in the offer's; releases are
-- negative. The running totals `committed` of components and offers are the sums of these.
CREATE TABLE ledger_entries (
    proposal UUID NOT NULL REFERENCES proposals (id),
    number BIGINT NOT NULL,
    component UUID NOT NULL REFERENCES components (id),
    offer UUID NOT NULL REFERENCES offers (id),
    kind TEXT NOT NULL CHECK (kind IN ('reserve', 'disburse', 'release')),
    quantity BIGINT NOT NULL,
    draw BIGINT NOT NULL,
    disbursed BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (proposal, number)
);
CREATE INDEX ledger_entries_component ON ledger_entries (component);
CREATE INDEX ledger_entries_offer ON ledger_entries (offer);

CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger entries are never changed' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER ledger_entries_update BEFORE UPDATE OR DELETE ON ledger_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
