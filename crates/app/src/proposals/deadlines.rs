//! Proposals that nobody answered in time lapse, whether or not anybody looks.

use std::time::Duration;

use needmatch_store::audit::Origin;
use tokio::sync::watch;

use crate::app::App;
use crate::error::AppError;

/// How long a proposal may stand open past its deadline: an answer that comes late is refused all the same.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Ends proposals whose deadline has passed unanswered, in the name of nobody. Answers how many; those beyond the store's
/// bound of one step are left for the next.
pub async fn lapse_overdue(app: &App) -> Result<usize, AppError> {
    let origin = Origin::machine("worker", "deadlines", app.now());
    let mut transaction = app.store().begin(origin).await?;
    let lapsed = transaction.lapse_proposals().await?.len();
    transaction.commit().await?;
    Ok(lapsed)
}

/// Ends overdue proposals on a timer until `stop` is true. Any number of processes may do so at once: a proposal lapses
/// at the version it was read at, and so once.
pub async fn keep_deadlines(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let wait = match lapse_overdue(&app).await {
            Ok(0) => LOOK_EVERY,
            Ok(lapsed) => {
                tracing::info!(lapsed, "proposals have lapsed at their deadlines");
                Duration::ZERO
            }
            Err(error) => {
                tracing::warn!(%error, "proposals past their deadlines could not be ended");
                LOOK_EVERY
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.wait_for(|&stop| stop) => return,
        }
    }
}
