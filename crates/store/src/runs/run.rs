//! Reads runs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::Row;
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::{PersonKey, RoundKey, RunKey, ScenarioKey, SweepKey};
use crate::page::{self, BY_TIME, Listed, Page};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::RunLifecycle;

const LISTED: Listed = Listed { table: "runs", orders: BY_TIME };

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Run {
    /// Its key.
    pub key: RunKey,
    /// The scenario it executes.
    pub scenario: ScenarioKey,
    /// The round of the scenario.
    pub round: RoundKey,
    /// SHA-256 of the problem it solves; see [`Session::snapshot`].
    pub problem: String,
    /// Gap, seconds, threads and what else stands outside the problem.
    pub settings: Value,
    /// Where it stands.
    pub lifecycle: RunLifecycle,
    /// Claims so far.
    pub attempt: i64,
    /// Workers it has lost.
    pub losses: i64,
    /// The worker that holds or held it.
    pub worker: Option<String>,
    /// When somebody wished it to end.
    pub cancel_requested_at: Option<Timestamp>,
    /// Number of its last event.
    pub last_event: i64,
    /// What it last told.
    pub progress: Option<Value>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// Who started it.
    pub started_by: Option<PersonKey>,
    /// Rises with every step, not with what it tells while it works.
    pub version: i64,
    /// When it was started.
    pub created_at: Timestamp,
    /// When a worker first took it, by the database's clock.
    pub started_at: Option<Timestamp>,
    /// When it ended, by the database's clock.
    pub finished_at: Option<Timestamp>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Whether all of it is public: everything it was made from was when it was published.
    pub is_open: bool,
    /// The sweep it is a setting of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sweep: Option<SweepKey>,
    /// The earlier run it begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<RunKey>,
}

/// Why a run failed: a code with values, put into words at the edges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Such as `worker_lost` or `out_of_memory`.
    pub code: String,
    /// Values of the code.
    #[serde(default)]
    pub values: Value,
}

/// What a list is narrowed to; everything that is `None` is left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunFilter {
    /// Of this round.
    pub round: Option<RoundKey>,
    /// Of this scenario.
    pub scenario: Option<ScenarioKey>,
    /// Where it stands.
    pub lifecycle: Option<RunLifecycle>,
    /// Of this sweep.
    pub sweep: Option<SweepKey>,
}

impl RunFilter {
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        let mut conditions = Vec::new();
        conditions.extend(self.round.map(|round| Condition::of("t.round = ").value(round)));
        conditions.extend(self.scenario.map(|scenario| Condition::of("t.scenario = ").value(scenario)));
        conditions.extend(self.lifecycle.map(|word| Condition::of("t.lifecycle = ").value(word)));
        conditions.extend(self.sweep.map(|sweep| Condition::of("t.sweep = ").value(sweep)));
        conditions
    }
}

impl Run {
    pub(super) fn read(row: &Row) -> Result<Self, StoreError> {
        let failure = row.get::<Option<String>>("failure")?;
        Ok(Self {
            key: row.get("id")?,
            scenario: row.get("scenario")?,
            round: row.get("round")?,
            problem: row.get("problem")?,
            settings: row.json("settings")?,
            lifecycle: row.parse("lifecycle")?,
            attempt: row.get("attempt")?,
            losses: row.get("losses")?,
            worker: row.get("worker")?,
            cancel_requested_at: row.time_optional("cancel_requested_at")?,
            last_event: row.get("last_event")?,
            progress: row.json_optional("progress")?,
            failure: failure.map(|text| crate::engine::from_json("failure", &text)).transpose()?,
            started_by: row.get("started_by")?,
            version: row.get("version")?,
            created_at: row.time("created_at")?,
            started_at: row.time_optional("started_at")?,
            finished_at: row.time_optional("finished_at")?,
            published_at: row.time_optional("published_at")?,
            is_open: row.get::<i64>("is_open")? == 1,
            sweep: row.get("sweep")?,
            start: row.get("start")?,
        })
    }
}

impl Session {
    /// A run the viewer may see.
    pub async fn run(&mut self, viewer: &Viewer, key: RunKey) -> Result<Run, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM runs t WHERE t.id = $1 AND ").bind(key);
        page::any(&mut select, &visible_to(viewer, TenantTable::Runs));
        let row = self.fetch_optional(select).await?;
        Run::read(&row.ok_or_else(|| not_found("run", key))?)
    }

    /// Runs the viewer may see, a page at a time.
    pub async fn runs(&mut self, viewer: &Viewer, filter: &RunFilter, page: &Page) -> Result<Vec<Run>, StoreError> {
        let branches = visible_to(viewer, TenantTable::Runs);
        let rows = self.fetch_all(page::select(&LISTED, &branches, &filter.conditions(), page)?).await?;
        rows.iter().map(Run::read).collect()
    }

    /// The published run of a round, which everybody may see.
    pub async fn published_run(&mut self, round: RoundKey) -> Result<Option<Run>, StoreError> {
        let select = Statement::of("SELECT * FROM runs WHERE round = $1 AND published_at IS NOT NULL").bind(round);
        self.fetch_optional(select).await?.as_ref().map(Run::read).transpose()
    }

    /// How many runs that were started one at a time wait for a worker.
    pub async fn queue_depth(&mut self) -> Result<i64, StoreError> {
        let count = "SELECT COUNT(*) AS waiting FROM runs WHERE lifecycle = 'queued' AND sweep IS NULL";
        self.number(Statement::of(count), "waiting").await
    }

    /// How many runs of sweeps wait for a worker.
    pub async fn queue_depth_of_sweeps(&mut self) -> Result<i64, StoreError> {
        let count = "SELECT COUNT(*) AS waiting FROM runs WHERE lifecycle = 'queued' AND sweep IS NOT NULL";
        self.number(Statement::of(count), "waiting").await
    }
}
