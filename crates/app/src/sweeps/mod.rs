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
use needmatch_store::keys::{ScenarioKey, SweepKey};
use needmatch_store::runs::{Counts, NewSetting, NewSweep, Sweep, SweepFilter};
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use crate::apart::apart;
use crate::app::{App, new_key};
use crate::error::{AppError, NotFrozen};
use crate::policy::{Action, allow};
use crate::principal::Principal;
use crate::rounds::freeze_blocking;
use crate::scenarios::{self, Ground};

pub use measured::{GoalReached, Measured};
pub use outcomes::{Outcome, Outcomes, outcomes};
pub(crate) use settings::lay_over;

/// Most settings of a sweep.
pub const MOST_SETTINGS: usize = 200;

/// Runs of sweeps that may wait in the whole register, beside those of [`crate::runs::MOST_WAITING`].
pub const MOST_WAITING: i64 = 1000;

/// Most bytes of all problems of a sweep.
const MOST_BYTES: usize = 256 * 1024 * 1024;

/// Held by whoever prepares a sweep: it takes the memory of a round several times over, and a processor for minutes.
static PREPARING: Semaphore = Semaphore::const_new(1);

/// Faults named in a refusal.
const MAX_FAULTS: usize = 100;

/// A sweep that can be started, and the versions that its scenario and the bases of that were read at.
#[derive(Debug)]
pub struct Prepared {
    new: NewSweep,
    versions: Vec<(ScenarioKey, i64)>,
}

/// Makes the problem of every setting that a document asks for, and of the scenario as it stands. `expected` is the
/// version of the scenario that the caller read, if it says so. One problem is in memory at a time: each is kept under its
/// hash as it is made, and forgotten after a day if the sweep is not started.
///
/// # Errors
/// [`AppError::Invalid`] with everything wrong with any setting, [`AppError::CannotFreeze`] with the faults of those that
/// cannot be frozen, and the name of the first setting with each.
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
    AppError::unless_at(expected.unwrap_or(row.version), row.version)?;
    drop(session);
    let _alone = PREPARING.acquire().await.map_err(|_| AppError::Internal)?;
    let ground = Arc::new(scenarios::ground(&mut app.read().await?, row.key).await?);
    // Of this reading all settings are made.
    let actual = ground.versions.first().map_or(row.version, |(_, version)| *version);
    AppError::unless_at(expected.unwrap_or(actual), actual)?;
    let (asked, on) = (document.clone(), Arc::clone(&ground));
    let found = apart("reading a sweep", move || settings::read(&asked, &on)).await??;
    let base = made(&ground, Value::Object(Map::new())).await?;
    let mut bytes = base.problem.len();
    let problem = app.store().keep_ahead(&base.problem, app.now()).await?;
    drop(base);
    let (mut settings, mut faults) = (Vec::new(), Vec::<NotFrozen>::new());
    for settings::Setting { name, overrides } in found {
        match made(&ground, overrides).await {
            Ok(_) if !faults.is_empty() => {}
            Ok(Made { problem, overrides, limits }) => {
                bytes += problem.len();
                if bytes > MOST_BYTES {
                    let what = "problems of a sweep (bytes)".to_owned();
                    return Err(AppError::TooLarge { what, actual: bytes as u64, limit: MOST_BYTES as u64 });
                }
                let problem = app.store().keep_ahead(&problem, app.now()).await?;
                let overrides = app.store().keep_ahead(&overrides, app.now()).await?;
                settings.push(NewSetting { name, overrides, run: new_key(), problem, settings: limits });
            }
            Err(AppError::CannotFreeze { faults: more }) => {
                let is_known = |fault: &NotFrozen| faults.iter().any(|known| known.error == fault.error);
                let new = more.into_iter().filter(|fault| !is_known(fault)).collect::<Vec<_>>();
                faults.extend(new.into_iter().map(|fault| NotFrozen { setting: Some(name.clone()), ..fault }));
                if faults.len() >= MAX_FAULTS {
                    break;
                }
            }
            Err(other) => return Err(other),
        }
    }
    if !faults.is_empty() {
        faults.truncate(MAX_FAULTS);
        return Err(AppError::CannotFreeze { faults });
    }
    let new = NewSweep { key: new_key(), scenario: row.key, vary: document.clone(), problem, settings };
    Ok(Prepared { new, versions: ground.versions.clone() })
}

/// What is kept of a setting.
struct Made {
    problem: Vec<u8>,
    overrides: Vec<u8>,
    limits: Value,
}

/// Makes the problem of a setting, with what is laid over the scenario and what the run is limited to.
async fn made(ground: &Arc<Ground>, overrides: Value) -> Result<Made, AppError> {
    let ground = Arc::clone(ground);
    let make = move || {
        let scenario = lay_over(&ground, &overrides)?;
        let limits = scenario.settings.limits;
        let limits =
            RunSettings { gap_permille: limits.gap_permille, seconds: limits.seconds, threads: limits.threads };
        let frozen = freeze_blocking(&scenario)?;
        drop(scenario);
        Ok(Made {
            problem: canonical::to_bytes(&frozen.problem).map_err(|_| AppError::Internal)?,
            overrides: canonical::to_bytes(&overrides).map_err(|_| AppError::Internal)?,
            limits: serde_json::to_value(limits).map_err(|_| AppError::Internal)?,
        })
    };
    apart("preparing a sweep", make).await?
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
