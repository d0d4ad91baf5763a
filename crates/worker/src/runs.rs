//! Executes one run: its lease is renewed beside the work, its progress told no more often than anybody reads it, and its
//! end written only while this attempt still holds it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use needmatch_app::scenarios;
use needmatch_app::sweeps::Measured;
use needmatch_domain::problem::Problem;
use needmatch_domain::progress::Progress;
use needmatch_domain::run::RunSettings;
use needmatch_domain::scenario::Scenario;
use needmatch_matching::propose::Start;
use needmatch_store::audit::Origin;
use needmatch_store::keys::RunKey;
use needmatch_store::runs::{Claim, Failure, Renewal, Run};
use needmatch_store::words::RunLifecycle;
use needmatch_store::{Session, Store, StoreError, Viewer};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::figures;
use crate::queue::{Pace, stopped};
use crate::solver::{SolverCommand, SolverFailure, Solving, Task, solve};

/// Tries to write the end of a run while the store is busy or away.
const TRIES: u32 = 8;

/// What came of a run.
enum End {
    /// With what is kept of the plan of a setting of a sweep.
    Solved(Box<Solving>, Option<Measured>),
    Failed(Failure),
    Cancelled,
    /// This worker is told to stop.
    Stopped,
    /// Another worker holds the run by now.
    Lost,
}

/// Executes a run and writes down its end.
pub(crate) async fn execute(
    store: &Store,
    command: &SolverCommand,
    worker: &str,
    claim: Claim,
    run: &Run,
    stop: &mut watch::Receiver<bool>,
    pace: Pace,
) {
    tracing::info!(run = %claim.run, attempt = claim.attempt, "a run begins");
    if claim.attempt == 1 {
        figures::waited(run.created_at);
    }
    let end = match load(store, run).await {
        Ok(order) => solve_held(store, command, claim, order, stop, pace).await,
        Err(StoreError::Busy | StoreError::Unavailable(_)) => End::Stopped,
        Err(error) => {
            tracing::error!(run = %claim.run, %error, "a run cannot be read");
            End::Failed(Failure { code: "unreadable".to_owned(), values: json!({ "reason": error.to_string() }) })
        }
    };
    for attempt in 0..TRIES {
        let began = Instant::now();
        match settle(store, worker, claim, &end).await {
            Ok(lifecycle) => {
                if let (Some(lifecycle), End::Solved(solving, _)) = (lifecycle, &end) {
                    figures::solved(solving, began.elapsed());
                    figures::ended(lifecycle);
                } else if let Some(lifecycle) = lifecycle {
                    figures::ended(lifecycle);
                }
                return;
            }
            Err(error) if error.may_be_retried() => {
                tracing::warn!(run = %claim.run, %error, "the end of a run cannot be written yet");
                tokio::time::sleep(Duration::from_millis(100) * 2_u32.pow(attempt)).await;
            }
            Err(error) => {
                tracing::warn!(run = %claim.run, %error, "the end of a run was not written");
                return;
            }
        }
    }
}

/// What a run is made from.
struct Work {
    problem: Arc<Problem>,
    settings: RunSettings,
    scenario: Option<Scenario>,
    start: Option<Start>,
    /// Of a setting of a sweep: the problem of the scenario as it stands, by which its plan is measured.
    base: Option<Problem>,
}

async fn load(store: &Store, run: &Run) -> Result<Work, StoreError> {
    let corrupt = |column: &str, value: String| StoreError::Corrupt { column: column.to_owned(), value };
    let mut session = store.read().await?;
    let problem = problem(&mut session, &run.problem).await?;
    let settings =
        serde_json::from_value(run.settings.clone()).map_err(|error| corrupt("runs.settings", error.to_string()))?;
    // The scenario only adds to the reasons: without it the plan is the same.
    let scenario = scenarios::load_of(&mut session, run).await;
    let scenario = scenario.inspect_err(|error| tracing::warn!(%error, "reasons will be shorter")).ok();
    let start = match run.start {
        Some(earlier) => begin_with(&mut session, earlier, &problem).await?,
        None => None,
    };
    let base = match run.sweep {
        Some(sweep) => {
            let sweep = session.sweep(&Viewer::system(), sweep).await?;
            Some(self::problem(&mut session, &sweep.problem).await?)
        }
        None => None,
    };
    Ok(Work { problem: Arc::new(problem), settings, scenario, start, base })
}

async fn problem(session: &mut Session, sha256: &str) -> Result<Problem, StoreError> {
    let corrupt = |column: &str, value: String| StoreError::Corrupt { column: column.to_owned(), value };
    let bytes = session.snapshot(sha256).await?.ok_or_else(|| corrupt("runs.problem", sha256.to_owned()))?;
    serde_json::from_slice(&bytes).map_err(|error| corrupt("snapshots.bytes", error.to_string()))
}

/// What an earlier run knew, in the terms of the problem at hand.
async fn begin_with(session: &mut Session, earlier: RunKey, problem: &Problem) -> Result<Option<Start>, StoreError> {
    let file = session.run_file(earlier).await?;
    let before = self::problem(session, &file.problem_sha256).await?;
    Ok(Start::of(&file, &before, problem))
}

async fn solve_held(
    store: &Store,
    command: &SolverCommand,
    claim: Claim,
    work: Work,
    stop: &mut watch::Receiver<bool>,
    pace: Pace,
) -> End {
    // Renewals and reports stand in tasks of their own: checking a large plan keeps this one busy for seconds.
    let latest: Latest = Arc::default();
    let (finish, finished) = watch::channel(false);
    let mut holding = tokio::spawn(hold(store.clone(), claim, pace));
    let reporting = tokio::spawn(report(store.clone(), claim, Arc::clone(&latest), finished, pace.report));
    // Dropping the solving kills its process; nobody needs to be asked to cancel.
    let (_never, cancelled) = watch::channel(false);
    let progress = |step: Progress| {
        *latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(step);
    };
    let task = Task { start: work.start, ..Task::of(work.problem, work.scenario.as_ref(), work.settings) };
    let solving = solve(command, task, cancelled, progress);
    let end = tokio::select! {
        solved = solving => ended(solved, work.base),
        end = &mut holding => end.unwrap_or(End::Lost),
        () = stopped(stop) => End::Stopped,
    };
    holding.abort();
    finish.send_replace(true);
    let _ = reporting.await;
    if let End::Solved(solving, _) = &end {
        for setback in &solving.setbacks {
            say(store, claim, &json!({ "setback": setback })).await;
        }
    }
    end
}

fn ended(solved: Result<Solving, SolverFailure>, base: Option<Problem>) -> End {
    match solved {
        Ok(solving) => {
            let measured = base.map(|base| Measured::of(&base, &solving.plan, solving.took));
            End::Solved(Box::new(solving), measured)
        }
        Err(SolverFailure::Cancelled) => End::Cancelled,
        Err(SolverFailure::NoPlan(reason)) => {
            End::Failed(Failure { code: "no_plan".to_owned(), values: json!({ "reason": reason }) })
        }
    }
}

/// Renews the lease until the run is wished to end or is another's.
async fn hold(store: Store, claim: Claim, pace: Pace) -> End {
    loop {
        tokio::time::sleep(pace.renew).await;
        match store.renew_run(claim, pace.lease).await {
            Ok(Renewal::Held) => {}
            Ok(Renewal::CancelWished) => return End::Cancelled,
            Ok(Renewal::Lost) => return End::Lost,
            // The attempt number guards whatever is written later; a lease that ran out is noticed then.
            Err(error) => tracing::warn!(run = %claim.run, %error, "a lease could not be renewed"),
        }
    }
}

/// The latest step that was not told yet.
type Latest = Arc<Mutex<Option<Progress>>>;

/// Tells of the latest step, at most once in a while, and of the last one in the end.
async fn report(store: Store, claim: Claim, latest: Latest, mut finished: watch::Receiver<bool>, least: Duration) {
    loop {
        let step = latest.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(body) = step.and_then(|step| serde_json::to_value(step).ok()) {
            say(&store, claim, &body).await;
        }
        if *finished.borrow() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(least) => {}
            _ = finished.changed() => {}
        }
    }
}

async fn say(store: &Store, claim: Claim, body: &Value) {
    if let Err(error) = store.report_progress(claim, body).await {
        tracing::debug!(run = %claim.run, %error, "progress was not told");
    }
}

/// Writes the end of a run; answers where the run stands then, if it has ended.
async fn settle(store: &Store, worker: &str, claim: Claim, end: &End) -> Result<Option<RunLifecycle>, StoreError> {
    if let End::Stopped = end {
        return store.hand_back_run(claim, worker, Timestamp::now()).await.map(|()| None);
    }
    let mut transaction = store.begin(Origin::machine("worker", worker, Timestamp::now())).await?;
    let run = match end {
        End::Solved(solving, measured) => {
            let run = transaction.complete_run(claim, &solving.plan).await?;
            if let Some(measured) = measured {
                let measured = serde_json::to_value(measured).expect("what is measured has text keys only");
                transaction.keep_measured(claim.run, &measured).await?;
            }
            run
        }
        End::Failed(failure) => transaction.fail_run(claim, failure).await?,
        End::Cancelled => transaction.settle_cancelled(claim).await?,
        End::Stopped | End::Lost => return transaction.rollback().await.map(|()| None),
    };
    transaction.commit().await?;
    tracing::info!(run = %claim.run, lifecycle = %run.lifecycle, "a run has ended");
    Ok(Some(run.lifecycle))
}
