//! States, providers, coordinators and observers.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::{changed_one, not_found, same_version};
use crate::keys::PartyKey;
use crate::page::{self, BY_TIME, Listed, Page};
use crate::register::words::{self, Words};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{Viewer, known_to};
use crate::words::PartyKind;

const LISTED: Listed = Listed { table: "parties", orders: BY_TIME };

const WORDS: Words = Words {
    forget: "DELETE FROM party_words WHERE party = $1",
    keep: "INSERT INTO party_words (word, party) VALUES ",
    find: "t.id IN (SELECT w.party FROM party_words w WHERE w.word >= ",
};

/// A party.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Party {
    /// Its key.
    pub key: PartyKey,
    /// What it is.
    pub kind: PartyKind,
    /// State code, provider id or another code, unique within the kind.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Everything else.
    pub body: Value,
    /// Whether it is there to try the service with: what is its own takes part in nothing. Left out where it is not, so
    /// that rows of the time before hash as they did.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_sandbox: bool,
    /// Rises with every change.
    pub version: i64,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// A party to be registered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewParty {
    /// Its key.
    pub key: PartyKey,
    /// What it is.
    pub kind: PartyKind,
    /// Unique within the kind.
    pub code: String,
    /// As shown.
    pub name: String,
    /// Everything else.
    pub body: Value,
    /// Whether it is there to try the service with.
    pub is_sandbox: bool,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyFilter {
    /// Of this kind.
    pub kind: Option<PartyKind>,
    /// With words that begin with each word of this, in name or code.
    pub text: Option<String>,
}

impl PartyFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.kind.map(|kind| Condition::of("t.kind = ").value(kind)));
        conditions.extend(self.text.iter().flat_map(|text| words::conditions(&WORDS, text)));
        conditions
    }
}

impl Party {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            kind: row.parse("kind")?,
            code: row.get("code")?,
            name: row.get("name")?,
            body: row.json("body")?,
            is_sandbox: row.get::<i64>("sandbox")? != 0,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl Session {
    /// A party by key.
    pub async fn party(&mut self, key: PartyKey) -> Result<Party, StoreError> {
        let select = Statement::of("SELECT * FROM parties WHERE id = $1").bind(key);
        let row = self.fetch_optional(select).await?;
        Party::read(&row.ok_or_else(|| not_found("party", key))?)
    }

    /// A party by kind and code.
    pub async fn party_by_code(&mut self, kind: PartyKind, code: &str) -> Result<Option<Party>, StoreError> {
        // What nobody can be called is not asked for.
        if code.contains('\0') {
            return Ok(None);
        }
        let select = Statement::of("SELECT * FROM parties WHERE kind = $1 AND code = $2").bind(kind).bind(code);
        self.fetch_optional(select).await?.as_ref().map(Party::read).transpose()
    }

    /// Parties of a kind with these codes, in a statement for every 500 of them.
    pub async fn parties_by_code(&mut self, kind: PartyKind, codes: &[&str]) -> Result<Vec<Party>, StoreError> {
        let mut found = Vec::new();
        for some in codes.chunks(500) {
            let mut select = Statement::of("SELECT * FROM parties WHERE kind = ");
            select.value(kind).push(" AND ").condition(&Condition::of("code IN ").list(some.iter().copied()));
            for row in self.fetch_all(select).await? {
                found.push(Party::read(&row)?);
            }
        }
        Ok(found)
    }

    /// Parties the viewer may know of, a page at a time.
    pub async fn parties(
        &mut self,
        viewer: &Viewer,
        filter: &PartyFilter,
        page: &Page,
    ) -> Result<Vec<Party>, StoreError> {
        let rows = self.fetch_all(page::select(&LISTED, &known_to(viewer), &filter.conditions(), page)?).await?;
        rows.iter().map(Party::read).collect()
    }
}

impl AuditedTransaction {
    /// Registers a party.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the kind has the code already.
    pub async fn add_party(&mut self, new: &NewParty) -> Result<Party, StoreError> {
        bounds::texts([new.code.as_str(), new.name.as_str()])?;
        let party = Party {
            key: new.key,
            kind: new.kind,
            code: new.code.clone(),
            name: new.name.clone(),
            body: new.body.clone(),
            is_sandbox: new.is_sandbox,
            version: 1,
            created_at: self.at(),
            updated_at: self.at(),
        };
        let insert = Statement::of(
            "INSERT INTO parties (id, kind, code, name, body, version, created_at, updated_at, sandbox) \
             VALUES ($1, $2, $3, $4, $5, 1, $6, $6, $7)",
        );
        let insert = insert.bind(party.key).bind(party.kind).bind(&party.code).bind(&party.name);
        let insert = insert.bind(bounds::body(&party.body)?).bind(party.created_at).bind(i64::from(party.is_sandbox));
        self.change(insert, Entry::of(party.key, "party.create", "party", party.key.uuid()).after(&party)).await?;
        words::keep(self, &WORDS, party.key.uuid(), [&party.name, &party.code], true).await?;
        Ok(party)
    }

    /// Renames a party and replaces its body.
    pub async fn change_party(
        &mut self,
        key: PartyKey,
        expected: i64,
        name: &str,
        body: &Value,
    ) -> Result<Party, StoreError> {
        bounds::texts([name])?;
        let before = self.party(key).await?;
        same_version("party", key, expected, before.version)?;
        let after = Party {
            name: name.to_owned(),
            body: body.clone(),
            version: expected + 1,
            updated_at: self.at(),
            ..before.clone()
        };
        let update = Statement::of(
            "UPDATE parties SET name = $3, body = $4, version = version + 1, updated_at = $5 WHERE id = $1 AND version = $2",
        );
        let update = update.bind(key).bind(expected).bind(name).bind(bounds::body(body)?).bind(after.updated_at);
        let entry = Entry::of(key, "party.change", "party", key.uuid()).before(&before).after(&after);
        changed_one(self.change(update, entry).await?)?;
        words::keep(self, &WORDS, key.uuid(), [&after.name, &after.code], false).await?;
        Ok(after)
    }
}
