//! Who acts for which party. Only active memberships let a person see or do anything.

use jiff::Timestamp;
use serde::Serialize;

use crate::audit::Entry;
use crate::dialect::lock;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::{PartyKey, PersonKey};
use crate::session::Session;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::words::{MembershipStatus, PartyKind, Role};

/// A person's place in a party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// The party.
    pub party: PartyKey,
    /// The person.
    pub person: PersonKey,
    /// What they may do.
    pub role: Role,
    /// Whether it is in force.
    pub status: MembershipStatus,
    /// When the person consented to it, the first time.
    pub accepted_at: Option<Timestamp>,
    /// Rises with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A membership with what is asked about its party at every sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipOfPerson {
    /// The membership.
    pub membership: Membership,
    /// The party's kind.
    pub kind: PartyKind,
    /// The party's code.
    pub code: String,
    /// The party's name.
    pub name: String,
    /// Whether the party is there to try the service with.
    pub is_sandbox: bool,
}

impl Membership {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            party: row.get("party")?,
            person: row.get("person")?,
            role: row.parse("role")?,
            status: row.parse("status")?,
            accepted_at: row.time_optional("accepted_at")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// A membership, if there is one.
    pub async fn membership(&mut self, party: PartyKey, person: PersonKey) -> Result<Option<Membership>, StoreError> {
        let select = Statement::of("SELECT * FROM memberships WHERE party = $1 AND person = $2");
        let row = self.fetch_optional(select.bind(party).bind(person)).await?;
        row.as_ref().map(Membership::read).transpose()
    }

    /// Every membership of a person, whatever its status.
    pub async fn memberships_of(&mut self, person: PersonKey) -> Result<Vec<MembershipOfPerson>, StoreError> {
        let select = Statement::of(
            "SELECT m.*, p.kind, p.code, p.name, p.sandbox FROM memberships m JOIN parties p ON p.id = m.party \
             WHERE m.person = $1 ORDER BY m.party",
        );
        let rows = self.fetch_all(select.bind(person)).await?;
        let read = |row: &Row| {
            Ok(MembershipOfPerson {
                membership: Membership::read(row)?,
                kind: row.parse("kind")?,
                code: row.get("code")?,
                name: row.get("name")?,
                is_sandbox: row.get::<i64>("sandbox")? != 0,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Every membership in a party, or those of one status.
    pub async fn members_of(
        &mut self,
        party: PartyKey,
        status: Option<MembershipStatus>,
    ) -> Result<Vec<Membership>, StoreError> {
        let mut select = Statement::of("SELECT * FROM memberships WHERE party = ");
        select.value(party);
        if let Some(status) = status {
            select.push(" AND status = ").value(status);
        }
        select.push(" ORDER BY person");
        let rows = self.fetch_all(select).await?;
        rows.iter().map(Membership::read).collect()
    }
}

impl AuditedTransaction {
    /// Makes a membership or changes its role and status. One that becomes active is accepted: the caller has the person's
    /// consent, or the operator's word.
    pub async fn set_membership(
        &mut self,
        party: PartyKey,
        person: PersonKey,
        role: Role,
        status: MembershipStatus,
        reason: Option<&str>,
    ) -> Result<Membership, StoreError> {
        let before = self.membership(party, person).await?;
        let created_at = before.as_ref().map_or(self.at(), |before| before.created_at);
        let version = before.as_ref().map_or(1, |before| before.version + 1);
        let accepted_at = before.as_ref().and_then(|before| before.accepted_at);
        let accepted_at = accepted_at.or((status == MembershipStatus::Active).then(|| self.at()));
        let updated_at = self.at();
        let after = Membership { party, person, role, status, accepted_at, version, created_at, updated_at };
        // A version that another transaction has reached meanwhile is left as it is.
        let upsert = Statement::of(
            "INSERT INTO memberships (party, person, role, status, version, created_at, updated_at, accepted_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $6, $7) \
             ON CONFLICT (party, person) DO UPDATE SET role = excluded.role, status = excluded.status, \
             accepted_at = excluded.accepted_at, version = excluded.version, updated_at = excluded.updated_at WHERE memberships.version = excluded.version - 1",
        );
        let upsert = upsert.bind(party).bind(person).bind(role).bind(status).bind(version).bind(after.updated_at);
        let upsert = upsert.bind(after.accepted_at);
        let action = if before.is_some() { "membership.change" } else { "membership.create" };
        let mut entry = Entry::of(party, action, "person", person.uuid()).after(&after).reason(reason);
        let from = before.as_ref().map(|before| before.status);
        if let Some(step) = step(from, status) {
            entry = entry.step(step, from, status);
        }
        if let Some(before) = &before {
            entry = entry.before(before);
        }
        changed_one(self.change(upsert, entry).await?)?;
        Ok(after)
    }

    /// Who manages a party, as it stays until this transaction ends.
    pub async fn hold_managers(&mut self, party: PartyKey) -> Result<Vec<PersonKey>, StoreError> {
        let mut select = Statement::of(
            "SELECT person FROM memberships WHERE party = $1 AND role = $2 AND status = $3 ORDER BY person",
        );
        select.push(lock::for_update(self.engine()));
        let rows = self.fetch_all(select.bind(party).bind(Role::Manager).bind(MembershipStatus::Active)).await?;
        rows.iter().map(|row| row.get("person")).collect()
    }

    /// Changes a membership that stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none; [`StoreError::VersionMismatch`] when it has changed since it was read.
    pub async fn change_membership(
        &mut self,
        (party, person): (PartyKey, PersonKey),
        expected: i64,
        role: Role,
        status: MembershipStatus,
        reason: Option<&str>,
    ) -> Result<Membership, StoreError> {
        let before = self.membership(party, person).await?.ok_or_else(|| not_found("membership", person))?;
        same_version("membership", person, expected, before.version)?;
        self.set_membership(party, person, role, status, reason).await
    }
}

/// What the step is called that leads from one status to another; none where it stays, as when only a role changes.
fn step(from: Option<MembershipStatus>, to: MembershipStatus) -> Option<&'static str> {
    use MembershipStatus::{Active, Invited, Suspended};
    match (from, to) {
        (Some(from), to) if from == to => None,
        (_, Invited) => Some("invite"),
        (_, Suspended) => Some("suspend"),
        (None, Active) => Some("admit"),
        (Some(Invited), Active) => Some("accept"),
        (Some(_), Active) => Some("restore"),
    }
}
