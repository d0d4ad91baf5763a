//! Ends a run on behalf of the worker that holds it. Each end is guarded by the attempt: a worker that lost its lease
//! changes nothing.

use super::{Claim, Failure, Run};
use crate::audit::Entry;
use crate::bell::Ring;
use crate::bounds;
use crate::dialect::clock;
use crate::error::StoreError;
use crate::statement::Statement;
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;
use crate::words::RunLifecycle;

impl AuditedTransaction {
    /// Ends a run without an answer.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`] when the run is another's by now, or over.
    pub async fn fail_run(&mut self, claim: Claim, failure: &Failure) -> Result<Run, StoreError> {
        self.settle(claim, RunLifecycle::Failed, Some(failure)).await
    }

    /// Ends a run that somebody wished to end.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`] when the run is another's by now, or over.
    pub async fn settle_cancelled(&mut self, claim: Claim) -> Result<Run, StoreError> {
        self.settle(claim, RunLifecycle::Cancelled, None).await
    }

    pub(super) async fn settle(
        &mut self,
        claim: Claim,
        to: RunLifecycle,
        failure: Option<&Failure>,
    ) -> Result<Run, StoreError> {
        let before = self.run(&Viewer::system(), claim.run).await?;
        let failure = failure.map(|failure| serde_json::to_value(failure).expect("a failure has text keys only"));
        let failure = failure.as_ref().map(bounds::body).transpose()?;
        let mut update = Statement::of("UPDATE runs SET version = version + 1, lease_until = NULL, finished_at = ");
        update.push(clock::now(self.engine())).push(", lifecycle = ").value(to).push(", failure = ").value(failure);
        update.push(" WHERE lifecycle = 'running' AND id = ").value(claim.run);
        update.push(" AND attempt = ").value(claim.attempt);
        if self.execute(update).await? == 0 {
            return Err(claim.lost());
        }
        let after = self.run(&Viewer::system(), claim.run).await?;
        let round = self.round(&Viewer::system(), before.round).await?;
        self.ring(Ring::Run(claim.run));
        let entry = Entry::of(round.party, "run.end", "run", claim.run.uuid()).before(&before).after(&after);
        self.note(entry.step("end", Some(before.lifecycle), after.lifecycle));
        Ok(after)
    }
}
