//! How workers take runs, keep them and give them back. Only the database's clock counts.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use super::{Failure, MAX_LOSSES, Run};
use crate::audit::{Entry, Origin};
use crate::bell::Ring;
use crate::bounds;
use crate::dialect::{clock, queue};
use crate::error::StoreError;
use crate::keys::RunKey;
use crate::statement::Statement;
use crate::store::Store;
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;

/// A worker's hold on a run: every write about the run names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The run.
    pub run: RunKey,
    /// The attempt, which rises with every claim.
    pub attempt: i64,
}

/// What a worker learns when it renews its lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// Carry on.
    Held,
    /// Somebody wishes the run to end: stop and call [`AuditedTransaction::settle_cancelled`].
    CancelWished,
    /// The run is another's, or over: stop and write nothing more.
    Lost,
}

impl Claim {
    pub(super) fn lost(self) -> StoreError {
        StoreError::ClaimLost { run: self.run.uuid(), attempt: self.attempt }
    }
}

impl Store {
    /// Takes a run whose worker has stopped renewing its lease; else the one that has waited longest, those of sweeps
    /// after all others, so that a sweep holds up nobody for longer than one of its runs takes. `None`: nothing waits.
    ///
    /// Runs that have lost [`MAX_LOSSES`] workers are given up first, and those somebody wished to end are ended.
    /// `worker` must be unique among workers; `at` is for the audit log alone.
    pub async fn claim_run(
        &self,
        worker: &str,
        lease: Duration,
        at: Timestamp,
    ) -> Result<Option<(Claim, Run)>, StoreError> {
        bounds::texts([worker])?;
        let mut transaction = self.begin(Origin::machine("worker", worker, at)).await?;
        give_up(&mut transaction).await?;
        let now = clock::now(transaction.engine());
        let mut claim = Statement::of(
            "UPDATE runs SET version = version + 1, attempt = attempt + 1, losses = CASE WHEN lifecycle = 'running' ",
        );
        claim.push("THEN losses + 1 ELSE losses END, lifecycle = 'running', worker = ").value(worker);
        claim.push(", started_at = COALESCE(started_at, ").push(now).push("), lease_until = ").push(now);
        claim.push(" + ").value(microseconds(lease));
        // Each by its own index, and none looked for once an earlier one has found a run.
        let skip = queue::skip_locked(transaction.engine());
        claim.push(" WHERE id = COALESCE((SELECT id FROM runs WHERE lifecycle = 'running' AND lease_until < ");
        claim.push(now).push(" ORDER BY lease_until LIMIT 1").push(skip);
        claim.push("), (SELECT id FROM runs WHERE lifecycle = 'queued' AND sweep IS NULL ORDER BY id LIMIT 1");
        claim.push(skip);
        claim.push("), (SELECT id FROM runs WHERE lifecycle = 'queued' AND sweep IS NOT NULL ORDER BY id LIMIT 1");
        claim.push(skip).push(")) RETURNING *");
        let row = transaction.fetch_optional(claim).await?;
        let run = row.as_ref().map(Run::read).transpose()?;
        transaction.commit().await?;
        Ok(run.map(|run| (Claim { run: run.key, attempt: run.attempt }, run)))
    }

    /// Extends the lease of a run. Call it well before the lease ends, such as at a third of it.
    pub async fn renew_run(&self, claim: Claim, lease: Duration) -> Result<Renewal, StoreError> {
        let mut session = self.begin_unaudited().await?;
        let mut renew = Statement::of("UPDATE runs SET lease_until = ");
        renew.push(clock::now(session.engine())).push(" + ").value(microseconds(lease));
        renew
            .push(" WHERE lifecycle = 'running' AND id = ")
            .value(claim.run)
            .push(" AND attempt = ")
            .value(claim.attempt);
        renew.push(" RETURNING cancel_requested_at");
        let row = session.fetch_optional(renew).await?;
        let renewal = match row {
            None => Renewal::Lost,
            Some(row) if row.time_optional("cancel_requested_at")?.is_some() => Renewal::CancelWished,
            Some(_) => Renewal::Held,
        };
        session.commit().await?;
        Ok(renewal)
    }

    /// Gives a run back to the queue, as a worker does that is told to stop. It does not count as a loss.
    pub async fn hand_back_run(&self, claim: Claim) -> Result<(), StoreError> {
        let mut session = self.begin_unaudited().await?;
        let update = Statement::of(
            "UPDATE runs SET version = version + 1, lifecycle = 'queued', lease_until = NULL, worker = NULL \
             WHERE id = $1 AND attempt = $2 AND lifecycle = 'running'",
        );
        let changed = session.execute(update.bind(claim.run).bind(claim.attempt)).await?;
        self.commit_unaudited(session, &[Ring::Queue, Ring::Run(claim.run)]).await?;
        if changed == 1 { Ok(()) } else { Err(claim.lost()) }
    }
}

/// Ends runs whose last lease has run out and that must not be tried again.
async fn give_up(transaction: &mut AuditedTransaction) -> Result<(), StoreError> {
    let now = clock::now(transaction.engine());
    let failure = Failure { code: "worker_lost".to_owned(), values: json!({ "times": MAX_LOSSES }) };
    let failure = serde_json::to_value(failure).expect("a failure has text keys only");
    // The loss that has just been found is not counted in the row yet.
    let mut given_up = Statement::of("SELECT id FROM runs WHERE lifecycle = 'running' AND lease_until < ");
    given_up.push(now).push(" AND (cancel_requested_at IS NOT NULL OR losses + 1 >= ").value(MAX_LOSSES);
    given_up.push(") ORDER BY id LIMIT 20").push(queue::skip_locked(transaction.engine()));
    for row in transaction.fetch_all(given_up).await? {
        let key: RunKey = row.get("id")?;
        let before = transaction.run(&Viewer::system(), key).await?;
        let mut end = Statement::of(
            "UPDATE runs SET version = version + 1, losses = losses + 1, attempt = attempt + 1, lease_until = NULL, ",
        );
        end.push("finished_at = ").push(now).push(", ");
        if before.cancel_requested_at.is_some() {
            end.push("lifecycle = 'cancelled'");
        } else {
            end.push("lifecycle = 'failed', failure = ").value(&failure);
        }
        end.push(" WHERE id = ").value(key);
        transaction.execute(end).await?;
        let after = transaction.run(&Viewer::system(), key).await?;
        let round = transaction.round(&Viewer::system(), before.round).await?;
        transaction.ring(Ring::Run(key));
        let entry = Entry::of(round.party, "run.give_up", "run", key.uuid()).before(&before).after(&after);
        transaction.note(entry.step("give_up", Some(before.lifecycle), after.lifecycle));
    }
    Ok(())
}

fn microseconds(lease: Duration) -> i64 {
    i64::try_from(lease.as_micros()).unwrap_or(i64::MAX / 4).min(i64::MAX / 4)
}
