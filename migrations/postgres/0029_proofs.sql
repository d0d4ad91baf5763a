-- When it was last shown that whoever comes in as a person reads the mail of their address. Who invites somebody for the
-- first time is shown the link, and may open it; a place in a further party asks for this.
ALTER TABLE people ADD COLUMN address_proved_at BIGINT;
-- An account of a provider became theirs because the provider had verified the address.
UPDATE people SET address_proved_at = (SELECT MIN(i.created_at) FROM identities i WHERE i.person = people.id);

-- When the person consented to act for the party. Whoever has not is not made active by anybody else, suspended or not.
ALTER TABLE memberships ADD COLUMN accepted_at BIGINT;
UPDATE memberships SET accepted_at = updated_at WHERE status = 'active' OR (status = 'suspended' AND EXISTS (
    SELECT 1 FROM audit_rows a
    WHERE a.chain = memberships.party AND a.subject = memberships.person AND a.state_to = 'active'
));

-- The party whose invitation a link accepts, or a session began with, and whether whoever invited was shown the link.
ALTER TABLE credentials ADD COLUMN invited_to UUID REFERENCES parties (id);
ALTER TABLE credentials ADD COLUMN was_shown BIGINT NOT NULL DEFAULT 0;
