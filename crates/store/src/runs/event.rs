//! What a run tells while it works, numbered without gaps so that a listener who lost the line can resume.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::Claim;
use crate::bell::Ring;
use crate::bounds;
use crate::dialect::{clock, queue};
use crate::engine::Row;
use crate::error::StoreError;
use crate::forgetting::Old;
use crate::keys::RunKey;
use crate::page::limit;
use crate::session::Session;
use crate::statement::Statement;
use crate::store::Store;

/// Runs that ended and still have their events.
pub(crate) const ENDED: Old = Old { table: "runs", key: "id", age: "events_forgotten_at IS NULL AND finished_at < " };

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

impl Store {
    /// Forgets events of runs that ended before a moment, at most so many; what the runs came to stays. Answers how many
    /// events and runs were done with.
    pub async fn forget_run_events(&self, before: Timestamp, most: u32) -> Result<u64, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let mut found = ENDED.found(before, most);
        found.push(queue::skip_locked(session.engine()));
        let runs = session.fetch_all(found).await?;
        let (most, mut done) = (u64::try_from(limit(most)).unwrap_or(1), 0);
        for run in runs {
            if done >= most {
                break;
            }
            let run: RunKey = run.get("id")?;
            let delete = Statement::of(
                "DELETE FROM run_events WHERE run = $1 AND number IN \
                 (SELECT number FROM run_events WHERE run = $1 ORDER BY number LIMIT $2)",
            );
            let left = i64::try_from(most - done).unwrap_or(1);
            done += session.execute(delete.bind(run).bind(left)).await?;
            if done < most {
                let mark = Statement::of("UPDATE runs SET events_forgotten_at = $2 WHERE id = $1");
                done += session.execute(mark.bind(run).bind(before)).await?;
            }
        }
        session.commit().await?;
        Ok(done)
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
