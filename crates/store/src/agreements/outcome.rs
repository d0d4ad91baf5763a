//! The public catalogue of results and lessons (¶107–108). Nothing in it is anybody's secret: what may be named was
//! decided when it was entered.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::audit::Entry;
use crate::bounds;
use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{CommitmentKey, OutcomeKey, PartyKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;

const LISTED: Listed = Listed { table: "outcomes", orders: BY_TIME };

/// A result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Its key.
    pub key: OutcomeKey,
    /// Area of work.
    pub area: String,
    /// Type of help.
    pub r#type: String,
    /// The state, where request and offer were public.
    pub state: Option<String>,
    /// The provider, where request and offer were public.
    pub provider: Option<String>,
    /// Summary, indicators and lessons.
    pub body: Value,
    /// When it was entered.
    pub created_at: Timestamp,
}

/// A result to be entered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOutcome {
    /// Its key.
    pub key: OutcomeKey,
    /// The evaluated commitment.
    pub commitment: CommitmentKey,
    /// Whose chain tells of it.
    pub party: PartyKey,
    /// Area of work.
    pub area: String,
    /// Type of help.
    pub r#type: String,
    /// The state, if it may be named.
    pub state: Option<String>,
    /// The provider, if it may be named.
    pub provider: Option<String>,
    /// Summary, indicators and lessons.
    pub body: Value,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutcomeFilter {
    /// In this area.
    pub area: Option<String>,
    /// Of this type of help.
    pub r#type: Option<String>,
    /// In this state.
    pub state: Option<String>,
}

impl OutcomeFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.area.as_ref().map(|area| Condition::of("t.area = ").value(area)));
        conditions.extend(self.r#type.as_ref().map(|kind| Condition::of("t.type = ").value(kind)));
        conditions.extend(self.state.as_ref().map(|state| Condition::of("t.state = ").value(state)));
        conditions
    }
}

impl Outcome {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.get("id")?,
            area: row.get("area")?,
            r#type: row.get("type")?,
            state: row.get("state")?,
            provider: row.get("provider")?,
            body: row.json("body")?,
            created_at: row.time("created_at")?,
        })
    }
}

impl Session {
    /// A result.
    pub async fn outcome(&mut self, key: OutcomeKey) -> Result<Outcome, StoreError> {
        let row = self.fetch_optional(Statement::of("SELECT * FROM outcomes WHERE id = $1").bind(key)).await?;
        Outcome::read(&row.ok_or_else(|| not_found("outcome", key))?)
    }

    /// Results, a page at a time.
    pub async fn outcomes(&mut self, filter: &OutcomeFilter, page: &Page) -> Result<Vec<Outcome>, StoreError> {
        let everything = [Condition::of("1 = 1")];
        let rows = self.fetch_all(page::select(&LISTED, &everything, &filter.conditions(), page)?).await?;
        rows.iter().map(Outcome::read).collect()
    }
}

impl AuditedTransaction {
    /// Enters a result.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the commitment has one.
    pub async fn add_outcome(&mut self, new: &NewOutcome) -> Result<(), StoreError> {
        bounds::texts([new.area.as_str(), new.r#type.as_str()])?;
        let insert = Statement::of(
            "INSERT INTO outcomes (id, commitment, area, type, state, provider, body, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        );
        let insert = insert.bind(new.key).bind(new.commitment).bind(&new.area).bind(&new.r#type);
        let insert = insert.bind(new.state.clone()).bind(new.provider.clone());
        let insert = insert.bind(bounds::body(&new.body)?).bind(self.at());
        let entry = Entry::of(new.party, "outcome.create", "outcome", new.key.uuid()).after(&new.body);
        self.change(insert, entry).await.map(drop)
    }
}
