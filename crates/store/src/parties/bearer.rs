//! Who shows a secret: its credential with everything that is asked about its holder at every use, in one statement, so
//! that it is all of one moment.

use super::{Credential, Secret};
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::PartyKey;
use crate::session::Session;
use crate::statement::Statement;
use crate::words::{MembershipStatus, PartyKind, Role};

/// Who shows a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// What was shown, valid or not; see [`Credential::is_valid`].
    pub credential: Credential,
    /// Whether the person was shut out.
    pub is_disabled: bool,
    /// The party of a service; the parties a person is a member of, whatever its status, by key.
    pub parties: Vec<PartyOfBearer>,
}

/// A party that the bearer may act for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyOfBearer {
    /// The party.
    pub key: PartyKey,
    /// What it is.
    pub kind: PartyKind,
    /// Its code.
    pub code: String,
    /// Whether it is there to try the service with.
    pub is_sandbox: bool,
    /// A person's place in it; a service has none.
    pub membership: Option<(Role, MembershipStatus)>,
}

/// A row for each party, and one where there is none. Columns of the credential have their own names.
const BY_SECRET: &str = "SELECT c.*, p.disabled_at, q.id AS party_id, q.kind AS party_kind, q.code AS party_code, \
     q.sandbox AS party_sandbox, m.role AS member_role, m.status AS member_status FROM credentials c \
     LEFT JOIN people p ON p.id = c.person LEFT JOIN memberships m ON m.person = c.person \
     LEFT JOIN parties q ON q.id = COALESCE(m.party, c.party) WHERE c.secret_hash = $1 ORDER BY m.party";

impl PartyOfBearer {
    fn read(row: &Row) -> Result<Option<Self>, StoreError> {
        let Some(key) = row.get::<Option<PartyKey>>("party_id")? else { return Ok(None) };
        let membership = match row.get::<Option<String>>("member_role")? {
            Some(_) => Some((row.parse("member_role")?, row.parse("member_status")?)),
            None => None,
        };
        Ok(Some(Self {
            key,
            kind: row.parse("party_kind")?,
            code: row.get("party_code")?,
            is_sandbox: row.get::<i64>("party_sandbox")? != 0,
            membership,
        }))
    }
}

impl Session {
    /// Who shows this secret.
    pub async fn bearer_of(&mut self, secret: &Secret) -> Result<Option<Bearer>, StoreError> {
        let rows = self.fetch_all(Statement::of(BY_SECRET).bind(&secret.hash()[..])).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let credential = Credential::read(first)?;
        let is_disabled = first.time_optional("disabled_at")?.is_some();
        let parties = rows.iter().filter_map(|row| PartyOfBearer::read(row).transpose());
        Ok(Some(Bearer { credential, is_disabled, parties: parties.collect::<Result<_, _>>()? }))
    }
}
