//! What a run tells while it works, numbered without gaps so that a listener who lost the line can resume.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Claim;
use crate::bell::Ring;
use crate::bounds;
use crate::dialect::clock;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::RunKey;
use crate::page::limit;
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;

/// An event of a run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunEvent {
    /// From 1, without gaps.
    pub number: i64,
    /// When, by the database's clock.
    pub at: Timestamp,
    /// What it tells.
    pub body: Value,
}

impl Store {
    /// Tells of progress. Answers the event's number.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`] when the run is another's by now.
    pub async fn report_progress(&self, claim: Claim, body: &Value) -> Result<i64, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let text = bounds::body(body)?;
        let update = Statement::of(
            "UPDATE runs SET last_event = last_event + 1, progress = $3 \
             WHERE id = $1 AND attempt = $2 AND lifecycle = 'running' RETURNING last_event",
        );
        let row = session.fetch_optional(update.bind(claim.run).bind(claim.attempt).bind(&text)).await?;
        let number: i64 = row.ok_or_else(|| claim.lost())?.get("last_event")?;
        let mut insert = Statement::of("INSERT INTO run_events (run, number, at, body) VALUES (");
        insert.value(claim.run).push(", ").value(number).push(", ");
        insert.push(clock::now(session.engine())).push(", ").value(text).push(")");
        session.execute(insert).await?;
        self.commit_unaudited(session, &[Ring::Run(claim.run)]).await?;
        Ok(number)
    }
}

impl Session {
    /// Events of a run after a number, in order. The caller has found the run visible.
    pub async fn run_events(&mut self, run: RunKey, after: i64, count: u32) -> Result<Vec<RunEvent>, StoreError> {
        let select = Statement::of(
            "SELECT number, at, body FROM run_events WHERE run = $1 AND number > $2 ORDER BY number LIMIT $3",
        );
        let rows = self.fetch_all(select.bind(run).bind(after).bind(limit(count))).await?;
        let event =
            |row: &Row| Ok(RunEvent { number: row.get("number")?, at: row.time("at")?, body: row.json("body")? });
        rows.iter().map(event).collect()
    }
}
