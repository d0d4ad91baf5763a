//! Sweeps: a scenario under many settings, each an ordinary run (`docs/sweep.md`).
//!
//! As runs do, they take two steps: [`prepare`] makes every problem, [`start`] keeps them and puts all runs into the
//! queue, in one transaction. Sweeps have room of their own in the queue and are worked on when nothing else waits, so
//! that a single run is never refused or held up by them for longer than one run takes.

mod drops;
mod measured;
mod outcomes;
mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;

use needmatch_domain::canonical;
use needmatch_domain::run::RunSettings;
use needmatch_domain::scenario::Scenario;
use needmatch_matching::freeze::FreezeError;
use needmatch_store::keys::{ScenarioKey, SweepKey};
use needmatch_store::runs::{Counts, NewSetting, NewSweep, Sweep, SweepFilter};
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::Value;

use crate::app::{App, new_key};
use crate::error::AppError;
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::rounds::freeze_scenario;
use crate::scenarios;

pub use measured::{GoalReached, Measured};
pub use outcomes::{Outcome, Outcomes, outcomes};
pub(crate) use settings::lay_over;

/// Most settings of a sweep.
pub const MOST_SETTINGS: usize = 200;

/// Runs of sweeps that may wait in the whole register, beside those of [`crate::runs::MOST_WAITING`].
pub const MOST_WAITING: i64 = 1000;

/// Most bytes of all problems of a sweep: they stand in memory together until they are kept.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Faults named in a refusal.
const MAX_FAULTS: usize = 100;

/// A sweep that can be started, and the versions that its scenario and the bases of that were read at.
#[derive(Debug)]
pub struct Prepared {
    new: NewSweep,
    versions: Vec<(ScenarioKey, i64)>,
}

/// Makes the problem of every setting that a document asks for, and of the scenario as it stands. `expected` is the
/// version of the scenario that the caller read, if it says so.
///
/// # Errors
/// [`AppError::Invalid`] with everything wrong with any setting, [`AppError::CannotFreeze`] with every fault of those
/// that cannot be frozen.
pub async fn prepare(
    app: &App,
    principal: &Principal,
    scenario: ScenarioKey,
    expected: Option<i64>,
    document: &Value,
) -> Result<Prepared, AppError> {
    let mut session = app.read().await?;
    let row = scenarios::get(&mut session, principal, scenario).await?;
    let round = crate::rounds::get(&mut session, principal, row.round).await?;
    allow(principal, Action::Run, Some(round.party))?;
    let ground = scenarios::ground(&mut session, row.key).await?;
    // Of that reading all settings are made.
    let actual = ground.versions.first().map_or(row.version, |(_, version)| *version);
    AppError::unless_at(expected.unwrap_or(actual), actual)?;
    drop(session);
    let found = settings::read(document, &ground)?;
    let base = lay_over(&ground, &Value::Object(serde_json::Map::new()))?;
    let (problem, _) = frozen(base).await?;
    let mut bytes = problem.len();
    let (mut settings, mut faults) = (Vec::new(), Vec::<FreezeError>::new());
    for settings::Setting { name, overrides, scenario } in found {
        let overrides = canonical::to_bytes(&overrides).map_err(|_| AppError::Internal)?;
        match frozen(scenario).await {
            Ok((problem, limits)) => {
                bytes += problem.len();
                settings.push(NewSetting { name, overrides, run: new_key(), problem, settings: limits });
            }
            Err(AppError::CannotFreeze { faults: more }) => {
                faults.extend(more.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>());
            }
            Err(other) => return Err(other),
        }
        if bytes > MOST_BYTES {
            let what = "problems of a sweep (bytes)".to_owned();
            return Err(AppError::TooLarge { what, actual: bytes as u64, limit: MOST_BYTES as u64 });
        }
    }
    if !faults.is_empty() {
        faults.truncate(MAX_FAULTS);
        return Err(AppError::CannotFreeze { faults });
    }
    let new = NewSweep { key: new_key(), scenario: row.key, vary: document.clone(), problem, settings };
    Ok(Prepared { new, versions: ground.versions })
}

/// The problem of a scenario, as it is kept, and what its run is limited to.
async fn frozen(scenario: Scenario) -> Result<(Vec<u8>, Value), AppError> {
    let limits = scenario.settings.limits;
    let limits = RunSettings { gap_permille: limits.gap_permille, seconds: limits.seconds, threads: limits.threads };
    let frozen = freeze_scenario(Arc::new(scenario)).await?;
    let problem = canonical::to_bytes(&frozen.problem).map_err(|_| AppError::Internal)?;
    Ok((problem, serde_json::to_value(limits).map_err(|_| AppError::Internal)?))
}

/// Puts the runs of a prepared sweep into the queue, all or none.
///
/// # Errors
/// [`AppError::TooManyWaiting`] when there is no room for all of them, [`AppError::VersionMismatch`] when the scenario,
/// or one it is based on, was rewritten since.
pub async fn start(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    prepared: &Prepared,
) -> Result<Sweep, AppError> {
    let row = scenarios::get(transaction, principal, prepared.new.scenario).await?;
    let round = crate::rounds::get(transaction, principal, row.round).await?;
    allow(principal, Action::Run, Some(round.party))?;
    scenarios::hold(transaction, &prepared.versions).await?;
    let waiting = transaction.hold_queue_depth_of_sweeps().await?;
    if waiting + i64::try_from(prepared.new.settings.len()).unwrap_or(MOST_WAITING) > MOST_WAITING {
        return Err(AppError::TooManyWaiting { waiting, limit: MOST_WAITING });
    }
    Ok(transaction.start_sweep(&prepared.new).await?)
}

/// Wishes every run of a sweep to end that has not ended yet.
///
/// # Errors
/// [`AppError::NotAllowedNow`] when all have ended; [`AppError::VersionMismatch`] when somebody wished it before.
pub async fn cancel(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: SweepKey,
    expected: i64,
    reason: Option<&str>,
) -> Result<Sweep, AppError> {
    let sweep = get(transaction, principal, key).await?;
    let round = crate::rounds::get(transaction, principal, sweep.round).await?;
    allow(principal, Action::Run, Some(round.party))?;
    if sweep.version() != expected {
        return Err(AppError::VersionMismatch { expected, actual: sweep.version() });
    }
    if transaction.cancel_sweep(key, reason).await? == 0 {
        let (step, state) = ("cancel".to_owned(), "ended".to_owned());
        return Err(AppError::NotAllowedNow { kind: "sweep", step, state, allowed: Vec::new() });
    }
    get(transaction, principal, key).await
}

/// A sweep the principal may see.
pub async fn get(session: &mut Session, principal: &Principal, key: SweepKey) -> Result<Sweep, AppError> {
    Ok(session.sweep(&principal.viewer(), key).await?)
}

/// Sweeps the principal may see, a page at a time.
pub async fn list(
    session: &mut Session,
    principal: &Principal,
    filter: &SweepFilter,
    page: &Page,
) -> Result<Vec<Sweep>, AppError> {
    Ok(session.sweeps(&principal.viewer(), filter, page).await?)
}

/// How many runs of each sweep are in which state. The caller has found the sweeps visible.
pub async fn counts(session: &mut Session, sweeps: &[Sweep]) -> Result<BTreeMap<SweepKey, Counts>, AppError> {
    let keys: Vec<SweepKey> = sweeps.iter().map(|sweep| sweep.key).collect();
    Ok(session.sweep_counts(&keys).await?)
}
