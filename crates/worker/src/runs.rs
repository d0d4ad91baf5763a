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
use tokio::runtime::Handle;
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

/// Executes a run and writes down its end. Its lease is renewed all the while.
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
    let mut holding = tokio::spawn(hold(store.clone(), claim, pace));
    // Dropping the work kills the solver process; nobody needs to be asked to cancel.
    let end = tokio::select! {
        end = work(store, command, claim, run, pace) => end,
        end = &mut holding => end.unwrap_or(End::Lost),
        () = stopped(stop) => End::Stopped,
    };
    write_down(store, worker, claim, end).await;
    holding.abort();
}

/// Writes down the end of a run, as soon as the store lets it.
async fn write_down(store: &Store, worker: &str, claim: Claim, end: End) {
    let end = Arc::new(end);
    for attempt in 0..TRIES {
        let began = Instant::now();
        let settling = settle(store.clone(), worker.to_owned(), claim, Arc::clone(&end));
        match apart(settling).await.unwrap_or(Err(StoreError::Busy)) {
            Ok(lifecycle) => {
                if let (Some(_), End::Solved(solving, _)) = (lifecycle, &*end) {
                    figures::solved(solving, began.elapsed());
                }
                if let Some(lifecycle) = lifecycle {
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

/// Does what keeps a processor busy between its waits on a thread apart from those that serve. `None`: it broke off.
async fn apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(move || Handle::current().block_on(work)).await.ok()
}

/// What a run is made from.
struct Work {
    problem: Arc<Problem>,
    settings: RunSettings,
    scenario: Option<Arc<Scenario>>,
    start: Option<Start>,
    /// Of a setting of a sweep: the problem of the scenario as it stands, by which its plan is measured.
    base: Option<Problem>,
}

async fn load(store: Store, run: Run) -> Result<Work, StoreError> {
    let corrupt = |column: &str, value: String| StoreError::Corrupt { column: column.to_owned(), value };
    let mut session = store.read().await?;
    let problem = problem(&mut session, &run.problem).await?;
    let settings =
        serde_json::from_value(run.settings.clone()).map_err(|error| corrupt("runs.settings", error.to_string()))?;
    // The scenario only adds to the reasons: without it the plan is the same.
    let scenario = scenarios::load_of(&mut session, &run).await;
    let scenario = scenario.inspect_err(|error| tracing::warn!(%error, "reasons will be shorter")).ok().map(Arc::new);
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

async fn work(store: &Store, command: &SolverCommand, claim: Claim, run: &Run, pace: Pace) -> End {
    let work = match apart(load(store.clone(), run.clone())).await {
        Some(Ok(work)) => work,
        Some(Err(StoreError::Busy | StoreError::Unavailable(_))) => return End::Stopped,
        Some(Err(error)) => {
            tracing::error!(run = %claim.run, %error, "a run cannot be read");
            return unreadable(&error.to_string());
        }
        None => return unreadable("reading it broke off"),
    };
    let latest: Latest = Arc::default();
    let (finish, finished) = watch::channel(());
    let reporting = tokio::spawn(report(store.clone(), claim, Arc::clone(&latest), finished, pace.report));
    let (_never, cancelled) = watch::channel(false);
    let progress = |step: Progress| {
        *latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(step);
    };
    let task = Task { start: work.start, ..Task::of(work.problem, work.scenario, work.settings) };
    let solved = solve(command, task, cancelled, progress).await;
    let end = ended(solved, work.base).await;
    drop(finish);
    let _ = reporting.await;
    if let End::Solved(solving, _) = &end {
        for setback in &solving.setbacks {
            say(store, claim, &json!({ "setback": setback })).await;
        }
    }
    end
}

fn unreadable(reason: &str) -> End {
    End::Failed(Failure { code: "unreadable".to_owned(), values: json!({ "reason": reason }) })
}

async fn ended(solved: Result<Solving, SolverFailure>, base: Option<Problem>) -> End {
    match (solved, base) {
        (Ok(solving), None) => End::Solved(Box::new(solving), None),
        (Ok(solving), Some(base)) => {
            let measuring = async move {
                let measured = Measured::of(&base, &solving.plan, solving.took);
                End::Solved(Box::new(solving), Some(measured))
            };
            apart(measuring).await.unwrap_or_else(|| unreadable("measuring its plan broke off"))
        }
        (Err(SolverFailure::Cancelled), _) => End::Cancelled,
        (Err(SolverFailure::NoPlan(reason)), _) => {
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

/// Tells of the latest step, at most once in a while, and of the last one once the sender of `finished` is gone.
async fn report(store: Store, claim: Claim, latest: Latest, mut finished: watch::Receiver<()>, least: Duration) {
    let mut is_last = false;
    loop {
        let step = latest.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(body) = step.and_then(|step| serde_json::to_value(step).ok()) {
            say(&store, claim, &body).await;
        }
        if is_last {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(least) => {}
            _ = finished.changed() => is_last = true,
        }
    }
}

async fn say(store: &Store, claim: Claim, body: &Value) {
    if let Err(error) = store.report_progress(claim, body).await {
        tracing::debug!(run = %claim.run, %error, "progress was not told");
    }
}

/// Writes the end of a run; answers where the run stands then, if it has ended.
async fn settle(store: Store, worker: String, claim: Claim, end: Arc<End>) -> Result<Option<RunLifecycle>, StoreError> {
    if let End::Stopped = *end {
        return store.hand_back_run(claim, &worker, Timestamp::now()).await.map(|()| None);
    }
    let mut transaction = store.begin(Origin::machine("worker", &worker, Timestamp::now())).await?;
    let run = match &*end {
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
