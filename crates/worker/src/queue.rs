//! Takes runs from the queue until told to stop.

use std::time::Duration;

use jiff::Timestamp;
use needmatch_store::Store;
use tokio::sync::watch;
use uuid::Uuid;

use crate::runs::execute;
use crate::solver::SolverCommand;
use crate::tidy::keep_tidy;

/// How often a worker looks and how long it may be silent.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Silence after which a run is another worker's.
    pub lease: Duration,
    /// Time between renewals, at which a wish to cancel is noticed: a third of the lease at most.
    pub renew: Duration,
    /// Time between looks into an empty queue that does not ring.
    pub look: Duration,
    /// Least time between two events of a run.
    pub report: Duration,
}

impl Pace {
    /// The usual pace at a lease of this length.
    pub fn of_lease(lease: Duration) -> Self {
        let most = Duration::from_secs(2);
        Self { lease, renew: most.min(lease / 4), look: most.min(lease / 2), report: Duration::from_millis(500) }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::of_lease(Duration::from_secs(30))
    }
}

/// Works until `stop` is true; the run at hand is then given back. Beside it, what is old is forgotten. A `stop` whose
/// sender is gone never comes.
pub async fn work_at(store: Store, command: SolverCommand, stop: watch::Receiver<bool>, pace: Pace) {
    tokio::join!(keep_tidy(store.clone(), stop.clone()), take_runs(store, command, stop, pace));
}

async fn take_runs(store: Store, command: SolverCommand, mut stop: watch::Receiver<bool>, pace: Pace) {
    // Unique among workers: a name that came back would take another's runs for its own.
    let worker = format!("{}-{}", std::process::id(), Uuid::now_v7());
    tracing::info!(worker, "the worker is ready");
    let mut bell = store.listen();
    loop {
        if *stop.borrow() {
            tracing::info!(worker, "the worker has stopped");
            return;
        }
        let wait = match store.claim_run(&worker, pace.lease, Timestamp::now()).await {
            Ok(Some((claim, run))) => {
                execute(&store, &command, &worker, claim, &run, &mut stop, pace).await;
                continue;
            }
            Ok(None) => pace.look,
            Err(error) => {
                tracing::warn!(%error, "the queue cannot be read");
                pace.look.max(Duration::from_secs(1))
            }
        };
        tokio::select! {
            () = bell.queue(wait) => {}
            () = stopped(&mut stop) => {}
        }
    }
}

/// Returns once stopping is wished.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|wished| *wished).await.is_err() {
        std::future::pending::<()>().await;
    }
}
