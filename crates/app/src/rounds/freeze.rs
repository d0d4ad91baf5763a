//! Fixes a round to what the register holds.

use std::sync::Arc;

use needmatch_domain::scenario::Scenario;
use needmatch_matching::freeze::{FreezeReport, Frozen};
use needmatch_store::keys::{PackageKey, RequestKey, RoundKey};
use needmatch_store::rounds::{NewLeftOut, Round};
use needmatch_store::words::RequestLifecycle;
use needmatch_store::{AuditedTransaction, Move};

use super::frozen::FrozenRound;
use super::gather::{Gathered, gather};
use super::left_out::LeftOut;
use super::{document, get, left_out, settings};
use crate::apart::apart;
use crate::app::App;
use crate::error::{AppError, NotFrozen};
use crate::lifecycle::{ROUND, check, row};
use crate::parties;
use crate::policy::allow;
use crate::principal::Principal;
use crate::validity::day_of;

/// Faults named in a refusal.
const MAX_FAULTS: usize = 100;

/// A round that can be frozen, and the version it was read at.
#[derive(Debug)]
pub struct Prepared {
    round: RoundKey,
    version: i64,
    bytes: Vec<u8>,
    /// Of the requests that take part.
    references: Vec<String>,
    entering: Vec<(RequestKey, i64)>,
    packages: Vec<(PackageKey, i64)>,
    /// Hash of the problem that the round's own settings make.
    pub problem_sha256: String,
    /// Rows that take no part.
    pub left_out: Vec<LeftOut>,
    told: Vec<NewLeftOut>,
    /// What freezing decided on the way.
    pub report: FreezeReport,
}

/// Reads and checks everything a round is frozen to.
///
/// # Errors
/// [`AppError::BeforeCutOff`] while requests and offers still come in; [`AppError::CannotFreeze`] with every fault.
pub async fn prepare(app: &App, principal: &Principal, key: RoundKey) -> Result<Prepared, AppError> {
    let mut session = app.read().await?;
    let round = get(&mut session, principal, key).await?;
    let step = row("round", ROUND, "freeze")?;
    allow(principal, step.action, Some(round.party))?;
    check("round", ROUND, step, round.lifecycle)?;
    if let Some(cut_off_at) = round.cut_off().filter(|cut_off| app.now() < *cut_off) {
        return Err(AppError::BeforeCutOff { cut_off_at });
    }
    let document = document(&round)?;
    let states = parties::declared_profiles(&mut session).await?;
    let read = settings::read(&document.settings, &round.name, states.clone(), "/settings")?;
    let today = day_of(app.now());
    let gathered = gather(&mut session, &document, round.cut_off(), today, read, states).await?;
    let Gathered { scenario, entering, packages, mut left_out, mut told, keys } = gathered;
    let waiting = left_out::waiting(&mut session, &document).await?;
    drop(session);
    left_out.extend(waiting.shown);
    told.extend(waiting.kept);
    let scenario = Arc::new(scenario);
    let Frozen { problem, report } = freeze_scenario(Arc::clone(&scenario)).await?;
    left_out::add_settled(&mut told, &keys, &report.requests_left_out);
    let problem_sha256 = problem.sha256();
    let frozen = FrozenRound::of(Arc::unwrap_or_clone(scenario), document.settings, problem_sha256.clone());
    Ok(Prepared {
        round: key,
        version: round.version,
        bytes: frozen.bytes()?,
        references: frozen.references().0,
        entering,
        packages,
        problem_sha256,
        left_out,
        told,
        report,
    })
}

/// Keeps what was prepared. `expected` is the version the caller read; the requests that take part enter the round, and
/// those that were handed in and do not can be told why.
///
/// # Errors
/// [`AppError::VersionMismatch`] when the round, one of its requests or who is in one of its packages changed since it was
/// prepared.
pub async fn freeze(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    expected: i64,
    prepared: &Prepared,
) -> Result<Round, AppError> {
    let before = get(transaction, principal, prepared.round).await?;
    let step = row("round", ROUND, "freeze")?;
    allow(principal, step.action, Some(before.party))?;
    check("round", ROUND, step, before.lifecycle)?;
    if prepared.version != expected {
        return Err(AppError::VersionMismatch { expected, actual: prepared.version });
    }
    // In the order in which others hold them: packages before the requests that leave them, each by its key.
    for (package, version) in sorted(&prepared.packages) {
        transaction.enter_package(package, version, prepared.round).await?;
    }
    for (request, version) in sorted(&prepared.entering) {
        transaction.move_request(request, version, Move::by(step.step, RequestLifecycle::InRound), None).await?;
    }
    transaction.enter_round(prepared.round, &prepared.references).await?;
    let frozen = transaction.freeze_round(prepared.round, expected, &prepared.bytes).await?;
    transaction.keep_left_out(prepared.round, &prepared.told).await?;
    Ok(frozen)
}

fn sorted<Key: Copy + Ord>(rows: &[(Key, i64)]) -> Vec<(Key, i64)> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows
}

/// Freezes a scenario apart from the threads that serve.
///
/// # Errors
/// [`AppError::CannotFreeze`] with every fault.
pub(crate) async fn freeze_scenario(scenario: Arc<Scenario>) -> Result<Frozen, AppError> {
    apart("freezing", move || freeze_blocking(&scenario)).await?
}

/// As [`freeze_scenario`], on the thread it is called on: not one that serves others.
pub(crate) fn freeze_blocking(scenario: &Scenario) -> Result<Frozen, AppError> {
    needmatch_matching::freeze::freeze(scenario).map_err(|errors| AppError::CannotFreeze {
        faults: errors.into_iter().take(MAX_FAULTS).map(NotFrozen::from).collect(),
    })
}
