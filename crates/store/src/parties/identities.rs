//! Who people are at providers of OpenID Connect, and the sign-ins there that have not come back yet.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::Secret;
use crate::audit::{Chain, Entry};
use crate::bounds;
use crate::error::StoreError;
use crate::forgetting::{Old, forget};
use crate::keys::{CredentialKey, IdentityKey, PersonKey};
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;
use crate::transaction::AuditedTransaction;

/// Journeys to a provider whose time is over.
pub(crate) const OPENID_SIGN_INS: Old = Old { table: "openid_sign_ins", key: "secret_hash", age: "expires_at <= " };

/// What a provider calls a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewIdentity {
    /// Key of the row.
    pub key: IdentityKey,
    /// Whom it names.
    pub person: PersonKey,
    /// The provider, by the address it goes by in its tokens.
    pub issuer: String,
    /// The account, by the name that is never given to another.
    pub subject: String,
}

impl Session {
    /// The person whom a provider calls so, if they came in by it before.
    pub async fn person_by_identity(&mut self, issuer: &str, subject: &str) -> Result<Option<PersonKey>, StoreError> {
        let select = Statement::of("SELECT person FROM identities WHERE issuer = $1 AND subject = $2");
        let row = self.fetch_optional(select.bind(issuer).bind(subject)).await?;
        row.map(|row| row.get("person")).transpose()
    }

    /// Whether a person has come in by a provider before, under whatever name.
    pub async fn has_identity(&mut self, person: PersonKey, issuer: &str) -> Result<bool, StoreError> {
        let select = Statement::of("SELECT person FROM identities WHERE person = $1 AND issuer = $2");
        Ok(self.fetch_optional(select.bind(person).bind(issuer)).await?.is_some())
    }
}

impl Session {
    /// Whether any provider was seen to ask a person for a second factor.
    pub async fn has_second_factor_elsewhere(&mut self, person: PersonKey) -> Result<bool, StoreError> {
        let select =
            Statement::of("SELECT person FROM identities WHERE person = $1 AND second_factor_at IS NOT NULL LIMIT 1");
        Ok(self.fetch_optional(select.bind(person)).await?.is_some())
    }

    /// The account that a credential's holder still has to confirm: its provider and its name there.
    pub async fn identity_to_confirm(
        &mut self,
        credential: CredentialKey,
    ) -> Result<Option<(String, String)>, StoreError> {
        let select = Statement::of("SELECT issuer, subject FROM identities_to_confirm WHERE credential = $1");
        let row = self.fetch_optional(select.bind(credential)).await?;
        row.map(|row| Ok((row.get("issuer")?, row.get("subject")?))).transpose()
    }
}

impl AuditedTransaction {
    /// Notes that a provider asked a person for a second factor; nothing where that was noted before.
    pub async fn note_second_factor_elsewhere(&mut self, person: PersonKey, issuer: &str) -> Result<(), StoreError> {
        let select = "SELECT person FROM identities WHERE person = $1 AND issuer = $2 AND second_factor_at IS NULL";
        if self.fetch_optional(Statement::of(select).bind(person).bind(issuer)).await?.is_none() {
            return Ok(());
        }
        let update = "UPDATE identities SET second_factor_at = $3 \
                      WHERE person = $1 AND issuer = $2 AND second_factor_at IS NULL";
        let update = Statement::of(update).bind(person).bind(issuer).bind(self.at());
        let entry = Entry::of(Chain::INSTALLATION, "person.note_second_factor", "person", person.uuid());
        self.change(update, entry).await.map(drop)
    }

    /// Keeps an account until the holder of a credential confirms it: whose it is taken for stands under the chain.
    pub async fn add_identity_to_confirm(
        &mut self,
        credential: CredentialKey,
        issuer: &str,
        subject: &str,
    ) -> Result<(), StoreError> {
        bounds::texts([issuer, subject])?;
        let insert =
            Statement::of("INSERT INTO identities_to_confirm (credential, issuer, subject) VALUES ($1, $2, $3)");
        let account = json!({ "issuer": issuer, "subject": subject });
        let action = "credential.await_identity";
        let entry = Entry::of(Chain::INSTALLATION, action, "credential", credential.uuid()).after(&account);
        self.change(insert.bind(credential).bind(issuer).bind(subject), entry).await.map(drop)
    }

    /// Notes what a provider calls a person.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when it calls somebody else so, or calls them otherwise.
    pub async fn add_identity(&mut self, new: &NewIdentity) -> Result<(), StoreError> {
        bounds::texts([new.issuer.as_str(), new.subject.as_str()])?;
        let insert = Statement::of(
            "INSERT INTO identities (id, person, issuer, subject, created_at) VALUES ($1, $2, $3, $4, $5)",
        );
        let insert = insert.bind(new.key).bind(new.person).bind(&new.issuer).bind(&new.subject).bind(self.at());
        let entry = Entry::of(Chain::INSTALLATION, "person.link_identity", "person", new.person.uuid());
        self.change(insert, entry.after(new)).await.map(drop)
    }
}

impl Store {
    /// Keeps that a browser went to a provider, until it comes back or the time is over; what of others is over is
    /// forgotten a few at a time. Nobody is known yet: there is nothing to audit.
    pub async fn begin_openid_sign_in(
        &self,
        secret: &Secret,
        provider: &str,
        at: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        bounds::texts([provider])?;
        let mut session = self.begin_unaudited().await?;
        // More than come, so that they do not become many between two looks of a worker.
        forget(&mut session, &OPENID_SIGN_INS, at, 4).await?;
        let insert =
            Statement::of("INSERT INTO openid_sign_ins (secret_hash, provider, expires_at) VALUES ($1, $2, $3)");
        session.execute(insert.bind(&secret.hash()[..]).bind(provider).bind(until)).await?;
        session.commit().await
    }

    /// Forgets journeys to a provider that were over at a moment, at most so many. Answers how many.
    pub async fn forget_openid_sign_ins(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        self.forget(&OPENID_SIGN_INS, before, most).await
    }

    /// Uses up a sign-in that comes back. Answers whether it had been begun with that provider, was not used before and
    /// is in time.
    pub async fn end_openid_sign_in(&self, secret: &Secret, provider: &str, at: Timestamp) -> Result<bool, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let delete =
            Statement::of("DELETE FROM openid_sign_ins WHERE secret_hash = $1 AND provider = $2 AND expires_at > $3");
        let ended = session.execute(delete.bind(&secret.hash()[..]).bind(provider).bind(at)).await?;
        session.commit().await?;
        Ok(ended == 1)
    }
}
