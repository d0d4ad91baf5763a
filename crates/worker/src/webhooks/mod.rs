//! Takes messages from the queue and posts them to webhooks: signed, several at a time, again after ever longer waits until
//! the receiver has taken them, and given up at last. Any number of workers may do so at once.

mod post;
mod signature;

use std::time::Duration;

use needmatch_app::App;
use needmatch_app::store::messages::{Claimed, Outcome};
use needmatch_app::webhooks::secret_of;
use tokio::sync::watch;
use tokio::task::JoinSet;

use post::{Failure, Letter, Post};
use signature::sign;

/// Messages under way at once in this process.
const AT_ONCE: usize = 16;

/// How long a worker has a message: longer than any attempt takes.
const LEASE: Duration = Duration::from_mins(1);

/// How often to look when nothing was due.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// Attempts until a message is given up: the last comes about a day after the first.
const MAX_TRIES: i64 = 10;

/// The wait after a number of failed attempts: 2 s, then five times as long each time, 8 hours at most.
fn wait_after(tries: i64) -> Option<Duration> {
    let power = u32::try_from(tries.clamp(1, MAX_TRIES) - 1).unwrap_or(0);
    let seconds = 2_u64.saturating_mul(5_u64.saturating_pow(power)).min(8 * 3600);
    (tries < MAX_TRIES).then(|| Duration::from_secs(seconds))
}

/// Delivers messages until told to stop; attempts under way are finished.
pub async fn deliver(app: App, mut stop: watch::Receiver<bool>) {
    let post = match Post::new() {
        Ok(post) => post,
        Err(error) => {
            tracing::error!(%error, "webhooks cannot be called: TLS is not to be had");
            return;
        }
    };
    let mut under_way = JoinSet::new();
    while !*stop.borrow() {
        let room = AT_ONCE - under_way.len();
        let claimed = if room == 0 { Ok(Vec::new()) } else { app.store().claim_deliveries(room, LEASE).await };
        let found = claimed.as_ref().map_or(0, Vec::len);
        match claimed {
            Ok(claimed) => {
                for message in claimed {
                    let (app, post) = (app.clone(), post.clone());
                    under_way.spawn(async move { attempt(&app, &post, &message).await });
                }
            }
            Err(error) => tracing::warn!(%error, "messages to webhooks cannot be taken"),
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

async fn attempt(app: &App, post: &Post, claimed: &Claimed) {
    let key = claimed.delivery.key;
    let outcome = outcome(app, post, claimed).await;
    let word = match &outcome {
        Outcome::Delivered { .. } => "delivered",
        Outcome::Failed { again: Some(_), .. } => "again",
        Outcome::Failed { again: None, .. } => "failed",
    };
    metrics::counter!("needmatch_webhook_attempts_total", "outcome" => word).increment(1);
    match app.store().settle_delivery(key, claimed.attempt, &outcome).await {
        Ok(true) => tracing::debug!(delivery = %key, ?outcome, "a message to a webhook was tried"),
        Ok(false) => tracing::info!(delivery = %key, "a message to a webhook was another's meanwhile"),
        Err(error) => tracing::warn!(delivery = %key, %error, "what became of a message cannot be noted"),
    }
}

async fn outcome(app: &App, post: &Post, claimed: &Claimed) -> Outcome {
    let again = wait_after(claimed.delivery.tries);
    let secret = match secret_of(app, claimed) {
        Ok(secret) => secret,
        Err(error) => {
            tracing::error!(%error, "a message to a webhook cannot be signed");
            return Outcome::Failed { status: None, failure: "unsigned".to_owned(), again };
        }
    };
    let (id, seconds) = (claimed.delivery.key.to_string(), app.now().as_second());
    let body = claimed.delivery.body.clone().into_bytes();
    let signature = sign(&secret, &id, seconds, &body);
    let letter = Letter { url: &claimed.url, id: &id, seconds, signature, body };
    match post.send(app.destinations(), letter).await {
        Ok(status @ 200..=299) => Outcome::Delivered { status },
        Ok(status) => Outcome::Failed { status: Some(status), failure: "not_taken".to_owned(), again },
        // Where nobody may be asked, asking again would not help.
        Err(failure @ Failure::Refused) => {
            Outcome::Failed { status: None, failure: failure.name().to_owned(), again: None }
        }
        Err(failure) => Outcome::Failed { status: None, failure: failure.name().to_owned(), again },
    }
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
