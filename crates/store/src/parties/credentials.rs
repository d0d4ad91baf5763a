//! Browser sessions, tokens of services and one-time links: one model, listed and revoked alike.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::Secret;
use crate::audit::{Chain, Entry};
use crate::bounds;
use crate::dialect::queue;
use crate::engine::Row;
use crate::error::StoreError;
use crate::forgetting::Old;
use crate::guard::not_found;
use crate::keys::{CredentialKey, PartyKey, PersonKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::store::Store;
use crate::transaction::AuditedTransaction;
use crate::words::CredentialKind;

/// Whose credential it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A person, with all their active memberships.
    Person(PersonKey),
    /// A service of a party.
    Party(PartyKey),
}

/// The invitation that a link accepts, or that a session began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ByInvitation {
    /// Of which party.
    pub party: PartyKey,
    /// Whether whoever invited was shown the link: then it says nothing of who reads the person's mail.
    pub was_shown: bool,
}

/// A credential without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// Its key.
    pub key: CredentialKey,
    /// What it is.
    pub kind: CredentialKind,
    /// Whose it is.
    pub holder: Holder,
    /// What the holder calls it, or the browser.
    pub label: String,
    /// What it may be used for; empty: nothing but reading what is public.
    pub scopes: Vec<String>,
    /// The invitation it came by, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation: Option<ByInvitation>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
}

/// A credential to be made.
#[derive(Debug, Clone)]
pub struct NewCredential {
    /// Its key.
    pub key: CredentialKey,
    /// What it is.
    pub kind: CredentialKind,
    /// Whose it is.
    pub holder: Holder,
    /// What the holder calls it.
    pub label: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// The invitation it comes by, if it does.
    pub invitation: Option<ByInvitation>,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

const LISTED: Listed = Listed { table: "credentials", orders: BY_TIME };

/// Sessions and links that nobody could use any more, used, taken back or not.
pub(crate) const ENDED: Old =
    Old { table: "credentials", key: "id", age: "kind IN ('session', 'link') AND expires_at < " };

/// The last use is written at most this often: a busy service would otherwise write a row for every read.
const USE_PRECISION_MICROSECONDS: i64 = 60_000_000;

impl Credential {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        let holder = match (row.get::<Option<PersonKey>>("person")?, row.get::<Option<PartyKey>>("party")?) {
            (Some(person), _) => Holder::Person(person),
            (None, Some(party)) => Holder::Party(party),
            (None, None) => {
                return Err(StoreError::Corrupt { column: "person".to_owned(), value: "no holder".to_owned() });
            }
        };
        let was_shown = row.get::<i64>("was_shown")? != 0;
        let invited_to = row.get::<Option<PartyKey>>("invited_to")?;
        Ok(Self {
            key: row.get("id")?,
            kind: row.parse("kind")?,
            holder,
            label: row.get("label")?,
            scopes: crate::engine::from_json("scopes", &row.get::<String>("scopes")?)?,
            invitation: invited_to.map(|party| ByInvitation { party, was_shown }),
            created_at: row.time("created_at")?,
            expires_at: row.time("expires_at")?,
            used_at: row.time_optional("used_at")?,
            revoked_at: row.time_optional("revoked_at")?,
        })
    }

    /// Whether it can be used at a moment. A link can be used once.
    pub fn is_valid(&self, at: Timestamp) -> bool {
        self.revoked_at.is_none()
            && at < self.expires_at
            && (self.kind != CredentialKind::Link || self.used_at.is_none())
    }

    /// Whether its use at a moment is to be noted.
    pub fn is_use_due(&self, at: Timestamp) -> bool {
        self.used_at.is_none_or(|used| at.as_microsecond() - used.as_microsecond() >= USE_PRECISION_MICROSECONDS)
    }

    /// Rises with every change: a link is used once, and everything is taken back once. That it was used again is no
    /// change.
    pub fn version(&self) -> i64 {
        let was_used = self.kind == CredentialKind::Link && self.used_at.is_some();
        1 + i64::from(was_used) + i64::from(self.revoked_at.is_some())
    }

    fn chain(&self) -> Chain {
        match self.holder {
            Holder::Person(_) => Chain::INSTALLATION,
            Holder::Party(party) => party.into(),
        }
    }
}

impl Session {
    /// The credential of a secret, valid or not; see [`Credential::is_valid`].
    pub async fn credential_by_secret(&mut self, secret: &Secret) -> Result<Option<Credential>, StoreError> {
        let select = Statement::of("SELECT * FROM credentials WHERE secret_hash = $1").bind(&secret.hash()[..]);
        self.fetch_optional(select).await?.as_ref().map(Credential::read).transpose()
    }

    /// A credential by key.
    pub async fn credential(&mut self, key: CredentialKey) -> Result<Credential, StoreError> {
        let row = self.fetch_optional(Statement::of("SELECT * FROM credentials WHERE id = $1").bind(key)).await?;
        Credential::read(&row.ok_or_else(|| not_found("credential", key))?)
    }

    /// Credentials of a holder, a page at a time: all of them, or those that can be used at a moment.
    pub async fn credentials_of(
        &mut self,
        holder: Holder,
        valid_at: Option<Timestamp>,
        page: &Page,
    ) -> Result<Vec<Credential>, StoreError> {
        let holder = match holder {
            Holder::Person(person) => Condition::of("t.person = ").value(person),
            Holder::Party(party) => Condition::of("t.party = ").value(party),
        };
        let valid = valid_at.map(|at| {
            Condition::of("t.revoked_at IS NULL AND (t.kind <> 'link' OR t.used_at IS NULL) AND t.expires_at > ")
                .value(at)
        });
        let filters: Vec<Condition> = valid.into_iter().collect();
        let rows = self.fetch_all(page::select(&LISTED, &[holder], &filters, page)?).await?;
        rows.iter().map(Credential::read).collect()
    }
}

impl Store {
    /// Notes the use of a credential, to the minute; a use noted meanwhile stays.
    pub async fn note_use(&self, credential: CredentialKey, at: Timestamp) -> Result<(), StoreError> {
        let mut session = self.begin_unaudited().await?;
        let update = Statement::of(
            "UPDATE credentials SET used_at = $2 WHERE id = $1 AND kind <> 'link' AND (used_at IS NULL OR used_at <= $3)",
        );
        let update = update.bind(credential).bind(at).bind(at.as_microsecond() - USE_PRECISION_MICROSECONDS);
        session.execute(update).await?;
        session.commit().await
    }
}

impl Store {
    /// Forgets sessions and links that nobody could use after a moment, at most so many, and accounts that were to be
    /// confirmed by them. Answers how many. Tokens of services stay on record; so does what the audit log says of each.
    pub async fn forget_credentials(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let mut found = ENDED.found(before, most);
        found.push(queue::skip_locked(session.engine()));
        let rows = session.fetch_all(found).await?;
        let keys = rows.iter().map(|row| row.get::<CredentialKey>("id")).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            session.rollback().await?;
            return Ok(0);
        }
        let mut to_confirm = Statement::of("DELETE FROM identities_to_confirm WHERE ");
        to_confirm.condition(&Condition::of("credential IN ").list(keys.iter().copied()));
        session.execute(to_confirm).await?;
        let mut delete = Statement::of("DELETE FROM credentials WHERE ");
        delete.condition(&Condition::of("id IN ").list(keys));
        let forgotten = session.execute(delete).await?;
        session.commit().await?;
        Ok(forgotten)
    }
}

impl AuditedTransaction {
    /// Makes a credential for a secret, of which only the hash is kept.
    pub async fn add_credential(&mut self, new: &NewCredential, secret: &Secret) -> Result<Credential, StoreError> {
        bounds::texts([new.label.as_str()])?;
        bounds::at_most("scopes", new.scopes.len(), bounds::MAX_LIST)?;
        let credential = Credential {
            key: new.key,
            kind: new.kind,
            holder: new.holder,
            label: new.label.clone(),
            scopes: new.scopes.clone(),
            invitation: new.invitation,
            created_at: self.at(),
            expires_at: new.expires_at,
            used_at: None,
            revoked_at: None,
        };
        let (person, party) = match new.holder {
            Holder::Person(person) => (Some(person), None),
            Holder::Party(party) => (None, Some(party)),
        };
        let insert = Statement::of(
            "INSERT INTO credentials (id, kind, person, party, secret_hash, label, scopes, created_at, expires_at, \
             invited_to, was_shown) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        );
        let insert = insert.bind(new.key).bind(new.kind).bind(person).bind(party).bind(&secret.hash()[..]);
        let insert = insert.bind(&new.label).bind(bounds::body(&json!(new.scopes))?);
        let insert = insert.bind(credential.created_at).bind(new.expires_at);
        let insert = insert.bind(new.invitation.map(|invitation| invitation.party));
        let insert = insert.bind(i64::from(new.invitation.is_some_and(|invitation| invitation.was_shown)));
        let entry = Entry::of(credential.chain(), "credential.create", "credential", new.key.uuid());
        self.change(insert, entry.after(&credential)).await?;
        Ok(credential)
    }

    /// Uses up a one-time link. `None`: it does not exist, was used, taken back or has expired.
    pub async fn use_link(&mut self, secret: &Secret) -> Result<Option<Credential>, StoreError> {
        let update = Statement::of(
            "UPDATE credentials SET used_at = $2 WHERE secret_hash = $1 AND kind = 'link' AND used_at IS NULL \
             AND revoked_at IS NULL AND expires_at > $2 RETURNING *",
        );
        let update = update.bind(&secret.hash()[..]).bind(self.at());
        let row = self.fetch_optional(update).await?;
        let Some(credential) = row.as_ref().map(Credential::read).transpose()? else { return Ok(None) };
        self.note(Entry::of(credential.chain(), "credential.use", "credential", credential.key.uuid()));
        Ok(Some(credential))
    }

    /// Takes a credential back, at once. Answers whether it was still in force.
    pub async fn revoke_credential(&mut self, key: CredentialKey, reason: Option<&str>) -> Result<bool, StoreError> {
        let before = self.credential(key).await?;
        let update = Statement::of("UPDATE credentials SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL");
        let entry = Entry::of(before.chain(), "credential.revoke", "credential", key.uuid());
        Ok(self.change(update.bind(key).bind(self.at()), entry.before(&before).reason(reason)).await? == 1)
    }

    /// Takes back links that only the person was sent and that are good for the same: a place in a party, or a new
    /// password alone.
    pub async fn revoke_mailed_links(
        &mut self,
        person: PersonKey,
        party: Option<PartyKey>,
        reason: Option<&str>,
    ) -> Result<u64, StoreError> {
        let update = Statement::of(
            "UPDATE credentials SET revoked_at = $2 WHERE person = $1 AND kind = 'link' AND was_shown = 0 \
             AND used_at IS NULL AND revoked_at IS NULL AND (invited_to = $3 OR (invited_to IS NULL AND $3 IS NULL))",
        );
        let entry = Entry::of(Chain::INSTALLATION, "credential.revoke_mailed", "person", person.uuid()).reason(reason);
        self.change(update.bind(person).bind(self.at()).bind(party), entry).await
    }

    /// Takes back links of a person that whoever invited was shown, and sessions that began with one.
    pub async fn revoke_shown_links(&mut self, person: PersonKey, reason: Option<&str>) -> Result<u64, StoreError> {
        let update =
            "UPDATE credentials SET revoked_at = $2 WHERE person = $1 AND was_shown = 1 AND revoked_at IS NULL";
        let entry = Entry::of(Chain::INSTALLATION, "credential.revoke_shown", "person", person.uuid()).reason(reason);
        self.change(Statement::of(update).bind(person).bind(self.at()), entry).await
    }

    /// Takes back every credential of a person, as after a change of password.
    pub async fn revoke_all_of(&mut self, person: PersonKey, except: Option<CredentialKey>) -> Result<u64, StoreError> {
        let update = Statement::of(
            "UPDATE credentials SET revoked_at = $2 WHERE person = $1 AND revoked_at IS NULL AND (id <> $3 OR $3 IS NULL)",
        );
        let entry = Entry::of(Chain::INSTALLATION, "credential.revoke_all", "person", person.uuid());
        self.change(update.bind(person).bind(self.at()).bind(except), entry).await
    }
}
