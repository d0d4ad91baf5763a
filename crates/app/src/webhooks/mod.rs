//! Webhooks of a party's systems: registered, tried, listed and stopped by the party's managers, and by nobody else. To
//! others they are not there.

mod destination;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use needmatch_store::keys::{DeliveryKey, PartyKey, WebhookKey};
use needmatch_store::messages::{Claimed, Delivery, NewWebhook, Webhook};
use needmatch_store::words::{DeliveryLifecycle, MessageKind};
use needmatch_store::{AuditedTransaction, Page, Session};
use serde_json::{Value, json};

use crate::app::{App, new_key};
use crate::document::{Fields, MAX_LINE, text, word};
use crate::error::{AppError, Fault, Faults};
use crate::messages;
use crate::parties;
use crate::policy::{Action, allow};
use crate::principal::Principal;

pub use destination::{Destinations, MAX_URL, Unreachable, is_public};

/// Bytes of a secret.
const SECRET: usize = 32;

/// A webhook as registered: the secret is shown here and never again.
#[derive(Clone)]
pub struct Registered {
    /// What is kept.
    pub webhook: Webhook,
    /// What messages are signed with, as Standard Webhooks writes it: `whsec_…`.
    pub secret: String,
}

/// Registers a webhook of a party.
pub async fn register(
    app: &App,
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    party: PartyKey,
    document: &Value,
) -> Result<Registered, AppError> {
    parties::get(transaction, principal, party).await?;
    allow(principal, Action::ManageWebhooks, Some(party))?;
    let mut faults = Faults::default();
    let read = Fields::of(document, "", &mut faults).and_then(|mut fields| {
        let url = fields.required_text("url");
        if let Some(url) = &url
            && let Err(why) = app.destinations().check(url)
        {
            fields.refuse("url", Some(url), Fault::BadIdentifier { reason: why.to_string() });
        }
        let kinds = fields.list("kinds", |item, pointer, faults| {
            word::<MessageKind>(&text(item, pointer, MAX_LINE, faults)?, pointer, faults)
        });
        fields.finish();
        Some((url?, kinds))
    });
    let (url, kinds) = faults.finish(read)?;
    let mut random = [0; SECRET];
    getrandom::fill(&mut random).map_err(|error| {
        tracing::error!(%error, "no random numbers");
        AppError::Internal
    })?;
    let key: WebhookKey = new_key();
    let sealed_secret = app.seal()?.close(key.uuid().as_bytes(), &random)?;
    let webhook = transaction.add_webhook(&NewWebhook { key, party, url, kinds, sealed_secret }).await?;
    Ok(Registered { webhook, secret: format!("whsec_{}", STANDARD.encode(random)) })
}

/// Webhooks of a party, newest first, without their secrets.
pub async fn list(session: &mut Session, principal: &Principal, party: PartyKey) -> Result<Vec<Webhook>, AppError> {
    parties::get(session, principal, party).await?;
    allow(principal, Action::ManageWebhooks, Some(party))?;
    Ok(session.webhooks_of(party).await?)
}

/// A webhook of a party whose manager asks.
pub async fn get(session: &mut Session, principal: &Principal, key: WebhookKey) -> Result<Webhook, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let webhook = session.webhook(key).await?;
    managed(principal, webhook.party, || AppError::not_found("webhook", key))?;
    Ok(webhook)
}

/// Whose systems are told what is nobody else's to know.
fn managed(principal: &Principal, party: PartyKey, missing: impl Fn() -> AppError) -> Result<(), AppError> {
    allow(principal, Action::ManageWebhooks, Some(party)).map_err(|refused| match refused {
        AppError::Forbidden { .. } if principal.mandate_for(party).is_none() => missing(),
        other => other,
    })
}

/// Stops a webhook, at once. Answers whether it was in force.
pub async fn stop(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: WebhookKey,
    expected: i64,
) -> Result<(bool, i64), AppError> {
    AppError::unless_at(expected, get(transaction, principal, key).await?.version())?;
    let was_in_force = transaction.stop_webhook(key).await?;
    Ok((was_in_force, transaction.webhook(key).await?.version()))
}

/// Sends a webhook a message that tells of nothing.
pub async fn test(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: WebhookKey,
) -> Result<Delivery, AppError> {
    let webhook = get(transaction, principal, key).await?;
    in_force(&webhook)?;
    let data = json!({ "webhook": key.to_string() });
    let new = messages::message(transaction, &webhook, MessageKind::WebhookTest, &data);
    transaction.add_test_delivery(&webhook, &new).await?;
    Ok(transaction.delivery(new.key).await?)
}

fn in_force(webhook: &Webhook) -> Result<(), AppError> {
    if webhook.stopped_at.is_none() {
        return Ok(());
    }
    let (step, state) = ("send to a webhook".to_owned(), "stopped".to_owned());
    Err(AppError::NotAllowedNow { kind: "webhook", step, state, allowed: Vec::new() })
}

/// Messages to a webhook, a page at a time.
pub async fn deliveries(
    session: &mut Session,
    principal: &Principal,
    key: WebhookKey,
    lifecycle: Option<DeliveryLifecycle>,
    page: &Page,
) -> Result<Vec<Delivery>, AppError> {
    get(session, principal, key).await?;
    Ok(session.deliveries(key, lifecycle, page).await?)
}

/// Sends a message again, under the same identifier.
pub async fn redeliver(
    transaction: &mut AuditedTransaction,
    principal: &Principal,
    key: DeliveryKey,
    expected: i64,
) -> Result<Delivery, AppError> {
    let delivery = delivery(transaction, principal, key).await?;
    let webhook = transaction.webhook(delivery.webhook).await?;
    AppError::unless_at(expected, delivery.version)?;
    in_force(&webhook)?;
    Ok(transaction.redeliver(&webhook, key, expected).await?)
}

/// A message to a webhook of a party whose manager asks.
pub async fn delivery(session: &mut Session, principal: &Principal, key: DeliveryKey) -> Result<Delivery, AppError> {
    if !principal.is_signed_in() {
        return Err(AppError::Unauthenticated);
    }
    let delivery = session.delivery(key).await?;
    let webhook = session.webhook(delivery.webhook).await?;
    managed(principal, webhook.party, || AppError::not_found("delivery", key))?;
    Ok(delivery)
}

/// The secret a message is signed with.
///
/// # Errors
/// [`AppError::RuleBroken`] when the operator has named no key, or another than the secret was sealed with.
pub fn secret_of(app: &App, claimed: &Claimed) -> Result<Vec<u8>, AppError> {
    let owner = claimed.delivery.webhook;
    let opened = app.seal()?.open(owner.uuid().as_bytes(), &claimed.sealed_secret);
    let rule = || "the secret was sealed with another key (access.key_file)".to_owned();
    opened.ok_or_else(|| AppError::RuleBroken { rule: rule() })
}
