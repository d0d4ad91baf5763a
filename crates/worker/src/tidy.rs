//! Forgets what nobody will ask for again, each kind some time after it was over; `docs/operating.md` names the times.
//! Some rows at a time, with a pause between, so that nobody waits for it; any number of workers may do so at once. What
//! the audit log says of anything stays.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use needmatch_app::sandbox;
use needmatch_store::{Store, StoreError};
use tokio::sync::watch;

use crate::queue::stopped;

/// How often there is a look at what is old.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// Rows forgotten in one transaction.
const BATCH: u32 = 500;

/// Between two of them others write.
const PAUSE: Duration = Duration::from_millis(20);

/// What is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Answers,
    Deliveries,
    Mails,
    Credentials,
    SignIns,
    Imports,
    RunEvents,
    Prepared,
}

impl Kept {
    const ALL: [Self; 8] = [
        Self::Answers,
        Self::Deliveries,
        Self::Mails,
        Self::Credentials,
        Self::SignIns,
        Self::Imports,
        Self::RunEvents,
        Self::Prepared,
    ];

    /// How long it is kept once it is over; an answer, once it was given.
    fn days(self) -> i64 {
        match self {
            Self::SignIns | Self::Imports => 0,
            Self::Prepared => 1,
            Self::Answers => 7,
            Self::Deliveries | Self::Mails | Self::Credentials | Self::RunEvents => 90,
        }
    }

    async fn forget(self, store: &Store, before: Timestamp) -> Result<u64, StoreError> {
        match self {
            Self::Answers => store.forget_answers(before, BATCH).await,
            Self::Deliveries => store.forget_deliveries(before, BATCH).await,
            Self::Mails => store.forget_mails(before, BATCH).await,
            Self::Credentials => store.forget_credentials(before, BATCH).await,
            Self::SignIns => store.forget_openid_sign_ins(before, BATCH).await,
            Self::Imports => store.forget_imports(before, BATCH).await,
            Self::RunEvents => store.forget_run_events(before, BATCH).await,
            Self::Prepared => store.forget_prepared(before, BATCH).await,
        }
    }
}

/// Forgets what is old now and then until told to stop; a batch under way is finished.
pub(crate) async fn keep_tidy(store: Store, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        for kept in Kept::ALL {
            tidy(&store, kept, &stop).await;
        }
        wipe_sandboxes(&store, &stop).await;
        tokio::select! {
            () = tokio::time::sleep(TIDY_EVERY) => {}
            () = stopped(&mut stop) => {}
        }
    }
}

/// Forgets all that is old of one kind, a batch after the other. What could not be forgotten is left for the next look.
async fn tidy(store: &Store, kept: Kept, stop: &watch::Receiver<bool>) {
    let before = Timestamp::now() - SignedDuration::from_hours(24 * kept.days());
    let mut forgotten = 0;
    loop {
        match kept.forget(store, before).await {
            Ok(0) => break,
            Ok(some) => forgotten += some,
            Err(error) => {
                tracing::warn!(what = ?kept, %error, "what is old could not be forgotten");
                break;
            }
        }
        if *stop.borrow() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    if forgotten > 0 {
        tracing::info!(what = ?kept, forgotten, "what is old is forgotten");
    }
}

/// Wipes what is left of resets that a process did not finish.
async fn wipe_sandboxes(store: &Store, stop: &watch::Receiver<bool>) {
    let left = match store.unwiped_sandboxes(Timestamp::now()).await {
        Ok(left) => left,
        Err(error) => return tracing::warn!(%error, "sandboxes that were reset could not be found"),
    };
    let mut stop = stop.clone();
    for party in left {
        let wiped = tokio::select! {
            wiped = sandbox::wipe(store, party) => wiped,
            // What is undone so is wiped at the next look.
            () = stopped(&mut stop) => return,
        };
        match wiped {
            Ok(0) => {}
            Ok(wiped) => tracing::info!(%party, wiped, "a sandbox is wiped"),
            Err(error) => tracing::warn!(%party, %error, "a sandbox could not be wiped"),
        }
    }
}
