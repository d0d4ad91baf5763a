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
use crate::words::RunLifecycle;

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
        let mut taken = None;
        for from in [RunLifecycle::Running, RunLifecycle::Queued] {
            taken = take(&mut transaction, worker, lease, from).await?;
            if let Some(run) = &taken {
                let round = transaction.round(&Viewer::system(), run.round).await?;
                let entry = Entry::of(round.party, "run.claim", "run", run.key.uuid()).after(run);
                transaction.note(entry.step("claim", Some(from), run.lifecycle));
                break;
            }
        }
        transaction.commit().await?;
        Ok(taken.map(|run| (Claim { run: run.key, attempt: run.attempt }, run)))
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

    /// Gives a run back to the queue, as a worker does that is told to stop. It does not count as a loss. `worker` and
    /// `at` are for the audit log alone.
    pub async fn hand_back_run(&self, claim: Claim, worker: &str, at: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.begin(Origin::machine("worker", worker, at)).await?;
        let update = Statement::of(
            "UPDATE runs SET version = version + 1, lifecycle = 'queued', lease_until = NULL, worker = NULL \
             WHERE id = $1 AND attempt = $2 AND lifecycle = 'running' RETURNING *",
        );
        let row = transaction.fetch_optional(update.bind(claim.run).bind(claim.attempt)).await?;
        let run = Run::read(&row.ok_or_else(|| claim.lost())?)?;
        let round = transaction.round(&Viewer::system(), run.round).await?;
        let entry = Entry::of(round.party, "run.hand_back", "run", run.key.uuid()).after(&run);
        transaction.note(entry.step("hand_back", Some(RunLifecycle::Running), run.lifecycle));
        transaction.ring(Ring::Queue);
        transaction.ring(Ring::Run(claim.run));
        transaction.commit().await
    }
}

/// Takes the next run of those that stand so: each guarded, and found by an index of its own.
async fn take(
    transaction: &mut AuditedTransaction,
    worker: &str,
    lease: Duration,
    from: RunLifecycle,
) -> Result<Option<Run>, StoreError> {
    let (now, skip) = (clock::now(transaction.engine()), queue::skip_locked(transaction.engine()));
    let is_lost = from == RunLifecycle::Running;
    let mut claim = Statement::of("UPDATE runs SET version = version + 1, attempt = attempt + 1, losses = losses + ");
    claim.value(i64::from(is_lost)).push(", lifecycle = 'running', worker = ").value(worker);
    claim.push(", started_at = COALESCE(started_at, ").push(now).push("), lease_until = ").push(now);
    claim.push(" + ").value(microseconds(lease));
    if is_lost {
        claim.push(" WHERE id = (SELECT id FROM runs WHERE lifecycle = 'running' AND lease_until < ").push(now);
        claim.push(" ORDER BY lease_until LIMIT 1").push(skip).push(")");
    } else {
        claim.push(" WHERE id = COALESCE((SELECT id FROM runs WHERE lifecycle = 'queued' AND sweep IS NULL ");
        claim.push("ORDER BY id LIMIT 1").push(skip);
        claim.push("), (SELECT id FROM runs WHERE lifecycle = 'queued' AND sweep IS NOT NULL ORDER BY id LIMIT 1");
        claim.push(skip).push("))");
    }
    claim.push(" RETURNING *");
    transaction.fetch_optional(claim).await?.as_ref().map(Run::read).transpose()
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
