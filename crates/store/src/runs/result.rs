//! What came out of a run. The only way in takes a [`VerifiedPlan`].

use std::collections::BTreeMap;

use jiff::Timestamp;
use needmatch_domain::certificate::Certificate;
use needmatch_domain::plan::{self, PlanRow};
use needmatch_domain::reason::Explanations;
use needmatch_domain::run::{Run as RunFile, Status, Totals};
use needmatch_verify::VerifiedPlan;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Claim, Run};
use crate::engine::{Row, from_json};
use crate::error::StoreError;
use crate::guard::not_found;
use crate::keys::RunKey;
use crate::page::{self, limit};
use crate::session::Session;
use crate::statement::{Condition, Statement};
use crate::transaction::AuditedTransaction;
use crate::viewer::{TenantTable, Viewer, visible_to};
use crate::words::RunLifecycle;

/// Counts, sums and verdict of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunSummary {
    /// The run.
    pub run: RunKey,
    /// `optimal`, `within_gap`, `limit` or `infeasible`.
    pub status: String,
    /// SHA-256 that seals the run file.
    pub digest: String,
    /// Counts and sums.
    pub totals: Totals,
    /// First goal: value reached; `None` when infeasible.
    pub best: Option<i64>,
    /// First goal: proven bound.
    pub bound: Option<i64>,
    /// First goal: gap, thousandths of a permille.
    pub gap_thousandths: Option<i64>,
    /// When it was stored.
    pub stored_at: Timestamp,
}

/// A match of a stored plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoredPlanRow {
    /// Place in the plan, from 0.
    pub position: i64,
    /// The match.
    pub row: PlanRow,
}

impl RunSummary {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            run: row.get("run")?,
            status: row.get("status")?,
            digest: row.get("digest")?,
            totals: Totals {
                matches: unsigned(row, "matches")?,
                requests_served: unsigned(row, "requests_served")?,
                requests_completed: unsigned(row, "requests_completed")?,
                components_served: unsigned(row, "components_served")?,
                cost: row.get("cost")?,
            },
            best: row.get("best")?,
            bound: row.get("bound")?,
            gap_thousandths: row.get("gap_thousandths")?,
            stored_at: row.time("stored_at")?,
        })
    }
}

/// Rows in one INSERT: far below what either engine binds at once.
const BATCH: usize = 500;

impl AuditedTransaction {
    /// Stores what came out of a run and ends it.
    ///
    /// # Errors
    /// [`StoreError::ClaimLost`] when the run is another's by now, or over; [`StoreError::Corrupt`] when the plan is for
    /// another problem than the run's.
    pub async fn complete_run(&mut self, claim: Claim, verified: &VerifiedPlan) -> Result<Run, StoreError> {
        let file = verified.run();
        let lifecycle = match file.outcome.status {
            Status::Optimal | Status::WithinGap => RunLifecycle::Succeeded,
            Status::Limit => RunLifecycle::Limit,
            Status::Infeasible => RunLifecycle::Infeasible,
        };
        let run = self.settle(claim, lifecycle, None).await?;
        if run.problem != file.problem_sha256 {
            return Err(StoreError::Corrupt { column: "runs.problem".to_owned(), value: file.problem_sha256.clone() });
        }
        self.insert_result(claim.run, file).await?;
        self.insert_plan(claim.run, &plan::rows(verified.problem(), verified.plan())).await?;
        Ok(run)
    }

    async fn insert_result(&mut self, run: RunKey, file: &RunFile) -> Result<(), StoreError> {
        let outcome = &file.outcome;
        let totals = outcome.totals;
        let first = outcome.goals.first();
        let mut bare = file.clone();
        // The problem stands among the snapshots, the two long parts in columns of their own.
        bare.problem = None;
        bare.outcome.certificate = Certificate::default();
        bare.outcome.explanations = Explanations::default();
        let insert = Statement::of(
            "INSERT INTO run_results (run, status, digest, matches, requests_served, requests_completed, \
             components_served, cost, best, bound, gap_thousandths, run_file, certificate, explanations, stored_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        );
        let insert = insert.bind(run).bind(outcome.status.name()).bind(&file.digest);
        let insert = insert.bind(count(totals.matches)).bind(count(totals.requests_served));
        let insert = insert.bind(count(totals.requests_completed)).bind(count(totals.components_served));
        let insert = insert.bind(totals.cost).bind(first.map(|goal| goal.best)).bind(first.map(|goal| goal.bound));
        let insert = insert.bind(first.map(|goal| count(goal.gap_permille.thousandths)));
        let insert = insert.bind(json(&bare)).bind(json(&outcome.certificate)).bind(json(&outcome.explanations));
        let insert = insert.bind(self.at());
        self.execute(insert).await.map(drop)
    }

    async fn insert_plan(&mut self, run: RunKey, rows: &[PlanRow]) -> Result<(), StoreError> {
        let mut position = 0_i64;
        for batch in rows.chunks(BATCH) {
            let mut insert = Statement::of(
                "INSERT INTO plan_rows (run, position, component, offer, period, quantity, draw, cost, score) VALUES ",
            );
            for (place, row) in batch.iter().enumerate() {
                insert.push(if place == 0 { "(" } else { ", (" });
                insert.value(run).push(", ").value(position).push(", ");
                insert.value(&row.component).push(", ").value(&row.offer).push(", ").value(&row.period).push(", ");
                insert.value(row.quantity).push(", ").value(row.draw).push(", ");
                insert.value(row.cost).push(", ").value(row.score).push(")");
                position += 1;
            }
            self.execute(insert).await?;
        }
        Ok(())
    }
}

impl Session {
    /// Counts, sums and verdict of a run, if it has ended with an answer. The caller has found the run visible.
    pub async fn run_summary(&mut self, run: RunKey) -> Result<Option<RunSummary>, StoreError> {
        Ok(self.run_summaries(&[run]).await?.remove(&run))
    }

    /// Counts, sums and verdicts of those runs that have ended with an answer, in a statement for every 500. The caller has
    /// found the runs visible.
    pub async fn run_summaries(&mut self, runs: &[RunKey]) -> Result<BTreeMap<RunKey, RunSummary>, StoreError> {
        let mut summaries = BTreeMap::new();
        for batch in runs.chunks(BATCH) {
            let mut select = Statement::of(
                "SELECT run, status, digest, matches, requests_served, requests_completed, components_served, cost, best, \
                 bound, gap_thousandths, stored_at FROM run_results WHERE ",
            );
            select.condition(&Condition::of("run IN ").list(batch.iter().copied()));
            for row in self.fetch_all(select).await? {
                let summary = RunSummary::read(&row)?;
                summaries.insert(summary.run, summary);
            }
        }
        Ok(summaries)
    }

    /// The proof of a run. It names what parties may not know of each other: for coordinators and admitted observers.
    pub async fn run_certificate(&mut self, run: RunKey) -> Result<Option<Certificate>, StoreError> {
        self.part(Statement::of("SELECT certificate AS part FROM run_results WHERE run = $1").bind(run)).await
    }

    /// The reasons of a run. As [`Session::run_certificate`].
    pub async fn run_explanations(&mut self, run: RunKey) -> Result<Option<Explanations>, StoreError> {
        self.part(Statement::of("SELECT explanations AS part FROM run_results WHERE run = $1").bind(run)).await
    }

    /// The run file under its digest, as the verifier accepted it. As [`Session::run_certificate`].
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when what is stored no longer has the digest.
    pub async fn run_file(&mut self, run: RunKey) -> Result<RunFile, StoreError> {
        let missing = || not_found("result of run", run);
        let select = Statement::of("SELECT run_file AS part FROM run_results WHERE run = $1").bind(run);
        let mut file: RunFile = self.part(select).await?.ok_or_else(missing)?;
        file.outcome.certificate = self.run_certificate(run).await?.ok_or_else(missing)?;
        file.outcome.explanations = self.run_explanations(run).await?.ok_or_else(missing)?;
        if file.problem_file.is_none() {
            let bytes = self.snapshot(&file.problem_sha256).await?.ok_or_else(missing)?;
            file.problem = Some(from_json("snapshots.bytes", &String::from_utf8_lossy(&bytes))?);
        }
        let found = file.computed_digest();
        if found != file.digest {
            return Err(StoreError::Corrupt { column: "run_results.digest".to_owned(), value: found });
        }
        Ok(file)
    }

    /// Matches of a plan that the viewer may see, after a position, in order.
    pub async fn plan_rows(
        &mut self,
        viewer: &Viewer,
        run: RunKey,
        after: Option<i64>,
        rows: u32,
    ) -> Result<Vec<StoredPlanRow>, StoreError> {
        let mut select = Statement::of("SELECT t.* FROM plan_rows t WHERE t.run = $1 AND t.position > $2 AND ");
        select = select.bind(run).bind(after.unwrap_or(-1));
        page::any(&mut select, &visible_to(viewer, TenantTable::PlanRows));
        select.push(" ORDER BY t.position LIMIT ").value(limit(rows));
        let rows = self.fetch_all(select).await?;
        rows.iter().map(plan_row).collect()
    }

    async fn part<T: DeserializeOwned>(&mut self, select: Statement) -> Result<Option<T>, StoreError> {
        let Some(row) = self.fetch_optional(select).await? else { return Ok(None) };
        from_json("run_results", &row.get::<String>("part")?).map(Some)
    }
}

fn plan_row(row: &Row) -> Result<StoredPlanRow, StoreError> {
    Ok(StoredPlanRow {
        position: row.get("position")?,
        row: PlanRow {
            component: row.get("component")?,
            offer: row.get("offer")?,
            period: row.get("period")?,
            quantity: row.get("quantity")?,
            draw: row.get("draw")?,
            cost: row.get("cost")?,
            score: row.get("score")?,
        },
    })
}

/// Counts are bounded by the tables of a problem, far below what a column holds.
fn count(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn unsigned(row: &Row, column: &str) -> Result<u64, StoreError> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| StoreError::Corrupt { column: column.to_owned(), value: value.to_string() })
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("runs have text keys only")
}
