//! Runs: started, followed, cancelled, read.
//!
//! As freezing does, starting takes two steps: [`prepare`] makes the problem, [`start`] keeps it and puts the run into
//! the queue, both in one transaction.

mod changes;
mod plan;

use std::sync::Arc;

use needmatch_domain::certificate::Certificate;
use needmatch_domain::problem::Problem;
use needmatch_domain::reason::Explanations;
use needmatch_domain::run::{Run as RunFile, RunSettings};
use needmatch_store::keys::{RoundKey, RunKey, ScenarioKey};
use needmatch_store::runs::{NewRun, Run, RunEvent, RunFilter, RunSummary};
use needmatch_store::words::RunLifecycle;
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::Value;

use crate::app::{App, new_key};
use crate::document::Fields;
use crate::error::{AppError, Fault, Faults};
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::rounds::freeze_scenario;
use crate::scenarios;

pub use changes::{MatchChange, changes};
pub use plan::{PlanEntry, plan};

/// Runs that may wait in the whole register: what more there is to do is told to come again, not piled up.
pub const MOST_WAITING: i64 = 200;

/// A run that can be started, and the versions that its scenario and the bases of that were read at.
#[derive(Debug)]
pub struct Prepared {
    new: NewRun,
    versions: Vec<(ScenarioKey, i64)>,
}

/// Makes the problem of a scenario. The document may name an earlier run of the round to begin with, as `start`: what it
/// found is then mended where a rule no longer lets it stand, in a fraction of the time.
///
/// # Errors
/// [`AppError::CannotFreeze`] with every fault.
pub async fn prepare(
    app: &App,
    principal: &Principal,
    scenario: ScenarioKey,
    document: &Value,
) -> Result<Prepared, AppError> {
    let mut session = app.read().await?;
    let row = scenarios::get(&mut session, principal, scenario).await?;
    let round = crate::rounds::get(&mut session, principal, row.round).await?;
    allow(principal, Action::Run, Some(round.party))?;
    let start = begins_with(&mut session, principal, row.round, document).await?;
    let ground = scenarios::ground(&mut session, row.key).await?;
    drop(session);
    let scenario = ground.as_it_stands()?;
    let limits = scenario.settings.limits;
    let settings = RunSettings { gap_permille: limits.gap_permille, seconds: limits.seconds, threads: limits.threads };
    let frozen = freeze_scenario(Arc::new(scenario)).await?;
    let problem = needmatch_domain::canonical::to_bytes(&frozen.problem).map_err(|_| AppError::Internal)?;
    let settings = serde_json::to_value(settings).map_err(|_| AppError::Internal)?;
    let new = NewRun { key: new_key(), scenario: row.key, problem, settings, sweep: None, start };
    Ok(Prepared { new, versions: ground.versions })
}

/// The earlier run that a document names. It must be one of the same round that the principal may read wholly, and have
/// a plan.
async fn begins_with(
    session: &mut Session,
    principal: &Principal,
    round: RoundKey,
    document: &Value,
) -> Result<Option<RunKey>, AppError> {
    let mut faults = Faults::default();
    let given = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let given = fields.text("start");
        fields.text("reason");
        fields.finish();
        given
    });
    if let Some(given) = given {
        let key = given.parse::<RunKey>().ok();
        let run = match key {
            Some(key) => whole(session, principal, key).await.ok(),
            None => None,
        };
        match run.filter(|run| run.round == round) {
            None => faults.push("/start", Some(&given), Fault::NotAKey {}),
            Some(run) if !matches!(run.lifecycle, RunLifecycle::Succeeded | RunLifecycle::Limit) => {
                faults.push("/start", Some(&given), Fault::NoPlan {});
            }
            Some(run) => return faults.finish(Some(Some(run.key))),
        }
    }
    faults.finish(Some(None))
}

/// Puts a prepared run into the queue.
///
/// # Errors
/// [`AppError::TooManyWaiting`] when the queue is full, [`AppError::VersionMismatch`] when the scenario, or one it is based
/// on, was rewritten since.
pub async fn start(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    prepared: &Prepared,
) -> Result<Run, AppError> {
    let row = scenarios::get(transaction, principal, prepared.new.scenario).await?;
    let round = crate::rounds::get(transaction, principal, row.round).await?;
    allow(principal, Action::Run, Some(round.party))?;
    scenarios::hold(transaction, &prepared.versions).await?;
    let waiting = transaction.hold_queue_depth().await?;
    if waiting >= MOST_WAITING {
        return Err(AppError::TooManyWaiting { waiting, limit: MOST_WAITING });
    }
    Ok(transaction.start_run(&prepared.new).await?)
}

/// Wishes a run to end.
pub async fn cancel(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: RunKey,
    expected: i64,
    reason: Option<&str>,
) -> Result<Run, AppError> {
    let run = get(transaction, principal, key).await?;
    let round = crate::rounds::get(transaction, principal, run.round).await?;
    allow(principal, Action::Run, Some(round.party))?;
    AppError::unless_at(expected, run.version)?;
    if run.lifecycle.has_ended() {
        let state = run.lifecycle.to_string();
        return Err(AppError::NotAllowedNow { kind: "run", step: "cancel".to_owned(), state, allowed: Vec::new() });
    }
    Ok(transaction.cancel_run(key, expected, reason).await?)
}

/// A run the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: RunKey) -> Result<Run, AppError> {
    Ok(session.run(&principal.viewer(), key).await?)
}

/// Runs the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &RunFilter,
    page: &Page,
) -> Result<Vec<Run>, AppError> {
    Ok(session.runs(&principal.viewer(), filter, page).await?)
}

/// Counts, sums and verdict of a run, if it has ended with an answer.
pub async fn summary(
    session: &mut Session,
    principal: &Principal,
    key: RunKey,
) -> Result<Option<RunSummary>, AppError> {
    get(session, principal, key).await?;
    Ok(session.run_summary(key).await?)
}

/// Events of a run after a number, in order, and whether there will be more.
pub async fn events(
    session: &mut Session,
    principal: &Principal,
    key: RunKey,
    after: i64,
    count: u32,
) -> Result<(Run, Vec<RunEvent>), AppError> {
    let run = get(session, principal, key).await?;
    Ok((run, session.run_events(key, after, count).await?))
}

/// The whole run file, as `needmatch verify` recounts it.
pub async fn export(session: &mut Session, principal: &Principal, key: RunKey) -> Result<RunFile, AppError> {
    whole(session, principal, key).await?;
    Ok(session.run_file(key).await?)
}

/// The proof of a run.
pub async fn certificate(session: &mut Session, principal: &Principal, key: RunKey) -> Result<Certificate, AppError> {
    whole(session, principal, key).await?;
    session.run_certificate(key).await?.ok_or_else(|| AppError::not_found("result of run", key))
}

/// The reasons of a run.
pub async fn explanations(session: &mut Session, principal: &Principal, key: RunKey) -> Result<Explanations, AppError> {
    whole(session, principal, key).await?;
    session.run_explanations(key).await?.ok_or_else(|| AppError::not_found("result of run", key))
}

/// The problem of a run, as canonical bytes under its hash.
pub async fn problem_bytes(session: &mut Session, principal: &Principal, key: RunKey) -> Result<Vec<u8>, AppError> {
    let run = whole(session, principal, key).await?;
    session.snapshot(&run.problem).await?.ok_or(AppError::Internal)
}

/// The problem of a run.
pub async fn problem(session: &mut Session, principal: &Principal, key: RunKey) -> Result<Problem, AppError> {
    read_problem(&problem_bytes(session, principal, key).await?)
}

/// A kept problem.
pub fn read_problem(bytes: &[u8]) -> Result<Problem, AppError> {
    serde_json::from_slice(bytes).map_err(|error| {
        tracing::error!(%error, "a kept problem cannot be read");
        AppError::Internal
    })
}

/// A run, if all of it may be read: by coordinators, by observers admitted to its round, and by everybody when all it
/// was made from was public.
async fn whole(session: &mut Session, principal: &Principal, key: RunKey) -> Result<Run, AppError> {
    let run = get(session, principal, key).await?;
    if run.is_open || session.is_admitted(&principal.viewer(), run.round).await? {
        return Ok(run);
    }
    allow(principal, Action::ReadWholeRun, None)?;
    Ok(run)
}
