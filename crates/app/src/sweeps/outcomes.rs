//! The table of a sweep: what came of each setting, measured alike, and which no other beats.

use needmatch_matching::sweep::not_beaten;
use needmatch_store::Session;
use needmatch_store::keys::{RunKey, SweepKey};
use needmatch_store::runs::{RunSummary, Sweep, SweptSetting};
use serde_json::Value;

use super::{Measured, get};
use crate::apart::apart;
use crate::error::AppError;
use crate::principal::Principal;
use crate::requests::stored;
use crate::runs::read_problem;

/// The table.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcomes {
    /// The sweep.
    pub sweep: Sweep,
    /// Accounting currency of the scenario as it stands.
    pub currency: String,
    /// Goals of the scenario as it stands, in order: what every plan is measured by.
    pub goals: Vec<&'static str>,
    /// One row a setting, in order.
    pub rows: Vec<Outcome>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The setting and its run.
    pub setting: SweptSetting,
    /// What is laid over the scenario.
    pub overrides: Value,
    /// Counts and sums, once the run has ended with an answer.
    pub summary: Option<RunSummary>,
    /// By the setting's own goals and by those of the scenario, once the run has ended with an answer.
    pub measured: Option<Measured>,
    /// Whether no other setting that has a plan by now is as good in every goal and better in one.
    pub is_not_dominated: bool,
}

/// The table of a sweep that the principal may see, as far as its runs have ended.
pub async fn outcomes(session: &mut Session, principal: &Principal, key: SweepKey) -> Result<Outcomes, AppError> {
    let sweep = get(session, principal, key).await?;
    let base = session.snapshot(&sweep.problem).await?.ok_or(AppError::Internal)?;
    let base = apart("reading a problem", move || read_problem(&base)).await??;
    let mut rows = Vec::new();
    let swept = session.swept(key).await?;
    let hashes: Vec<&str> = swept.iter().map(|setting| setting.overrides.as_str()).collect();
    let all_overrides = session.all_overrides(&hashes).await?;
    let runs: Vec<RunKey> = swept.iter().map(|setting| setting.run.key).collect();
    let mut summaries = session.run_summaries(&runs).await?;
    for setting in swept {
        let overrides = all_overrides.get(&setting.overrides).cloned().ok_or(AppError::Internal)?;
        let summary = summaries.remove(&setting.run.key);
        let measured = setting.measured.as_ref().map(|measured| stored("sweep", measured)).transpose()?;
        rows.push(Outcome { setting, overrides, summary, measured, is_not_dominated: false });
    }
    let values: Vec<Option<Vec<i64>>> = rows
        .iter()
        .map(|row| row.measured.as_ref().map(|found| found.values.clone()).filter(|values| !values.is_empty()))
        .collect();
    let values: Vec<Option<&[i64]>> = values.iter().map(Option::as_deref).collect();
    for (row, mark) in rows.iter_mut().zip(not_beaten(&values)) {
        row.is_not_dominated = mark;
    }
    let goals = base.goals.iter().map(|goal| goal.goal.name()).collect();
    Ok(Outcomes { sweep, currency: base.currency, goals, rows })
}
