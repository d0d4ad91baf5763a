-- Indexes for lists in the order of a rank: each serves one filter and the order in one walk, so that no list sorts more
-- than a page, however long the register.
CREATE INDEX requests_state_priority ON requests (state, priority, id);
CREATE INDEX requests_area_priority ON requests (area, priority, id);
CREATE INDEX requests_lifecycle_priority ON requests (lifecycle, priority, id);
CREATE INDEX requests_package_priority ON requests (package, priority, id);

CREATE INDEX offers_quantity ON offers (quantity, id);
CREATE INDEX offers_party_quantity ON offers (party, quantity, id);
CREATE INDEX offers_visibility_quantity ON offers (visibility, quantity, id);
CREATE INDEX offers_lifecycle_quantity ON offers (lifecycle, quantity, id);
CREATE INDEX offers_form_quantity ON offers (form, quantity, id);

-- What is published is what most readers see of runs.
CREATE INDEX runs_published_order ON runs (id) WHERE published_at IS NOT NULL;

-- What has a state is asked for by it: by whoever sees all of it, and by either side.
CREATE INDEX proposals_lifecycle ON proposals (lifecycle, id);
CREATE INDEX proposals_state_lifecycle ON proposals (state_party, lifecycle, id);
CREATE INDEX proposals_provider_lifecycle ON proposals (provider_party, lifecycle, id);
CREATE INDEX commitments_lifecycle ON commitments (lifecycle, id);
CREATE INDEX commitments_state_lifecycle ON commitments (state_party, lifecycle, id);
CREATE INDEX commitments_provider_lifecycle ON commitments (provider_party, lifecycle, id);
CREATE INDEX deliveries_webhook_lifecycle ON deliveries (webhook, lifecycle, id);
