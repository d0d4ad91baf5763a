//! Posts messages to webhooks, signed; an outbox that ends when the receiver has taken them.

mod post;
mod signature;

use std::time::Duration;

use needmatch_app::App;
use needmatch_app::outbound::{Failure, Outbound};
use needmatch_app::store::messages::{Claimed, Outcome};
use needmatch_app::webhooks::secret_of;
use tokio::sync::watch;

use crate::outbox::{wait_after, word, work_off};
use post::{Letter, post};
use signature::sign;

/// Messages under way at once in this process.
const AT_ONCE: usize = 16;

/// How long a worker has a message: longer than any attempt takes.
const LEASE: Duration = Duration::from_mins(1);

/// Delivers messages until told to stop; attempts under way are finished.
pub async fn deliver(app: App, stop: watch::Receiver<bool>) {
    let outbound = match Outbound::new() {
        Ok(outbound) => outbound,
        Err(error) => {
            tracing::error!(%error, "webhooks cannot be called: TLS is not to be had");
            return;
        }
    };
    let claim = |room| app.store().claim_deliveries(room, LEASE);
    let send = |message: Claimed| {
        let (app, outbound) = (app.clone(), outbound.clone());
        async move { attempt(&app, &outbound, &message).await }
    };
    work_off(AT_ONCE, stop, claim, send).await;
}

async fn attempt(app: &App, outbound: &Outbound, claimed: &Claimed) {
    let key = claimed.delivery.key;
    let outcome = outcome(app, outbound, claimed).await;
    metrics::counter!("needmatch_webhook_attempts_total", "outcome" => word(&outcome)).increment(1);
    match app.store().settle_delivery(key, claimed.attempt, &outcome).await {
        Ok(true) => tracing::debug!(delivery = %key, ?outcome, "a message to a webhook was tried"),
        Ok(false) => tracing::info!(delivery = %key, "a message to a webhook was another's meanwhile"),
        Err(error) => tracing::warn!(delivery = %key, %error, "what became of a message cannot be noted"),
    }
}

async fn outcome(app: &App, outbound: &Outbound, claimed: &Claimed) -> Outcome {
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
    match post(outbound, app.destinations(), letter).await {
        Ok(status @ 200..=299) => Outcome::Delivered { status },
        Ok(status) => Outcome::Failed { status: Some(status), failure: "not_taken".to_owned(), again },
        // Where nobody may be asked, asking again would not help.
        Err(failure @ Failure::Refused) => {
            Outcome::Failed { status: None, failure: failure.name().to_owned(), again: None }
        }
        Err(failure) => Outcome::Failed { status: None, failure: failure.name().to_owned(), again },
    }
}
