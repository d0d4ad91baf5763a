-- What is asked for and what is given. Columns are what lists are filtered by and what the database itself guards;
-- everything else of a row stands in its body, canonical JSON.
--
-- `reference` is the name people and frozen problems use; `external_id` is the owner's own key for mirroring.

CREATE TABLE requests (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    reference TEXT NOT NULL UNIQUE,
    external_id TEXT,
    state TEXT NOT NULL,
    area TEXT NOT NULL,
    priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 5),
    title TEXT NOT NULL,
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('draft', 'endorsed', 'submitted', 'returned', 'authenticated',
        'circulated', 'in_round', 'partly_met', 'met', 'withdrawn', 'expired')),
    circulation TEXT NOT NULL CHECK (circulation IN ('private', 'named', 'providers', 'public')),
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (party, external_id)
) STRICT;
CREATE INDEX requests_party ON requests (party, id);
CREATE INDEX requests_party_priority ON requests (party, priority, id);
CREATE INDEX requests_circulation ON requests (circulation, id);
CREATE INDEX requests_circulation_priority ON requests (circulation, priority, id);
CREATE INDEX requests_state ON requests (state, id);
CREATE INDEX requests_area ON requests (area, id);
CREATE INDEX requests_lifecycle ON requests (lifecycle, id);
CREATE INDEX requests_priority ON requests (priority, id);

-- With `circulation = 'named'`: the parties the state let see the request.
CREATE TABLE request_circulations (
    party BLOB NOT NULL REFERENCES parties (id),
    request BLOB NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    PRIMARY KEY (party, request)
) STRICT;
CREATE INDEX request_circulations_request ON request_circulations (request);

CREATE TABLE components (
    id BLOB NOT NULL PRIMARY KEY,
    request BLOB NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    unit TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    committed INTEGER NOT NULL CHECK (committed >= 0),
    body TEXT NOT NULL,
    CHECK (committed <= quantity)
) STRICT;
CREATE INDEX components_request ON components (request, position);

CREATE TABLE offers (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    reference TEXT NOT NULL UNIQUE,
    external_id TEXT,
    title TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('money', 'in_kind')),
    unit TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity >= 1),
    committed INTEGER NOT NULL CHECK (committed >= 0),
    visibility TEXT NOT NULL CHECK (visibility IN ('confidential', 'parties', 'public')),
    lifecycle TEXT NOT NULL CHECK (lifecycle IN ('draft', 'submitted', 'available', 'reserved', 'exhausted',
        'withdrawn', 'expired')),
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (party, external_id),
    CHECK (committed <= quantity)
) STRICT;
CREATE INDEX offers_party ON offers (party, id);
CREATE INDEX offers_visibility ON offers (visibility, id);
CREATE INDEX offers_lifecycle ON offers (lifecycle, id);
CREATE INDEX offers_form ON offers (form, id);

-- The areas an offer serves; `*` stands for any.
CREATE TABLE offer_areas (
    area TEXT NOT NULL,
    offer BLOB NOT NULL REFERENCES offers (id) ON DELETE CASCADE,
    PRIMARY KEY (area, offer)
) STRICT;
CREATE INDEX offer_areas_offer ON offer_areas (offer);

-- Help that is under way already (paragraph 94).
CREATE TABLE programmes (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    reference TEXT NOT NULL UNIQUE,
    external_id TEXT,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    area TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('confidential', 'parties', 'public')),
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (party, external_id)
) STRICT;
CREATE INDEX programmes_party ON programmes (party, id);
CREATE INDEX programmes_visibility ON programmes (visibility, id);
CREATE INDEX programmes_state ON programmes (state, id);
CREATE INDEX programmes_area ON programmes (area, id);

-- Funding channels (paragraph 109), kept by coordinators and seen by all.
CREATE TABLE channels (
    id BLOB NOT NULL PRIMARY KEY,
    party BLOB NOT NULL REFERENCES parties (id),
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
