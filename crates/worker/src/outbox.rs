//! How messages leave, whatever carries them: several at a time, again after ever longer waits, and given up at last. Any
//! number of workers may do so at once.

use std::time::Duration;

use needmatch_app::store::StoreError;
use needmatch_app::store::messages::Outcome;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How often to look when nothing was due.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Attempts until a message is given up: the last comes about a day after the first.
const MAX_TRIES: i64 = 10;

/// The wait after a number of failed attempts: 2 s, then five times as long each time, 8 hours at most.
pub(crate) fn wait_after(tries: i64) -> Option<Duration> {
    let power = u32::try_from(tries.clamp(1, MAX_TRIES) - 1).unwrap_or(0);
    let seconds = 2_u64.saturating_mul(5_u64.saturating_pow(power)).min(8 * 3600);
    (tries < MAX_TRIES).then(|| Duration::from_secs(seconds))
}

/// The word under which an outcome is counted.
pub(crate) fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered { .. } => "delivered",
        Outcome::Failed { again: Some(_), .. } => "again",
        Outcome::Failed { again: None, .. } => "failed",
    }
}

/// Takes messages and attempts them, at most so many at once, until told to stop; attempts under way are finished.
pub(crate) async fn work_off<Message, Claim, Attempt>(
    at_once: usize,
    mut stop: watch::Receiver<bool>,
    claim: impl Fn(usize) -> Claim,
    attempt: impl Fn(Message) -> Attempt,
) where
    Claim: Future<Output = Result<Vec<Message>, StoreError>>,
    Attempt: Future<Output = ()> + Send + 'static,
{
    let mut under_way = JoinSet::new();
    while !*stop.borrow() {
        let room = at_once.saturating_sub(under_way.len());
        let claimed = if room == 0 { Ok(Vec::new()) } else { claim(room).await };
        let found = claimed.as_ref().map_or(0, Vec::len);
        match claimed {
            Ok(claimed) => {
                for message in claimed {
                    under_way.spawn(attempt(message));
                }
            }
            Err(error) => tracing::warn!(%error, "messages cannot be taken"),
        }
        if found > 0 && found == room {
            continue;
        }
        tokio::select! {
            Some(_) = under_way.join_next() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.wait_for(|&stop| stop) => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

#[cfg(test)]
mod tests {
    use super::{MAX_TRIES, wait_after};

    #[test]
    fn waits_grow_and_end_after_about_a_day() {
        let waits: Vec<u64> = (1..=MAX_TRIES).filter_map(|tries| Some(wait_after(tries)?.as_secs())).collect();
        assert_eq!(waits[..4], [2, 10, 50, 250]);
        assert!(waits.is_sorted() && waits.len() == 9, "{waits:?}");
        assert!((20 * 3600..40 * 3600).contains(&waits.iter().sum::<u64>()), "{waits:?}");
        assert_eq!(wait_after(MAX_TRIES + 3), None);
    }
}
