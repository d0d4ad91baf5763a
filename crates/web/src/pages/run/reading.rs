//! Everything a page about a run is made from, as far as the visitor may see it.

use needmatch_app::store::Session;
use needmatch_app::store::keys::RunKey;
use needmatch_app::store::rounds::{Round, Scenario as ScenarioRow};
use needmatch_app::store::runs::{Run, RunSummary};
use needmatch_app::{AppError, Principal, rounds, runs, scenarios};
use needmatch_domain::problem::Problem;
use needmatch_domain::run::Outcome;
use needmatch_domain::scenario::Scenario;
use needmatch_i18n::Locale;

use super::words::Words;
use crate::visit::Visit;

/// A run with what it belongs to.
pub(crate) struct Reading {
    pub(crate) run: Run,
    pub(crate) round: Round,
    pub(crate) scenario: ScenarioRow,
    pub(crate) summary: Option<RunSummary>,
    /// All of it, for those who may read all of it.
    pub(crate) whole: Option<Whole>,
}

/// A run's problem, where it came from, and what came out.
pub(crate) struct Whole {
    pub(crate) problem: Problem,
    pub(crate) scenario: Scenario,
    pub(crate) outcome: Outcome,
}

impl Whole {
    pub(crate) fn words(&self, locale: Locale) -> Words<'_> {
        Words { locale, problem: &self.problem, scenario: &self.scenario }
    }
}

/// The key in an address; one that cannot be read leads nowhere.
pub(crate) fn key<K: std::str::FromStr>(kind: &str, text: &str) -> Result<K, AppError> {
    text.parse().map_err(|_| AppError::not_found(kind, text.chars().take(80).collect::<String>()))
}

/// Reads a run.
pub(crate) async fn read(visit: &Visit, key: RunKey) -> Result<Reading, AppError> {
    let mut session = visit.app.read().await?;
    let run = runs::get(&mut session, &visit.principal, key).await?;
    let round = rounds::get(&mut session, &visit.principal, run.round).await?;
    let scenario = scenarios::get(&mut session, &visit.principal, run.scenario).await?;
    let summary =
        if run.lifecycle.has_ended() { runs::summary(&mut session, &visit.principal, key).await? } else { None };
    let whole = match &summary {
        Some(_) => whole(&mut session, &visit.principal, &run).await?,
        None => None,
    };
    Ok(Reading { run, round, scenario, summary, whole })
}

async fn whole(session: &mut Session, principal: &Principal, run: &Run) -> Result<Option<Whole>, AppError> {
    let file = match runs::export(session, principal, run.key).await {
        Ok(file) => file,
        Err(AppError::Unauthenticated | AppError::Forbidden { .. }) => return Ok(None),
        Err(other) => return Err(other),
    };
    let problem = file.problem.ok_or(AppError::Internal)?;
    let scenario = scenarios::load(session, run.scenario).await?;
    Ok(Some(Whole { problem, scenario, outcome: file.outcome }))
}
