//! Reads the audit log.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Chain, Head};
use crate::engine::Row;
use crate::error::StoreError;
use crate::page::limit;
use crate::session::Session;
use crate::statement::Statement;

/// A row of a chain.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct AuditRow {
    /// The chain: a party's key, or nil.
    pub chain: Uuid,
    /// Place in the chain, from 1.
    pub number: i64,
    /// When, by the clock of the process that changed.
    pub at: Timestamp,
    /// Who.
    pub person: Option<Uuid>,
    /// With which credential.
    pub credential: Option<Uuid>,
    /// Through what: `api`, `web`, `cli`, `worker`.
    pub origin: String,
    /// Identifier of the request that caused it.
    pub request_id: String,
    /// What was done, such as `request.create`.
    pub action: String,
    /// To what kind of row.
    pub subject_kind: String,
    /// To which row.
    pub subject: Uuid,
    /// SHA-256 of the content there was.
    pub before_hash: Option<String>,
    /// SHA-256 of the content there is now.
    pub after_hash: Option<String>,
    /// The words of who decided.
    pub reason: Option<String>,
    /// The step of a lifecycle that it tells of.
    pub step: Option<String>,
    /// Where the step began; absent where it began what the row tells of.
    pub state_from: Option<String>,
    /// Where the step led.
    pub state_to: Option<String>,
    /// Hash of the row before.
    pub previous_hash: String,
    /// Hash of this row.
    pub hash: String,
}

impl AuditRow {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            chain: row.get("chain")?,
            number: row.get("number")?,
            at: row.time("at")?,
            person: row.get("person")?,
            credential: row.get("credential")?,
            origin: row.get("origin")?,
            request_id: row.get("request_id")?,
            action: row.get("action")?,
            subject_kind: row.get("subject_kind")?,
            subject: row.get("subject")?,
            before_hash: row.get("before_hash")?,
            after_hash: row.get("after_hash")?,
            reason: row.get("reason")?,
            step: row.get("step")?,
            state_from: row.get("state_from")?,
            state_to: row.get("state_to")?,
            previous_hash: row.get("previous_hash")?,
            hash: row.get("hash")?,
        })
    }
}

impl Session {
    /// Rows of a chain after a number, in order.
    pub async fn audit_rows(&mut self, chain: Chain, after: i64, count: u32) -> Result<Vec<AuditRow>, StoreError> {
        let select =
            Statement::of("SELECT * FROM audit_rows WHERE chain = $1 AND number > $2 ORDER BY number LIMIT $3");
        let rows = self.fetch_all(select.bind(chain.0).bind(after).bind(limit(count))).await?;
        rows.iter().map(AuditRow::read).collect()
    }

    /// What was done to one row, oldest first.
    pub async fn audit_of(&mut self, subject: Uuid) -> Result<Vec<AuditRow>, StoreError> {
        let select = Statement::of("SELECT * FROM audit_rows WHERE subject = $1 ORDER BY at, number LIMIT 1000");
        let rows = self.fetch_all(select.bind(subject)).await?;
        rows.iter().map(AuditRow::read).collect()
    }

    /// The last row of every chain.
    pub async fn audit_heads(&mut self) -> Result<Vec<Head>, StoreError> {
        let rows = self.fetch_all(Statement::of("SELECT chain, number, hash FROM audit_heads ORDER BY chain")).await?;
        let head =
            |row: &Row| Ok(Head { chain: row.get("chain")?, number: row.get("number")?, hash: row.get("hash")? });
        rows.iter().map(head).collect()
    }
}
