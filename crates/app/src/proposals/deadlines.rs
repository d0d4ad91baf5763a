//! Proposals that nobody answered in time lapse, whether or not anybody looks; both sides are reminded before.

use std::time::Duration;

use jiff::SignedDuration;
use needmatch_store::audit::Origin;
use needmatch_store::keys::{ProposalKey, RoundKey};
use needmatch_store::words::MessageKind;
use needmatch_store::{AuditedTransaction, MAX_PAGE};
use tokio::sync::watch;

use crate::app::App;
use crate::error::AppError;
use crate::messages::{Telling, tell_sides};
use crate::validity::{FAILURES, expire_overdue, passed_over};

/// How long a proposal may stand open past its deadline: an answer that comes late is refused all the same.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// How soon to look again where another change was in the way.
const WAIT_FOR_ANOTHER: Duration = Duration::from_secs(1);

/// How long before the deadline both sides are reminded.
const REMIND_BEFORE: SignedDuration = SignedDuration::from_hours(72);

/// Who was told of a proposal within this time needs no reminder.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Ends proposals whose deadline has passed unanswered, in the name of nobody, each in a transaction of its own. Answers how
/// many; those beyond a page are left for the next look.
pub async fn lapse_overdue(app: &App) -> Result<usize, AppError> {
    let (mut lapsed, mut failed) = (0, Vec::new());
    while lapsed == 0 && failed.len() < FAILURES {
        let now = app.now();
        let overdue = app.read().await?.overdue_proposals(now, None, &failed, MAX_PAGE).await?;
        if overdue.is_empty() {
            break;
        }
        let failed_before = failed.len();
        for key in overdue {
            let transaction = app.store().begin(Origin::machine("worker", "deadlines", now)).await?;
            match lapse_one(transaction, key).await {
                Ok(true) => lapsed += 1,
                Ok(false) => {}
                Err(error) => failed.push(passed_over("proposal", key, error)?),
            }
        }
        if failed.len() == failed_before {
            break;
        }
    }
    Ok(lapsed)
}

async fn lapse_one(mut transaction: AuditedTransaction, key: ProposalKey) -> Result<bool, AppError> {
    let Some(lapsed) = transaction.lapse_proposal(key).await? else { return Ok(false) };
    tell_sides(&mut transaction, &lapsed, MessageKind::ProposalLapsed).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Ends the proposals of a round whose deadline has passed and tells both sides.
pub(crate) async fn lapse(transaction: &mut AuditedTransaction, round: RoundKey) -> Result<(), AppError> {
    let (at, mut telling) = (transaction.at(), Telling::default());
    loop {
        // What has ended, or was answered, is no longer found: the first page is always the next.
        let overdue = transaction.overdue_proposals(at, Some(round), &[], MAX_PAGE).await?;
        if overdue.is_empty() {
            return Ok(());
        }
        for key in overdue {
            if let Some(lapsed) = transaction.lapse_proposal(key).await? {
                telling.tell_sides(transaction, &lapsed, MessageKind::ProposalLapsed).await?;
            }
        }
    }
}

/// Reminds both sides of proposals whose deadline is near, once. Answers how many.
pub async fn remind(app: &App) -> Result<usize, AppError> {
    let now = app.now();
    let mut transaction = app.store().begin(Origin::machine("worker", "deadlines", now)).await?;
    let due = transaction.remind_of_deadlines(now + REMIND_BEFORE, now - FRESH).await?;
    let mut telling = Telling::default();
    for proposal in &due {
        telling.tell_sides(&mut transaction, proposal, MessageKind::ProposalDue).await?;
    }
    transaction.commit().await?;
    Ok(due.len())
}

/// Ends what is overdue on a timer until `stop` is true: requests and offers past the day they are valid until, and
/// proposals past their deadline. Any number of processes may do so at once: each ends at the version it was read at, and
/// so once.
pub async fn keep_deadlines(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = remind(&app).await {
            tracing::warn!(%error, "nobody could be reminded of deadlines");
        }
        // A proposal ends with what it is about rather than at its own deadline, where both are over.
        let expired = noted(expire_overdue(&app).await, "requests and offers have expired");
        let lapsed = noted(lapse_overdue(&app).await, "proposals have lapsed at their deadlines");
        let wait = expired.min(lapsed);
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = stop.wait_for(|&stop| stop) => return,
        }
    }
}

/// How long to wait after a look: not at all while there was something, a moment where another was in the way.
fn noted(looked: Result<usize, AppError>, what: &'static str) -> Duration {
    match looked {
        Ok(0) => LOOK_EVERY,
        Ok(ended) => {
            tracing::info!(ended, "{what}");
            Duration::ZERO
        }
        Err(AppError::Busy) => WAIT_FOR_ANOTHER,
        Err(error) => {
            tracing::warn!(%error, what, "not this time");
            LOOK_EVERY
        }
    }
}
