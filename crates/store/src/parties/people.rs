//! People. Passwords come hashed and second factors sealed: the store never sees either in the clear.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;

use crate::audit::{Chain, Entry};
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::PersonKey;
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;

const LISTED: Listed = Listed { table: "people", orders: BY_TIME };

/// A person. Printed without secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Their key.
    pub key: PersonKey,
    /// Their address in lower case, unique.
    pub email: String,
    /// As shown.
    pub name: String,
    /// Language of pages and mail, such as `fr`.
    pub language: String,
    /// Hash of the password in its own text form; `None`: no password signs in.
    pub password_hash: Option<String>,
    /// The second factor's secret, sealed by the caller.
    pub second_factor: Option<Vec<u8>>,
    /// When the second factor was first shown to work; until then it is not asked for.
    pub second_factor_at: Option<Timestamp>,
    /// When it was last shown that whoever comes in as the person reads the mail of this address.
    pub address_proved_at: Option<Timestamp>,
    /// When the person was shut out.
    pub disabled_at: Option<Timestamp>,
    /// Rises with every change.
    pub version: i64,
    /// When they were registered.
    pub created_at: Timestamp,
    /// When they last changed.
    pub updated_at: Timestamp,
}

/// A person to be registered. Printed without secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Their key.
    pub key: PersonKey,
    /// Their address; kept in lower case.
    pub email: String,
    /// As shown.
    pub name: String,
    /// Language of pages and mail.
    pub language: String,
    /// Hash of the password.
    pub password_hash: Option<String>,
}

impl fmt::Debug for Person {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.covered().fmt(formatter)
    }
}

impl fmt::Debug for NewPerson {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("NewPerson").field("key", &self.key).field("email", &self.email).finish_non_exhaustive()
    }
}

/// What the audit log covers: that secrets changed, never what they are.
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
#[derive(Debug, Serialize)]
struct Covered<'a> {
    key: PersonKey,
    email: &'a str,
    name: &'a str,
    language: &'a str,
    has_password: bool,
    has_second_factor: bool,
    has_proved_address: bool,
    is_disabled: bool,
    version: i64,
}

impl Person {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            email: row.get("email")?,
            name: row.get("name")?,
            language: row.get("language")?,
            password_hash: row.get("password_hash")?,
            second_factor: row.get("second_factor")?,
            second_factor_at: row.time_optional("second_factor_at")?,
            address_proved_at: row.time_optional("address_proved_at")?,
            disabled_at: row.time_optional("disabled_at")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }

    fn covered(&self) -> Covered<'_> {
        Covered {
            key: self.key,
            email: &self.email,
            name: &self.name,
            language: &self.language,
            has_password: self.password_hash.is_some(),
            has_second_factor: self.second_factor_at.is_some(),
            has_proved_address: self.address_proved_at.is_some(),
            is_disabled: self.disabled_at.is_some(),
            version: self.version,
        }
    }
}

impl Session {
    /// A person by key.
    pub async fn person(&mut self, key: PersonKey) -> Result<Person, StoreError> {
        let row = self.fetch_optional(Statement::of("SELECT * FROM people WHERE id = $1").bind(key)).await?;
        Person::read(&row.ok_or_else(|| not_found("person", key))?)
    }

    /// A person by address, in any case.
    pub async fn person_by_email(&mut self, email: &str) -> Result<Option<Person>, StoreError> {
        let select = Statement::of("SELECT * FROM people WHERE email = $1").bind(email.to_lowercase());
        self.fetch_optional(select).await?.as_ref().map(Person::read).transpose()
    }

    /// People.
    pub async fn people(&mut self, page: &Page) -> Result<Vec<Person>, StoreError> {
        let rows = self.fetch_all(page::select(&LISTED, &[Condition::of("1 = 1")], &[], page)?).await?;
        rows.iter().map(Person::read).collect()
    }
}

impl AuditedTransaction {
    /// Registers a person.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the address is known.
    pub async fn add_person(&mut self, new: &NewPerson) -> Result<Person, StoreError> {
        bounds::texts([new.email.as_str(), new.name.as_str(), new.language.as_str()])?;
        let person = Person {
            key: new.key,
            email: new.email.to_lowercase(),
            name: new.name.clone(),
            language: new.language.clone(),
            password_hash: new.password_hash.clone(),
            second_factor: None,
            second_factor_at: None,
            address_proved_at: None,
            disabled_at: None,
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO people (id, email, name, language, password_hash, version, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6)",
        );
        let insert = insert.bind(person.key).bind(&person.email).bind(&person.name).bind(&person.language);
        let insert = insert.bind(person.password_hash.clone()).bind(person.created_at);
        let entry = Entry::of(Chain::INSTALLATION, "person.create", "person", person.key.uuid());
        self.change(insert, entry.after(&person.covered())).await?;
        Ok(person)
    }

    /// Replaces everything about a person but key, version and times, which are set here. `action` names the change in
    /// the audit log, such as `person.change_password`. Another address than before is not proved.
    pub async fn change_person(&mut self, changed: &Person, action: &'static str) -> Result<Person, StoreError> {
        bounds::texts([changed.email.as_str(), changed.name.as_str(), changed.language.as_str()])?;
        let before = self.person(changed.key).await?;
        same_version("person", changed.key, changed.version, before.version)?;
        let email = changed.email.to_lowercase();
        let after = Person {
            address_proved_at: changed.address_proved_at.filter(|_| email == before.email),
            email,
            version: before.version + 1,
            created_at: before.created_at,
            updated_at: self.at(),
            ..changed.clone()
        };
        let update = Statement::of(
            "UPDATE people SET email = $3, name = $4, language = $5, password_hash = $6, second_factor = $7, \
             second_factor_at = $8, disabled_at = $9, updated_at = $10, address_proved_at = $11, \
             version = version + 1 \
             WHERE id = $1 AND version = $2",
        );
        let update = update.bind(after.key).bind(before.version).bind(&after.email).bind(&after.name);
        let update = update.bind(&after.language).bind(after.password_hash.clone()).bind(after.second_factor.clone());
        let update = update.bind(after.second_factor_at).bind(after.disabled_at).bind(after.updated_at);
        let update = update.bind(after.address_proved_at);
        let entry = Entry::of(Chain::INSTALLATION, action, "person", after.key.uuid());
        changed_one(self.change(update, entry.before(&before.covered()).after(&after.covered())).await?)?;
        Ok(after)
    }
}
