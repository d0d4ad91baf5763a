//! Starts a run, and ends it on request.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Run;
use crate::audit::Entry;
use crate::bell::Ring;
use crate::bounds;
use crate::dialect::clock;
use crate::engine::EngineKind;
use crate::error::StoreError;
use crate::guard::{not_found, same_version};
use crate::keys::{PartyKey, RunKey, ScenarioKey, SweepKey};
use crate::limits::Counted;
use crate::rounds;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::Viewer;
use crate::words::RunLifecycle;

/// Runs ended by one statement.
const ENDED_AT_ONCE: usize = 500;

/// A run to be started.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRun {
    /// Its key.
    pub key: RunKey,
    /// The scenario to execute.
    pub scenario: ScenarioKey,
    /// Canonical JSON of the frozen problem.
    pub problem: Vec<u8>,
    /// Gap, seconds, threads and what else stands outside the problem.
    pub settings: Value,
    /// The sweep it is a setting of.
    pub sweep: Option<SweepKey>,
    /// The earlier run it begins with.
    pub start: Option<RunKey>,
}

impl AuditedTransaction {
    /// As [`crate::Session::queue_depth`]; nobody else who asks so starts a run before this transaction ends.
    pub async fn hold_queue_depth(&mut self) -> Result<i64, StoreError> {
        self.count_alone(Counted::Runs).await?;
        self.queue_depth().await
    }

    /// As [`crate::Session::queue_depth_of_sweeps`]; nobody else who asks so starts a sweep before this transaction ends.
    pub async fn hold_queue_depth_of_sweeps(&mut self) -> Result<i64, StoreError> {
        self.count_alone(Counted::RunsOfSweeps).await?;
        self.queue_depth_of_sweeps().await
    }

    /// Puts a run into the queue, its problem kept by hash: what was asked for is fixed before anything is solved.
    pub async fn start_run(&mut self, new: &NewRun) -> Result<Run, StoreError> {
        let scenario = self.scenario(&Viewer::system(), new.scenario).await?;
        let round = self.round(&Viewer::system(), scenario.round).await?;
        let problem = rounds::keep(self, &new.problem).await?;
        let insert = Statement::of(
            "INSERT INTO runs (id, scenario, round, problem, settings, lifecycle, attempt, losses, last_event, started_by, \
             created_at, sweep, start) VALUES ($1, $2, $3, $4, $5, 'queued', 0, 0, 0, $6, $7, $8, $9)",
        );
        let insert = insert.bind(new.key).bind(new.scenario).bind(scenario.round).bind(problem);
        let insert = insert.bind(bounds::body(&new.settings)?).bind(self.origin().person).bind(self.at());
        self.execute(insert.bind(new.sweep).bind(new.start)).await?;
        let run = self.run(&Viewer::system(), new.key).await?;
        self.ring(Ring::Queue);
        let entry = Entry::of(round.party, "run.start", "run", new.key.uuid()).after(&run);
        self.note(entry.step("start", None, run.lifecycle));
        Ok(run)
    }

    /// Wishes a run to end. A waiting one ends at once; a running one when its worker next renews its lease.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] when it has ended; [`StoreError::VersionMismatch`] when it has gone on since it was read.
    pub async fn cancel_run(&mut self, key: RunKey, expected: i64, reason: Option<&str>) -> Result<Run, StoreError> {
        let before = self.run(&Viewer::system(), key).await?;
        same_version("run", key, expected, before.version)?;
        self.wish_end(&before, reason).await
    }

    /// Wishes a run to end, however far it has gone since it was read.
    pub(super) async fn wish_end(&mut self, before: &Run, reason: Option<&str>) -> Result<Run, StoreError> {
        let key = before.key;
        let mut cancel = wish(self.engine());
        cancel.push("id = ").value(key);
        if self.execute(cancel).await? == 0 {
            return Err(StoreError::WrongState {
                kind: "run",
                key: key.to_string(),
                expected: "queued or running".to_owned(),
                actual: before.lifecycle.to_string(),
            });
        }
        let after = self.run(&Viewer::system(), key).await?;
        let round = self.round(&Viewer::system(), before.round).await?;
        self.ring(Ring::Run(key));
        let entry = Entry::of(round.party, "run.cancel", "run", key.uuid());
        let entry = entry.before(before).after(&after).step("cancel", Some(before.lifecycle), after.lifecycle);
        self.note(entry.reason(reason));
        Ok(after)
    }

    /// Wishes runs to end that this transaction holds, none of which has ended.
    pub(super) async fn wish_ends(
        &mut self,
        runs: &[Run],
        chain: PartyKey,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        for some in runs.chunks(ENDED_AT_ONCE) {
            let named = Condition::of("id IN ").list(some.iter().map(|run| run.key));
            let mut cancel = wish(self.engine());
            cancel.condition(&named);
            self.execute(cancel).await?;
            let mut select = Statement::of("SELECT * FROM runs WHERE ");
            select.condition(&named);
            let rows = self.fetch_all(select).await?;
            let after = rows.iter().map(|row| Run::read(row).map(|run| (run.key, run)));
            let mut after = after.collect::<Result<BTreeMap<RunKey, Run>, _>>()?;
            for before in some {
                let after = after.remove(&before.key).ok_or_else(|| not_found("run", before.key))?;
                self.ring(Ring::Run(before.key));
                let entry = Entry::of(chain, "run.cancel", "run", before.key.uuid()).before(before).after(&after);
                let entry = entry.step("cancel", Some(before.lifecycle), after.lifecycle);
                self.note(entry.reason(reason));
            }
        }
        Ok(())
    }
}

/// Ends what waits among the runs of the condition that follows, and wishes that what is worked on ends.
fn wish(engine: EngineKind) -> Statement {
    let now = clock::now(engine);
    let mut cancel =
        Statement::of("UPDATE runs SET version = version + 1, cancel_requested_at = COALESCE(cancel_requested_at, ");
    cancel.push(now).push("), finished_at = CASE WHEN lifecycle = 'queued' THEN ").push(now);
    cancel.push(" ELSE NULL END, lifecycle = CASE WHEN lifecycle = 'queued' THEN 'cancelled' ELSE lifecycle END");
    cancel.push(" WHERE lifecycle IN ('queued', 'running') AND ");
    cancel
}

impl RunLifecycle {
    /// Whether nothing more will happen to the run but its publication.
    pub fn has_ended(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}
